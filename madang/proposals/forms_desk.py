"""What officers fill in at the desk of proposals: one form per deed. `values()` are the words its verb takes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from madang.ground.forms import DayField, LineField, ProseField, WonField
from madang.methods.text import whole_number
from madang.proposals.forms import PublicLine, PublicProse
from madang.proposals.models import Proposal, Review
from madang.proposals.wording import EXCLUSIONS
from madang.residents.models import Department

YES_NO = (("yes", _("예")), ("no", _("아니오")))
THOUSAND = 1000


@dataclass(frozen=True)
class Given:
    """What the desk's forms need to know: the proposal, the town's departments, the posts the officer may sign as."""

    proposal: Proposal
    departments: Sequence[tuple[int, str]] = ()
    signatures: Sequence[str] = ()
    repeats: Sequence[Proposal] = ()  # what the same person sent before
    like: Sequence[Proposal] = ()  # what seems to say the same
    merge_into: str = ""  # a receipt number chosen beside the form
    today: date | None = None
    more: dict[str, Any] = field(default_factory=dict)


class ThousandField(WonField):
    """Officers' money: bare digits are 천원, anything with a unit is what it says. Gives won."""

    def clean(self, value: Any) -> int | None:
        won = super().clean(value)
        bare = str(value or "").replace(",", "").strip().isdigit()
        return won * THOUSAND if won is not None and bare else won


