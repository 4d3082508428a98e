"""Messages out: one Notice per person and matter, one Delivery per channel."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from madang.ground.models import Account, Place


class NoticeQuerySet(models.QuerySet):
    def of_account(self, account_id: int | None) -> Self:
        return self.filter(account_id=account_id) if account_id else self.none()

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """What a person should know. The sentence is rendered when it is shown, in the reader's language, from kind and facts."""

    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    url = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    key = models.CharField(max_length=120, unique=True)  # nothing is sent twice: kind, person and matter

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["account", "-id"], name="notices_of_account")]

    def __str__(self) -> str:
        return self.key


class Delivery(models.Model):
    """One notice on its way through one channel."""

    class Channel(models.TextChoices):
        MAIL = "mail", _("전자우편")
        TEXT = "text", _("문자")

    class State(models.TextChoices):
        WAITING = "waiting", _("보낼 것")
        DIGEST = "digest", _("모아 보낼 것")
        SENDING = "sending", _("하는 중")
        SENT = "sent", _("보냄")
        FAILED = "failed", _("실패")

    MOVES = {
        "waiting": {"sending"},
        "digest": {"sending"},
        "sending": {"sent", "failed", "waiting", "digest"},
        "sent": set(),
        "failed": {"waiting"},
    }

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel)
    address = models.CharField(max_length=254)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)  # when a sender took it up
    problem = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "channel"], name="one_delivery_per_channel")]
        indexes = [models.Index(fields=["state", "id"], name="deliveries_waiting")]

    def __str__(self) -> str:
        return f"{self.channel} {self.notice_id}"


class Preference(models.Model):
    """What a person chose for one family of notices."""

    class How(models.TextChoices):
        NOW = "now", _("바로")
        DIGEST = "digest", _("하루에 한 번 모아서")
        INBOX = "inbox", _("알림함에만")

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    family = models.CharField(max_length=30)
    mail = models.CharField(max_length=10, choices=How, default=How.NOW)
    text = models.CharField(max_length=10, choices=How, default=How.INBOX)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "family"], name="one_preference_per_family")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.family}"
