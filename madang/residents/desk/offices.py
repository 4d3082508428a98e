"""Departments, posts and who holds them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.ground.clock import today
from madang.ground.door import Request, door, found, page
from madang.ground.exports import export
from madang.ground.verdict import Refused
from madang.methods.text import whole_number
from madang.residents import actions, rules
from madang.residents.desk.forms import ROLE_WORDS, AppointForm, DepartmentForm, EndForm, PostForm, RenameForm
from madang.residents.desk.people import account_named
from madang.residents.desk.tabs import tabs
from madang.residents.models import Department, DepartmentName, Post, PostHolding


@dataclass(frozen=True)
class DepartmentLine:
    department: Department
    depth: int
    posts: int
    holders: int


@dataclass(frozen=True)
class DepartmentsPage:
    tabs: Sequence[dict[str, Any]]
    lines: Sequence[DepartmentLine]
    form: DepartmentForm
    crumbs: Sequence[tuple[str, str]]


@door(rules.may_organise)
def departments(request: Request) -> HttpResponse:
    """All departments as a tree, and a form for a new one."""
    rows = list(Department.objects.visible_to(request.actor).select_related("place"))
    if request.GET.get("format") in ("csv", "xlsx"):
        return _export(request, rows)
    form = DepartmentForm(request.POST or None, town=request.town, initial={"from_on": today(request.at)})
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.make_department(**form.cleaned_data, actor=request.actor, at=request.at)
        except Refused as refused:
            form.add_error("name", refused.verdict.sentence)
        else:
            messages.success(request, _("부서를 만들었습니다."))
            return redirect("residents:desk_department", pk=row.pk)
    content = DepartmentsPage(tabs(request, "desk_departments"), _tree(rows, today(request.at)), form, [("", _("부서와 자리"))])
    return page(request, "residents/desk/departments.html", content)


def _tree(rows: Sequence[Department], day: Any) -> list[DepartmentLine]:
    posts: dict[int, int] = {}
    for department_id in Post.objects.filter(department__in=rows).values_list("department_id", flat=True):
        posts[department_id] = posts.get(department_id, 0) + 1
    holders: dict[int, int] = {}
    for department_id in PostHolding.objects.on(day).filter(post__department__in=rows).values_list("post__department_id", flat=True):
        holders[department_id] = holders.get(department_id, 0) + 1
    below: dict[int | None, list[Department]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)

    def walk(parent: int | None, depth: int) -> list[DepartmentLine]:
        lines = []
        for row in below.get(parent, []):
            lines.append(DepartmentLine(row, depth, posts.get(row.pk, 0), holders.get(row.pk, 0)))
            lines += walk(row.pk, depth + 1)
        return lines

    return walk(None, 0)


def _export(request: Request, rows: Sequence[Department]) -> HttpResponse:
    holdings = PostHolding.objects.on(today(request.at)).select_related("account")
    posts = (
        Post.objects.filter(department__in=rows)
        .select_related("department", "place")
        .prefetch_related(Prefetch("holdings", queryset=holdings))
        .order_by("department__order", "department_id", "pk")
    )
    lines = (
        (
            p.department.name,
            p.title,
            str(ROLE_WORDS.get(p.role, p.role)),
            p.place.name,
            p.extension,
            ", ".join(h.account.username for h in p.holdings.all()),
        )
        for p in posts
    )
    heads = [_("부서"), _("직위"), _("할 수 있는 일"), _("어디에서"), _("내선"), _("맡은 계정")]
    return export("departments", heads, lines, as_xlsx=request.GET["format"] == "xlsx", title=_("부서와 자리"), at=request.at)


@dataclass(frozen=True)
class PostLine:
    post: Post
    role: Any
    holdings: Iterable[PostHolding]


@dataclass(frozen=True)
class DepartmentPage:
    department: Department
    names: Iterable[DepartmentName]
    teams: Iterable[Department]
    posts: Sequence[PostLine]
    rename: RenameForm
    new_post: PostForm
    appoint: AppointForm
    end: EndForm
    crumbs: Sequence[tuple[str, str]]


def load_department(request: Request, pk: int) -> Department:
    return found(Department.objects.visible_to(request.actor).select_related("place", "parent"), pk=pk)


def organises(actor: Any, _department: Department, *, at: Any) -> Any:
    """The site administrator."""
    return rules.may_organise(actor, at=at)


@door(organises, load=load_department)
def department(request: Request, department: Department) -> HttpResponse:
    """One department: its names in time, teams, posts and people; each deed has its own form."""
    day = today(request.at)
    do = request.POST.get("do", "") if request.method == "POST" else ""

    def bound(name: str) -> Any:
        return request.POST if do == name else None

    rename = RenameForm(bound("rename"), auto_id="rename_%s")
    new_post = PostForm(bound("post"), auto_id="post_%s", town=request.town, initial={"place": department.place_id})
    appoint = AppointForm(bound("appoint"), auto_id="appoint_%s", initial={"from_on": day})
    end = EndForm(bound("end"), auto_id="end_%s", initial={"to_on": day})
    deeds: dict[str, tuple[forms.Form, Callable]] = {
        "rename": (rename, _rename), "post": (new_post, _new_post), "appoint": (appoint, _appoint), "end": (end, _end),
    }  # fmt: skip
    if do in deeds and deeds[do][0].is_valid():
        form, deed = deeds[do]
        try:
            said = deed(request, department, form)
        except Refused as refused:
            form.add_error(None, refused.verdict.sentence)
        else:
            if said:
                messages.success(request, said)
                return redirect("residents:desk_department", pk=department.pk)
    holdings = PostHolding.objects.filter(Q(to_on__isnull=True) | Q(to_on__gt=day)).select_related("account").order_by("from_on")
    posts = department.posts.select_related("place").prefetch_related(Prefetch("holdings", queryset=holdings)).order_by("pk")
    content = DepartmentPage(
        department,
        department.names.order_by("-from_on"),
        department.teams.all(),
        [PostLine(p, ROLE_WORDS.get(p.role, p.role), p.holdings.all()) for p in posts],
        rename, new_post, appoint, end,
        [(reverse("residents:desk_departments"), _("부서와 자리")), ("", department.name)],
    )  # fmt: skip
    return page(request, "residents/desk/department.html", content)


def _rename(request: Request, department: Department, form: forms.Form) -> str:
    data = form.cleaned_data
    actions.rename_department(
        department=department, name=data["name"], duty=data["duty"] or None, from_on=data["from_on"], actor=request.actor, at=request.at
    )
    return _("이름을 바꿨습니다. 지난 기록의 이름은 그대로입니다.")


def _new_post(request: Request, department: Department, form: forms.Form) -> str:
    actions.make_post(department=department, **form.cleaned_data, actor=request.actor, at=request.at)
    return _("자리를 만들었습니다.")


def _number(request: Request, name: str) -> int:
    return whole_number(request.POST.get(name, "")) or 0


def _appoint(request: Request, department: Department, form: forms.Form) -> str:
    post = found(department.posts.all(), pk=_number(request, "post"))
    account = account_named(form.cleaned_data["who"])
    if account is None:
        form.add_error("who", _("이런 계정이 없습니다. 먼저 누리집에서 가입해야 합니다."))
        return ""
    actions.appoint(post=post, account=account, from_on=form.cleaned_data["from_on"], actor=request.actor, at=request.at)
    return _("자리를 맡겼습니다.")


def _end(request: Request, department: Department, form: forms.Form) -> str:
    holding = found(PostHolding.objects.filter(post__department=department), pk=_number(request, "holding"))
    actions.end_post(holding=holding, to_on=form.cleaned_data["to_on"], actor=request.actor, at=request.at)
    return _("물러난 날을 적었습니다.")
