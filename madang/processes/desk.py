"""Officials' face: the list, the wizard, the check list, changes after opening."""

from collections.abc import Callable, Iterator
from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.ground.clock import KST, today
from madang.ground.door import Request, door, found, page
from madang.ground.exports import export
from madang.ground.verdict import Refused, Verdict, no
from madang.processes import actions, rules
from madang.processes.blueprints import BLUEPRINTS
from madang.processes.desk_pages import (
    WIZARD,
    ChoosePage,
    DateRow,
    DatesPage,
    DeskListPage,
    FormPage,
    RedatePage,
    aside_of,
    crumbs_to,
    desk_of,
    desk_page,
    marks_of,
    may_copy,
)
from madang.processes.figures import cards, touched_by, when
from madang.processes.forms import (
    BasicsForm,
    CopyForm,
    DeskFilter,
    MakeForm,
    NewStepForm,
    PreviewForm,
    RedateForm,
    SpanForm,
    StepForm,
    WhyForm,
    places_for,
)
from madang.processes.kinds import known_kind
from madang.processes.models import Process, Step
from madang.processes.views import A_PAGE, detail_page, process_for


def step_for(request: Request, pk: int) -> Step:
    """The step the actor may know of, or 404."""
    return found(Step.objects.visible_to(request.actor).select_related("process__place"), pk=pk)


@door(rules.may_run_any)
def listing(request: Request) -> HttpResponse:
    """All processes of the town with filters; the same as a file."""
    town, at = request.town, request.at
    rows = Process.objects.visible_to(request.actor).select_related("place", "department")
    years = sorted(set(rows.order_by().values_list("year", flat=True).distinct()), reverse=True)
    chosen = DeskFilter(request.GET, years=years, town=town, blueprints=BLUEPRINTS)
    chosen.is_valid()
    wanted = {k: v for k, v in chosen.cleaned_data.items() if v and k != "q"}
    rows = rows.filter(**{("place_id" if k == "place" else k): v for k, v in wanted.items()})
    if chosen.cleaned_data.get("q"):
        rows = rows.filter(title__icontains=chosen.cleaned_data["q"])
    if request.GET.get("format") in ("csv", "xlsx"):
        return export(_("과정"), _columns(), _lines(rows, at), as_xlsx=request.GET["format"] == "xlsx", at=at)
    shown = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    content = DeskListPage([("", _("과정"))], chosen, shown, cards(shown.object_list, at=at), shown.paginator.count)
    return page(request, "processes/desk_list.html", content)


def _columns() -> list[str]:
    return [
        _("번호"), _("연도"), _("곳"), _("제목"), _("본보기"), _("상태"), _("맡은 부서"), _("시작"), _("끝"), _("지금 열린 단계"),
        _("다음 단계"), _("다음 날짜"),
    ]  # fmt: skip


def _lines(rows: Any, at: datetime) -> Iterator[list[Any]]:
    for c in cards(rows, at=at):
        p = c.process
        blueprint = BLUEPRINTS.get(p.blueprint)
        yield [
            p.pk, p.year, p.place.name, p.title, str(blueprint.label) if blueprint else p.blueprint, p.get_state_display(),
            p.department.name if p.department else "", c.opens_on, c.last_day, ", ".join(s.title for s in c.now),
            c.next.title if c.next else "", c.next.opens_at if c.next else None,
        ]  # fmt: skip


@door(rules.may_run_any)
def choose(request: Request) -> HttpResponse:
    """First page of the wizard: a blueprint, or an earlier process to copy."""
    at = request.at
    town, actor = request.town, request.actor
    mine = [b for b in BLUEPRINTS.values() if any(rules.may_run(actor, p.pk, at=at) for p in places_for(b, town))]
    plans = [(b, [str(t.title) for t in b.steps]) for b in mine]
    rows = Process.objects.visible_to(request.actor).published().filter(year__gte=today(at).year - 1)
    earlier = [c for c in cards(rows[:60], at=at) if rules.may_run(request.actor, c.process.place_id, at=at)]
    return page(request, "processes/desk_new.html", ChoosePage(crumbs_to(_("과정 만들기")), WIZARD, plans, earlier[:A_PAGE]))


@door(rules.may_run_any)
def make(request: Request, blueprint: str) -> HttpResponse:
    """Second page: place, year, start, department. Makes the draft."""
    town, at, actor = request.town, request.at, request.actor
    chosen = BLUEPRINTS.get(blueprint)
    if chosen is None:
        return redirect("processes:desk_new")
    day = today(at)
    start = day.replace(month=chosen.starts[0], day=chosen.starts[1])
    form = MakeForm(request.POST or None, initial={"year": day.year, "starts_on": start}, blueprint=chosen, town=town, actor=actor, at=at)
    if not form.places:
        raise Refused(no("process_not_yours"))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = _or_error(form, lambda: actions.make_process(blueprint=blueprint, actor=actor, at=at, **data))
        if made:
            messages.success(request, _("본보기로 초안을 만들었습니다. 날짜를 살펴보십시오."))
            return redirect("processes:desk_dates", pk=made.pk)
    content = FormPage(
        crumbs_to(_("과정 만들기")), _("%(label)s 만들기") % {"label": chosen.label}, str(chosen.about), WIZARD, 2, form, _("일정으로"),
        reverse("processes:desk_new"),
    )  # fmt: skip
    return page(request, "processes/desk_form.html", content)


