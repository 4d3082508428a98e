"""Forms of votes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madang.ballots.counting_rules import WAYS
from madang.ballots.electorate import PROOFS
from madang.ballots.models import OFFLINE, Ballot, Channel
from madang.ground.forms import DayField, LineField, WonField


class CodeForm(forms.Form):
    """A receipt's code, however it was copied: with or without strokes and spaces, in small letters."""

    code = forms.CharField(
        label=_("내 확인 번호"), max_length=40,
        widget=forms.TextInput(attrs={"placeholder": "0000-0000-00", "autocomplete": "off", "autocapitalize": "characters"}),
    )  # fmt: skip

    def clean_code(self) -> str:
        return tidy_code(self.cleaned_data["code"])


def tidy_code(typed: str) -> str:
    """`7f3k 92qd41` → `7F3K-92QD-41`. Anything else comes back as it is and is simply not found."""
    signs = "".join(c for c in typed.upper() if c.isalnum())
    return f"{signs[:4]}-{signs[4:8]}-{signs[8:]}" if len(signs) == 10 else signs[:16]


class RulesForm(forms.Form):
    """The rules of a vote with its electorate."""

    title = LineField(label=_("투표 이름"), max_length=120)
    budget_won = WonField(label=_("예산(원)"), help_text=_("예: 12억, 60,000,000"))
    picks_min = forms.IntegerField(label=_("가장 적게"), min_value=1, max_value=100, initial=1)
    picks_max = forms.IntegerField(label=_("가장 많이"), min_value=1, max_value=100)
    rule = forms.ChoiceField(
        label=_("세는 방법"), choices=[(code, way.name) for code, way in WAYS.items()], initial="greedy_votes",
        widget=forms.RadioSelect,
    )  # fmt: skip
    may_change = forms.BooleanField(label=_("끝나기 전까지 다시 낼 수 있게 합니다"), required=False, initial=True)
    skips_too_large = forms.BooleanField(
        label=_("남은 돈보다 비싼 사업은 건너뛰고 다음 사업을 봅니다"), required=False, initial=True,
        help_text=_("차례로 뽑는 방법에만 쓰입니다. 고르지 않으면 거기서 셈을 멈춥니다."),
    )  # fmt: skip
    quorum = forms.IntegerField(label=_("성립 기준(명)"), min_value=0, max_value=10_000_000, initial=0, help_text=_("정하지 않았으면 0"))
    min_age = forms.IntegerField(label=_("나이(세부터)"), min_value=0, max_value=120, initial=15, help_text=_("제한이 없으면 0"))
    reference_on = DayField(label=_("기준일"), required=False, help_text=_("나이와 사는 곳을 따지는 날"))
    min_proof = forms.TypedChoiceField(
        label=_("온라인 확인 수준"), coerce=int, choices=[(int(k), v) for k, v in PROOFS.items() if k], initial=3
    )
    electorate_size = forms.IntegerField(
        label=_("투표할 수 있는 사람(명)"), min_value=0, max_value=100_000_000, initial=0,
        help_text=_("가입자가 아니라 주민등록 인구로 셉니다."),
    )  # fmt: skip
    electorate_source = LineField(label=_("그 수의 출처와 날짜"), required=False, help_text=_("예: 2021년 3월 말 주민등록 인구(15세 이상)"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        least, most = data.get("picks_min"), data.get("picks_max")
        if least and most and least > most:
            self.add_error("picks_min", _("가장 적게 고르는 수가 가장 많이 고르는 수보다 큽니다."))
        return data


RULE_FIELDS = tuple(RulesForm.base_fields)


def rules_of(ballot: Ballot) -> dict[str, Any]:
    """The form's first values from a ballot."""
    data = {name: getattr(ballot, name) for name in RULE_FIELDS}
    return {**data, "budget_won": f"{ballot.budget_won:,}"}


class CostForm(forms.Form):
    """The cost of one item."""

    cost_won = WonField(label=_("금액(원)"))


class FillForm(forms.Form):
    """Shortlisted proposals to put on the ballot."""

    proposals = forms.TypedMultipleChoiceField(
        label=_("올릴 제안"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("올릴 제안을 하나 이상 고르십시오.")},
    )

    def __init__(self, *args: Any, choices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proposals"].choices = choices  # type: ignore[attr-defined]


def _offline() -> list[tuple[str, Any]]:
    return [(c.value, c.label) for c in Channel if c in OFFLINE]


class LookUpForm(forms.Form):
    """Finding a person on the roll."""

    q = LineField(label=_("공개 이름 또는 전자우편"), max_length=80)


class MarkForm(forms.Form):
    """Checked at the counter, handed a paper."""

    channel = forms.ChoiceField(label=_("어떻게"), choices=_offline, initial="hall")
    checked = forms.BooleanField(label=_("신분증으로 본인과 사는 동, 나이를 확인했습니다"))


class PaperForm(forms.Form):
    """One paper out of a box. The numbers may stand with commas, spaces or line ends."""

    channel = forms.ChoiceField(label=_("어느 투표함"), choices=_offline, initial="hall")
    numbers = forms.CharField(
        label=_("표에 적힌 번호"), max_length=400, strip=True,
        help_text=_("고른 번호를 띄어 적습니다. 예: 1 4 12"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip

    def clean_numbers(self) -> list[int]:
        signs = self.cleaned_data["numbers"].replace(",", " ").replace(".", " ").replace("번", " ").split()
        if not all(s.isascii() and s.isdigit() and len(s) < 6 for s in signs):
            raise forms.ValidationError(_("번호만 적어 주십시오. 적은 것은 그대로 두었습니다."))
        return [int(s) for s in signs]
