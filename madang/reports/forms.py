"""Forms of the desk."""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from madang.ground.forms import LineField, ProseField
from madang.ground.town import Town
from madang.reports.kinds import PaperKind, kinds
from madang.reports.models import OfficialPaper

ANY = ("", _("모두"))


class DeskFilter(forms.Form):
    """Narrows the desk's list."""

    q = forms.CharField(label=_("제목이나 번호"), required=False)
    kind = forms.ChoiceField(label=_("종류"), required=False)
    place = forms.ChoiceField(label=_("곳"), required=False)
    state = forms.ChoiceField(label=_("상태"), required=False)
    year = forms.ChoiceField(label=_("연도"), required=False)

    def __init__(self, data: Mapping, *, town: Town, years: Iterable[int]) -> None:
        super().__init__(data)
        choices = {
            "kind": [(k.slug, k.label) for k in kinds().values()],
            "place": [(str(p.pk), p.name_shown) for p in (town.place, *town.dongs)],
            "state": OfficialPaper.State.choices,
            "year": [(str(y), str(y)) for y in years],
        }
        for name, listed in choices.items():
            self.fields[name].choices = [ANY, *listed]  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, str]:
        """The chosen conditions that make sense; anything else narrows nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class TypedForm(forms.Form):
    """What the kind asks of its drafter, a line of the paper per line."""

    def __init__(self, *args: object, kind: PaperKind, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for ask in kind.asks:
            given = {"label": ask.label, "help_text": ask.hint, "required": False}
            self.fields[ask.name] = LineField(**given) if ask.is_line else ProseField(**given, rows=3, max_length=2000)

    def typed(self) -> dict[str, str]:
        """The words by the names of the asks."""
        return dict(self.cleaned_data)


class RedrawForm(TypedForm):
    """Why a paper is drawn up again, and the drafter's words, which may be mended on the way."""

    why = LineField(
        label=_("다시 쓰는 까닭"), max_length=200, help_text=_("새 문서에 그대로 실립니다. 예: 늦게 들어온 종이 제안 2건을 더함"),
        error_messages={"required": _("까닭을 적어 주십시오.")},
    )  # fmt: skip

    field_order = ("why",)

    def typed(self) -> dict[str, str]:
        return {name: words for name, words in self.cleaned_data.items() if name != "why"}


class WithdrawForm(forms.Form):
    """Why a paper is taken back."""

    why = LineField(label=_("거두는 까닭"), max_length=200, error_messages={"required": _("까닭을 적어 주십시오.")})
