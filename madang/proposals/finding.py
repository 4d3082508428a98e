"""What search finds of a proposal."""

from collections.abc import Iterator

from django.urls import reverse

from madang.ground.search import Findable
from madang.proposals.models import Proposal


def findable(proposal: Proposal) -> Findable:
    """A proposal as the index keeps it: its title, its text, where it is, and what the departments answered. One query, or a prefetch."""
    said = "\n".join(answer.body for answer in proposal.answers.all())
    text = f"{proposal.body}\n{proposal.spot}".strip()
    url = reverse("proposals:detail", args=[proposal.pk])
    return Findable("proposal", proposal.pk, proposal.place_id, proposal.title, f"{text}\n{said}".strip(), url, proposal.submitted_at)


def everything() -> Iterator[Findable]:
    """Every public proposal, for the index to be made anew."""
    return map(findable, Proposal.objects.public().prefetch_related("answers").order_by("pk").iterator(chunk_size=500))
