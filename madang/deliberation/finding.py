"""What search finds of a question."""

from collections.abc import Iterator

from django.urls import reverse

from madang.deliberation.models import Question
from madang.ground.search import Findable


def findable(question: Question) -> Findable:
    """A question as the index keeps it: its wording, its background and its options. One query."""
    body = "\n".join([question.background, *question.options.values_list("text", flat=True)])
    url = reverse("deliberation:detail", args=[question.pk])
    return Findable("question", question.pk, question.place_id, question.wording, body, url, question.step.opens_at)


def everything() -> Iterator[Findable]:
    """Every question that was published, for the index to be made anew. The search page leaves out those of an unopened process."""
    rows = Question.objects.exclude(state=Question.State.DRAFTED).select_related("step")
    return map(findable, rows.order_by("pk").iterator(chunk_size=200))
