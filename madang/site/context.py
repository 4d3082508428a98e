"""What every template knows: town, actor, moment, navigation, the reader's view settings."""

from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from madang.ground import clock
from madang.ground.door import Request

NAV = (
    ("site:home", _("지금 우리 동네")),
    ("proposals:list", _("제안")),
    ("ballots:list", _("투표")),
    ("deliberation:list", _("의견 묻기")),
    ("processes:list", _("주민총회와 과정")),
    ("projects:list", _("예산과 사업")),
    ("site:results", _("결과와 기록")),
)


def chrome(request: Request) -> dict[str, Any]:
    """The frame of a page."""
    town = getattr(request, "town", None)
    if town is None:
        return {"view": {}, "demo": settings.DEMO}
    today = clock.today(request.at)
    town_settings = town.settings(today)
    english = get_language() == "en"
    view = {name: request.COOKIES.get(f"view_{name}", "") for name in ("size", "theme", "contrast")}
    return {
        "town": {
            "name": town.place.name_shown,
            "site_name": town_settings.site_name_en if english else town_settings.site_name,
            "organ": town_settings.organ_en if english else town_settings.organ,
            "phone": town_settings.phone,
            "address": town_settings.address_en if english else town_settings.address,
            "department": town_settings.department,
        },
        "dongs": town.dongs,
        "actor": request.actor,
        "at": request.at,
        "today": today,
        "nav": tuple(_nav(request.path)),
        "view": view,
        "town_css_url": reverse("site:town_css"),
        # An open desk ends before the session does: what ends first is warned of.
        "session_seconds": int((request.actor.desk_until - request.at).total_seconds()) if request.actor.desk_until else None,
        "preview_at": getattr(request, "preview_on", None),
        "demo": settings.DEMO,
    }


def _nav(path: str) -> Any:
    for name, label in NAV:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        yield url, label, path == url if url == "/" else path.startswith(url)
