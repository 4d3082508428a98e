"""Forms of projects: filters of the lists, and what officers write down."""

import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.ballots.figures import ResultItem
from madang.budgets.models import Appropriation, Source
from madang.ground.forms import DayField, LineField, ProseField, WonField, choice_field, row_field
from madang.ground.templatetags.look import thousands
from madang.ground.town import Town
from madang.ground.verdict import Refused
from madang.methods.partial_dates import PartialDate, parse_partial
from madang.programmes.figures import partial
from madang.programmes.models import Programme
from madang.projects.models import Project

PHOTOS = (1, 2, 3)
YEARS = (2000, 2100)


class PartialDateField(LineField):
    """A date as exactly as it is known: `2021. 5. 3.`, `'21. 5.`, `2021년 5월`, `2021-05`, `2021`. Gives a PartialDate, None when empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("help_text", gettext_lazy("아는 만큼만 적습니다. 예: 2021. 5. 3. 또는 ’21. 5. 또는 2021"))
        super().__init__(*args, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.house() if isinstance(value, PartialDate) else value

    def clean(self, value: Any) -> PartialDate | None:  # type: ignore[override]
        text = super().clean(value)
        if not text:
            return None
        found = parse_partial(text)
        if found is None or not YEARS[0] <= found.year <= YEARS[1]:
            raise ValidationError(
                _("“%(typed)s”은(는) 날짜로 읽지 못했습니다. 2021. 5. 3. 또는 2021. 5.처럼 적어 주십시오."), params={"typed": text}
            )
        return found


class Lenient(forms.Form):
    """A filter: a value nobody offered is left out, never an error, because addresses are typed and shortened by people."""

    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}


def _select(label: Any, choices: Iterable[tuple[Any, Any]], every: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", every), *choices])


class ListFilter(Lenient):
    """Year, dong, state and category of projects."""

    def __init__(self, data: Any, *, town: Town, years: Iterable[int], categories: Iterable[str]) -> None:
        super().__init__(data)
        self.fields["year"] = _select(_("연도"), [(str(y), _("%(year)s년") % {"year": y}) for y in years], _("모든 해"))
        self.fields["dong"] = _select(_("동"), [(d.slug, d.name_shown) for d in town.dongs], _("모든 동"))
        self.fields["state"] = _select(_("지금 상태"), Project.State.choices, _("모든 상태"))
        self.fields["category"] = _select(_("분야"), [(c, c) for c in categories], _("모든 분야"))


class DeskFilter(Lenient):
    """Filters of the execution table."""

    q = forms.CharField(label=gettext_lazy("사업 이름"), required=False, max_length=80)

    def __init__(
        self, data: Any, *, town: Town, years: Iterable[int], departments: Sequence[tuple[int, str]], sources: Sequence[Source]
    ) -> None:
        super().__init__(data)
        self.fields["year"] = forms.ChoiceField(label=_("회계연도"), required=False, choices=[(str(y), str(y)) for y in years])
        self.fields["dong"] = _select(_("동"), [(d.slug, d.name_shown) for d in town.dongs], _("모든 동"))
        self.fields["department"] = _select(_("부서"), [(str(pk), name) for pk, name in departments], _("모든 부서"))
        self.fields["source"] = _select(_("재원"), [(str(s.pk), s.name) for s in sources], _("모든 재원"))
        self.fields["state"] = _select(_("상태"), Project.State.choices, _("모든 상태"))
        self.fields["basis"] = forms.ChoiceField(
            label=_("집행률 기준"), required=False, choices=[("spent", _("지출 ÷ 예산현액")), ("committed", _("원인행위 ÷ 예산현액"))]
        )
        self.fields["late"] = forms.BooleanField(label=_("늦은 사업만"), required=False)


class OfficerForm(forms.Form):
    """A form whose verb may refuse: the sentence is put beside the field it is about, what was typed stays."""

    beside: dict[str, str] = {}  # refusal code -> field

    def refuse(self, refused: Refused) -> None:
        name = self.beside.get(refused.verdict.code)
        self.add_error(name if name in self.fields else None, str(refused))


class OnceForm(OfficerForm):
    """Carries a mark of its own, so that the same form sent twice is kept once."""

    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["once"].initial = secrets.token_urlsafe(12)


class ProgressForm(OnceForm):
    beside = {
        "progress_in_future": "on", "percent_past_hundred": "percent", "done_needs_no_percent": "percent", "photo_without_alt": "alt1",
    }  # fmt: skip

    on = PartialDateField(label=gettext_lazy("언제"))
    body = ProseField(
        label=gettext_lazy("무엇을 했습니까"), max_length=2000, rows=4, help_text=gettext_lazy("첫 문장이 소식의 제목이 됩니다.")
    )
    percent = forms.IntegerField(
        label=gettext_lazy("지금까지 한 만큼(%)"), required=False, min_value=0, max_value=100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 0, "max": 100}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        picture = {"accept": "image/jpeg,image/png,image/webp"}
        for n in PHOTOS:
            self.fields[f"photo{n}"] = forms.FileField(
                label=_("사진 %(n)s") % {"n": n}, required=False, widget=forms.FileInput(attrs=picture)
            )
            self.fields[f"alt{n}"] = LineField(label=_("사진 %(n)s에 보이는 것") % {"n": n}, required=False, max_length=160)
            self.fields[f"caption{n}"] = LineField(label=_("사진 %(n)s 아래에 적을 말") % {"n": n}, required=False, max_length=160)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for n in PHOTOS:
            if data.get(f"photo{n}") and not data.get(f"alt{n}"):
                self.add_error(f"alt{n}", _("사진에 무엇이 보이는지 적어 주십시오. 눈으로 볼 수 없는 사람이 읽습니다."))
        return data

    @property
    def photo_fields(self) -> list[tuple[Any, Any, Any]]:
        return [(self[f"photo{n}"], self[f"alt{n}"], self[f"caption{n}"]) for n in PHOTOS]


class MoneyForm(OnceForm):
    """A commitment, an expenditure, or both at once."""

    beside = {
        "amount_not_positive": "amount_won", "amount_past_budget": "amount_won", "amount_past_commitment": "amount_won",
        "spent_outside_year": "on", "spent_in_future": "on",
    }  # fmt: skip
    KINDS = (
        ("both", gettext_lazy("원인행위와 지출을 함께 (작은 구매)")),
        ("commitment", gettext_lazy("원인행위")),
        ("expenditure", gettext_lazy("지출")),
    )

    appropriation = forms.ModelChoiceField(label=gettext_lazy("어느 예산"), queryset=Appropriation.objects.none(), empty_label=None)
    kind = forms.ChoiceField(label=gettext_lazy("무엇"), choices=KINDS, widget=forms.RadioSelect, initial="both")
    amount_won = WonField(label=gettext_lazy("금액(원)"), help_text=gettext_lazy("1,200,000 또는 120만원"))
    on = DayField(label=gettext_lazy("날짜"))
    what = LineField(label=gettext_lazy("적요"), max_length=160, help_text=gettext_lazy("주민에게 보입니다. 사람 이름은 적지 않습니다."))

    def __init__(self, *args: Any, appropriations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = row_field(self, "appropriation")
        field.queryset = appropriations
        field.label_from_instance = _appropriation


def _appropriation(row: Appropriation) -> str:
    left = thousands(row.amount_won - row.committed_won)
    return _("%(year)s %(source)s (남은 %(left)s천원)") % {"year": row.year, "source": row.source.name, "left": left}


class AppropriateForm(OfficerForm):
    """Money from one more source or for one more year."""

    beside = {"amount_not_positive": "amount_won", "already_appropriated": "source", "source_elsewhere": "source"}

    source = forms.ModelChoiceField(label=gettext_lazy("재원"), queryset=Source.objects.none(), empty_label=None)
    year = forms.IntegerField(label=gettext_lazy("회계연도"), min_value=YEARS[0], max_value=YEARS[1])
    amount_won = WonField(label=gettext_lazy("예산(원)"), help_text=gettext_lazy("1,200,000 또는 120만원"))
    decided_by = LineField(
        label=gettext_lazy("무엇으로 정했습니까"), required=False, max_length=60, help_text=gettext_lazy("예: 2021년 제1회 추경")
    )

    def __init__(self, *args: Any, sources: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row_field(self, "source").queryset = sources


class AmountForm(OfficerForm):
    """Another amount for a budget there is."""

    beside = {"amount_not_positive": "amount_won", "below_commitment": "amount_won", "change_needs_reason": "reason"}

    amount_won = WonField(label=gettext_lazy("바뀐 예산(원)"), help_text=gettext_lazy("1,200,000 또는 120만원"))
    reason = LineField(label=gettext_lazy("까닭"), max_length=160, help_text=gettext_lazy("주민에게 보입니다."))


class WhyForm(OfficerForm):
    """A reason everybody reads."""

    beside = {"stop_needs_reason": "why", "cancel_needs_reason": "why", "cancel_below_spent": "why"}

    why = LineField(label=gettext_lazy("까닭"), max_length=160, help_text=gettext_lazy("주민에게 보입니다."))


class SureForm(OfficerForm):
    """Asks before what cannot be taken back."""

    sure = forms.BooleanField(label=gettext_lazy("끝난 것을 확인했습니다. 마친 뒤에는 되돌릴 수 없습니다."))


class SourceForm(OfficerForm):
    name = LineField(label=gettext_lazy("재원 이름"), max_length=40, help_text=gettext_lazy("예: 구비, 시비, 국비, 주민세 환원"))


class ChangeForm(OfficerForm):
    """What a project says of itself."""

    beside = {"period_backwards": "ends"}

    title = LineField(label=gettext_lazy("사업 이름"), max_length=160)
    summary = ProseField(label=gettext_lazy("어떤 사업입니까"), required=False, max_length=3000, rows=6)
    department = forms.ChoiceField(label=gettext_lazy("맡은 부서"), required=False)
    starts = PartialDateField(label=gettext_lazy("시작"), required=False)
    ends = PartialDateField(label=gettext_lazy("마침"), required=False)

    def __init__(self, *args: Any, departments: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "department").choices = [("", _("아직 정하지 않음")), *((str(pk), name) for pk, name in departments)]

    @staticmethod
    def initial_of(programme: Programme) -> dict[str, Any]:
        def told(day: Any) -> PartialDate | None:
            return partial(day, programme.precision) if day else None

        return {
            "title": programme.title, "summary": programme.summary, "department": str(programme.department_id or ""),
            "starts": told(programme.starts_on), "ends": told(programme.ends_on),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends.last_day < starts.first_day:
            self.add_error("ends", _("끝나는 때가 시작하는 때보다 앞섭니다."))
        return data

    def period(self) -> dict[str, Any]:
        """First and last day and how exact the two are together: no exacter than the vaguer one."""
        starts, ends = self.cleaned_data["starts"], self.cleaned_data["ends"]
        known = {d.precision for d in (starts, ends) if d}
        return {
            "starts_on": starts.first_day if starts else None,
            "ends_on": ends.last_day if ends else None,
            "precision": next((p for p in ("year", "month", "day") if p in known), "month"),
        }


class AdoptForm(OfficerForm):
    """Where the money of the winners comes from, for which year, and who does the work."""

    beside = {"source_elsewhere": "source", "already_appropriated": "source"}

    source = forms.ModelChoiceField(
        label=gettext_lazy("재원"), queryset=Source.objects.none(), empty_label=gettext_lazy("재원을 고르십시오")
    )
    year = forms.IntegerField(label=gettext_lazy("사업 연도"), min_value=YEARS[0], max_value=YEARS[1])

    def __init__(
        self,
        *args: Any,
        sources: Any,
        departments: Sequence[tuple[int, str]],
        items: Sequence[ResultItem],
        given: dict[int, int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        row_field(self, "source").queryset = sources
        choices = [("", _("나중에 정함")), *((str(pk), name) for pk, name in departments)]
        for item in items:
            self.fields[f"department_{item.pk}"] = forms.ChoiceField(
                label=_("‘%(title)s’을(를) 맡을 부서") % {"title": item.title}, required=False, choices=choices,
                initial=str(given.get(item.pk, "")),
            )  # fmt: skip

    def departments(self) -> dict[int, int]:
        """Item -> the department chosen for it."""
        return {
            int(name.removeprefix("department_")): int(value)
            for name, value in self.cleaned_data.items()
            if name.startswith("department_") and value
        }
