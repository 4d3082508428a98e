"""What officers choose at the desk of notices."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madang.ground.forms import DayField
from madang.notices.kinds import FAMILIES, messages
from madang.notices.models import Delivery
from madang.notices.sentences import kind_words

# How messages stand, in three words: on their way counts as waiting.
STANDS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "sent": (_("보냄"), ("sent",)),
    "waiting": (_("기다림"), ("waiting", "digest", "sending")),
    "failed": (_("실패"), ("failed",)),
}
WINDOW = timedelta(days=90)  # what a desk looks back on unless it asks for other days


class DeskFilter(forms.Form):
    """What the desk's lists are narrowed to. A choice nobody offered is left out; a date that is none is told, and left out too."""

    state = forms.ChoiceField(label=_("상태"), required=False)
    channel = forms.ChoiceField(label=_("보낸 길"), required=False)
    kind = forms.ChoiceField(label=_("종류"), required=False)
    since = DayField(label=_("이날부터"), required=False)
    until = DayField(label=_("이날까지"), required=False)

    def __init__(self, asked: Mapping[str, str], *, today: date) -> None:
        data = {name: str(asked.get(name, "")) for name in self.base_fields}
        if "since" not in asked and "until" not in asked:
            data["since"] = (today - WINDOW).isoformat()
        offered: dict[str, list[Any]] = {
            "state": [("", _("모든 상태")), *((code, words) for code, (words, _states) in STANDS.items())],
            "channel": [("", _("모든 길")), *Delivery.Channel.choices],
            "kind": [("", _("모든 종류")), *kinds()],
        }
        # Unknown choices come from old links: nobody is told to mend what they never chose.
        known = {name: {code for code, _words in pairs(choices)} for name, choices in offered.items()}
        data.update({name: "" for name in offered if data[name] not in known[name]})
        super().__init__(data, auto_id="f-%s")
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def chosen(self) -> dict[str, Any]:
        """The values that hold, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def kinds() -> list[tuple[Any, list[tuple[str, str]]]]:
    """Every declared kind in words, by family."""
    found: dict[str, list[tuple[str, str]]] = {family: [] for family in FAMILIES}
    for m in messages().values():
        found[m.family].append((m.kind, kind_words(m.kind)))
    return [(FAMILIES[family], rows) for family, rows in found.items() if rows]


def pairs(choices: list[Any]) -> list[tuple[str, Any]]:
    """Choices without their groups."""
    return [pair for code, words in choices for pair in (words if isinstance(words, list) else [(code, words)])]


class RetryForm(forms.Form):
    """Sends a group again. `asks`: whether it may reach people twice, and the officer has to say that they know."""

    knowingly = forms.BooleanField(
        label=_("두 번 받는 사람이 있을 수 있다는 것을 알고 다시 보냅니다"),
        error_messages={"required": _("두 번 갈 수 있다는 것을 안다고 표시해 주십시오.")},
    )

    def __init__(self, *args: Any, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks:
            del self.fields["knowingly"]
