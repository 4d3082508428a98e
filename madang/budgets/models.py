"""Money in won: what a programme may spend, from which source, and what it spent."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from madang.ground.actor import Actor
from madang.ground.models import Place
from madang.programmes.models import Programme


class SourceQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> Self:
        """The sources of the actor's town."""
        return self.filter(place_id=actor.town_id or 0)


class Source(models.Model):
    """Where money comes from: 국비, 시비, 구비, 주민세 환원 …"""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    code = models.SlugField()
    name = models.CharField(max_length=40)
    order = models.PositiveSmallIntegerField(default=0)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["place", "code"], name="one_source_per_code")]

    def __str__(self) -> str:
        return self.name


class InTownQuerySet(models.QuerySet):
    def in_town(self, town_id: int) -> Self:
        return self.filter(Q(place_id=town_id) | Q(place__parent_id=town_id))

    def visible_to(self, actor: Actor) -> Self:
        return self.in_town(actor.town_id or 0)


class SpendingQuerySet(InTownQuerySet):
    def valid(self) -> Self:
        """Lines that count: those taken back stay to be read, never to be summed."""
        return self.filter(cancelled_at__isnull=True)


class Appropriation(models.Model):
    """What a programme may spend in a fiscal year from one source. `spent_won` and `committed_won` are kept by the verbs, guarded here."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("회계연도"))
    amount_won = models.BigIntegerField()
    committed_won = models.BigIntegerField(default=0)
    spent_won = models.BigIntegerField(default=0)
    decided_by = models.CharField(max_length=60, blank=True, default="")  # the thing that decided it, as in the audit trail

    objects = InTownQuerySet.as_manager()

    class Meta:
        ordering = ["year", "source__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "year", "source"], name="one_appropriation_per_source"),
            models.CheckConstraint(condition=Q(amount_won__gte=0) & Q(spent_won__gte=0), name="money_is_not_negative"),
            models.CheckConstraint(
                condition=Q(spent_won__lte=F("committed_won")) & Q(committed_won__lte=F("amount_won")),
                name="spent_within_committed_within_budget",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.amount_won}"


class Spending(models.Model):
    """One commitment (원인행위) or expenditure (지출). A wrong one is taken back with its reason, never changed or deleted."""

    class Kind(models.TextChoices):
        COMMITMENT = "commitment", _("원인행위")
        EXPENDITURE = "expenditure", _("지출")

    appropriation = models.ForeignKey(Appropriation, models.PROTECT, related_name="spendings")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    amount_won = models.BigIntegerField()
    on = models.DateField()
    what = models.CharField(_("적요"), max_length=160)
    at = models.DateTimeField()
    once = models.CharField(max_length=40, null=True, unique=True)  # mark of the form it came on: sent twice, kept once
    cancelled_at = models.DateTimeField(null=True)
    cancelled_why = models.CharField(_("취소한 까닭"), max_length=160, blank=True, default="")

    objects = SpendingQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [models.CheckConstraint(condition=Q(amount_won__gt=0), name="spending_is_positive")]

    def __str__(self) -> str:
        return self.what
