"""What verbs of this area leave in the search."""

from datetime import datetime

from django.urls import reverse

from madang.ground import search
from madang.processes.models import Process


def let_find(process: Process, *, at: datetime) -> None:
    """Puts an opened process into the search, or its new words; nobody finds a draft."""
    steps = "\n".join(process.steps.values_list("title", flat=True))
    search.index(
        kind="process", subject_id=process.pk, place_id=process.place_id, title=process.title, body=f"{process.summary}\n{steps}",
        url=reverse("processes:detail", args=[process.pk]), at=at,
    )  # fmt: skip
