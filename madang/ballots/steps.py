"""The step kind of this area."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.ballots import rules
from madang.ballots.figures import open_papers
from madang.ballots.models import Ballot, TurnoutMark
from madang.ballots.readiness import missing
from madang.ground.actor import Actor
from madang.ground.templatetags.look import won
from madang.processes.kinds import Blocker, StepKind, StepLine, register
from madang.residents.figures import accounts_of


@dataclass(frozen=True)
class BallotSettings:
    """What a blueprint suggests before the vote itself has its rules."""

    picks_max: int = 3

    def __post_init__(self) -> None:
        if not 1 <= self.picks_max <= 100:
            raise ValidationError(gettext_lazy("고를 수 있는 수는 1에서 100 사이로 적습니다."))


def lines(steps: Sequence[Any], *, at: datetime) -> dict[int, StepLine]:
    """What the home page says of votes. One query."""
    ballots = Ballot.objects.filter(step__in=steps).exclude(state=Ballot.State.DRAFTED).select_related("step__process")
    return {ballot.step_id: _line(ballot, at) for ballot in ballots}


def _line(ballot: Ballot, at: datetime) -> StepLine:
    if ballot.state == Ballot.State.COUNTED:
        return StepLine(_("결과가 나왔어요."), _("결과 보기"), reverse("ballots:result", args=[ballot.pk]))
    text = _("예산 %(budget)s을 어디에 쓸지 %(n)s개까지 고릅니다.") % {"budget": won(ballot.budget_won), "n": ballot.picks_max}
    if rules.is_open(ballot, at=at):
        return StepLine(text, _("투표하기"), reverse("ballots:vote", args=[ballot.pk]), is_main=True)
    return StepLine(text, _("투표 안내 보기"), reverse("ballots:detail", args=[ballot.pk]))


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
    """What the sweep does once the time is over: closes, and counts unless papers handed out at a counter are not entered yet."""
    from madang.ballots.actions import close, count

    ballot = Ballot.objects.filter(step=step).select_related("step", "place").first()
    if ballot and ballot.state == Ballot.State.NOTICED:
        close(ballot=ballot, actor=actor, at=at)
        if not open_papers(ballot):
            count(ballot=ballot, actor=actor, at=at)


def voters(step: Any) -> Iterable[int]:
    """Accounts of those who voted already: told when the dates change."""
    people = TurnoutMark.objects.filter(ballot__step=step).values_list("resident_id", flat=True)
    return accounts_of(people).values()


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
        lines=lines,
        blockers=blockers,
        needs_end=True,
        close=close_and_count,
        settings=BallotSettings,
        setting_labels={"picks_max": gettext_lazy("한 사람이 고를 수 있는 수(투표를 만들 때 처음 값)")},
        touched=voters,
        may_redate=rules.may_redate,
    )
)
