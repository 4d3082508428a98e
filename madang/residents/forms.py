"""Forms of people: what residents say of themselves, and what they bring to show it."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from madang.ground.forms import DayField, LineField, PlaceField, ProseField
from madang.ground.town import Town
from madang.residents.words import CONSENTS

OFFICIAL_SOUND = ("관리자", "운영자", "구청", "주민센터", "공무원", "동장", "마당지기", "admin")
_CONTACT_LIKE = re.compile(r"@|\d{3,4}[- .]?\d{4}")


class HomeField(PlaceField):
    """A dong of the town."""

    def __init__(self, town: Town, **kwargs: Any) -> None:
        from madang.ground.models import Place

        kwargs.setdefault("label", _("사는 동"))
        kwargs.setdefault("empty_label", _("골라 주세요"))
        super().__init__(queryset=Place.objects.filter(parent_id=town.pk), **kwargs)


class BirthField(forms.DateField):
    """A birth date typed as people write it, year in full."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("생년월일"))
        kwargs.setdefault("help_text", _("예: 1957-03-02 또는 19570302"))
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "bday"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        from madang.residents.roll_reading import ROW_ERRORS, read_birth

        if value in self.empty_values:
            return None
        found = read_birth(str(value)[:30])
        if isinstance(found, str):
            raise ValidationError(ROW_ERRORS[found])
        return found


class PublicNameField(LineField):
    """2 to 20 letters; not a phone number or address, not the sound of an office."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("공개 이름"))
        kwargs.setdefault("help_text", _("누리집에 보이는 이름이에요. 진짜 이름이 아니어도 돼요."))
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "nickname"}))
        super().__init__(min_length=2, max_length=20, **kwargs)

    def clean(self, value: Any) -> str:
        name = super().clean(value)
        if _CONTACT_LIKE.search(name):
            raise ValidationError(_("전화번호나 전자우편 주소는 공개 이름으로 쓸 수 없어요."))
        if any(word in name.replace(" ", "").casefold() for word in OFFICIAL_SOUND):
            raise ValidationError(_("공무원이나 운영자로 보일 수 있는 이름이에요. 다른 이름을 적어 주세요."))
        return name


class ProfileForm(forms.Form):
    """Public name, dong, birth year."""

    def __init__(self, *args: Any, town: Town, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["public_name"] = PublicNameField()
        self.fields["home"] = HomeField(
            town, required=False, empty_label=_("이 구에 살지 않아요"), help_text=_("사는 동의 소식을 먼저 보여 드려요.")
        )
        self.fields["birth_year"] = forms.IntegerField(
            label=_("태어난 해"),
            required=False,
            min_value=on.year - 120,
            max_value=on.year,
            help_text=_("투표에 나이 기준이 있을 때와 나이대별 통계에만 써요."),
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "bday-year"}),
        )


class JoinForm(ProfileForm):
    """Joining: the same, and what one agrees to, each for itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, (label, why, needed) in CONSENTS.items():
            self.fields[f"consent_{code}"] = forms.BooleanField(
                label=label if needed else _("(선택) %(label)s") % {"label": label}, help_text=why, required=needed
            )

    @property
    def consents(self) -> tuple[str, ...]:
        return tuple(code for code in CONSENTS if self.cleaned_data.get(f"consent_{code}"))


class ContactForm(forms.Form):
    """A mail address or a mobile number: whichever was typed."""

    contact = LineField(
        label=_("전자우편 주소나 휴대전화 번호"),
        max_length=254,
        help_text=_("예: name@example.kr 또는 010-1234-5678"),
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
    )

    def clean_contact(self) -> str:
        typed = self.cleaned_data["contact"]
        digits = re.sub(r"[\s.\-()]", "", typed)
        if re.fullmatch(r"(?:\+?82|0)1[016789]\d{7,8}", digits):
            self.cleaned_data["kind"] = "text"
            return "0" + re.sub(r"^(?:\+?82|0)", "", digits)
        try:
            forms.EmailField().clean(typed)
        except ValidationError:
            raise ValidationError(_("전자우편 주소나 휴대전화 번호를 다시 살펴봐 주세요. 예: name@example.kr, 010-1234-5678")) from None
        self.cleaned_data["kind"] = "mail"
        return typed


class CodeForm(forms.Form):
    code = LineField(
        label=_("받은 번호"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"})
    )


class LetterCodeForm(forms.Form):
    code = LineField(
        label=_("편지에 적힌 번호"),
        max_length=20,
        help_text=_("예: AB3D-EF7H. 큰 글자, 작은 글자를 가리지 않아요."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class LetterForm(forms.Form):
    """Where a letter goes."""

    def __init__(self, *args: Any, town: Town, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = LineField(
            label=_("받는 사람 이름"), max_length=30, help_text=_("집 우편함에서 받을 수 있는 이름이에요. 공개하지 않아요.")
        )
        self.fields["dong"] = HomeField(town)
        self.fields["address"] = ProseField(
            label=_("주소"), max_length=120, rows=2, help_text=_("예: 금천구 시흥대로73길 70, 101동 203호. 번호를 쓰고 나면 지워요.")
        )


class PersonForm(forms.Form):
    """Name and birth date, which pass through and are not kept."""

    name = LineField(label=_("이름"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    birth = BirthField()

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        self.on = on
        super().__init__(*args, **kwargs)

    def clean_birth(self) -> date:
        birth = self.cleaned_data["birth"]
        if birth > self.on or birth.year < self.on.year - 130:
            raise ValidationError(_("생년월일을 다시 살펴봐 주세요."))
        return birth

    def clean_name(self) -> str:
        if len(self.cleaned_data["name"].replace(" ", "")) < 2:
            raise ValidationError(_("이름을 모두 적어 주세요."))
        return self.cleaned_data["name"]


class RollMatchForm(PersonForm):
    def __init__(self, *args: Any, town: Town, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dong"] = HomeField(town)


class CloseForm(forms.Form):
    sure = forms.BooleanField(label=_("지우면 되돌릴 수 없다는 것을 알고 있어요."))


class ReasonDay(DayField):
    """The first day something holds."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("시행일"))
        super().__init__(**kwargs)
