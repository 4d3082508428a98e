"""Forms of a question."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from madang.deliberation import rules
from madang.deliberation.models import Question
from madang.ground.forms import LineField, ProseField

PICK_ONE = _("보기 가운데 하나를 골라 주세요.")


class ReplyForm(forms.Form):
    """One option and, if one likes, some words."""

    option = forms.TypedChoiceField(
        label=_("하나를 골라 주세요"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": PICK_ONE, "invalid_choice": PICK_ONE},
    )
    words = ProseField(
        label=_("덧붙이고 싶은 말"), required=False, max_length=rules.LONGEST_WORDS, rows=4,
        help_text=_("끝난 뒤에 이름 없이 모두에게 보여요. 누구인지 알 수 있는 것은 적지 말아 주세요."),
    )  # fmt: skip

    def __init__(self, *args: Any, options: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["option"].choices = options  # type: ignore[attr-defined]


class QuestionForm(forms.Form):
    """What is asked. Options stand one a line."""

    wording = LineField(
        label=_("물음"), max_length=rules.LONGEST_WORDING,
        help_text=_("한 가지만 묻습니다. 답을 이끄는 말을 넣지 않습니다."),
    )  # fmt: skip
    background = ProseField(
        label=_("배경 자료"), required=False, max_length=rules.LONGEST_BACKGROUND, rows=8,
        help_text=_("지금 어떤지, 왜 묻는지, 고르는 것마다 무엇이 좋고 무엇이 걱정인지 적습니다. 묻기 전에 꼭 있어야 합니다."),
    )  # fmt: skip
    options = ProseField(label=_("보기"), max_length=2000, rows=6, help_text=_("한 줄에 하나씩, 2개에서 12개까지 적습니다."))

    def clean_options(self) -> list[str]:
        lines = [text.strip() for text in self.cleaned_data["options"].splitlines() if text.strip()]
        if not rules.LEAST_OPTIONS <= len(lines) <= rules.MOST_OPTIONS:
            raise ValidationError(_("보기는 2개에서 12개까지 적어 주십시오. 지금은 %(n)s개입니다.") % {"n": len(lines)})
        if len(set(lines)) != len(lines):
            raise ValidationError(_("같은 보기가 두 번 있습니다."))
        if any(len(text) > rules.LONGEST_OPTION for text in lines):
            raise ValidationError(_("보기 하나는 120자까지 적을 수 있습니다."))
        return lines


def first_values(question: Question) -> dict[str, str]:
    """The form's first values from a draft."""
    return {
        "wording": question.wording,
        "background": question.background,
        "options": "\n".join(question.options.values_list("text", flat=True)),
    }


class NeutralForm(forms.Form):
    """What a person must have looked at before a question is asked; every point is ticked by hand (공직선거법 제86조 for the last)."""

    leads_nowhere = forms.BooleanField(label=_("물음에 어느 한쪽으로 이끄는 말이 없습니다"))
    options_are_even = forms.BooleanField(label=_("보기가 찬성과 반대, 지금처럼 두는 것을 고르게 담았고 서로 겹치지 않습니다"))
    background_is_fair = forms.BooleanField(label=_("배경 자료에 좋은 점과 걱정되는 점을 함께 적었습니다"))
    asks_one_thing = forms.BooleanField(label=_("한 번에 한 가지만 묻습니다"))
    no_election = forms.BooleanField(label=_("정당이나 후보자에 대한 지지를 묻지 않습니다"), help_text=_("공직선거법 제86조"))


class UseForm(forms.Form):
    """Where the answers went."""

    body = ProseField(
        label=_("답을 어디에 어떻게 썼나"), max_length=rules.LONGEST_USE, rows=8,
        help_text=_("무엇을 정했는지, 답과 다르게 정했다면 왜인지 적습니다. 답한 사람에게 알림이 가고, 한 번만 알릴 수 있습니다."),
    )  # fmt: skip


class HideForm(forms.Form):
    """Why words are hidden."""

    why = LineField(label=_("가리는 까닭"), max_length=200, help_text=_("그 자리에 까닭이 보입니다. 사람의 이름을 적지 마십시오."))
