"""An advisory ballot: a frozen list, one turnout mark per person, papers that name nobody."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from madang.ground.actor import Actor
from madang.ground.models import Place
from madang.processes.models import Step
from madang.proposals.models import Proposal
from madang.residents.models import Resident


class BallotQuerySet(models.QuerySet):
    def in_town(self, town_id: int) -> Self:
        return self.filter(Q(place_id=town_id) | Q(place__parent_id=town_id))

    def visible_to(self, actor: Actor) -> Self:
        rows = self.in_town(actor.town_id or 0)
        return rows if actor.desk_open else rows.exclude(state="drafted")


class Ballot(models.Model):
    """The vote of one step."""

    class State(models.TextChoices):
        DRAFTED = "drafted", _("준비 중")
        NOTICED = "noticed", _("공고함")
        CLOSED = "closed", _("투표 마감")
        COUNTED = "counted", _("개표 마침")

    MOVES = {"drafted": {"noticed"}, "noticed": {"closed"}, "closed": {"counted"}, "counted": set()}

    step = models.OneToOneField(Step, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFTED)
    picks_max = models.PositiveSmallIntegerField(_("고를 수 있는 수"))
    picks_min = models.PositiveSmallIntegerField(default=1)
    budget_won = models.BigIntegerField(_("예산"))
    rule = models.CharField(max_length=30, default="greedy_votes")
    skips_too_large = models.BooleanField(default=True)
    may_change = models.BooleanField(_("마감 전 바꾸기"), default=True)
    quorum = models.PositiveIntegerField(_("성립 기준(명)"), default=0)
    # the electorate rule set, frozen with the list at notice
    min_age = models.PositiveSmallIntegerField(_("나이"), default=15)
    min_proof = models.PositiveSmallIntegerField(_("확인 수준"), default=3)
    reference_on = models.DateField(_("기준일"), null=True)
    electorate_size = models.PositiveIntegerField(_("투표할 수 있는 사람 수"), default=0)
    electorate_source = models.CharField(max_length=120, blank=True, default="")
    seed_commitment = models.CharField(max_length=64, blank=True, default="")
    seed = models.CharField(max_length=64, blank=True, default="")  # published with the count
    # joins a person to their paper while votes may change; destroyed at closing
    mark_key = models.CharField(max_length=64, blank=True, default="")
    noticed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    counted_at = models.DateTimeField(null=True)

    objects = BallotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(picks_max__gte=F("picks_min")) & Q(picks_min__gte=1), name="picks_make_sense"),
            models.CheckConstraint(condition=Q(mark_key="") | ~Q(state__in=["closed", "counted"]), name="no_key_after_closing"),
            models.CheckConstraint(condition=Q(budget_won__gte=0), name="a_ballot_budget_is_not_negative"),
        ]

    def __str__(self) -> str:
        return self.title


class BallotItem(models.Model):
    """A proposal on the ballot: text and cost as they were when the ballot was filled."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="items")
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="+")
    number = models.PositiveSmallIntegerField(_("번호"))
    title = models.CharField(max_length=120)
    text = models.TextField(max_length=3000, blank=True, default="")
    cost_won = models.BigIntegerField()
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    category = models.CharField(max_length=30, blank=True, default="")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "number"], name="one_item_per_number"),
            models.UniqueConstraint(fields=["ballot", "proposal"], name="a_proposal_once_per_ballot"),
            models.CheckConstraint(condition=Q(cost_won__gte=0), name="cost_is_not_negative"),
        ]

    def __str__(self) -> str:
        return self.title


class Channel(models.TextChoices):
    """How a vote came in."""

    ONLINE = "online", _("온라인")
    EARLY = "early", _("사전투표")
    POSTAL = "postal", _("우편")
    HALL = "hall", _("현장")


OFFLINE = (Channel.EARLY, Channel.POSTAL, Channel.HALL)


class TurnoutMark(models.Model):
    """The roll: that a person has voted (or was handed a paper), on which day and by which channel. The vote itself names no resident."""

    Channel = Channel

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="marks")
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.ONLINE)
    dong = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    age_band = models.PositiveSmallIntegerField(null=True)  # 10, 20, … as of the reference date
    on = models.DateField()  # the day only: a time could join mark and paper

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "resident"], name="one_turnout_mark_per_resident")]

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.resident_id}"


class BallotPaper(models.Model):
    """What was picked. `token` is a keyed hash of the voter under the ballot's mark_key: useless once that key is gone.

    A random key alone does not hide the order of voting (a table keeps its rows in the order of writing), so closing writes all
    papers anew in the order of a lot. A paper taken from a box has no token at all."""

    id = models.UUIDField(primary_key=True)
    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="papers")
    token = models.CharField(max_length=64)
    receipt = models.CharField(max_length=16)
    picks = models.JSONField()  # item numbers
    channel = models.CharField(
        max_length=10, choices=Channel, default=Channel.ONLINE, blank=True
    )  # emptied at closing when too few share it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "token"], condition=~Q(token=""), name="one_paper_per_token"),
            models.UniqueConstraint(fields=["ballot", "receipt"], name="one_paper_per_receipt"),
        ]

    def __str__(self) -> str:
        return self.receipt


class Tally(models.Model):
    """The count, frozen with everything needed to count again."""

    ballot = models.OneToOneField(Ballot, models.PROTECT, related_name="tally")
    at = models.DateTimeField()
    votes = models.JSONField()  # item number -> votes
    funded = models.JSONField()  # item numbers in order of funding
    story = models.JSONField()  # one line per decision: code and parameters
    needed = models.JSONField(default=dict)  # item number -> how many more votes it needed, null where none would do
    rule = models.JSONField(default=dict)  # the rule in full, as `methods.count` takes it
    papers = models.PositiveIntegerField()
    spent_won = models.BigIntegerField()
    left_won = models.BigIntegerField()
    input_sha256 = models.CharField(max_length=64)
    turnout = models.JSONField(default=dict)  # by channel, dong and age band

    def __str__(self) -> str:
        return f"{self.ballot_id}"
