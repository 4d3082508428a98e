"""Questions for tests, made through the verbs."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from madang.deliberation import actions
from madang.deliberation.models import Question, Reply
from madang.ground.actor import SYSTEM
from madang.ground.town import Town
from madang.processes.models import Step
from tests import NOON
from tests.processes.makers import a_step
from tests.residents.makers import a_resident, a_town, actor_of

WORDING = "운동장 조명을 몇 시까지 켜면 좋을까요?"
BACKGROUND = "지금은 밤 10시에 끕니다.\n\n더 켜 달라는 사람과 잠을 못 이룬다는 사람이 있습니다."
OPTIONS = ("밤 9시", "밤 10시", "밤 11시")
OPENS, CLOSES = NOON - timedelta(days=1), NOON + timedelta(days=6)
BEFORE = OPENS - timedelta(days=7)  # when it is written and published
OVER = CLOSES + timedelta(minutes=1)


def a_question_step(town: Town | None = None, dong: str | None = None, **over: Any) -> Step:
    """A step of the kind question, under way at NOON; the whole town's unless a dong is named."""
    town = town or a_town()
    place = town.dong(dong) if dong else town.place
    return a_step("question", town, place=place, title="묻고 듣기", **{"opens_at": OPENS, "closes_at": CLOSES, **over})


def a_question(
    town: Town | None = None,
    dong: str | None = None,
    *,
    wording: str = WORDING,
    background: str = BACKGROUND,
    options: Sequence[str] = OPTIONS,
    published: bool = True,
    step: Step | None = None,
    **over: Any,
) -> Question:
    """A question of the town that takes answers at NOON; `published=False` leaves it a draft. `over` goes to the step."""
    step = step or a_question_step(town, dong, **over)
    question = actions.draft_question(step=step, wording=wording, background=background, options=list(options), actor=SYSTEM, at=BEFORE)
    if published:
        actions.publish(question=question, wording_checked=True, actor=SYSTEM, at=BEFORE)
    return read(question)


def read(question: Question) -> Question:
    """The question as a page reads it."""
    return Question.objects.select_related("step__process__place", "place").get(pk=question.pk)


def replied(question: Question, *picks: int, words: Sequence[str] = (), at: datetime = NOON) -> list[Reply]:
    """One new resident per pick answers; `picks` count the options from 0."""
    options = list(question.options.all())
    return [
        actions.reply(
            question=question, option=options[n], words=words[i] if i < len(words) else "", actor=actor_of(a_resident(at=at), at=at), at=at
        )
        for i, n in enumerate(picks)
    ]


def a_closed_question(*picks: int, words: Sequence[str] = (), **over: Any) -> Question:
    """A question that was answered (by default 3, 2 and 1 people for the options in order) and closed."""
    question = a_question(**over)
    replied(question, *(picks or (0, 0, 0, 1, 1, 2)), words=words)
    actions.close(question=question, actor=SYSTEM, at=OVER)
    return read(question)