@door(may_copy, load=process_for)
def copy(request: Request, process: Process) -> HttpResponse:
    """A draft for another year from this one."""
    form = CopyForm(request.POST or None, initial={"year": process.year + 1})
    if request.method == "POST" and form.is_valid():
        made = _or_error(form, lambda: actions.copy_process(process=process, **form.cleaned_data, **_who(request)))
        if made:
            messages.success(request, _("지난 과정을 본떠 초안을 만들었습니다. 날짜를 살펴보십시오."))
            return redirect("processes:desk_dates", pk=made.pk)
    lede = _("‘%(title)s’의 단계, 글, 설정을 옮기고 날짜는 같은 무렵으로 옮깁니다.") % {"title": process.title}
    content = FormPage(crumbs_to(_("본떠 만들기")), _("지난 과정 본떠 만들기"), lede, WIZARD, 2, form, _("일정으로"), desk_of(process))
    return page(request, "processes/desk_form.html", content)


@door(rules.may_change, load=process_for)
def basics(request: Request, process: Process) -> HttpResponse:
    """Title, words, department, council, election day."""
    form = BasicsForm(request.POST or None, process=process, town=request.town)
    if request.method == "POST" and form.is_valid():
        done = _or_error(form, lambda: actions.change_process(process=process, **form.cleaned_data, **_who(request)))
        if done:
            messages.success(request, _("고쳤습니다."))
            return redirect("processes:desk_dates" if process.is_draft else "processes:desk_detail", pk=process.pk)
    content = FormPage(
        crumbs_to(process.title, process), process.title, _("주민에게 보이는 제목과 소개, 맡은 곳입니다."), WIZARD, 2, form, _("간직하기"),
        desk_of(process), process, aside_of(request, process),
    )  # fmt: skip
    return page(request, "processes/desk_form.html", content)


@door(rules.may_plan, load=process_for)
def dates(request: Request, process: Process) -> HttpResponse:
    """Third page: the dates of every step of a draft, with what to see about them."""
    steps = list(process.steps.all())
    forms = [SpanForm(request.POST or None, step=s) for s in steps]
    if request.method == "POST" and all([f.is_valid() for f in forms]):
        wanted = {f.step.pk: (f.cleaned_data["opens_at"], f.cleaned_data["closes_at"]) for f in forms if f.step}
        actions.plan_dates(process=process, dates=wanted, **_who(request))
        messages.success(request, _("일정을 간직했습니다."))
        return redirect("processes:desk_content" if "next" in request.POST else "processes:desk_dates", pk=process.pk)
    rows = [DateRow(s, known_kind(s.kind), f, marks_of(s, steps)) for s, f in zip(steps, forms, strict=True)]
    content = DatesPage(crumbs_to(process.title, process), process, WIZARD, rows, forms, aside_of(request, process))
    return page(request, "processes/desk_dates.html", content)


@door(rules.may_change, load=process_for)
def content(request: Request, process: Process) -> HttpResponse:
    """Fourth page: each step's words, place and settings; more steps."""
    return page(request, "processes/desk_content.html", desk_page(request, process))


@door(rules.may_see_desk, load=process_for)
def detail(request: Request, process: Process) -> HttpResponse:
    """Fifth page and home of a process: the check list, what may be done now, its steps, its record."""
    return page(request, "processes/desk_detail.html", desk_page(request, process))


@door(rules.may_see_desk, load=process_for)
def preview(request: Request, process: Process) -> HttpResponse:
    """The residents' page of a process as it will look, on any date. Nothing is changed."""
    form = PreviewForm(request.GET or None)
    on = form.cleaned_data.get("on") if form.is_valid() else None
    at = datetime.combine(on, time(12), tzinfo=KST) if on else request.at
    if process.is_draft:
        process.state = Process.State.OPEN  # as it will look; never saved
    return page(request, "processes/detail.html", detail_page(request, process, at=at, preview=form))


@door(rules.may_plan, load=process_for)
def new_step(request: Request, process: Process) -> HttpResponse:
    """One more step; its kind may come from any installed area."""
    form = NewStepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _or_error(form, lambda: actions.add_step(process=process, **form.cleaned_data, **_who(request)))
        if made:
            messages.success(request, _("단계를 더했습니다. 날짜를 적으십시오."))
            return redirect(f"{reverse('processes:desk_dates', args=[process.pk])}#step-{made.pk}")
    page_content = FormPage(
        crumbs_to(process.title, process), _("단계 더하기"), process.title, WIZARD, 4, form, _("더하기"),
        reverse("processes:desk_content", args=[process.pk]), process, aside_of(request, process),
    )  # fmt: skip
    return page(request, "processes/desk_form.html", page_content)


