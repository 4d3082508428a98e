"""The spine: a Process is one round of village democracy; its Steps have dates and may overlap."""

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from madang.ground.actor import Actor
from madang.ground.clock import today
from madang.ground.models import Place
from madang.processes.kinds import kind_of, known_kind
from madang.residents.models import Department, Organisation


class ProcessQuerySet(models.QuerySet):
    def in_town(self, town_id: int) -> Self:
        return self.filter(Q(place_id=town_id) | Q(place__parent_id=town_id))

    def published(self) -> Self:
        return self.filter(state__in=["open", "closed", "archived"])

    def visible_to(self, actor: Actor) -> Self:
        rows = self.in_town(actor.town_id or 0)
        return rows if actor.desk_open else rows.published()


class Process(models.Model):
    """One round: a dong's assembly year, the district's advisory vote, always-open proposals, a question of the government."""

    class State(models.TextChoices):
        DRAFT = "draft", _("준비 중")
        OPEN = "open", _("진행 중")
        CLOSED = "closed", _("마침")
        ARCHIVED = "archived", _("보관")

    MOVES = {"draft": {"open"}, "open": {"closed"}, "closed": {"open", "archived"}, "archived": set()}

    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    blueprint = models.SlugField(max_length=40)
    title = models.CharField(max_length=120)
    summary = models.TextField(max_length=1000, blank=True, default="")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    council = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    election_on = models.DateField(_("선거일"), null=True, blank=True)  # a public election near by: some events are barred before it
    made_at = models.DateTimeField()

    objects = ProcessQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "place__order", "pk"]
        indexes = [models.Index(fields=["place", "state"], name="processes_of_place")]
        constraints = [models.UniqueConstraint(fields=["place", "year", "title"], name="one_process_per_title_and_year")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


class StepQuerySet(models.QuerySet):
    def open(self, at: datetime) -> Self:
        """Steps under way at a moment: [opens_at, closes_at), no end means always open."""
        return self.filter(Q(closes_at__isnull=True) | Q(closes_at__gt=at), opens_at__lte=at, process__state="open")

    def over(self, at: datetime) -> Self:
        """Steps whose time is over at a moment and whose kind has not been told yet."""
        return self.filter(closes_at__lte=at, closed_at__isnull=True, process__state__in=["open", "closed"])

    def in_town(self, town_id: int) -> Self:
        return self.filter(Q(process__place_id=town_id) | Q(process__place__parent_id=town_id))

    def visible_to(self, actor: Actor) -> Self:
        rows = self.in_town(actor.town_id or 0)
        return rows if actor.desk_open else rows.filter(process__state__in=["open", "closed", "archived"])


class Step(models.Model):
    """A part of a process with dates. What may be done in it is asked with a moment; what stands in it belongs to the kind's own area."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="steps")
    kind = models.SlugField(max_length=40)
    title = models.CharField(max_length=120)
    summary = models.TextField(max_length=1000, blank=True, default="")
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    always_open = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)
    settings = models.JSONField(default=dict)
    where = models.CharField(_("장소"), max_length=120, blank=True, default="")
    closed_at = models.DateTimeField(null=True)  # when the sweep closed it: what its kind does at the end has been done once

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="a_step_ends_after_it_begins",
            )
        ]
        indexes = [
            models.Index(fields=["kind", "opens_at"], name="steps_of_kind"),
            models.Index(fields=["closes_at"], condition=Q(closed_at__isnull=True), name="steps_to_close"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def place(self) -> Place:
        return self.process.place

    @property
    def place_id(self) -> int:
        return self.process.place_id

    @property
    def last_day(self) -> date | None:
        """The last day it runs, in Korea: an end at midnight belongs to the day before."""
        return today(self.closes_at - timedelta(microseconds=1)) if self.closes_at else None

    def is_open(self, at: datetime) -> bool:
        """Whether the step runs at a moment and its process is open."""
        return (
            self.process.state == Process.State.OPEN
            and self.opens_at is not None
            and self.opens_at <= at
            and (self.closes_at is None or at < self.closes_at)
        )

    def allows(self, deed: str, at: datetime) -> bool:
        """Whether a deed (`propose`, `endorse`, `vote` …) is open in this step at a moment."""
        return self.is_open(at) and deed in known_kind(self.kind).allows

    def setting(self, name: str) -> Any:
        """A setting of this step, or its kind's default. Raises KeyError when the kind's area is not installed."""
        return getattr(kind_of(self.kind).read_settings(self.settings), name)
