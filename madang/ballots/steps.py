"""The step kind of this area."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.ballots.models import Ballot
from madang.ballots.readiness import missing
from madang.ground.actor import Actor
from madang.ground.templatetags.look import won
from madang.processes.kinds import Blocker, StepKind, StepLine, register


def line(step: Any, *, at: datetime) -> StepLine:
    """What the home page says of a vote."""
    ballot = Ballot.objects.filter(step=step).first()
    if ballot is None or ballot.state == Ballot.State.DRAFTED:
        return StepLine()
    if ballot.state == Ballot.State.COUNTED:
        return StepLine(_("결과가 나왔어요."), _("결과 보기"), reverse("ballots:result", args=[ballot.pk]))
    text = _("예산 %(budget)s을 어디에 쓸지 %(n)s개까지 고릅니다.") % {"budget": won(ballot.budget_won), "n": ballot.picks_max}
    return StepLine(text, _("투표하기"), reverse("ballots:vote", args=[ballot.pk]), is_main=True)


def blockers(step: Any, *, at: datetime) -> list[Blocker]:
    """A step of this kind needs a ballot; the ballot's own check list is met before its announcement, not before the process opens."""
    ballot = Ballot.objects.filter(step=step).first()
    if ballot is None:
        return [Blocker(_("투표의 규칙과 예산"), reverse("ballots:desk_new", args=[step.pk]) if step.pk else "", is_serious=False)]
    return [
        Blocker(f"{ballot.title}: {c.what}", reverse("ballots:desk_detail", args=[ballot.pk]), is_serious=False)
        for c in missing(ballot, at=at)
    ]


def close_and_count(*, step: Any, actor: Actor, at: datetime) -> None:
    """What the nightly sweep does once the time is over."""
    from madang.ballots.actions import close, count

    ballot = Ballot.objects.filter(step=step).select_related("step", "place").first()
    if ballot and ballot.state == Ballot.State.NOTICED:
        close(ballot=ballot, actor=actor, at=at)
        count(ballot=ballot, actor=actor, at=at)


BALLOT = register(
    StepKind(
        slug="ballot",
        label=gettext_lazy("주민투표"),
        mark=gettext_lazy("투표"),
        allows=frozenset({"vote"}),
        urls="madang.ballots.urls",
        prefix="ballots/",
        home="ballots:of_step",
        desk_home="ballots:desk_of_step",
        line=line,
        blockers=blockers,
        needs_end=True,
        close=close_and_count,
    )
)
