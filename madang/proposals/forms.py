"""What residents fill in. Each part of the writing is a form of its own; the last one is checked together with all before it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from madang.ground.forms import LineField, ProseField, WonField, choice_field
from madang.ground.models import Place
from madang.ground.town import Town
from madang.proposals import rules
from madang.proposals.maps import FULL
from madang.proposals.models import Proposal

TOO_LONG = _("%(limit_value)s자까지 적을 수 있어요. 지금은 %(show_value)s자예요. 조금 줄여 주세요.")
PRIVATE = _("전화번호나 카드번호처럼 보이는 숫자가 있어요. 누구나 볼 글이니 지워 주세요.")


class _Public:
    """Text everybody will read: bounded before it is cleaned, without numbers that belong to one person."""

    max_length: int | None

    def to_python(self, value: Any) -> str:
        # A text many times too long is not worth cleaning: ten megabytes would keep the server busy for nothing.
        if isinstance(value, str) and len(value) > (self.max_length or 0) * 8 + 1000:
            raise ValidationError(TOO_LONG, code="too_long", params={"limit_value": self.max_length, "show_value": f"{len(value):,}"})
        text = super().to_python(value)  # type: ignore[misc]
        if not rules.may_say(text):
            raise ValidationError(PRIVATE, code="personal_numbers")
        return text


class PublicLine(_Public, LineField):
    """One public line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, error_messages={"max_length": TOO_LONG, **kwargs.pop("error_messages", {})}, **kwargs)


class PublicProse(_Public, ProseField):
    """Several public lines."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, error_messages={"max_length": TOO_LONG, **kwargs.pop("error_messages", {})}, **kwargs)


class WhatForm(forms.Form):
    """Part 1: what and why."""

    title = PublicLine(
        label=_("제목"), max_length=120, min_length=2, help_text=_("무엇을 어디에 바라는지 한 줄로 적어 주세요."),
        error_messages={"min_length": _("제목이 너무 짧아요. 두 글자보다 길게 적어 주세요.")},
    )  # fmt: skip
    body = PublicProse(
        label=_("내용"),
        max_length=5000,
        rows=10,
        help_text=_("지금 무엇이 불편한지, 어떻게 바뀌면 좋은지 적어 주세요. 전화번호나 이름은 적지 마세요."),
    )
    cost = WonField(label=_("돈은 얼마쯤 들까요"), required=False, help_text=_("몰라도 괜찮아요. 예: 3,000만원"))


class WhereForm(forms.Form):
    """Part 2: where, and what kind of matter. Choices come from the town and the step."""

    dong = forms.ChoiceField(
        label=_("어느 동의 일인가요"), widget=forms.RadioSelect, error_messages={"invalid_choice": _("목록에 있는 동을 골라 주세요.")}
    )
    category = forms.ChoiceField(
        label=_("분야"), widget=forms.RadioSelect, error_messages={"invalid_choice": _("목록에 있는 분야를 골라 주세요.")}
    )
    spot = PublicLine(label=_("자리"), max_length=80, required=False, help_text=_("예: 안양천 산책로 독산2동 들머리"))
    map_x = forms.IntegerField(min_value=0, max_value=FULL, required=False, widget=forms.HiddenInput)
    map_y = forms.IntegerField(min_value=0, max_value=FULL, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, town: Town, places: Sequence[Place], categories: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {p.slug: p for p in places}
        whole = {town.place.pk: _("%(place)s 전체") % {"place": town.place.name_shown}}
        choice_field(self, "dong").choices = [(p.slug, whole.get(p.pk, p.name_shown)) for p in places]
        choice_field(self, "category").choices = [(c, c) for c in categories]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if (values.get("map_x") is None) != (values.get("map_y") is None):
            values["map_x"] = values["map_y"] = None
        return values

    @property
    def place(self) -> Place:
        """The place that was chosen; only when the form is valid."""
        return self.places[self.cleaned_data["dong"]]


class SignForm(forms.Form):
    """Part 4: under which name, and the consent."""

    public_name = PublicLine(
        label=_("공개 이름"), max_length=20, min_length=2, help_text=_("모두에게 보이는 이름이에요. 진짜 이름이 아니어도 돼요.")
    )
    agree = forms.BooleanField(
        label=_("이 글과 사진을 모두가 보는 데 동의합니다."),
        help_text=_("제안은 구청이 살펴보고 답한 다음에도 기록으로 남습니다. 연락처는 공개하지 않습니다."),
        error_messages={"required": _("올리려면 이 칸에 표시해 주세요.")},
    )


class IdeaForm(WhereForm):
    """The lighter form: one line, where, and it is sent."""

    title = PublicLine(label=_("한 줄 제안"), max_length=120, min_length=2, help_text=_("동네에 이런 게 있으면 좋겠어요!"))
    field_order = ["title", "dong", "category"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].required = False
        choice_field(self, "category").choices = [("", _("잘 모르겠어요")), *choice_field(self, "category").choices]
        self.fields["category"].widget = forms.Select(choices=choice_field(self, "category").choices)
        choice_field(self, "dong").choices = [("", _("동을 골라 주세요")), *choice_field(self, "dong").choices]
        self.fields["dong"].widget = forms.Select(choices=choice_field(self, "dong").choices)


class ReasonForm(forms.Form):
    """Why: for withdrawing, asking again, reporting."""

    why = PublicProse(label=_("까닭"), max_length=500, rows=4)


class ReportForm(forms.Form):
    why = PublicProse(
        label=_("무엇이 문제인가요"), max_length=200, rows=3, help_text=_("돌봄이가 살펴봐요. 알린 사람이 누구인지는 보이지 않아요.")
    )


class SupplementForm(forms.Form):
    body = PublicProse(label=_("더 적은 내용"), max_length=2000, rows=8, help_text=_("앞에 적은 글 뒤에 이어져요."))


SORTS = (("closing", _("마감이 가까운 순")), ("endorsed", _("공감이 많은 순")), ("newest", _("새로 올라온 순")))
SHOWN_STATES = ("open", "review", "supplement", "shortlisted", "adopted", "rejected", "reconsideration", "implementing", "implemented",
                "merged", "transferred")  # fmt: skip


class LightSelect(forms.Select):
    """A select drawn in one go: the filters stand on every list, and Django draws each option through the template engine."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = str(value or "")
        rows = ((v, mark_safe(" selected") if str(v) == chosen else "", label) for v, label in self.choices)
        options = format_html_join("", '<option value="{}"{}>{}</option>', rows)
        return format_html('<select name="{}"{}>{}</select>', name, flatatt(self.build_attrs(self.attrs, attrs)), options)


