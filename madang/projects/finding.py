"""What search finds of a project."""

from collections.abc import Iterator

from django.urls import reverse

from madang.ground.search import Findable
from madang.programmes.models import ProgressEntry
from madang.projects.models import Project

NEWS = 20  # the latest news that search looks through


def findable(project: Project) -> Findable:
    """A project as the index keeps it: its title, what it is, and its latest news. One query."""
    programme = project.programme
    news = ProgressEntry.objects.filter(programme=programme).values_list("body", flat=True)[:NEWS]
    return Findable(
        "project", project.pk, project.place_id, programme.title, "\n".join([programme.summary, *news]),
        reverse("projects:detail", args=[project.pk]), project.adopted_at,
    )  # fmt: skip


def everything() -> Iterator[Findable]:
    """Every project, for the index to be made anew."""
    return map(findable, Project.objects.select_related("programme").order_by("pk").iterator(chunk_size=200))
