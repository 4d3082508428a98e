"""What search finds of a record."""

from collections.abc import Iterator

from django.urls import reverse

from madang.archive.models import Record
from madang.ground.search import Findable


def findable(record: Record) -> Findable:
    """A record as the index keeps it: its title and its description."""
    url = reverse("archive:detail", args=[record.pk])
    return Findable("record", record.pk, record.place_id, record.title, record.description, url, record.deposited_at)


def everything() -> Iterator[Findable]:
    """Every public record, for the index to be made anew."""
    return map(findable, Record.objects.filter(is_public=True).order_by("pk").iterator(chunk_size=200))
