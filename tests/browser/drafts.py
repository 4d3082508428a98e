"""What lies half done on an officer's desk: a ballot being put together, a question being written. The demo town has neither."""

from datetime import datetime, timedelta

from madang.ballots import actions as ballots
from madang.ballots.models import Ballot
from madang.deliberation import actions as deliberation
from madang.deliberation.models import Question
from madang.ground.actor import SYSTEM
from madang.processes import actions as processes
from madang.processes.models import Step
from madang.proposals.models import Proposal


def lay_out(*, at: datetime) -> tuple[Ballot, Question]:
    """A ballot with one item in the demo's draft process, a question that nobody has been asked, and two steps still empty."""
    step = Step.objects.filter(kind="ballot", process__state="draft").earliest("pk")
    ballot = ballots.make_ballot(
        step=step, title="작은 수리 투표", picks_max=2, budget_won=40_000_000, quorum=10, reference_on=at.date(),
        electorate_size=18_900, electorate_source="주민등록 인구", actor=SYSTEM, at=at,
    )  # fmt: skip
    shortlisted = Proposal.objects.filter(state="shortlisted", place=ballot.place).order_by("pk")[:2]
    ballots.fill(ballot=ballot, proposals=shortlisted, actor=SYSTEM, at=at)
    asking = processes.add_step(
        process=step.process, kind="question", title="묻고 듣기", opens_at=at + timedelta(days=3), closes_at=at + timedelta(days=10),
        actor=SYSTEM, at=at,
    )  # fmt: skip
    question = deliberation.draft_question(
        step=asking, wording="고친 쉼터를 밤에도 열까요?", background="여름에는 밤 열 시까지 열자는 말이 있습니다.",
        options=["열 시까지 열어요", "지금처럼 해요"], actor=SYSTEM, at=at,
    )  # fmt: skip
    processes.add_step(
        process=step.process, kind="question", title="하나 더 묻기", opens_at=at + timedelta(days=11), closes_at=at + timedelta(days=18),
        actor=SYSTEM, at=at,
    )  # fmt: skip
    processes.add_step(
        process=step.process, kind="ballot", title="하나 더 고르기", opens_at=at + timedelta(days=11), closes_at=at + timedelta(days=18),
        actor=SYSTEM, at=at,
    )  # fmt: skip
    return ballot, question
