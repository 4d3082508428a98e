"""Official papers: gathered from figures, frozen, signed, published, deposited."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.archive.models import Record
from madang.ground.actor import Actor
from madang.ground.models import Account, Place, StoredFile


class OfficialPaperQuerySet(models.QuerySet):
    def in_town(self, town_id: int) -> Self:
        return self.filter(models.Q(place_id=town_id) | models.Q(place__parent_id=town_id))

    def visible_to(self, actor: Actor) -> Self:
        rows = self.in_town(actor.town_id or 0)
        return rows if actor.desk_open else rows.filter(state="published")


class OfficialPaper(models.Model):
    """One paper. `frozen` is its whole content; it is never gathered again, a new paper is drawn up instead."""

    class State(models.TextChoices):
        DRAWN_UP = "drawn_up", _("작성")
        SIGNED = "signed", _("결재")
        PUBLISHED = "published", _("공개")

    MOVES = {"drawn_up": {"signed"}, "signed": {"published"}, "published": set()}

    kind = models.SlugField(max_length=40)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    subject = models.CharField(max_length=60)  # what it reports on, as in the audit trail
    as_of = models.DateField(_("기준일"))
    frozen = models.JSONField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAWN_UP)
    drawn_up_at = models.DateTimeField()
    drawn_up_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    signatures = models.JSONField(default=list)  # post titles with dates, in the order of the drafting line
    record = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+")

    objects = OfficialPaperQuerySet.as_manager()

    class Meta:
        ordering = ["-drawn_up_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["place", "number"], name="one_paper_per_number")]

    def __str__(self) -> str:
        return self.title


class PaperFile(models.Model):
    """A rendering of a signed paper."""

    paper = models.ForeignKey(OfficialPaper, models.CASCADE, related_name="files")
    format = models.CharField(max_length=5)  # pdf, hwpx, xlsx
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "format"], name="one_file_per_format")]

    def __str__(self) -> str:
        return self.format
