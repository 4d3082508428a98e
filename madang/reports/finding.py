"""What search finds of an official paper."""

from collections.abc import Iterator

from django.urls import reverse

from madang.ground.search import Findable
from madang.reports.models import OfficialPaper
from madang.reports.paper.blocks import from_json
from madang.reports.reading import plain_text


def findable(paper: OfficialPaper) -> Findable:
    """A published paper as the index keeps it: its title and all its words."""
    url = reverse("reports:detail", args=[paper.pk])
    return Findable("paper", paper.pk, paper.place_id, paper.title, plain_text(from_json(paper.frozen)), url, paper.published_at)


def everything() -> Iterator[Findable]:
    """Every published paper that no later one replaces, for the index to be made anew."""
    gone = OfficialPaper.objects.published().filter(replaces__isnull=False).values("replaces_id")
    return map(findable, OfficialPaper.objects.published().exclude(pk__in=gone).order_by("pk").iterator(chunk_size=50))
