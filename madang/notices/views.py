"""A person's inbox and how they want to hear from us."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from madang.ground.door import Request, door, found, page, signed_in
from madang.notices import actions
from madang.notices.kinds import FAMILIES
from madang.notices.models import Notice, Preference
from madang.notices.sentences import said


@dataclass(frozen=True)
class InboxPage:
    found: Page
    unread: int


@door(signed_in)
def inbox(request: Request) -> HttpResponse:
    """What happened, newest first."""
    rows = Notice.objects.of_account(request.actor.account_id)
    shown = Paginator(rows, 20).get_page(request.GET.get("page"))
    shown.object_list = [{"notice": n, "said": said(n)} for n in shown.object_list]  # type: ignore[misc]
    return page(request, "notices/inbox.html", InboxPage(shown, rows.unread().count()))


@door(signed_in)
@require_POST
def read_all(request: Request) -> HttpResponse:
    """All seen."""
    actions.read_all(actor=request.actor, at=request.at)
    return redirect("notices:inbox")


def _mine(request: Request, pk: int) -> Notice:
    return found(Notice.objects.of_account(request.actor.account_id), pk=pk)


@door(signed_in, load=_mine)
def open_one(request: Request, notice: Notice) -> HttpResponse:
    """Goes to what the notice is about and marks it seen; opening a link changes nothing else, so a GET may do it."""
    if not request.preview_on:  # looking at another date changes nothing
        actions.read_one(notice=notice, actor=request.actor, at=request.at)
    return redirect(notice.url or "notices:inbox")


class PreferenceForm(forms.Form):
    """One family: how by mail, how by text message."""

    mail = forms.ChoiceField(choices=Preference.How.choices)
    text = forms.ChoiceField(choices=Preference.How.choices)

    def __init__(self, family: str, *args: Any, **kwargs: Any) -> None:
        self.family = family
        self.title = FAMILIES[family]
        kwargs["prefix"] = family
        super().__init__(*args, **kwargs)
        self.fields["mail"].label = _("전자우편")
        self.fields["text"].label = _("문자")


@dataclass(frozen=True)
class PreferencesPage:
    forms: list[PreferenceForm]
    has_phone: bool


@door(signed_in)
def preferences(request: Request) -> HttpResponse:
    """A choice per family of matters; service messages always come."""
    chosen = {p.family: p for p in Preference.objects.filter(account_id=request.actor.account_id or 0)}
    rows = [
        PreferenceForm(
            family,
            request.POST if request.method == "POST" else None,
            initial={"mail": chosen[family].mail, "text": chosen[family].text} if family in chosen else {"mail": "now", "text": "inbox"},
        )
        for family in FAMILIES
    ]
    if request.method == "POST" and all([f.is_valid() for f in rows]):
        for form in rows:
            if form.has_changed() or form.family not in chosen:
                actions.prefer(family=form.family, **form.cleaned_data, actor=request.actor, at=request.at)
        messages.success(request, _("알림 받는 방법을 간직했어요."))
        return redirect("notices:preferences")
    status = 422 if request.method == "POST" else 200
    return page(request, "notices/preferences.html", PreferencesPage(rows, bool(request.user.phone)), status=status)
