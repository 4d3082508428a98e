"""Forms of the desk. A period is a first day and a last day, each with an hour when it matters."""

from collections.abc import Mapping
from dataclasses import fields as fields_of
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from madang.ground.actor import Actor
from madang.ground.clock import KST
from madang.ground.forms import DayField, LineField, ProseField
from madang.ground.models import Place
from madang.ground.town import Town
from madang.processes.blueprints import Blueprint
from madang.processes.kinds import StepKind, kinds, known_kind
from madang.processes.models import Process, Step
from madang.processes.rules import may_run
from madang.residents.figures import department_choices
from madang.residents.models import Department, Organisation

YEARS = (2000, 2100)
YEAR_ERROR = _("연도는 2000년에서 2100년 사이로 적어 주십시오.")
EMPTY = ("", _("고르지 않음"))


def year_field(**over: Any) -> forms.IntegerField:
    errors = {"min_value": YEAR_ERROR, "max_value": YEAR_ERROR, "invalid": YEAR_ERROR}
    return forms.IntegerField(label=_("연도"), min_value=YEARS[0], max_value=YEARS[1], error_messages=errors, **over)


class ClockField(forms.TimeField):
    """An hour and minute on the Korean clock; may be empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
        kwargs.setdefault("input_formats", ["%H:%M", "%H:%M:%S"])
        kwargs.setdefault("error_messages", {"invalid": _("시각은 14:00처럼 적어 주십시오.")})
        super().__init__(*args, **kwargs)


class ChosenRow(forms.ChoiceField):
    """A choice of rows by number; cleaned to the row or None. `rows` is {number: row}."""

    def __init__(self, *, rows: Mapping[int, Any], labels: Mapping[int, str] | None = None, **kwargs: Any) -> None:
        self.rows = rows
        chosen = [(str(pk), (labels or {}).get(pk) or str(row)) for pk, row in rows.items()]
        super().__init__(choices=[EMPTY, *chosen], **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return self.rows[int(text)] if text else None


def department_field(town: Town, **over: Any) -> ChosenRow:
    labels = dict(department_choices(town.pk))
    rows = Department.objects.in_bulk(list(labels))
    return ChosenRow(rows={pk: rows[pk] for pk in labels}, labels=labels, label=_("맡은 부서"), required=False, **over)


def council_field(town: Town, **over: Any) -> ChosenRow:
    here = [town.pk, *(d.pk for d in town.dongs)]
    rows = {o.pk: o for o in Organisation.objects.filter(place_id__in=here, kind=Organisation.Kind.RESIDENT_COUNCIL).order_by("name")}
    return ChosenRow(rows=rows, label=_("주민자치회"), required=False, **over)


class MakeForm(forms.Form):
    """Second page of the wizard: where, which year, called what, whose."""

    place = forms.ChoiceField(label=_("어디의 과정입니까"))
    year = year_field()
    starts_on = DayField(label=_("시작하는 날"), help_text=_("단계 날짜를 여기서부터 세어 채우고, 다음 화면에서 고칩니다."))
    title = LineField(label=_("제목"), required=False)

    def __init__(self, *args: Any, blueprint: Blueprint, town: Town, actor: Actor, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = places_for(blueprint, town)
        self.places = {str(p.pk): p for p in here if may_run(actor, p.pk, at=at)}
        self.fields["place"].choices = [(pk, p.name_shown) for pk, p in self.places.items()]  # type: ignore[attr-defined]
        self.fields["title"].help_text = _("비워 두면 본보기의 제목을 씁니다: %(title)s") % {
            "title": blueprint.title_for(year=at.astimezone(KST).year, place=here[0].name if len(here) == 1 else str(_("○○동")))
        }
        self.fields["department"] = department_field(town)
        if "council" in blueprint.requires:
            self.fields["council"] = council_field(town)

    def clean_place(self) -> Any:
        return self.places[self.cleaned_data["place"]]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        starts_on, year = data.get("starts_on"), data.get("year")
        if starts_on and year and starts_on.year != year:
            self.add_error("starts_on", _("시작하는 날이 %(year)s년이 아닙니다.") % {"year": year})
        place, council = data.get("place"), data.get("council")
        if place and council and council.place_id != place.pk:
            self.add_error("council", _("다른 동의 주민자치회입니다."))
        return data


class CopyForm(forms.Form):
    year = year_field()
    title = LineField(label=_("제목"), required=False, help_text=_("비워 두면 제목의 연도만 바꿉니다."))


class BasicsForm(forms.Form):
    title = LineField(label=_("제목"))
    summary = ProseField(label=_("주민에게 하는 소개"), required=False, max_length=1000, rows=4, help_text=_("해요체로 짧게 적습니다."))
    election_on = DayField(
        label=_("가까운 선거일"), required=False, help_text=_("적으면 선거 앞 60일과 겹치는 단계를 알려 드립니다(공직선거법 제86조).")
    )

    def __init__(self, *args: Any, process: Process, town: Town, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {
                "title": process.title, "summary": process.summary, "election_on": process.election_on,
                "department": process.department_id, "council": process.council_id,
            },
        )  # fmt: skip
        super().__init__(*args, **kwargs)
        self.process = process
        self.fields["department"] = department_field(town)
        self.fields["council"] = council_field(town)
        self.order_fields(["title", "summary", "department", "council", "election_on"])

    def clean_council(self) -> Any:
        council = self.cleaned_data["council"]
        if council and council.place_id != self.process.place_id:
            raise ValidationError(_("다른 동의 주민자치회입니다."))
        return council


class SpanForm(forms.Form):
    """When a step runs. An empty hour means the whole day; without a last day the step has no end."""

    opens_on = DayField(label=_("여는 날"), required=False)
    opens_hour = ClockField(label=_("여는 시각"), required=False)
    closes_on = DayField(label=_("닫는 날"), required=False)
    closes_hour = ClockField(label=_("닫는 시각"), required=False)

    def __init__(self, *args: Any, step: Step | None = None, **kwargs: Any) -> None:
        if step is not None:
            kwargs.setdefault("prefix", f"s{step.pk}")
            kwargs.setdefault("initial", span_initial(step))
        super().__init__(*args, **kwargs)
        self.step = step

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("opens_hour") and not data.get("opens_on") and "opens_on" not in self.errors:
            self.add_error("opens_on", _("여는 날도 적어 주십시오."))
        if data.get("closes_hour") and not data.get("closes_on") and "closes_on" not in self.errors:
            self.add_error("closes_on", _("닫는 날도 적어 주십시오."))
        if self.errors:
            return data
        data["opens_at"] = getattr(self, "begun_at", None) or moment_of(data["opens_on"], data["opens_hour"])
        data["closes_at"] = end_of(data["closes_on"], data["closes_hour"])
        if data["opens_at"] and data["closes_at"] and data["closes_at"] <= data["opens_at"]:
            self.add_error("closes_on", _("‘%(title)s’ 닫는 때가 여는 때보다 앞섭니다.") % {"title": self.step.title if self.step else ""})
        return data


class RedateForm(SpanForm):
    """New dates for a step residents have seen."""

    reason = LineField(label=_("바꾸는 까닭"), max_length=200, help_text=_("주민 화면의 바뀐 기록과 알림에 그대로 나갑니다."))

    def __init__(self, *args: Any, step: Step, at: datetime, **kwargs: Any) -> None:
        begun_at = step.opens_at if step.opens_at and step.opens_at <= at else None  # what has begun keeps its beginning
        kwargs.setdefault("prefix", None)
        super().__init__(*args, step=step, **kwargs)
        self.begun_at = begun_at
        self.fields["opens_on"].required = True
        for name in ("opens_on", "opens_hour") if begun_at else ():
            self.fields[name].disabled = True
            self.fields[name].required = False
        self.fields["closes_on"].required = known_kind(step.kind).needs_end


class StepForm(forms.Form):
    """A step's words and the settings its kind declares."""

    title = LineField(label=_("제목"))
    summary = ProseField(label=_("주민에게 하는 설명"), required=False, max_length=1000, rows=3)
    where = LineField(label=_("장소"), required=False)

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"title": step.title, "summary": step.summary, "where": step.where})
        super().__init__(*args, **kwargs)
        self.kind = known_kind(step.kind)
        now = {**{f.name: f.default for f in fields_of(self.kind.settings)}, **step.settings}
        for name, value in now.items():
            self.fields[f"set_{name}"] = _setting_field(self.kind, name, value)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        settings = {name.removeprefix("set_"): value for name, value in data.items() if name.startswith("set_")}
        try:
            self.kind.read_settings(settings)
        except ValidationError as problem:
            raise ValidationError(problem.messages) from problem
        data["settings"] = settings
        return data


