"""Sentences of this area."""

from django.utils.translation import gettext_lazy as _

from madang.ground.deeds import verb
from madang.ground.verdict import refusals
from madang.notices import problems
from madang.notices.models import Delivery

# Why a message did not go out, and what an officer can do about it.
REASONS = {
    problems.UNREACHABLE: _("보내는 서버와 이어지지 않음"),
    problems.NOT_LET_IN: _("보내는 서버가 우리를 받아 주지 않음"),
    problems.NOBODY_THERE: _("그런 주소가 없음"),
    problems.BUSY: _("받는 쪽이 잠시 받지 않음"),
    problems.REFUSED: _("받는 쪽이 거절함"),
    problems.MALFORMED: _("주소나 글에 보낼 수 없는 글자가 있음"),
    problems.INTERRUPTED: _("보내는 도중에 끊김"),
    problems.OTHER: _("그 밖의 까닭"),
}
ADVICE = {
    problems.UNREACHABLE: _("서버나 통신이 되살아난 것을 확인하고 다시 보내십시오."),
    problems.NOT_LET_IN: _("서버의 계정과 보내는 주소 설정을 전산 담당과 고친 뒤 다시 보내십시오."),
    problems.NOBODY_THERE: _("주소가 틀렸거나 없어졌습니다. 본인이 주소를 고친 뒤에 다시 보내야 갑니다."),
    problems.BUSY: _("조금 기다렸다가 다시 보내십시오."),
    problems.REFUSED: _("스팸으로 막혔을 수 있습니다. 전산 담당과 살펴본 뒤 다시 보내십시오."),
    problems.MALFORMED: _("다시 보내도 같습니다. 본인이 주소를 고친 뒤에 다시 보내십시오."),
    problems.INTERRUPTED: _("나갔는지 나가지 않았는지 알 수 없습니다. 다시 보내면 두 번 받는 사람이 있을 수 있습니다."),
    problems.OTHER: _("전산 담당에게 기록을 살펴 달라고 한 뒤 다시 보내십시오."),
}

refusals(
    {
        "notices_of_another_town": _("다른 동네의 알림입니다."),
        "retry_may_repeat": _("도중에 끊긴 알림은 두 번 갈 수 있다는 것을 알고 있다고 표시해야 다시 보낼 수 있습니다."),
        "nothing_to_retry": _("다시 보낼 알림이 없습니다. 다른 사람이 먼저 보냈거나, 받을 주소가 없거나, 받지 않기로 한 사람뿐입니다."),
    }
)

verb("notice.sent", says=_("%(count)s명에게 알렸습니다: %(kind)s"), keeps={"count", "kind", "key"})
verb("notice.read", says=_("알림을 읽었습니다: %(count)s건"), keeps={"count"})
verb("notice.preferred", says=_("알림 받는 방법을 정했습니다: %(family)s"), keeps={"family", "mail", "text"})
verb("notice.delivered", says=_("알림 %(sent)s건을 보내고 %(failed)s건은 보내지 못했습니다."), keeps={"sent", "failed"})
verb(
    "notice.retried",
    says=_("보내지 못한 알림 %(count)s건을 다시 보내게 했습니다(%(channel)s, %(problem)s)."),
    keeps={"count", "channel", "problem"},
    words={"channel": dict(Delivery.Channel.choices), "problem": REASONS},
)