def _let(form: forms.Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    """What a field may be."""
    chooser = form.fields[name]
    assert isinstance(chooser, forms.ChoiceField)
    chooser.choices = choices


class DeedForm(forms.Form):
    """A form of the desk. `given` tells it the choices; ids carry the deed's name, because many forms stand on one page."""

    def __init__(self, data: Any = None, *, given: Given, deed: str) -> None:
        super().__init__(data, auto_id=f"{deed}-%s")
        self.given = given
        self.prepare()

    def prepare(self) -> None:
        """Fills in choices and first values."""

    def values(self) -> dict[str, Any]:
        """The words of the verb."""
        return dict(self.cleaned_data)


class PlainForm(DeedForm):
    """Nothing to fill in."""


class WhyForm(DeedForm):
    why = ProseField(label=_("까닭"), max_length=500, rows=3, help_text=_("주민에게도 보입니다."))


class AssignForm(DeedForm):
    department = forms.ChoiceField(label=_("담당 부서"), error_messages={"invalid_choice": _("목록에 있는 부서를 골라 주십시오.")})

    def prepare(self) -> None:
        _let(self, "department", [("", _("부서를 고르십시오")), *((str(pk), name) for pk, name in self.given.departments)])
        self.fields["department"].initial = str(self.given.proposal.department_id or "")

    def values(self) -> dict[str, Any]:
        return {"department": Department.objects.select_related("place").get(pk=self.cleaned_data["department"])}


class RequestForm(DeedForm):
    request = ProseField(
        label=_("보완할 내용"),
        max_length=1000,
        rows=4,
        help_text=_("제안한 사람이 읽습니다. 쉬운 말로 하나씩 적어 주십시오."),
    )


class SupplementEntryForm(DeedForm):
    body = PublicProse(
        label=_("받은 내용"), max_length=2000, rows=5, help_text=_("전화나 종이로 받은 것을 대신 적습니다. 두 사람이 함께 기록됩니다.")
    )


class TransferForm(DeedForm):
    sent_to = LineField(label=_("보낼 기관"), max_length=80, help_text=_("예: 서울특별시 도시기반시설본부"))
    why = ProseField(label=_("까닭"), max_length=500, rows=3, help_text=_("주민에게도 보입니다."))


class MergeForm(DeedForm):
    into = LineField(label=_("남길 제안의 접수번호"), max_length=24, help_text=_("먼저 접수한 제안을 남깁니다. 예: 2021-제안-0098"))
    why = ProseField(label=_("까닭"), max_length=500, rows=3, help_text=_("두 제안에 함께한 사람 모두에게 알립니다."))

    def prepare(self) -> None:
        self.fields["into"].initial = self.given.merge_into

    def clean_into(self) -> Proposal:
        number = self.cleaned_data["into"]
        kept = Proposal.objects.in_town(self.given.proposal.town_id).filter(number=number).first()
        if kept is None:
            raise ValidationError(_("그런 접수번호가 없습니다. 번호를 다시 살펴 주십시오."))
        return kept


class ClassForm(DeedForm):
    law_class = forms.ChoiceField(label=_("처리하는 종류"), widget=forms.RadioSelect, choices=Proposal.LawClass.choices)
    why = ProseField(label=_("까닭"), max_length=500, rows=3, help_text=_("종류와 기한이 바뀌었다고 제안한 사람에게 알립니다."))

    def prepare(self) -> None:
        now = self.given.proposal.law_class
        _let(self, "law_class", [(code, name) for code, name in Proposal.LawClass.choices if code != now])


class ExpertForm(DeedForm):
    request = ProseField(
        label=_("전문가에게 물을 것"), max_length=1000, rows=3, help_text=_("이름은 적지 않습니다. 분야와 물음만 적으십시오.")
    )


class OpinionForm(DeedForm):
    """The department's opinion (적격 검토)."""

    is_public_task = forms.ChoiceField(label=_("구청이 할 수 있는 일"), widget=forms.RadioSelect, choices=YES_NO)
    is_budgeted_already = forms.ChoiceField(label=_("이미 예산에 있음"), widget=forms.RadioSelect, choices=YES_NO)
    basis = ProseField(label=_("근거"), max_length=2000, rows=3, help_text=_("살펴본 법령, 사업, 예산을 적으십시오."))
    cost_won = ThousandField(
        label=_("어림한 돈 (천원)"), required=False, help_text=_("숫자만 적으면 천원입니다. 예: 60,000 또는 6,000만원")
    )
    finding = forms.ChoiceField(label=_("판단"), widget=forms.RadioSelect, choices=Review.Finding.choices)
    opinion = ProseField(label=_("검토 의견"), max_length=3000, rows=5)

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        for name in ("is_public_task", "is_budgeted_already"):
            values[name] = values[name] == "yes"
        return values


class SignedForm(DeedForm):
    """An answer residents read, signed by a post of the officer."""

    body = ProseField(label=_("주민에게 보일 답변"), max_length=5000, rows=6, help_text=_("쉬운 말로, 까닭과 다음에 할 일을 적으십시오."))
    signed_as = forms.ChoiceField(label=_("답변하는 직위"), help_text=_("이름 대신 직위와 내선이 보입니다."))
    field_order = ["reason", "body", "implement_on", "signed_as"]

    def prepare(self) -> None:
        _let(self, "signed_as", [(s, s) for s in self.given.signatures])


class AdoptForm(SignedForm):
    implement_on = DayField(label=_("하기로 한 날"), help_text=_("늦어지면 새 날짜를 다시 알려야 합니다."))


class RejectForm(SignedForm):
    reason = forms.ChoiceField(
        label=_("하지 않는 까닭"), choices=[("", _("까닭을 고르십시오")), *((k, v) for k, v in EXCLUSIONS.items() if k != "repeat")]
    )


class RepeatForm(SignedForm):
    earlier = forms.MultipleChoiceField(label=_("먼저 낸 같은 제안"), widget=forms.CheckboxSelectMultiple)
    field_order = ["earlier", "body", "signed_as"]

    def prepare(self) -> None:
        super().prepare()
        _let(self, "earlier", [
            (str(p.pk), f"{p.number} {p.title} ({p.get_state_display()})") for p in self.given.repeats
        ])  # fmt: skip

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        chosen = set(values.pop("earlier"))
        return {**values, "earlier": [p for p in self.given.repeats if str(p.pk) in chosen]}


class RedateForm(DeedForm):
    implement_on = DayField(label=_("새 날짜"))
    why = ProseField(label=_("늦어지는 까닭"), max_length=500, rows=3, help_text=_("제안하고 공감한 사람 모두에게 알립니다."))


# The list


DUE_GROUPS = ("late", "three", "fortnight", "later", "paused")
STATES = (("", _("답을 기다리는 것")), ("all", _("모두")), *Proposal.State.choices)
SORTS = ("due", "-due", "number", "-number", "endorsements", "-endorsements")


class DeskFilter(forms.Form):
    """What the desk's list is narrowed to. A value nobody offered is left out, never an error."""

    dong = forms.ChoiceField(label=_("동"), required=False)
    department = forms.ChoiceField(label=_("부서"), required=False)
    law_class = forms.ChoiceField(label=_("종류"), required=False, choices=[("", _("모든 종류")), *Proposal.LawClass.choices])
    state = forms.ChoiceField(label=_("상태"), required=False, choices=STATES)
    channel = forms.ChoiceField(label=_("접수 방법"), required=False, choices=[("", _("모든 방법")), *Proposal.Channel.choices])
    q = forms.CharField(label=_("제목·번호"), required=False, max_length=80)

    def __init__(self, data: Any, *, dongs: Sequence[tuple[str, str]], departments: Sequence[tuple[int, str]]) -> None:
        super().__init__(data, auto_id="f-%s")
        for name, choices in {
            "dong": [("", _("모든 동")), *dongs],
            "department": [("", _("모든 부서")), ("none", _("부서를 정하지 않은 것")), *((str(pk), name) for pk, name in departments)],
        }.items():
            _let(self, name, choices)
            self.fields[name].widget = forms.Select(choices=choices)

    def chosen(self) -> dict[str, str]:
        """The values that hold, by name."""
        self.is_valid()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}


