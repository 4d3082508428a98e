"""Adopted work: what became of a winner, from adoption to done."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from madang.ballots.models import BallotItem
from madang.ground.actor import Actor
from madang.ground.models import Place
from madang.programmes.models import Programme
from madang.proposals.models import Proposal
from madang.residents.models import Resident


class ProjectQuerySet(models.QuerySet):
    def in_town(self, town_id: int) -> Self:
        return self.filter(Q(place_id=town_id) | Q(place__parent_id=town_id))

    def visible_to(self, actor: Actor) -> Self:
        return self.in_town(actor.town_id or 0)

    def of_year(self, year: int) -> Self:
        return self.filter(programme__year=year)

    def of_category(self, category: str) -> Self:
        """By what the ballot said it was, frozen with the item."""
        return self.filter(ballot_item__category=category)


class Project(models.Model):
    """The delivery of one adopted proposal. Its money and progress stand with its programme."""

    class State(models.TextChoices):
        PLANNED = "planned", _("준비 중")
        RUNNING = "running", _("하는 중")
        DONE = "done", _("마쳤어요")
        STOPPED = "stopped", _("멈췄어요")

    MOVES = {"planned": {"running", "stopped"}, "running": {"done", "stopped"}, "stopped": {"running"}, "done": set()}

    programme = models.OneToOneField(Programme, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="+")
    ballot_item = models.OneToOneField(BallotItem, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    adopted_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    percent = models.PositiveSmallIntegerField(default=0)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-adopted_at", "pk"]
        indexes = [models.Index(fields=["place", "state"], name="projects_of_place")]

    def __str__(self) -> str:
        return self.programme.title


class ProjectHelper(models.Model):
    """A resident who signed up to take part in a project."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="helpers")
    resident = models.ForeignKey(Resident, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "resident"], name="one_sign_up_per_person")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.resident_id}"