class FilterForm(forms.Form):
    """What a list is narrowed to. A value nobody offered is left out, never an error: addresses are typed and shortened by people."""

    q = forms.CharField(required=False, max_length=80)
    dong = forms.ChoiceField(label=_("동"), required=False)
    category = forms.ChoiceField(label=_("분야"), required=False)
    state = forms.ChoiceField(label=_("지금 상태"), required=False)
    sort = forms.ChoiceField(label=_("차례"), required=False, choices=SORTS)
    form = forms.ChoiceField(label=_("쓴 방법"), required=False)
    mine = forms.ChoiceField(label=_("내가 한 일"), required=False)

    def __init__(self, data: Any, *, town: Town, categories: Iterable[str], signed_in: bool) -> None:
        super().__init__(data)
        fields = self.fields
        choice_field(self, "dong").choices = [("", _("모든 동")), *((d.slug, d.name_shown) for d in town.dongs)]
        choice_field(self, "category").choices = [("", _("모든 분야")), *((c, c) for c in categories)]
        names = dict(Proposal.State.choices)
        choice_field(self, "state").choices = [("", _("모든 상태")), *((s, names[s]) for s in SHOWN_STATES)]
        choice_field(self, "form").choices = [("", _("모두")), *Proposal.Form.choices]
        choice_field(self, "mine").choices = [("", _("모두")), ("own", _("내가 쓴 제안")), ("endorsed", _("내가 공감한 제안"))]
        if not signed_in:
            del fields["mine"]
        for name in ("dong", "category", "state", "form", "sort"):
            fields[name].widget = LightSelect(choices=choice_field(self, name).choices)
        if signed_in:
            fields["mine"].widget = LightSelect(choices=choice_field(self, "mine").choices)

    def chosen(self) -> dict[str, str]:
        """The values that hold, by name; everything else is as if it were not there."""
        self.is_valid()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}
