"""What search finds of a process."""

from collections.abc import Iterator

from django.urls import reverse

from madang.ground.search import Findable
from madang.processes.models import Process


def findable(process: Process) -> Findable:
    """A process as the index keeps it: its title, its words and the titles of its steps. One query."""
    steps = "\n".join(process.steps.values_list("title", flat=True))
    url = reverse("processes:detail", args=[process.pk])
    return Findable("process", process.pk, process.place_id, process.title, f"{process.summary}\n{steps}", url, process.made_at)


def everything() -> Iterator[Findable]:
    """Every process residents see, for the index to be made anew; nobody finds a draft."""
    return map(findable, Process.objects.published().order_by("pk").iterator(chunk_size=200))
