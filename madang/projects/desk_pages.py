"""What the officials' pages of this area share: a page with one form, refusals beside the field, crumbs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from madang.ground.door import Request
from madang.ground.verdict import Refused
from madang.programmes.models import Programme
from madang.projects.forms import OfficerForm


def who(request: Request) -> dict[str, Any]:
    """Actor and moment, as verbs want them."""
    return {"actor": request.actor, "at": request.at}


def or_beside(form: OfficerForm, verb: Callable[[], Any]) -> Any:
    """What the verb gives, or None with its refusal beside the field it is about."""
    try:
        return verb()
    except Refused as refused:
        form.refuse(refused)
        return None


def crumbs_to(*more: tuple[str, Any]) -> list[tuple[str, Any]]:
    """The way from the area's desk list to a page."""
    return [(reverse("projects:desk_list"), _("사업 진행")), *more]


def facts_of(programme: Programme) -> list[dict[str, Any]]:
    """Which programme a form is about."""
    return [{"term": _("사업"), "value": programme.title}, {"term": _("동"), "value": programme.place.name_shown}]


@dataclass(frozen=True)
class FormPage:
    crumbs: list[tuple[str, Any]]
    title: str
    lede: str
    form: Any
    act: str
    back_url: str
    tone: str = ""
    facts: Sequence[dict[str, Any]] = ()
