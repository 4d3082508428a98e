"""The village's records: what was published or drawn up, kept with its checksum."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.ground.actor import Actor
from madang.ground.models import Place, StoredFile


class RecordQuerySet(models.QuerySet):
    def in_town(self, town_id: int) -> Self:
        return self.filter(models.Q(place_id=town_id) | models.Q(place__parent_id=town_id))

    def visible_to(self, actor: Actor) -> Self:
        rows = self.in_town(actor.town_id or 0)
        return rows if actor.desk_open else rows.filter(is_public=True)


class Record(models.Model):
    """One deposited record: a document in one or more formats. Never changed; a new version is a new record that names the old."""

    class Retention(models.TextChoices):
        PERMANENT = "permanent", _("영구")
        SEMI_PERMANENT = "semi_permanent", _("준영구")
        YEARS_30 = "years_30", _("30년")
        YEARS_10 = "years_10", _("10년")
        YEARS_5 = "years_5", _("5년")
        YEARS_3 = "years_3", _("3년")
        YEAR_1 = "year_1", _("1년")

    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True, default="")
    subject = models.CharField(max_length=60)  # the thing it tells of, as in the audit trail
    made_on = models.DateField()
    deposited_at = models.DateTimeField()
    retention = models.CharField(max_length=20, choices=Retention, default=Retention.PERMANENT)
    licence = models.PositiveSmallIntegerField(_("공공누리 유형"), default=1)
    is_public = models.BooleanField(default=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["-deposited_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["place", "number"], name="one_record_per_number")]

    def __str__(self) -> str:
        return self.title


class RecordFile(models.Model):
    record = models.ForeignKey(Record, models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    label = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.label
