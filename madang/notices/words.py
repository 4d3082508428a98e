"""Sentences of this area."""

from django.utils.translation import gettext_lazy as _

from madang.ground.audit import verb

verb("notice.sent", says=_("%(count)s명에게 알렸습니다: %(kind)s"), keeps={"count", "kind", "key"})
verb("notice.read", says=_("알림을 읽었습니다: %(count)s건"), keeps={"count"})
verb("notice.preferred", says=_("알림 받는 방법을 정했습니다: %(family)s"), keeps={"family", "mail", "text"})
verb("notice.delivered", says=_("알림 %(sent)s건을 보내고 %(failed)s건은 보내지 못했습니다."), keeps={"sent", "failed"})
