"""Forms of officials."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from madang.ground.actor import Proof, Role
from madang.ground.forms import LineField, PlaceField, ProseField
from madang.ground.town import Town
from madang.residents.forms import HomeField, PersonForm, PublicNameField, ReasonDay
from madang.residents.models import Department

REASONS = (
    ("intake", _("제안·민원 접수와 처리")),
    ("review", _("부서 검토와 답변")),
    ("process", _("주민총회·투표 운영")),
    ("person", _("주민 확인·대리 입력")),
    ("moderate", _("이야기 살피기")),
    ("papers", _("공식 문서 작성")),
    ("admin", _("누리집 관리")),
    ("other", _("그 밖의 일")),
)
ROLE_WORDS: dict[Any, Any] = {
    Role.DEPARTMENT_OFFICER: _("담당 부서(검토·답변)"),
    Role.COORDINATING_OFFICER: _("총괄 부서(과정·투표·문서)"),
    Role.DONG_OFFICER: _("동주민센터(접수·동 과정)"),
    Role.MAYOR_OFFICE: _("구청장실(열람·결재)"),
    Role.MODERATOR: _("이야기 살피기"),
    Role.SITE_ADMIN: _("누리집 관리자"),
}
DOCUMENTS = (
    ("id_card", _("주민등록증")),
    ("licence", _("운전면허증")),
    ("passport", _("여권")),
    ("abstract", _("주민등록표 등본·초본")),
    ("foreigner", _("외국인등록증")),
    ("student", _("학생증(청소년증)")),
    ("bill", _("주소가 적힌 고지서")),
    ("known", _("통장·반장이 확인")),
)


class OpenDeskForm(forms.Form):
    reason = forms.ChoiceField(label=_("무슨 일로 여나요"), choices=REASONS)
    detail = LineField(label=_("자세히"), required=False, max_length=80, help_text=_("사람 이름은 적지 않습니다. 기록에 남습니다."))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("reason") == "other" and not data.get("detail"):
            self.add_error("detail", _("‘그 밖의 일’이면 무슨 일인지 적어 주십시오."))
        return data

    @property
    def sentence(self) -> str:
        words = str(dict(REASONS)[self.cleaned_data["reason"]])
        detail = self.cleaned_data["detail"]
        return f"{words}: {detail}"[:100] if detail else words


class LookUpForm(forms.Form):
    q = LineField(label=_("공개 이름, 전자우편 또는 로그인 이름"), min_length=2, max_length=254)


class EnterPersonForm(forms.Form):
    """Somebody without an account, at the counter or on the phone."""

    def __init__(self, *args: Any, town: Town, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["public_name"] = PublicNameField(help_text=_("누리집에 보일 이름. 본인에게 물어 정합니다."))
        self.fields["home"] = HomeField(town, required=False, empty_label=_("이 구에 살지 않음"))
        self.fields["birth_year"] = forms.IntegerField(
            label=_("태어난 해"), required=False, min_value=on.year - 120, max_value=on.year,
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        )  # fmt: skip
        self.fields["agreed"] = forms.BooleanField(label=_("개인정보 수집·이용 동의서를 종이로 받았습니다."))


class DeskCheckForm(PersonForm):
    """What was seen at the counter. Name and birth date only make the keyed hash."""

    def __init__(self, *args: Any, town: Town, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("저장하지 않습니다. 한 사람이 두 번 확인되지 않도록 한 방향 값만 남깁니다.")
        self.fields["level"] = forms.TypedChoiceField(
            label=_("무엇을 확인했나요"),
            choices=[(int(Proof.RESIDENCE), _("사는 곳(주소까지 봄)")), (int(Proof.PERSON), _("본인(주소는 보지 않음)"))],
            coerce=int,
        )
        self.fields["document"] = forms.ChoiceField(label=_("본 서류(종류만)"), choices=DOCUMENTS)
        self.fields["dong"] = HomeField(town, required=False, help_text=_("사는 곳을 확인했을 때만"))
        self.fields["is_namesake"] = forms.BooleanField(
            label=_("동명이인입니다"),
            required=False,
            help_text=_("이름, 생년월일, 동이 모두 같은 다른 사람이 이미 확인되어 있을 때만 표시합니다."),
        )
        self.order_fields(["level", "document", "dong", "name", "birth", "is_namesake"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("level") == Proof.RESIDENCE and not data.get("dong") and "dong" not in self.errors:
            self.add_error("dong", _("확인한 동을 고르십시오."))
        return data


class RevokeForm(forms.Form):
    reason = LineField(label=_("까닭"), max_length=100)


class LinkForm(forms.Form):
    who = LineField(label=_("계정의 전자우편 또는 로그인 이름"), max_length=254)


class RollForm(forms.Form):
    """A list to be read."""

    file = forms.FileField(
        allow_empty_file=True,
        label=_("명부 파일(CSV)"),
        help_text=_("첫 줄에 이름, 생년월일, 동. UTF-8 또는 CP949. 주민등록번호가 있으면 받지 않습니다."),
    )
    as_of = ReasonDay(label=_("기준일"))
    replaces = forms.BooleanField(
        label=_("이 명부에 없는 사람은 지움"), required=False, help_text=_("파일에 있는 동에서, 아직 아무도 쓰지 않은 줄만 지웁니다.")
    )


class DepartmentForm(forms.Form):
    """A new department."""

    def __init__(self, *args: Any, town: Town, **kwargs: Any) -> None:
        from madang.ground.models import Place

        super().__init__(*args, **kwargs)
        self.fields["name"] = LineField(label=_("이름"), max_length=40)
        self.fields["kind"] = forms.ChoiceField(label=_("종류"), choices=Department.Kind.choices, initial=Department.Kind.DEPARTMENT)
        self.fields["place"] = PlaceField(
            label=_("어디의 부서"), queryset=Place.objects.in_town(town.pk), initial=town.pk, empty_label=None
        )
        self.fields["parent"] = forms.ModelChoiceField(
            label=_("위 부서"), required=False, empty_label=_("없음"),
            queryset=Department.objects.filter(place__in=Place.objects.in_town(town.pk)).exclude(kind=Department.Kind.TEAM),
        )  # fmt: skip
        self.fields["duty"] = ProseField(label=_("맡은 일"), required=False, max_length=1000, rows=3)
        self.fields["extension"] = LineField(label=_("내선"), required=False, max_length=10)
        self.fields["from_on"] = ReasonDay()


class RenameForm(forms.Form):
    name = LineField(label=_("새 이름"), max_length=40)
    duty = ProseField(label=_("맡은 일"), required=False, max_length=1000, rows=3, help_text=_("비워 두면 지금 것을 이어 갑니다."))
    from_on = ReasonDay()


class PostForm(forms.Form):
    """A new post of a department."""

    def __init__(self, *args: Any, town: Town, **kwargs: Any) -> None:
        from madang.ground.models import Place

        super().__init__(*args, **kwargs)
        self.fields["title"] = LineField(label=_("직위"), max_length=40, help_text=_("예: 주민자치팀장. 사람 이름은 적지 않습니다."))
        self.fields["role"] = forms.ChoiceField(label=_("할 수 있는 일"), choices=[(r.value, w) for r, w in ROLE_WORDS.items()])
        self.fields["place"] = PlaceField(label=_("어디에서"), queryset=Place.objects.in_town(town.pk), empty_label=None)
        self.fields["extension"] = LineField(label=_("내선"), required=False, max_length=10)


class AppointForm(forms.Form):
    who = LineField(label=_("계정의 전자우편 또는 로그인 이름"), max_length=254)
    from_on = ReasonDay(label=_("맡는 날"))


class EndForm(forms.Form):
    to_on = ReasonDay(label=_("자리가 비는 첫날"))
