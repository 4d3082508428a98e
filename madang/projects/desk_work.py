"""Officials' face of one project: what to do next, its progress, its words, its moves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.budgets.figures import Money, SourceMoney, by_source
from madang.ground import files
from madang.ground.clock import today
from madang.ground.door import Request, door, page
from madang.ground.models import StoredFile
from madang.ground.verdict import Refused, Verdict
from madang.ground.workflow import may_move
from madang.methods.partial_dates import PartialDate
from madang.programmes.figures import Progress, period_of, progress_of
from madang.projects import actions, rules
from madang.projects.desk_pages import FormPage, crumbs_to, facts_of, or_beside, who
from madang.projects.execution import Row, standing
from madang.projects.forms import ChangeForm, OfficerForm, ProgressForm, SureForm, WhyForm
from madang.projects.models import Project
from madang.projects.reading import marks_of
from madang.projects.views import project_for
from madang.residents.figures import department_choices, names_of
from madang.residents.models import Department


@dataclass(frozen=True)
class DeskPage:
    crumbs: list[tuple[str, Any]]
    project: Project
    marks: list[tuple[str, Any]]
    money: Money
    sources: tuple[SourceMoney, ...]
    progress: Sequence[Progress]
    period: str
    form: ProgressForm
    may_run: Verdict
    deeds: list[dict[str, str]]
    names: list[str]
    plan: Row


@door(rules.may_read_desk, load=project_for)
def detail(request: Request, project: Project) -> HttpResponse:
    """A project for officers: what to do next, progress to write, money, those who take part."""
    return _desk_page(request, project, _progress_form(request, bound=False))


def _progress_form(request: Request, *, bound: bool = True) -> ProgressForm:
    day = today(request.at)
    initial = {"on": PartialDate(day.year, day.month)}
    return ProgressForm(request.POST, request.FILES, initial=initial) if bound else ProgressForm(initial=initial)


def _desk_page(request: Request, project: Project, form: ProgressForm) -> HttpResponse:
    actor, at = request.actor, request.at
    programme = project.programme
    sources = by_source(programme.pk)
    helpers = list(project.helpers.order_by("pk").values_list("resident_id", flat=True))
    content = DeskPage(
        crumbs=crumbs_to(("", programme.title)), project=project, marks=marks_of(project), money=sum((s.money for s in sources), Money()),
        sources=sources, progress=progress_of([programme.pk]).get(programme.pk, ()), period=period_of(programme), form=form,
        may_run=rules.may_run_project(actor, project, at=at), deeds=_deeds(project), names=sorted(names_of(helpers).values()),
        plan=standing(programme, project, on=today(at)),
    )  # fmt: skip
    return page(request, "projects/desk_detail.html", content)


@dataclass(frozen=True)
class Deed:
    """One move of a project as its page asks for it."""

    to: str
    act: Any
    lede: Any
    form: type[OfficerForm]
    verb: Callable[..., Any]
    tone: str = ""


def deeds() -> dict[str, Deed]:
    """The moves of a project by their address."""
    return {
        "start": Deed("running", _("사업 시작하기"), _("준비를 마치고 일을 시작합니다."), OfficerForm, actions.start),
        "finish": Deed(
            "done", _("사업 마치기"), _("제안한 사람과 함께하는 주민에게 알림이 갑니다. 제안도 마친 것이 됩니다."), SureForm, actions.finish
        ),
        "stop": Deed("stopped", _("사업 멈추기"), _("까닭은 사업 쪽에 그대로 보이고 알림으로도 갑니다."), WhyForm, actions.stop, "bad"),
        "resume": Deed("running", _("사업 다시 시작하기"), _("멈췄던 일을 이어서 합니다."), OfficerForm, actions.resume),
    }


def _deeds(project: Project) -> list[dict[str, str]]:
    return [
        {"url": reverse("projects:desk_move", args=[project.pk, name]), "act": d.act, "tone": d.tone}
        for name, d in deeds().items()
        if may_move(project, d.to) and (name == "resume") == (project.state == Project.State.STOPPED)
    ]


def _project_and(request: Request, pk: int, deed: str) -> Project:
    if deed not in deeds():
        raise Http404
    return project_for(request, pk)


@door(rules.may_run_project, load=_project_and)
def move(request: Request, project: Project) -> HttpResponse:
    """Asks before a project starts, stops, goes on or is done. Sent again after it worked, it only says so."""
    deed = deeds()[request.resolver_match.kwargs["deed"]]  # type: ignore[union-attr]
    back = reverse("projects:desk_detail", args=[project.pk])
    form = deed.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and project.state == deed.to:
        return redirect(back)
    if request.method == "POST" and form.is_valid():
        given = {"why": form.cleaned_data["why"]} if "why" in form.fields else {}
        if or_beside(form, lambda: deed.verb(project=project, **given, **who(request))):
            messages.success(request, _("이제 ‘%(state)s’입니다.") % {"state": project.get_state_display()})
            return redirect(back)
    crumbs = crumbs_to((back, project.programme.title), ("", deed.act))
    content = FormPage(crumbs, str(deed.act), str(deed.lede), form, str(deed.act), back, deed.tone, facts_of(project.programme))
    return page(request, "projects/desk_form.html", content)


@door(rules.may_run_project, load=project_for)
def progress(request: Request, project: Project) -> HttpResponse:
    """What was done, dated as exactly as it is known, with photos; the same form sent twice is kept once."""
    if request.method != "POST":
        return redirect("projects:desk_detail", pk=project.pk)
    form = _progress_form(request)
    if form.is_valid() and or_beside(form, lambda: _reported(request, project, form)):
        messages.success(request, _("소식을 올렸습니다."))
        return redirect("projects:desk_detail", pk=project.pk)
    return _desk_page(request, project, form)


def _reported(request: Request, project: Project, form: ProgressForm) -> Any:
    data = form.cleaned_data
    with transaction.atomic():
        photos = _taken(request, project, form)
        if form.errors:
            transaction.set_rollback(True)
            return None
        return actions.report_progress(
            project=project, on=data["on"], body=data["body"], percent=data["percent"], photos=photos, once=data["once"], **who(request)
        )


def _taken(request: Request, project: Project, form: ProgressForm) -> list[tuple[StoredFile, str, str]]:
    photos = []
    for photo, alt, caption in form.photo_fields:
        upload = form.cleaned_data.get(photo.name)
        if upload:
            try:
                stored = files.take(upload, name=upload.name, place=project.place, **who(request))
            except Refused as refused:
                form.add_error(photo.name, str(refused))
            else:
                photos.append((stored, form.cleaned_data[alt.name], form.cleaned_data[caption.name]))
    return photos


@door(rules.may_run_project, load=project_for)
def change(request: Request, project: Project) -> HttpResponse:
    """What a project says of itself: title, words, department, period."""
    town, programme = request.town, project.programme
    form = ChangeForm(request.POST or None, departments=department_choices(town.pk), initial=ChangeForm.initial_of(programme))
    back = reverse("projects:desk_detail", args=[project.pk])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        department = Department.objects.visible_to(request.actor).filter(pk=data["department"] or 0).first()
        words = {"title": data["title"], "summary": data["summary"], "department": department}
        if or_beside(form, lambda: actions.change(project=project, **words, **form.period(), **who(request))):
            messages.success(request, _("고쳤습니다."))
            return redirect(back)
    crumbs = crumbs_to((back, programme.title), ("", _("사업 내용 고치기")))
    content = FormPage(crumbs, _("사업 내용 고치기"), _("주민에게 보이는 이름과 소개, 맡은 부서, 기간입니다."), form, _("간직하기"), back)
    return page(request, "projects/desk_form.html", content)
