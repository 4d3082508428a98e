"""Sentences of this area."""

from django.utils.translation import gettext_lazy as _

from madang.ground.audit import verb
from madang.ground.verdict import refusals

refusals({"record_changed": _("기록의 파일이 맡길 때와 다릅니다. 관리자에게 알려 주십시오.")})
verb(
    "record.deposited",
    says=_("기록으로 보관했습니다: %(number)s (%(files)s개 파일, %(retention)s 보존)"),
    keeps={"number", "files", "retention", "sha256"},
    public=True,
)
