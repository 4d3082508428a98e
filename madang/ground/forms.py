"""Fields every form uses: text is cleaned, bounded and refused when it carries a resident registration number."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from madang.ground.clock import KST
from madang.methods import text as pure
from madang.methods.money import parse_won
from madang.methods.partial_dates import parse_partial

MOST = 10**9  # length is Django's MaxLengthValidator's to judge, after cleaning

RESIDENT_NUMBER = _("주민등록번호처럼 보이는 숫자가 있어요. 마당은 주민등록번호를 받지 않아요. 그 숫자를 지워 주세요.")


class LineField(forms.CharField):
    """One line of text: cleaned of invisible signs, never cut."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 120)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> str:
        self._bounded(value)
        return self._refused(pure.clean_line(super().to_python(value) or "", MOST).text)

    def _bounded(self, value: Any) -> None:
        """A text many times too long is not worth cleaning: ten megabytes would keep the server busy for nothing."""
        if isinstance(value, str) and self.max_length and len(value) > self.max_length * 8 + 1000:
            self.run_validators(value)

    @staticmethod
    def _refused(value: str) -> str:
        if pure.find_resident_numbers(value):
            raise ValidationError(RESIDENT_NUMBER, code="resident_number")
        return value


class ProseField(LineField):
    """Several lines of text in a textarea."""

    widget = forms.Textarea

    def __init__(self, *args: Any, rows: int = 6, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 5000)
        super().__init__(*args, **kwargs)
        self.widget.attrs["rows"] = rows

    def to_python(self, value: Any) -> str:
        self._bounded(value)
        # Once more without blanks around it: what was cleaned away may have stood before them.
        return self._refused(pure.clean_text(forms.CharField.to_python(self, value) or "", MOST).text.strip())


def choice_field(form: forms.BaseForm, name: str) -> Any:
    """A ChoiceField of the form; its `choices` read as pairs. Raises TypeError for another kind of field."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(name)
    return field


def row_field(form: forms.BaseForm, name: str) -> Any:
    """A ModelChoiceField of the form, whose `queryset` is still to be given. Raises TypeError for another kind of field."""
    field = form.fields[name]
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError(name)
    return field


class PlaceField(forms.ModelChoiceField):
    """One of the places it is given, under its name in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        return obj.name_shown


class WonField(forms.CharField):
    """An amount in won as people type it: `1,200,000`, `120만`, `1억 2천만원`. Gives an int of won, or None when empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        kwargs.setdefault("max_length", 40)
        super().__init__(*args, **kwargs)

    def clean(self, value: Any) -> int | None:  # type: ignore[override]
        text = super().clean(value)
        if not text:
            return None
        LineField._refused(text)
        won = parse_won(text)
        if won is None:
            raise ValidationError(
                _("돈은 숫자로 적어 주세요. 예: 1,200,000 또는 120만원. “%(typed)s”은(는) 읽지 못했어요."), params={"typed": text[:20]}
            )
        if won > 10**13:
            raise ValidationError(_("너무 큰 금액이에요. 원 단위로 적었는지 살펴봐 주세요."))
        return won


FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
FAR_DAY = _("1900년부터 2199년 사이의 날짜를 적어 주십시오.")


class DayField(forms.DateField):
    """A day, as the browser's date field sends it or as papers write it (`2021. 4. 7.`, `'21.4.7`); from FIRST_DAY to LAST_DAY.

    What is counted from a day, forwards or back, must still be a day: at the ends of the calendar there is none after it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["validators"] = [MinValueValidator(FIRST_DAY, FAR_DAY), MaxValueValidator(LAST_DAY, FAR_DAY), *kwargs.get("validators", ())]
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip():
            partial = parse_partial(value)
            if partial and partial.month and partial.day:
                value = f"{partial.year:04d}-{partial.month:02d}-{partial.day:02d}"
        return super().to_python(value)


class MomentField(forms.DateTimeField):
    """A moment on the Korean clock from a datetime-local field, on a day a DayField takes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        first, last = (datetime.combine(day, hour, tzinfo=KST) for day, hour in ((FIRST_DAY, time()), (LAST_DAY, time(23, 59, 59))))
        kwargs["validators"] = [MinValueValidator(first, FAR_DAY), MaxValueValidator(last, FAR_DAY), *kwargs.get("validators", ())]
        kwargs.setdefault("widget", forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"))
        kwargs.setdefault("input_formats", ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"])
        super().__init__(*args, **kwargs)
