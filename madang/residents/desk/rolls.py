"""The list of residents and the letters with codes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count, Max
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.ground.clock import today
from madang.ground.door import Request, door, page
from madang.ground.verdict import Refused, no
from madang.methods.tables import TableError
from madang.methods.text import whole_number
from madang.residents import actions, rules
from madang.residents.actions import Letter
from madang.residents.desk.forms import RollForm
from madang.residents.desk.tabs import tabs
from madang.residents.models import RollEntry, RollImport, VerificationCode
from madang.residents.roll_reading import COLUMN_WORDS, MOST_BYTES, Reading, error_sentence


@dataclass(frozen=True)
class RollLine:
    dong: str
    count: int
    used: int
    as_of: date | None


@dataclass(frozen=True)
class RollPage:
    tabs: Sequence[dict[str, Any]]
    form: RollForm
    lines: Sequence[RollLine]
    crumbs: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class RollPreviewPage:
    row: RollImport | None
    reading: Reading
    good: int
    columns: Sequence[tuple[Any, str]]
    by_dong: Sequence[tuple[str, int]]
    bad: Sequence[Any]
    bad_left: int
    crumbs: Sequence[tuple[str, str]]


MOST_SHOWN = 100


@door(rules.may_import_roll)
def roll(request: Request) -> HttpResponse:
    """What lists there are; reading a new one for a preview."""
    form = RollForm(request.POST or None, request.FILES or None, initial={"as_of": today(request.at)})
    if request.method == "POST" and form.is_valid():
        shown = _preview(request, form)
        if shown:
            return shown
    lines = (
        RollEntry.objects.filter(place_id=request.town.pk)
        .values("dong_id")
        .annotate(n=Count("pk"), used=Count("used_by"), as_of=Max("as_of"))
    )
    counted = {row["dong_id"]: row for row in lines}
    rows = [
        RollLine(d.name_shown, counted[d.pk]["n"], counted[d.pk]["used"], counted[d.pk]["as_of"])
        if d.pk in counted
        else RollLine(d.name_shown, 0, 0, None)
        for d in request.town.dongs
    ]
    return page(request, "residents/desk/roll.html", RollPage(tabs(request, "desk_roll"), form, rows, [("", _("주민 명부"))]))


def _preview(request: Request, form: RollForm) -> HttpResponse | None:
    file = form.cleaned_data["file"]
    data = file.read(MOST_BYTES + 1)
    answer = actions.preview_roll(
        town=request.town, data=data, as_of=form.cleaned_data["as_of"], replaces=form.cleaned_data["replaces"],
        actor=request.actor, at=request.at,
    )  # fmt: skip
    if isinstance(answer, TableError):
        form.add_error("file", error_sentence(answer))
        return None
    row, reading = answer
    counts: dict[int, int] = {}
    for dong_id, _key in reading.lines:
        counts[dong_id] = counts.get(dong_id, 0) + 1
    by_dong = [(d.name_shown, counts[d.pk]) for d in request.town.dongs if d.pk in counts]
    columns = [(COLUMN_WORDS[c], name) for c, name in reading.columns.items()]
    way = [(reverse("residents:desk_roll"), _("주민 명부")), ("", _("읽은 것 보기"))]
    content = RollPreviewPage(
        row, reading, len(reading.lines), columns, by_dong, reading.bad[:MOST_SHOWN], max(0, len(reading.bad) - MOST_SHOWN), way
    )
    return page(request, "residents/desk/roll_preview.html", content)


@door(rules.may_import_roll)
def roll_confirm(request: Request) -> HttpResponse:
    """Takes in the list that was previewed."""
    if request.method == "POST":
        number = request.POST.get("import", "")
        rows = RollImport.objects.filter(place_id=request.town.pk, account_id=request.actor.account_id or 0)
        row = rows.filter(pk=whole_number(number) or 0).first()
        if row is None:
            raise Refused(no("import_gone"))
        taken = actions.confirm_roll(roll_import=row, actor=request.actor, at=request.at)
        messages.success(
            request,
            _("명부를 넣었습니다. 새 줄 %(added)s, 그대로 %(kept)s, 지움 %(removed)s.")
            % {"added": taken.added, "kept": taken.kept, "removed": taken.removed},
        )
    return redirect("residents:desk_roll")


@dataclass(frozen=True)
class LettersPage:
    tabs: Sequence[dict[str, Any]]
    waiting: Iterable[VerificationCode]
    printed: Iterable[VerificationCode]
    crumbs: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class LetterSheetPage:
    letters: Sequence[Letter]
    site_address: str


@door(rules.may_print_letters)
def letters(request: Request) -> HttpResponse:
    """Letters that were asked for. Printing makes the codes; they are shown this once."""
    if request.method == "POST":
        ids = [number for i in request.POST.getlist("letter") if (number := whole_number(i)) is not None]
        made = actions.print_letters(town_id=request.town.pk, ids=ids, actor=request.actor, at=request.at)
        if made:
            address = request.build_absolute_uri(reverse("residents:letter"))
            return page(request, "residents/desk/letter_sheet.html", LetterSheetPage(made, address))
        messages.warning(request, _("인쇄할 편지를 고르십시오."))
        return redirect("residents:desk_letters")
    alive = VerificationCode.objects.alive(request.at).filter(kind="letter", resident__place_id=request.town.pk).select_related("dong")
    waiting = alive.filter(printed_at__isnull=True).order_by("pk")[:200]
    printed = alive.filter(printed_at__isnull=False).order_by("-printed_at", "-pk")[:100]
    return page(
        request, "residents/desk/letters.html", LettersPage(tabs(request, "desk_letters"), waiting, printed, [("", _("우편 인증번호"))])
    )
