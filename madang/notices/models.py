"""Messages out: one Notice per person and matter, one Delivery per channel."""

from collections.abc import Collection
from typing import Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from madang.ground.models import Account, Place
from madang.notices.kinds import messages
from madang.notices.problems import CODES, OTHER


class NoticeQuerySet(models.QuerySet):
    def of_account(self, account_id: int | None) -> Self:
        return self.filter(account_id=account_id) if account_id else self.none()

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)

    def in_places(self, place_ids: Collection[int]) -> Self:
        return self.filter(place_id__in=place_ids)

    def told_with(self, notice: "Notice") -> Self:
        """What the same deed told other people: one kind, one matter, one moment."""
        return self.filter(place_id=notice.place_id, kind=notice.kind, at=notice.at, url=notice.url)


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
        indexes = [
            models.Index(fields=["account", "-id"], name="notices_of_account"),
            models.Index(fields=["-at", "kind", "url", "place"], name="notices_told_together"),
        ]

    def __str__(self) -> str:
        return self.key


class DeliveryQuerySet(models.QuerySet):
    def failed(self) -> Self:
        return self.filter(state="failed")

    def because(self, problem: str) -> Self:
        """Those with one reason, named by its code; "other" gathers whatever has none of its own."""
        own = [code for code in CODES if code != OTHER]
        return self.exclude(problem__in=own) if problem == OTHER else self.filter(problem=problem)

    def still_wanted(self, channel: str) -> Self:
        """Those of one channel whose person still has an address there and has not turned such messages off since."""
        must_come = channel == Delivery.Channel.MAIL  # as when a notice is first told: what is a service comes by mail all the same
        families = [When(notice__kind=m.kind, then=Value(m.family)) for m in messages().values() if not (must_come and m.is_service)]
        off = Preference.objects.filter(account=OuterRef("notice__account"), family=OuterRef("chosen_by"), **{channel: "inbox"})
        has_address = ~Q(notice__account__email="") if must_come else ~Q(notice__account__phone="")
        rows = self.filter(has_address, channel=channel, notice__account__is_active=True, notice__account__is_erased=False)
        return rows.alias(chosen_by=Case(*families, default=Value(""))).filter(~Exists(off))


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
    problem = models.CharField(max_length=200, blank=True, default="")  # a code of problems.py

    objects = DeliveryQuerySet.as_manager()

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
