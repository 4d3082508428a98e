"""The step kind of this area: a time in which the government asks one question (금나래가 묻습니다)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from madang.deliberation import actions
from madang.deliberation.models import Question, Reply
from madang.deliberation.rules import may_redate, may_reply_in
from madang.ground.actor import Proof
from madang.processes.kinds import Blocker, StepKind, StepLine, register
from madang.processes.models import Step
from madang.residents.figures import accounts_of


@dataclass(frozen=True)
class QuestionSettings:
    """Who is asked."""

    proof: int = Proof.CONTACT  # the least a person must have shown of herself
    only_here: bool = False  # only people of the dong whose process it is

    def __post_init__(self) -> None:
        if isinstance(self.proof, bool) or not Proof.CONTACT <= self.proof <= Proof.RESIDENCE:
            raise ValidationError(_("확인 단계를 다시 골라 주십시오."))


def lines(steps: Sequence[Step], *, at: datetime) -> dict[int, StepLine]:
    """What the home page says of questions. One query."""
    questions = Question.objects.filter(step__in=steps).exclude(state=Question.State.DRAFTED).select_related("step__process")
    return {question.step_id: _line(question, at) for question in questions}


def _line(question: Question, at: datetime) -> StepLine:
    url = reverse("deliberation:detail", args=[question.pk])
    if question.state == Question.State.ANSWERED:
        return StepLine(_g("답을 어떻게 썼는지 알려 드려요."), _g("어떻게 썼는지 보기"), url)
    if question.state == Question.State.CLOSED:
        return StepLine(question.wording, _g("결과 보기"), url)
    if question.step.is_open(at):
        return StepLine(question.wording, _g("답하기"), url, is_main=True)
    return StepLine(question.wording, _g("무엇을 묻는지 보기"), url)


def blockers(step: Step, *, at: datetime) -> list[Blocker]:
    """A step of this kind needs a question that is asked."""
    question = Question.objects.filter(step_id=step.pk).first() if step.pk else None
    if question is None:
        return [Blocker(_g("물음과 보기"), reverse("deliberation:desk_new", args=[step.pk]) if step.pk else "")]
    if question.state == Question.State.DRAFTED:
        return [Blocker(_g("물음을 살펴보고 알리기"), reverse("deliberation:desk_detail", args=[question.pk]))]
    return []


def touched(step: Step) -> Iterable[int]:
    """Accounts of those who answered already: told when the dates change."""
    people = Reply.objects.filter(question__step=step, resident__isnull=False).values_list("resident_id", flat=True)
    return accounts_of(people).values()


KIND = register(
    StepKind(
        slug="question",
        label=_("의견 묻기"),
        mark=_("묻습니다"),
        tone="info",
        allows=frozenset({"reply"}),
        settings=QuestionSettings,
        setting_labels={"proof": _("답할 때 필요한 확인 단계"), "only_here": _("이 동 사람만 답하기")},
        setting_choices={
            "proof": [
                (int(Proof.CONTACT), _("연락처 확인")),
                (int(Proof.PERSON), _("본인 확인")),
                (int(Proof.RESIDENCE), _("거주 확인")),
            ]
        },
        urls="madang.deliberation.urls",
        prefix="questions/",
        home="deliberation:of_step",
        desk_home="deliberation:desk_of_step",
        lines=lines,
        blockers=blockers,
        needs_end=True,
        close=actions.close_of_step,
        touched=touched,
        may_redate=may_redate,
        rules={"reply": may_reply_in},
    )
)
