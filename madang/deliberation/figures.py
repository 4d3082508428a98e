"""Numbers of questions that pages and other areas read. What was answered is given out only after the end."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, QuerySet
from django.db.models.functions import TruncDate

from madang.deliberation.models import Question, Reply
from madang.ground.clock import KST
from madang.ground.town import Town
from madang.methods import korean


@dataclass(frozen=True)
class OptionCount:
    """One option with how many picked it; `percent` in words, None without any reply."""

    pk: int
    text: str
    people: int
    percent: str | None


@dataclass(frozen=True)
class Results:
    """How a closed question was answered, in the order of its options."""

    people: int
    options: tuple[OptionCount, ...]

    @property
    def most(self) -> int:
        return max((o.people for o in self.options), default=0)

    @property
    def leading(self) -> tuple[OptionCount, ...]:
        """The options picked most often: several on a tie, none without a reply."""
        return tuple(o for o in self.options if o.people == self.most and self.most)


def results(question: Question) -> Results | None:
    """The counts of a closed question; None before its end. Two queries."""
    if not question.is_over:
        return None
    counts = dict(question.replies.values_list("option_id").annotate(n=Count("pk")))
    people = sum(counts.values())
    rows = [OptionCount(o.pk, o.text, n, korean.percent(n, people)) for o in question.options.all() for n in [counts.get(o.pk, 0)]]
    return Results(people, tuple(rows))


def words_of(question: Question) -> QuerySet[Reply]:
    """What people added to their pick, without who and when: by option, then by the text itself, so that no order tells of time."""
    rows = question.replies.exclude(words="") if question.is_over else question.replies.none()
    return rows.select_related("option").order_by("option__order", "option_id", "words", "pk")


def replied(question_id: int) -> int:
    """How many people answered so far."""
    return Reply.objects.filter(question_id=question_id).count()


@dataclass(frozen=True)
class Day:
    """One day of answers, on the Korean calendar."""

    on: object
    people: int


def days(question_id: int) -> list[Day]:
    """Answers by the day they were last given; days without any are left out."""
    rows = Reply.objects.filter(question_id=question_id).annotate(on=TruncDate("at", tzinfo=KST)).values("on").annotate(n=Count("pk"))
    return [Day(r["on"], r["n"]) for r in rows.order_by("on")]


def open_questions(town: Town, *, at: datetime) -> list[Question]:
    """Questions of the town and its dong that take answers now, what closes first on top."""
    rows = Question.objects.in_town(town.pk).filter(
        state="published", step__process__state="open", step__opens_at__lte=at, step__closes_at__gt=at
    )
    return list(rows.select_related("step__process", "place").order_by("step__closes_at", "pk"))


@dataclass(frozen=True)
class MyReply:
    """A question somebody answered."""

    question_id: int
    wording: str
    state: str
    closes_at: datetime | None
    at: datetime


def of_resident(resident_id: int) -> list[MyReply]:
    """The questions a person answered, newest first."""
    rows = Reply.objects.filter(resident_id=resident_id).order_by("-at", "-pk")
    return [
        MyReply(*row) for row in rows.values_list("question_id", "question__wording", "question__state", "question__step__closes_at", "at")
    ]


def overdue(town_id: int, at: datetime) -> list[Question]:
    """Closed questions whose use was not told in time, the oldest first."""
    return list(Question.objects.in_town(town_id).overdue(at).select_related("step__process", "place").order_by(F("step__closes_at"), "pk"))
