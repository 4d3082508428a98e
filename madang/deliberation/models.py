"""A question the government asks (금나래가 묻습니다): options and free words, results after closing, and how they were used."""

from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from madang.ground.actor import Actor
from madang.ground.clock import today
from madang.ground.models import Place
from madang.processes.models import Step
from madang.residents.models import Resident

DAYS_TO_TELL = 30  # a promise of the town, no law: after so many days without word of the use the desk marks it overdue


class QuestionQuerySet(models.QuerySet):
    def in_town(self, town_id: int) -> Self:
        return self.filter(Q(place_id=town_id) | Q(place__parent_id=town_id))

    def public(self) -> Self:
        """Published, in a process that residents see."""
        return self.exclude(state="drafted").filter(step__process__state__in=["open", "closed", "archived"])

    def visible_to(self, actor: Actor) -> Self:
        rows = self.in_town(actor.town_id or 0)
        return rows if actor.desk_open else rows.public()

    def overdue(self, at: datetime) -> Self:
        """Closed, and DAYS_TO_TELL days went by without word of how the answers were used."""
        return self.filter(state="closed", step__closes_at__lt=at - timedelta(days=DAYS_TO_TELL))


class Question(models.Model):
    """One question in one step."""

    class State(models.TextChoices):
        DRAFTED = "drafted", _("초안")
        PUBLISHED = "published", _("묻는 중")
        CLOSED = "closed", _("마감")
        ANSWERED = "answered", _("쓰임을 알림")

    MOVES = {"drafted": {"published"}, "published": {"closed"}, "closed": {"answered"}, "answered": set()}

    step = models.OneToOneField(Step, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    wording = models.CharField(_("물음"), max_length=200)
    background = models.TextField(_("배경"), max_length=3000)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFTED)
    how_used = models.TextField(_("어떻게 썼나"), max_length=3000, blank=True, default="")
    used_at = models.DateTimeField(null=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["place", "state"], name="questions_of_place")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="answered", used_at__isnull=False) & ~Q(how_used="") | ~Q(state="answered") & Q(used_at__isnull=True),
                name="an_answered_question_says_how",
            )
        ]

    def __str__(self) -> str:
        return self.wording

    @property
    def is_over(self) -> bool:
        """Closed: from now on the results are everybody's."""
        return self.state in (self.State.CLOSED, self.State.ANSWERED)

    @property
    def use_due_on(self) -> date | None:
        """The last day to tell how the answers were used."""
        return today(self.step.closes_at) + timedelta(days=DAYS_TO_TELL) if self.step.closes_at else None

    def is_overdue(self, at: datetime) -> bool:
        """The same as `QuerySet.overdue`, for one question."""
        ends = self.step.closes_at
        return self.state == self.State.CLOSED and ends is not None and ends < at - timedelta(days=DAYS_TO_TELL)


class Option(models.Model):
    """One of the answers to pick from."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="options")
    text = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["question", "text"], name="one_option_per_text")]

    def __str__(self) -> str:
        return self.text


class Reply(models.Model):
    """One person's reply; may be changed until closing. After an erasure nobody stands beside it, and it still counts."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="replies")
    resident = models.ForeignKey(Resident, models.SET_NULL, null=True, related_name="+")
    option = models.ForeignKey(Option, models.PROTECT, related_name="+")
    words = models.TextField(max_length=1000, blank=True, default="")
    hidden_why = models.CharField(_("가린 까닭"), max_length=200, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "resident"], name="one_reply_per_person")]

    def __str__(self) -> str:
        return f"{self.question_id}"