class NewStepForm(forms.Form):
    kind = forms.ChoiceField(label=_("종류"))
    title = LineField(label=_("제목"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(k.slug, k.label) for k in kinds().values()]  # type: ignore[attr-defined]


class WhyForm(forms.Form):
    why = LineField(label=_("까닭"), max_length=200, help_text=_("주민에게 그대로 보입니다."))


class DeskFilter(forms.Form):
    """Filters of the desk's list; nothing wrong in them is ever an error."""

    q = LineField(label=_("제목"), required=False, max_length=80)
    year = forms.TypedChoiceField(label=_("연도"), required=False, coerce=int, empty_value=None)
    place = forms.TypedChoiceField(label=_("곳"), required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(label=_("상태"), required=False)
    blueprint = forms.ChoiceField(label=_("본보기"), required=False)

    def __init__(self, data: Any, *, years: list[int], town: Town, blueprints: Mapping[str, Blueprint]) -> None:
        super().__init__(data)
        every = ("", _("모두"))
        self.fields["year"].choices = [every, *((y, y) for y in years)]  # type: ignore[attr-defined]
        self.fields["place"].choices = [every, *((p.pk, p.name_shown) for p in (town.place, *town.dongs))]  # type: ignore[attr-defined]
        self.fields["state"].choices = [every, *Process.State.choices]  # type: ignore[attr-defined]
        self.fields["blueprint"].choices = [every, *((b.slug, b.label) for b in blueprints.values())]  # type: ignore[attr-defined]


class PreviewForm(forms.Form):
    on = DayField(label=_("이 날짜라고 치고 보기"), required=False)


def places_for(blueprint: Blueprint, town: Town) -> list[Place]:
    """Where a blueprint may be used: the district, or any of its dong."""
    return [town.place] if blueprint.level == "district" else list(town.dongs)


def moment_of(day: date | None, hour: time | None) -> datetime | None:
    """The beginning of a day, or an hour of it, in Korea."""
    return datetime.combine(day, hour or time(), tzinfo=KST) if day else None


def end_of(day: date | None, hour: time | None) -> datetime | None:
    """The first moment after a period: an hour of the last day, or the midnight that ends it."""
    if not day:
        return None
    return datetime.combine(day, hour, tzinfo=KST) if hour else datetime.combine(day + timedelta(days=1), time(), tzinfo=KST)


def span_initial(step: Step) -> dict[str, Any]:
    """A step's dates as the form shows them: midnight is left out."""
    opens = step.opens_at.astimezone(KST) if step.opens_at else None
    closes = step.closes_at.astimezone(KST) if step.closes_at else None
    return {
        "opens_on": opens.date() if opens else None,
        "opens_hour": opens.time() if opens and opens.time() != time() else None,
        "closes_on": step.last_day,
        "closes_hour": closes.time() if closes and closes.time() != time() else None,
    }


def _setting_field(kind: StepKind, name: str, value: Any) -> forms.Field:
    label = kind.setting_labels.get(name, name)
    if name in kind.setting_choices:
        choices = list(kind.setting_choices[name])
        kind_of_value = type(choices[0][0])
        return forms.TypedChoiceField(label=label, choices=choices, coerce=lambda text: kind_of_value(text), initial=value)
    if isinstance(value, bool):
        return forms.BooleanField(label=label, required=False, initial=value)
    if isinstance(value, int):
        return forms.IntegerField(label=label, initial=value, min_value=-(10**9), max_value=10**12)
    return LineField(label=label, required=False, initial=value, max_length=200)
