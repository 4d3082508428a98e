"""Officials' face of money: every line of a programme, what is written, changed and taken back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.budgets import actions as money_actions
from madang.budgets.figures import Line, Money, SourceMoney, by_source, lines_of
from madang.budgets.models import Appropriation, Source, Spending
from madang.budgets.rules import may_appropriate, may_spend
from madang.ground.actor import Actor
from madang.ground.clock import today
from madang.ground.door import Request, door, found, page
from madang.ground.verdict import Verdict
from madang.programmes.models import Programme
from madang.projects import rules
from madang.projects.desk_pages import FormPage, crumbs_to, facts_of, or_beside, who
from madang.projects.forms import AmountForm, AppropriateForm, MoneyForm, WhyForm
from madang.projects.models import Project


def programme_for(request: Request, pk: int) -> Programme:
    """The programme the actor may know of, or 404."""
    return found(Programme.objects.visible_to(request.actor).select_related("place", "department"), pk=pk)


def _appropriation_for(request: Request, pk: int) -> Appropriation:
    rows = Appropriation.objects.visible_to(request.actor).select_related("programme__place", "source")
    return found(rows, pk=pk)


def _spending_for(request: Request, pk: int) -> Spending:
    rows = Spending.objects.visible_to(request.actor).select_related("appropriation__programme__place", "appropriation__source")
    return found(rows, pk=pk)


def _may_spend_line(actor: Actor, spending: Spending, *, at: datetime) -> Verdict:
    """Whoever may spend the programme's money."""
    return may_spend(actor, spending.appropriation.programme, at=at)


@dataclass(frozen=True)
class MoneyPage:
    crumbs: list[tuple[str, Any]]
    programme: Programme
    project_url: str
    money: Money
    sources: tuple[SourceMoney, ...]
    lines: tuple[Line, ...]
    form: MoneyForm
    may_spend: Verdict
    may_appropriate: bool


@door(rules.may_read_desk, load=programme_for)
def money(request: Request, programme: Programme) -> HttpResponse:
    """A programme's money down to every line; commitments and expenditures are written here."""
    actor, at = request.actor, request.at
    rows = Appropriation.objects.visible_to(actor).filter(programme=programme).select_related("source")
    form = MoneyForm(request.POST or None, appropriations=rows, initial={"on": today(at)})
    if request.method == "POST" and form.is_valid() and or_beside(form, lambda: _written(request, form)):
        messages.success(request, _("적었습니다."))
        return redirect("projects:desk_money", pk=programme.pk)
    project = Project.objects.visible_to(actor).filter(programme=programme).first()
    url = reverse("projects:desk_detail", args=[project.pk]) if project else ""
    sources = by_source(programme.pk)
    content = MoneyPage(
        crumbs_to((url, programme.title), ("", _("돈"))), programme, url, sum((s.money for s in sources), Money()), sources,
        tuple(reversed(lines_of(programme.pk))), form, may_spend(actor, programme, at=at), bool(may_appropriate(actor, at=at)),
    )  # fmt: skip
    return page(request, "projects/desk_money.html", content)


def _written(request: Request, form: MoneyForm) -> Spending:
    data = form.cleaned_data
    given = {name: data[name] for name in ("appropriation", "amount_won", "on", "what", "once")} | who(request)
    if data["kind"] == "commitment":
        return money_actions.commit(**given)
    return money_actions.spend(**given, commits=data["kind"] == "both")


@door(may_appropriate, load=programme_for)
def appropriate(request: Request, programme: Programme) -> HttpResponse:
    """Money from one more source or for one more year."""
    back = reverse("projects:desk_money", args=[programme.pk])
    rows = Source.objects.visible_to(request.actor)
    form = AppropriateForm(request.POST or None, sources=rows, initial={"year": today(request.at).year})
    if (
        request.method == "POST"
        and form.is_valid()
        and or_beside(form, lambda: money_actions.appropriate(programme=programme, **form.cleaned_data, **who(request)))
    ):
        messages.success(request, _("예산을 더했습니다."))
        return redirect(back)
    crumbs = crumbs_to((back, programme.title), ("", _("예산 더하기")))
    content = FormPage(crumbs, _("예산 더하기"), _("같은 해 같은 재원은 한 번만 정하고, 바뀌면 고칩니다."), form, _("더하기"), back)
    return page(request, "projects/desk_form.html", content)


@door(may_appropriate, load=_appropriation_for)
def amount(request: Request, appropriation: Appropriation) -> HttpResponse:
    """Another amount for a budget, with the reason."""
    back = reverse("projects:desk_money", args=[appropriation.programme_id])
    form = AmountForm(request.POST or None, initial={"amount_won": f"{appropriation.amount_won:,}"})
    if (
        request.method == "POST"
        and form.is_valid()
        and or_beside(form, lambda: money_actions.change_amount(appropriation=appropriation, **form.cleaned_data, **who(request)))
    ):
        messages.success(request, _("예산을 고쳤습니다."))
        return redirect(back)
    facts = [
        *facts_of(appropriation.programme), {"term": _("재원"), "value": f"{appropriation.year} {appropriation.source.name}"},
        {"term": _("지금 예산"), "value": _("%(n)s원") % {"n": f"{appropriation.amount_won:,}"}},
        {"term": _("원인행위"), "value": _("%(n)s원") % {"n": f"{appropriation.committed_won:,}"}},
    ]  # fmt: skip
    crumbs = crumbs_to((back, appropriation.programme.title), ("", _("예산 고치기")))
    content = FormPage(crumbs, _("예산 고치기"), _("이미 쓰기로 한 돈보다 줄일 수 없습니다."), form, _("고치기"), back, facts=facts)
    return page(request, "projects/desk_form.html", content)


@door(_may_spend_line, load=_spending_for)
def cancel(request: Request, spending: Spending) -> HttpResponse:
    """Takes a wrong line back, with the reason; the line stays to be read."""
    back = reverse("projects:desk_money", args=[spending.appropriation.programme_id])
    if spending.cancelled_at:
        return redirect(back)
    form = WhyForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and or_beside(form, lambda: money_actions.cancel(spending=spending, reason=form.cleaned_data["why"], **who(request)))
    ):
        messages.success(request, _("취소했습니다. 줄은 까닭과 함께 남습니다."))
        return redirect(back)
    facts = [
        *facts_of(spending.appropriation.programme), {"term": spending.get_kind_display(), "value": spending.what},
        {"term": _("금액"), "value": _("%(n)s원") % {"n": f"{spending.amount_won:,}"}},
    ]  # fmt: skip
    crumbs = crumbs_to((back, spending.appropriation.programme.title), ("", _("줄 취소하기")))
    content = FormPage(crumbs, _("줄 취소하기"), _("잘못 적은 줄을 셈에서 뺍니다."), form, _("취소하기"), back, "bad", facts)
    return page(request, "projects/desk_form.html", content)
