"""How a proposal's state is told: mark, side note, summary. Words only; nothing is read."""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.ground import dates
from madang.ground.clock import today
from madang.proposals.models import Proposal

TONES = {
    "screening": "plain",
    "supplement": "warn",
    "open": "open",
    "review": "info",
    "shortlisted": "good",
    "adopted": "good",
    "rejected": "plain",
    "reconsideration": "info",
    "merged": "plain",
    "transferred": "plain",
    "withdrawn": "plain",
    "implementing": "good",
    "implemented": "good",
}
# 국민 제안 규정: what is no proposal, or one that cannot be taken up. The code is stored in Answer.reason.
EXCLUSIONS = {
    "rights": gettext_lazy("다른 사람의 특허나 저작권을 쓰는 내용이에요."),
    "adopted_already": gettext_lazy("이미 하기로 한 일이에요."),
    "in_force": gettext_lazy("이미 하고 있거나 예산에 들어 있는 일이에요."),
    "unworkable": gettext_lazy("살펴보았지만 그대로 하기는 어려워요."),
    "complaint": gettext_lazy("제안이 아니라 민원으로 살펴볼 내용이에요."),
    "private_profit": gettext_lazy("한 사람이나 한 회사의 이익을 위한 내용이에요."),
    "not_public": gettext_lazy("구청이 할 수 있는 일이 아니에요."),
    "repeat": gettext_lazy("같은 내용에 이미 두 번 넘게 답했어요."),
    "money": gettext_lazy("쓸 수 있는 돈을 넘어요."),
}
NOT_ENOUGH = gettext_lazy("답변 기다리는 중")
NAMES = dict(Proposal.State.choices)
SUMMARY = 80
_MINUTE = timedelta(minutes=1)  # a time that ends at midnight ends on the day before


def look_of(p: Proposal, *, at: datetime) -> tuple[str, Any]:
    """Tone and words of the mark. Once endorsing is over an open proposal still waits for its answer, and says so."""
    if p.state == "open" and p.endorse_until is not None and p.endorse_until <= at:
        return "info", NOT_ENOUGH
    return TONES[p.state], NAMES[p.state]


def side_of(p: Proposal, *, at: datetime) -> str:
    """The few words beside the mark: how long people may endorse, how long the answer may take, when it is to be done."""
    if p.state == "open" and p.endorse_until is not None and p.endorse_until > at:
        left = dates.days_left(p.endorse_until - _MINUTE, at=at)
        return _("오늘까지") if left <= 0 else _("%(days)s일 남음") % {"days": left}
    if p.state in ("open", "review", "screening", "reconsideration") and p.due_on:
        left = (p.due_on - today(at)).days
        if left < 0:
            return _("답변이 %(days)s일 늦었어요") % {"days": -left}
        return _("오늘까지 답변") if left == 0 else _("답변까지 %(days)s일") % {"days": left}
    if p.state == "supplement":
        return _("그동안 답변 기한은 멈춰요")
    if p.state == "adopted" and p.implement_on:
        return _("%(year)s년 %(month)s월까지") % {"year": p.implement_on.year, "month": p.implement_on.month}
    return ""


@lru_cache(maxsize=4096)
def summary_of(body: str) -> str:
    """The first words of a text on one line, marks of headings and lists left out."""
    plain = " ".join(word for line in body.splitlines() for word in line.lstrip("#>-*0123456789. ").split())
    return plain if len(plain) <= SUMMARY else plain[:SUMMARY].rsplit(" ", 1)[0].rstrip(".,") + "…"
