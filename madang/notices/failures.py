"""One group of messages that did not go out: same channel, same reason; of one matter or of a stretch of days."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from madang.notices.models import Delivery, DeliveryQuerySet, Notice, NoticeQuerySet


@dataclass(frozen=True)
class Failures:
    """What an officer sees as one trouble. `problem` is a code of problems.py; `kind`, `since` and `until` (not included) narrow it,
    `told_with` to what one deed told."""

    town_id: int
    place_ids: Collection[int]
    channel: str
    problem: str
    kind: str = ""
    since: datetime | None = None
    until: datetime | None = None
    told_with: Notice | None = None

    def notices(self) -> NoticeQuerySet:
        """The notices it may be about."""
        rows = Notice.objects.in_places(self.place_ids)
        if self.told_with is not None:
            return rows.told_with(self.told_with)
        for name, value in (("kind", self.kind), ("at__gte", self.since), ("at__lt", self.until)):
            rows = rows.filter(**{name: value}) if value else rows
        return rows

    def rows(self) -> DeliveryQuerySet:
        """Its deliveries."""
        return Delivery.objects.filter(notice__in=self.notices(), channel=self.channel).failed().because(self.problem)