BULK_DEEDS = (
    ("open", _("공개하기")),
    ("assign", _("부서 정하기")),
    ("supplement", _("보완 요청")),
    ("merge", _("합치기")),
)


class BulkForm(forms.Form):
    """One deed for many proposals. Which words it needs depends on the deed."""

    deed = forms.ChoiceField(label=_("고른 제안을"), choices=BULK_DEEDS)
    department = forms.ChoiceField(label=_("담당 부서"), required=False)
    into = LineField(label=_("남길 접수번호"), max_length=24, required=False)
    words = ProseField(label=_("요청할 내용이나 까닭"), max_length=1000, rows=2, required=False)
    pick = forms.MultipleChoiceField(required=False, error_messages={"invalid_choice": _("목록이 바뀌었습니다. 다시 골라 주십시오.")})

    def __init__(self, data: Any = None, *, town_id: int, departments: Sequence[tuple[int, str]]) -> None:
        super().__init__(data, auto_id="bulk-%s")
        self.town_id = town_id
        _let(self, "department", [("", _("고르십시오")), *((str(pk), name) for pk, name in departments)])
        _let(self, "pick", [(v, v) for v in (data.getlist("pick") if data else ())])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        deed = values.get("deed")
        if not values.get("pick") and "pick" not in self.errors:
            self.add_error(None, _("제안을 하나 이상 골라 주십시오."))
        if deed == "assign" and not values.get("department"):
            self.add_error("department", _("부서를 골라 주십시오."))
        if deed in ("supplement", "merge") and not values.get("words"):
            self.add_error("words", _("요청할 내용이나 까닭을 적어 주십시오."))
        if deed == "merge":
            kept = Proposal.objects.in_town(self.town_id).filter(number=values.get("into") or "").first()
            if kept is None:
                self.add_error("into", _("남길 제안의 접수번호를 적어 주십시오. 그런 번호가 없습니다."))
            values["kept"] = kept
        return values

    def picked(self) -> list[tuple[int, str]]:
        """Numbers of the proposals with the state each was seen in; what cannot be read is left out."""
        pairs = (value.partition(":") for value in self.cleaned_data["pick"])
        return [(number, state) for pk, _colon, state in pairs if (number := whole_number(pk)) is not None]


# Taking in


CHANNELS = [(c.value, c.label) for c in Proposal.Channel if c not in (Proposal.Channel.ONLINE, Proposal.Channel.POSTIT)]
WHO = (
    ("nobody", _("이름을 밝히지 않음")),
    ("known", _("등록한 주민")),
    ("new", _("처음 온 사람")),
)
MOST_LINES = 200


class ReceivedForm(forms.Form):
    """What paper, phone and post-its share: where it goes, which day it came, where it was collected."""

    step = forms.ChoiceField(label=_("제안 자리"), error_messages={"invalid_choice": _("지금 받는 제안 자리를 골라 주십시오.")})
    dong = forms.ChoiceField(label=_("동"), error_messages={"invalid_choice": _("맡은 동을 골라 주십시오.")})
    received_on = DayField(label=_("받은 날"), help_text=_("종이에 적힌 날입니다. 법정 기한은 이 날부터 셉니다."))
    category = forms.ChoiceField(label=_("분야"), required=False)
    original = forms.FileField(
        label=_("원본 사진이나 스캔"),
        required=False,
        help_text=_("담당자만 봅니다. JPG, PNG, PDF, 10MB까지. 주민등록번호는 가리고 찍으십시오."),
    )
    token = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, data: Any = None, files: Any = None, *, offers: Any, initial: Any = None) -> None:
        super().__init__(data, files, initial=initial, auto_id="in-%s")
        self.offers = offers
        _let(self, "step", [(str(s.pk), f"{s.place.name_shown} · {s.process.title}") for s in offers.steps])
        several = [("", _("동을 고르십시오"))] if len(offers.places) > 1 else []
        _let(self, "dong", [*several, *((p.slug, p.name_shown) for p in offers.places)])
        _let(self, "category", [("", _("정하지 않음")), *((c, c) for c in offers.categories)])

    @property
    def step_row(self) -> Any:
        return next(s for s in self.offers.steps if str(s.pk) == self.cleaned_data["step"])

    @property
    def place(self) -> Any:
        return next(p for p in self.offers.places if p.slug == self.cleaned_data["dong"])


