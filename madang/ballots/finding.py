"""What search finds of a vote."""

from collections.abc import Iterator

from django.urls import reverse

from madang.ballots.models import Ballot
from madang.ground.search import Findable


def findable(ballot: Ballot) -> Findable:
    """A ballot as the index keeps it: its title and the titles on its list. One query."""
    titles = ballot.items.order_by("number").values_list("title", flat=True)
    url = reverse("ballots:detail", args=[ballot.pk])
    return Findable("ballot", ballot.pk, ballot.place_id, ballot.title, "\n".join(titles), url, ballot.noticed_at)


def everything() -> Iterator[Findable]:
    """Every ballot whose list residents may read, for the index to be made anew."""
    return map(findable, Ballot.objects.exclude(state=Ballot.State.DRAFTED).order_by("pk").iterator(chunk_size=200))
