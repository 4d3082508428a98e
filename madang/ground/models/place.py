"""Places (metropolitan government, district, dong), their names in time and their settings in time."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class PlaceQuerySet(models.QuerySet):
    def towns(self) -> Self:
        """Districts: each is a tenant."""
        return self.filter(level=Place.Level.DISTRICT)

    def in_town(self, town_id: int) -> Self:
        """The district itself and its dong."""
        return self.filter(Q(pk=town_id) | Q(parent_id=town_id))


class Place(models.Model):
    """A territory. The district is the tenant root; its dong are children in their official order."""

    class Level(models.TextChoices):
        METROPOLITAN = "metropolitan", _("특별시·광역시·도")
        DISTRICT = "district", _("시·군·구")
        DONG = "dong", _("동·읍·면")

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    level = models.CharField(max_length=20, choices=Level)
    code = models.CharField(_("행정구역 코드"), max_length=10, unique=True)
    slug = models.SlugField(_("주소에 쓰는 이름"), unique=True)
    name = models.CharField(_("이름"), max_length=40)
    name_en = models.CharField(_("영문 이름"), max_length=60)
    order = models.PositiveSmallIntegerField(default=0)
    hosts = models.CharField(_("누리집 주소"), max_length=200, blank=True, default="", help_text=_("쉼표로 나눕니다."))

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def town_id(self) -> int:
        """The district this place belongs to (itself for a district)."""
        return (self.parent_id or self.pk) if self.level == self.Level.DONG else self.pk

    @property
    def name_shown(self) -> str:
        """The name as pages show it to a reader: the English one on English pages. Records and papers go by `name`."""
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name

    def name_on(self, on: date) -> str:
        """The name that was official on a date (names change, records of the past do not)."""
        row = self.names.filter(Q(from_on__lte=on), Q(to_on__isnull=True) | Q(to_on__gt=on)).order_by("-from_on").first()
        return row.name if row else self.name


class PlaceName(models.Model):
    """A name of a place from a date until (not including) a date."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="names")
    name = models.CharField(max_length=40)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "from_on"], name="one_name_from_a_date")]

    def __str__(self) -> str:
        return self.name


class PlaceSettings(models.Model):
    """What a town decided about itself from a date on. `data` holds fields of TownSettings; the latest row in force wins per field."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="settings_rows")
    from_on = models.DateField(_("시행일"))
    data = models.JSONField(default=dict)
    reason = models.CharField(_("까닭"), max_length=200)

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["place", "from_on"], name="one_settings_row_from_a_date")]

    def __str__(self) -> str:
        return f"{self.place} {self.from_on}"


class ClockShift(models.Model):
    """How far the demo town's clock stands from the real one. Read only when the installation is a demo."""

    seconds = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.seconds)
