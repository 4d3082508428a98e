"""Official papers: gathered from figures, frozen, signed, published, deposited."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from madang.archive.models import Record
from madang.ground.actor import Actor
from madang.ground.models import Account, Place, StoredFile


class OfficialPaperQuerySet(models.QuerySet):
    def in_town(self, town_id: int) -> Self:
        return self.filter(town_id=town_id)

    def visible_to(self, actor: Actor) -> Self:
        rows = self.in_town(actor.town_id or 0)
        return rows if actor.desk_open else rows.published()

    def published(self) -> Self:
        return self.filter(state="published")

    def waiting(self) -> Self:
        """Those somebody has still to sign or publish."""
        return self.filter(state__in=OfficialPaper.IN_THE_MAKING)

    def standing(self) -> Self:
        """Those that were not withdrawn."""
        return self.exclude(state="withdrawn")

    def about(self, subject: str) -> Self:
        """Papers on a thing, or on something within it (`process/3`)."""
        return self.filter(Q(subject=subject) | Q(within=subject))


class OfficialPaper(models.Model):
    """One paper. `frozen` is its whole content; it is never gathered again, a new paper is drawn up instead."""

    class State(models.TextChoices):
        DRAWN_UP = "drawn_up", _("작성")
        SIGNED = "signed", _("결재")
        PUBLISHED = "published", _("공개")
        WITHDRAWN = "withdrawn", _("거둠")

    MOVES = {"drawn_up": {"signed", "withdrawn"}, "signed": {"published", "withdrawn"}, "published": set(), "withdrawn": set()}
    IN_THE_MAKING = ("drawn_up", "signed")

    kind = models.SlugField(max_length=40)
    town = models.ForeignKey(Place, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    series = models.CharField(max_length=40)  # the department whose papers are numbered together
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=60)  # 마을자치과-2021-3
    title = models.CharField(max_length=200)
    subject = models.CharField(max_length=60)  # what it reports on, as in the audit trail
    subject_pk = models.BigIntegerField()
    within = models.CharField(max_length=60, blank=True, default="")  # the process its subject stands in, as in the audit trail
    as_of = models.DateField(_("기준일"))
    typed = models.JSONField(default=dict)  # what the drafter wrote because no record knows it
    frozen = models.JSONField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAWN_UP)
    drawn_up_at = models.DateTimeField()
    drawn_up_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    signatures = models.JSONField(default=list)  # deed, post title, moment, digest; in the order of the drafting line
    published_at = models.DateTimeField(null=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    why = models.CharField(_("까닭"), max_length=200, blank=True, default="")  # why it replaces another, or was withdrawn
    record = models.ForeignKey(Record, models.PROTECT, null=True, related_name="+")

    objects = OfficialPaperQuerySet.as_manager()

    class Meta:
        ordering = ["-drawn_up_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["town", "number"], name="one_paper_per_number"),
            models.UniqueConstraint(
                fields=["town", "kind", "subject"], condition=Q(state__in=["drawn_up", "signed"]), name="one_paper_in_the_making"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(record__isnull=False, published_at__isnull=False), name="published_means_deposited"
            ),
        ]
        indexes = [
            models.Index(fields=["town", "state", "-drawn_up_at"], name="papers_of_town"),
            models.Index(fields=["subject"], name="papers_of_subject"),
            models.Index(fields=["within"], name="papers_within"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_in_the_making(self) -> bool:
        return self.state in self.IN_THE_MAKING


class PaperFile(models.Model):
    """A rendering of a published paper."""

    paper = models.ForeignKey(OfficialPaper, models.CASCADE, related_name="files")
    format = models.CharField(max_length=5)  # pdf, hwpx, xlsx
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["paper", "format"], name="one_file_per_format")]

    def __str__(self) -> str:
        return self.format
