"""Officials' face of the site: the queue, the audit log, the town's settings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.ground.actor import Role
from madang.ground.clock import today
from madang.ground.deeds import verbs
from madang.ground.door import Request, door, holding, official, page
from madang.ground.exports import export
from madang.ground.forms import DayField, LineField
from madang.ground.models import AuditEntry, AuditSeal, Place
from madang.ground.town import RANGES, TownSettings, change_settings
from madang.methods.text import whole_number
from madang.programmes.models import Programme
from madang.proposals.models import Proposal
from madang.site.queue import Cell, grouped, tasks

KINDS = {
    "proposal": gettext_lazy("제안"),
    "ballot": gettext_lazy("투표"),
    "process": gettext_lazy("과정"),
    "paper": gettext_lazy("문서"),
    "comment": gettext_lazy("이야기"),
    "question": gettext_lazy("의견 묻기"),
}


@dataclass(frozen=True)
class QueuePage:
    cells: Sequence[Cell]
    found: Page
    total: int
    kinds: Sequence[tuple[str, Any]]
    kind: str
    dong: str
    due: str


@door(official)
def queue(request: Request) -> HttpResponse:
    """처리할 일: by legal due date, with what to do next."""
    actor, town, at = request.actor, request.town, request.at
    kind, dong, due = (request.GET.get(k, "") for k in ("kind", "dong", "due"))
    rows = tasks(actor, town, at=at)
    if kind in KINDS:
        rows = [t for t in rows if t.kind == kind]
    if place := town.dong(dong):
        rows = [t for t in rows if t.place == place.name_shown]
    cells, shown = grouped(rows, due, {"kind": kind, "dong": dong})
    if request.GET.get("format") in ("csv", "xlsx"):
        return export(
            _("처리할_일"),
            [_("기한"), _("남은 날"), _("번호"), _("제목"), _("할 일"), _("동"), _("주관"), _("상태"), _("공감")],
            ((t.due_on, t.left, t.number, t.title, t.to_do, t.place, t.owner, t.state, t.endorsements) for t in shown),
            as_xlsx=request.GET["format"] == "xlsx",
            at=at,
        )
    found = Paginator(shown, 50).get_page(request.GET.get("page"))
    return page(request, "site/desk.html", QueuePage(cells, found, len(rows), tuple(KINDS.items()), kind, dong, due))


@dataclass(frozen=True)
class DeskSearchPage:
    q: str
    proposals: Iterable[Proposal]
    programmes: Iterable[Programme]


@door(official)
def desk_search(request: Request) -> HttpResponse:
    """By number first, then by words in the title: what an officer holds in hand."""
    q, actor = request.GET.get("q", "").strip()[:80], request.actor
    proposals = Proposal.objects.visible_to(actor).filter(Q(number__icontains=q) | Q(title__icontains=q)).select_related("place")
    programmes = Programme.objects.visible_to(actor).filter(title__icontains=q).select_related("place")
    exact = Proposal.objects.visible_to(actor).filter(number=q).first() if q else None
    if exact:
        return redirect("proposals:desk_detail", exact.pk)
    found = DeskSearchPage(q, proposals.order_by("-pk")[:30] if q else (), programmes[:30] if q else ())
    return page(request, "site/desk_search.html", found)


@dataclass(frozen=True)
class AuditPage:
    found: Page
    verbs: Sequence[str]
    asked: Mapping[str, str]
    seals: int
    waiting: int
    head: str


@door(holding(Role.SITE_ADMIN, Role.MAYOR_OFFICE, Role.COORDINATING_OFFICER))
def audit_log(request: Request) -> HttpResponse:
    """Every deed in the town, filtered by verb, matter, account and day; exported as it is seen."""
    asked = {k: request.GET.get(k, "").strip() for k in ("verb", "subject", "account", "since", "until")}
    rows = AuditEntry.objects.filter(Q(place_id=request.town.pk) | Q(place__parent_id=request.town.pk) | Q(place__isnull=True)).order_by(
        "-pk"
    )
    if asked["verb"]:
        rows = rows.filter(verb=asked["verb"])
    if asked["subject"]:
        rows = rows.filter(Q(subject=asked["subject"]) | Q(trail=asked["subject"]))
    if (account := whole_number(asked["account"])) is not None:
        rows = rows.filter(account_id=account)
    for key, where in (("since", "at__date__gte"), ("until", "at__date__lte")):
        try:
            rows = rows.filter(**{where: date.fromisoformat(asked[key])}) if asked[key] else rows
        except ValueError:
            messages.error(request, _("날짜는 2021-05-01처럼 적어 주십시오."))
    if request.GET.get("format") in ("csv", "xlsx"):
        return export(
            _("감사_기록"),
            ["id", _("때"), _("한 일"), _("문장"), _("대상"), _("계정"), _("대신한 주민"), _("자격"), _("업무 세션"), _("봉인")],
            (
                (e.pk, e.at, e.verb, e.sentence, e.subject, e.account_id, e.on_behalf_of_id, e.role, e.desk_id, e.seal_id)
                for e in rows.iterator()
            ),
            as_xlsx=request.GET["format"] == "xlsx",
            at=request.at,
        )
    last = AuditSeal.objects.order_by("-number").first()
    return page(
        request,
        "site/audit.html",
        AuditPage(
            Paginator(rows, 50).get_page(request.GET.get("page")), sorted(verbs()), asked, last.number if last else 0,
            AuditEntry.objects.filter(seal__isnull=True).count(), last.digest if last else "",
        ),
    )  # fmt: skip


LABELS = {
    "site_name": gettext_lazy("누리집 이름"),
    "site_name_en": gettext_lazy("누리집 영문 이름"),
    "organ": gettext_lazy("기관"),
    "organ_en": gettext_lazy("기관 영문"),
    "phone": gettext_lazy("대표 전화"),
    "address": gettext_lazy("주소"),
    "address_en": gettext_lazy("영문 주소"),
    "department": gettext_lazy("운영 부서"),
    "hue": gettext_lazy("주 색 (0–360)"),
    "chroma": gettext_lazy("색의 세기 (0.03–0.13)"),
    "time_hue": gettext_lazy("마감 색 (15–90)"),
    "ground_hue": gettext_lazy("바탕 색조 (0–360)"),
    "round": gettext_lazy("모서리 (0–1.5)"),
    "endorsement_threshold": gettext_lazy("공감 기준 (명)"),
    "endorsement_days": gettext_lazy("공감 모으는 날 (일)"),
    "categories": gettext_lazy("분야 (쉼표로 나눔)"),
    "proof_months": gettext_lazy("거주 확인 유효 기간 (개월)"),
    "comment_edit_minutes": gettext_lazy("이야기 고칠 수 있는 시간 (분)"),
    "comments_per_hour": gettext_lazy("한 시간에 쓸 수 있는 이야기 (건)"),
    "proposals_per_day": gettext_lazy("하루에 낼 수 있는 제안 (건)"),
    "files_per_proposal": gettext_lazy("제안 하나에 올릴 수 있는 파일 (개)"),
    "desk_minutes": gettext_lazy("업무 화면이 열려 있는 시간 (분)"),
    "extra_holidays": gettext_lazy("따로 쉬는 날 (2021-05-01, 쉼표로 나눔)"),
}


class SettingsForm(forms.Form):
    """One field per setting, typed by its default."""

    from_on = DayField(label=gettext_lazy("시행일"))
    reason = LineField(label=gettext_lazy("까닭"), max_length=200)

    def __init__(self, now: TownSettings, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        for f in fields(TownSettings):
            value = getattr(now, f.name)
            shown = ", ".join(value) if isinstance(value, tuple) else value
            if f.name in RANGES:
                kind: Any = forms.FloatField if isinstance(f.default, float) else forms.IntegerField
                least, most = RANGES[f.name]
                field: forms.Field = kind(label=LABELS[f.name], required=False, initial=shown, min_value=least, max_value=most)
            else:
                field = LineField(label=LABELS[f.name], required=False, initial=shown, max_length=400)
            self.fields[f.name] = field

    def clean(self) -> dict[str, Any]:
        """What the settings themselves refuse stands beside the field that brings it about."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        changes = self.changes()
        try:
            replace(self.now, **changes)
        except ValidationError as whole:
            for name, value in changes.items():
                try:
                    replace(self.now, **{name: value})
                except ValidationError as problem:
                    self.add_error(name, problem)
            if not self.errors:
                self.add_error(None, whole)
        return cleaned

    def changes(self) -> dict[str, Any]:
        """Fields that differ from what is in force, as TownSettings wants them."""
        found: dict[str, Any] = {}
        for f in fields(TownSettings):
            value, was = self.cleaned_data[f.name], getattr(self.now, f.name)
            if isinstance(was, tuple):
                value = tuple(v.strip() for v in value.split(",") if v.strip())
            if value is not None and value != was:
                found[f.name] = value
        return found


@dataclass(frozen=True)
class SettingsPage:
    form: SettingsForm
    place: Place
    history: Sequence[Any]


@door(holding(Role.SITE_ADMIN))
def town_settings(request: Request) -> HttpResponse:
    """What the town decides about itself, from a date on, with a reason."""
    town, at = request.town, request.at
    sent = request.POST if request.method == "POST" else None
    form = SettingsForm(town.settings(today(at)), sent, initial={"from_on": today(at)})
    if request.method == "POST" and form.is_valid():
        changes = form.changes()
        if not changes:
            form.add_error(None, _("바뀐 것이 없습니다."))
        else:
            try:
                change_settings(
                    place=town.place, from_on=form.cleaned_data["from_on"], data=changes, reason=form.cleaned_data["reason"],
                    actor=request.actor, at=at,
                )  # fmt: skip
            except ValidationError as problem:
                form.add_error(None, problem)
            else:
                messages.success(request, _("설정을 바꿨습니다."))
                return redirect("site:desk_settings")
    history = [r for r in reversed(town.rows) if r.place_id == town.pk]
    return page(request, "site/settings.html", SettingsPage(form, town.place, history), status=422 if form.errors else 200)
