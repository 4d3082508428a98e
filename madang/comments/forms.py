"""What people write."""

from django import forms
from django.utils.translation import gettext_lazy as _

from madang.ground.forms import LineField, ProseField


class CommentForm(forms.Form):
    """A comment or a reply."""

    body = ProseField(label=_("이야기"), max_length=2000, rows=3, error_messages={"required": _("할 말을 적어 주세요.")})
    parent = forms.IntegerField(required=False, widget=forms.HiddenInput, max_value=2**63 - 1)


class ReportForm(forms.Form):
    """Why a comment should be looked at."""

    REASONS = [
        ("abuse", _("욕설이나 따돌림이에요")),
        ("advert", _("광고예요")),
        ("privacy", _("누군가의 개인정보가 있어요")),
        ("politics", _("정당이나 후보를 돕거나 막는 글이에요")),
        ("other", _("다른 까닭이에요")),
    ]
    why = forms.ChoiceField(label=_("무엇이 문제인가요?"), choices=REASONS, widget=forms.RadioSelect)
    words = LineField(label=_("더 하고 싶은 말"), required=False, max_length=150)


class DecisionForm(forms.Form):
    """What a moderator does with a comment."""

    deed = forms.ChoiceField(
        label=_("어떻게 할까요"),
        choices=[("hide", _("가리기")), ("restore", _("다시 보이기")), ("dismiss", _("그대로 두기"))],
        widget=forms.RadioSelect,
    )
    why = LineField(label=_("까닭"), max_length=200, error_messages={"required": _("까닭을 적어 주십시오. 쓴 사람과 모두에게 보입니다.")})
