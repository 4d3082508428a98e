"""Sentences of this area."""

from django.utils.translation import gettext_lazy as _

from madang.ground.deeds import verb

verb(
    "record.deposited",
    says=_("기록으로 보관했습니다: %(number)s (%(files)s개 파일, %(retention)s 보존)"),
    keeps={"number", "files", "retention", "sha256"},
    public=True,
)
