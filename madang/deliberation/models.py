"""A question the government asks (금나래가 묻습니다): options and free words, results after closing, and how they were used."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.ground.models import Place
from madang.processes.models import Step
from madang.residents.models import Resident


class Question(models.Model):
    """One question in one step."""

    class State(models.TextChoices):
        DRAFTED = "drafted", _("초안")
        PUBLISHED = "published", _("묻는 중")
        CLOSED = "closed", _("마감")
        ANSWERED = "answered", _("쓰임을 알림")

    MOVES = {"drafted": {"published"}, "published": {"closed"}, "closed": {"answered"}, "answered": set()}

    step = models.OneToOneField(Step, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    wording = models.CharField(_("물음"), max_length=200)
    background = models.TextField(_("배경"), max_length=3000)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFTED)
    how_used = models.TextField(_("어떻게 썼나"), max_length=3000, blank=True, default="")
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.wording


class Option(models.Model):
    question = models.ForeignKey(Question, models.CASCADE, related_name="options")
    text = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text


class Reply(models.Model):
    """One person's reply; may be changed until closing."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="replies")
    resident = models.ForeignKey(Resident, models.SET_NULL, null=True, related_name="+")
    option = models.ForeignKey(Option, models.PROTECT, related_name="+")
    words = models.TextField(max_length=1000, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "resident"], name="one_reply_per_person")]

    def __str__(self) -> str:
        return f"{self.question_id}"
