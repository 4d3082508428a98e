"""The spine: a Process is one round of village democracy; its Steps have dates and may overlap."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from madang.ground.actor import Actor
from madang.ground.models import Place
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
    made_at = models.DateTimeField()

    objects = ProcessQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "place__order", "pk"]
        indexes = [models.Index(fields=["place", "state"], name="processes_of_place")]

    def __str__(self) -> str:
        return self.title


class StepQuerySet(models.QuerySet):
    def open(self, at: datetime) -> Self:
        """Steps under way at a moment: [opens_at, closes_at), no end means always open."""
        return self.filter(Q(closes_at__isnull=True) | Q(closes_at__gt=at), opens_at__lte=at, process__state="open")

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

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="a_step_ends_after_it_begins",
            )
        ]
        indexes = [models.Index(fields=["kind", "opens_at"], name="steps_of_kind")]

    def __str__(self) -> str:
        return self.title

    @property
    def place(self) -> Place:
        return self.process.place

    @property
    def place_id(self) -> int:
        return self.process.place_id

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
        from madang.processes.kinds import kind_of

        return self.is_open(at) and deed in kind_of(self.kind).allows

    def setting(self, name: str) -> Any:
        """A setting of this step, or its kind's default."""
        from madang.processes.kinds import kind_of

        return getattr(kind_of(self.kind).read_settings(self.settings), name)
