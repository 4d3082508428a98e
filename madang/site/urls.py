"""Every address: the areas by name, the step kinds from their register."""

from importlib import import_module

from django.urls import include, path

from madang.processes.kinds import kinds

AREAS = (
    ("notices/", "madang.notices.urls"),
    ("people/", "madang.residents.urls"),
    ("comments/", "madang.comments.urls"),
    ("archive/", "madang.archive.urls"),
    ("processes/", "madang.processes.urls"),
    ("projects/", "madang.projects.urls"),
    ("papers/", "madang.reports.urls"),
)


def mounted() -> list:
    """The addresses of step kinds: each area's urls once, at the prefix its kinds name."""
    places = {kind.urls: kind.prefix for kind in kinds().values() if kind.urls}
    return [path(prefix, include(urls)) for urls, prefix in sorted(places.items())]


urlpatterns = [
    path("", include("madang.site.home_urls")),
    path("", include("madang.ground.urls")),
    *(path(prefix, include(urls)) for prefix, urls in AREAS if import_module(urls)),
    *mounted(),
    path("account/", include("allauth.urls")),
]
handler400 = "madang.site.errors.bad_request"
handler403 = "madang.site.errors.forbidden"
handler404 = "madang.site.errors.not_found"
handler500 = "madang.site.errors.server_error"