class IntakeForm(ReceivedForm):
    """One proposal from paper, phone or a visit."""

    channel = forms.ChoiceField(label=_("접수 방법"), widget=forms.RadioSelect, choices=CHANNELS)
    title = PublicLine(label=_("제목"), max_length=120, min_length=2)
    body = PublicProse(
        label=_("내용"), max_length=5000, rows=8, required=False, help_text=_("적힌 그대로 옮깁니다. 이름과 연락처는 옮기지 않습니다.")
    )
    spot = PublicLine(label=_("자리"), max_length=80, required=False)
    cost = WonField(label=_("어림한 돈"), required=False)
    who = forms.ChoiceField(label=_("제안한 사람"), widget=forms.RadioSelect, choices=WHO, initial="nobody")
    find = LineField(label=_("찾을 공개 이름이나 전자우편"), max_length=80, required=False)
    person = forms.ChoiceField(label=_("찾은 사람"), widget=forms.RadioSelect, required=False)
    new_name = PublicLine(
        label=_("공개 이름"), max_length=20, required=False, help_text=_("모두에게 보이는 이름입니다. 진짜 이름이 아니어도 됩니다.")
    )
    new_home = forms.ChoiceField(label=_("사는 동"), required=False)
    consented = forms.BooleanField(
        label=_("글을 모두가 보는 데 동의받았습니다"), required=False, help_text=_("종이의 서명이나 통화로 확인했을 때만 표시합니다.")
    )
    field_order = [
        "channel", "received_on", "step", "dong", "title", "body", "category", "spot", "cost", "original", "who", "find", "person",
        "new_name", "new_home", "consented",
    ]  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(p.pk): p for p in people}
        _let(self, "person", [
            (str(p.pk), f"{p.public_name} ({p.home.name_shown})" if p.home else p.public_name) for p in people
        ])  # fmt: skip
        _let(self, "new_home", [("", _("모름")), *((d.slug, d.name_shown) for d in self.offers.dongs)])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("who") == "known" and not values.get("person"):
            self.add_error("find", _("‘찾기’를 눌러 사람을 찾은 다음 한 사람을 골라 주십시오."))
        if values.get("who") == "new" and not values.get("new_name"):
            self.add_error("new_name", _("공개 이름을 적어 주십시오."))
        return values


class PostitForm(ReceivedForm):
    """A board of post-its: each line becomes a one-line idea."""

    lines = forms.CharField(
        label=_("쪽지 내용"), widget=forms.Textarea(attrs={"rows": 14}), strip=False,
        help_text=_("포스트잇 한 장이 한 줄입니다. 빈 줄은 건너뜁니다. 한 번에 200장까지."),
    )  # fmt: skip
    spot = PublicLine(label=_("모은 자리"), max_length=80, required=False, help_text=_("예: 독산2동 마을장터"))
    field_order = ["received_on", "step", "dong", "category", "spot", "lines", "original"]

    def clean_lines(self) -> list[str]:
        raw = self.cleaned_data["lines"]
        if len(raw) > MOST_LINES * 500:
            raise ValidationError(_("너무 깁니다. 나누어 올려 주십시오."))
        line = PublicLine(max_length=120, min_length=2)
        kept, wrong = [], []
        for number, text in enumerate(raw.splitlines(), 1):
            if not text.strip():
                continue
            try:
                kept.append(line.clean(text))
            except ValidationError as error:
                wrong.append(_("%(number)s번째 줄: %(why)s") % {"number": number, "why": " ".join(error.messages)})
        if wrong:
            raise ValidationError([str(w) for w in wrong[:10]])
        if not kept:
            raise ValidationError(_("한 줄도 없습니다."))
        if len(kept) > MOST_LINES:
            raise ValidationError(
                _("한 번에 %(most)s장까지 올릴 수 있습니다. 지금은 %(now)s장입니다."), params={"most": MOST_LINES, "now": len(kept)}
            )
        return kept