@door(rules.may_change_step, load=step_for)
def step(request: Request, step: Step) -> HttpResponse:
    """A step's words, place and settings."""
    form = StepForm(request.POST or None, step=step)
    if request.method == "POST" and form.is_valid():
        changes = {name: form.cleaned_data[name] for name in ("title", "summary", "where", "settings")}
        done = _or_error(form, lambda: actions.change_step(step=step, **changes, **_who(request)))
        if done:
            messages.success(request, _("‘%(title)s’ 내용을 고쳤습니다.") % {"title": step.title})
            return redirect("processes:desk_content", pk=step.process_id)
    content = FormPage(
        crumbs_to(step.process.title, step.process), step.title, f"{known_kind(step.kind).label} · {when(step, at=request.at)}",
        WIZARD, 4, form, _("간직하기"), reverse("processes:desk_content", args=[step.process_id]), step.process,
        aside_of(request, step.process),
    )  # fmt: skip
    return page(request, "processes/desk_form.html", content)


@door(rules.may_redate, load=step_for)
def redate(request: Request, step: Step) -> HttpResponse:
    """Other dates for a step residents have seen: says how many people will be told before it is done."""
    form = RedateForm(request.POST or None, step=step, at=request.at)
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("opens_at", "closes_at", "reason")}
        told = _or_error(form, lambda: actions.change_dates(step=step, **data, **_who(request)))
        if told is not None:
            messages.success(request, _("날짜를 바꾸고 %(told)s명에게 알렸습니다.") % {"told": told})
            return redirect("processes:desk_detail", pk=step.process_id)
    content = RedatePage(
        crumbs_to(step.process.title, step.process),
        step.process,
        step,
        form,
        when(step, at=request.at),
        len(touched_by(step)),
    )
    return page(request, "processes/desk_redate.html", content)


def _may_drop(actor: Any, step: Step, *, at: datetime) -> Verdict:
    return rules.may_plan(actor, step.process, at=at)


@door(_may_drop, load=step_for)
def drop(request: Request, step: Step) -> HttpResponse:
    """Takes a step out of a draft; asks first."""
    if request.method == "POST":
        actions.drop_step(step=step, **_who(request))
        messages.success(request, _("단계를 뺐습니다."))
        return redirect("processes:desk_content", pk=step.process_id)
    back = reverse("processes:desk_content", args=[step.process_id])
    return page(
        request,
        "confirm.html",
        {"title": _("‘%(title)s’ 단계를 뺄까요?") % {"title": step.title}, "act": _("빼기"), "tone": "bad", "back_url": back},
    )


@door(rules.may_see_desk, load=process_for)
def open_it(request: Request, process: Process) -> HttpResponse:
    """Opens to residents."""
    return _deed(request, process, actions.open_process, _("주민에게 열었습니다."))


@door(rules.may_see_desk, load=process_for)
def close_it(request: Request, process: Process) -> HttpResponse:
    """Ends the process."""
    return _deed(request, process, actions.close_process, _("과정을 마쳤습니다."))


@door(rules.may_see_desk, load=process_for)
def archive_it(request: Request, process: Process) -> HttpResponse:
    """Puts the process away."""
    return _deed(request, process, actions.archive_process, _("보관했습니다."))


@door(rules.may_reopen, load=process_for)
def reopen_it(request: Request, process: Process) -> HttpResponse:
    """Takes it up again, with a reason."""
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.reopen_process(process=process, why=form.cleaned_data["why"], **_who(request))
        messages.success(request, _("다시 열었습니다."))
        return redirect("processes:desk_detail", pk=process.pk)
    words = {"title": _("‘%(title)s’ 과정을 다시 열까요?") % {"title": process.title}, "act": _("다시 열기"), "form": form}
    return page(request, "confirm.html", {**words, "back_url": desk_of(process)})


@door(rules.may_discard, load=process_for)
def discard_it(request: Request, process: Process) -> HttpResponse:
    """Drops a draft; asks first."""
    if request.method == "POST":
        actions.discard_process(process=process, **_who(request))
        messages.success(request, _("초안을 없앴습니다."))
        return redirect("processes:desk_list")
    words = {"title": _("‘%(title)s’ 초안을 없앨까요?") % {"title": process.title}, "text": _("아직 주민에게 보인 적이 없는 과정입니다.")}
    return page(request, "confirm.html", {**words, "act": _("초안 없애기"), "tone": "bad", "back_url": desk_of(process)})


def _deed(request: Request, process: Process, verb: Callable[..., Any], said: str) -> HttpResponse:
    if request.method == "POST":
        verb(process=process, **_who(request))
        messages.success(request, said)
    return redirect("processes:desk_detail", pk=process.pk)


def _who(request: Request) -> dict[str, Any]:
    return {"actor": request.actor, "at": request.at}


def _or_error(form: Any, call: Callable[[], Any]) -> Any:
    """The verb's answer; None when it refused, with the refusal beside what was typed."""
    try:
        return call()
    except Refused as refused:
        form.add_error(None, refused.verdict.sentence)
        return None
