"""Talk beside a thing: a thread two levels deep, reports, and what moderators did."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from madang.ground.models import Account, Place
from madang.residents.models import Resident


class Thread(models.Model):
    """The talk about one thing, named as in the audit trail (`proposal/7`), so that this area never knows the areas above."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=200)
    is_open = models.BooleanField(default=True)
    count = models.PositiveIntegerField(default=0)  # visible comments, kept by the verbs

    def __str__(self) -> str:
        return self.subject


class CommentQuerySet(models.QuerySet):
    def visible(self) -> Self:
        return self.filter(state=Comment.State.VISIBLE)


class Comment(models.Model):
    """One remark or a reply to one. Replies to replies stand beside them, never deeper."""

    class State(models.TextChoices):
        VISIBLE = "visible", _("보임")
        HIDDEN = "hidden", _("가림")
        WITHDRAWN = "withdrawn", _("글쓴이가 지움")

    MOVES = {"visible": {"hidden", "withdrawn"}, "hidden": {"visible"}, "withdrawn": set()}

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="comments")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="replies")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    author = models.ForeignKey(Resident, models.SET_NULL, null=True, related_name="+")
    public_name = models.CharField(max_length=40)
    is_official = models.BooleanField(default=False)
    body = models.TextField(max_length=2000)
    at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.VISIBLE)
    hidden_reason = models.CharField(max_length=200, blank=True, default="")
    open_reports = models.PositiveIntegerField(default=0)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["thread", "parent", "id"], name="comments_of_thread")]

    def __str__(self) -> str:
        return self.body[:40]


class CommentReport(models.Model):
    """Somebody found a comment against the rules."""

    class State(models.TextChoices):
        OPEN = "open", _("살펴볼 것")
        UPHELD = "upheld", _("가렸거나 지워짐")
        DISMISSED = "dismissed", _("그대로 둠")

    MOVES = {"open": {"upheld", "dismissed"}, "upheld": set(), "dismissed": set()}

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="reports")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    reporter = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["comment", "reporter"], condition=Q(state="open"), name="one_open_report_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.comment_id}"
