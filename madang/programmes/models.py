"""사업: what a town does, as a tree, with its progress told in dated entries."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from madang.ground.actor import Actor
from madang.ground.models import Place, StoredFile
from madang.residents.models import Department


class ProgrammeQuerySet(models.QuerySet):
    def in_town(self, town_id: int) -> Self:
        return self.filter(Q(place_id=town_id) | Q(place__parent_id=town_id))

    def visible_to(self, actor: Actor) -> Self:
        return self.in_town(actor.town_id or 0)


class Programme(models.Model):
    """A node of the tree: policy → unit → detailed → project."""

    class Kind(models.TextChoices):
        POLICY = "policy", _("정책사업")
        UNIT = "unit", _("단위사업")
        DETAILED = "detailed", _("세부사업")
        PROJECT = "project", _("사업")

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=160)
    summary = models.TextField(blank=True, default="")
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    year = models.PositiveSmallIntegerField(_("사업 연도"))
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    precision = models.CharField(max_length=6, default="month")  # how exact starts_on and ends_on are: day, month, year
    at = models.DateTimeField()

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "pk"]
        indexes = [models.Index(fields=["place", "year"], name="programmes_of_place")]

    def __str__(self) -> str:
        return self.title


class ProgressEntry(models.Model):
    """One line of what was done, dated as exactly as it is known."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="entries")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    on = models.DateField()  # first day of the month or year when less is known
    precision = models.CharField(max_length=6, default="month")
    body = models.TextField(max_length=2000)
    percent = models.PositiveSmallIntegerField(null=True)  # how far the work has come, 0–100
    at = models.DateTimeField()
    once = models.CharField(max_length=40, null=True, unique=True)  # mark of the form it came on: sent twice, kept once

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(percent__isnull=True) | Q(percent__lte=100), name="progress_is_a_percentage")]

    def __str__(self) -> str:
        return self.body[:40]


class ProgressPhoto(models.Model):
    entry = models.ForeignKey(ProgressEntry, models.CASCADE, related_name="photos")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    alt = models.CharField(_("보이는 것"), max_length=160)
    caption = models.CharField(max_length=160, blank=True, default="")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.alt
