"""Money in won: what a programme may spend, from which source, and what it spent."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from madang.ground.models import Place
from madang.programmes.models import Programme


class Source(models.Model):
    """Where money comes from: 국비, 시비, 구비, 주민세 환원 …"""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    code = models.SlugField()
    name = models.CharField(max_length=40)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["place", "code"], name="one_source_per_code")]

    def __str__(self) -> str:
        return self.name


class Appropriation(models.Model):
    """What a programme may spend in a fiscal year from one source. `spent_won` and `committed_won` are kept by the verbs, guarded here."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="appropriations")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("회계연도"))
    amount_won = models.BigIntegerField()
    committed_won = models.BigIntegerField(default=0)
    spent_won = models.BigIntegerField(default=0)
    decided_by = models.CharField(max_length=60, blank=True, default="")  # the thing that decided it, as in the audit trail

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
    """One commitment (원인행위) or expenditure (지출)."""

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

    class Meta:
        ordering = ["on", "pk"]
        constraints = [models.CheckConstraint(condition=Q(amount_won__gt=0), name="spending_is_positive")]

    def __str__(self) -> str:
        return self.what
