"""The ways between the desk's pages about people: only those that open to who asks."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from madang.ground.door import Request
from madang.residents import rules

TABS = (
    ("desk_people", _("주민 찾기"), rules.may_enter_person),
    ("desk_letters", _("우편 인증번호"), rules.may_print_letters),
    ("desk_roll", _("주민 명부"), rules.may_import_roll),
    ("desk_departments", _("부서와 자리"), rules.may_organise),
    ("open_desk", _("업무 시간"), rules.may_come_to_desk),
)


def tabs(request: Request, here: str) -> list[dict[str, Any]]:
    """Links for parts/tabs.html; `here` is the url name of the page shown."""
    actor, at = request.actor, request.at
    return [
        {"url": reverse(f"residents:{name}"), "label": label, "is_current": name == here}
        for name, label, rule in TABS
        if rule(actor, at=at)
    ]
