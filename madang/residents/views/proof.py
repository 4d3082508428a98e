"""Ways to show who one is, as residents use them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.ground.actor import Proof
from madang.ground.clock import today
from madang.ground.door import Request, anyone, door, page, safe_next
from madang.ground.verdict import Refused, Verdict
from madang.methods.text import whole_number
from madang.residents import actions, rules
from madang.residents.forms import CodeForm, ContactForm, LetterCodeForm, LetterForm, PersonForm, RollMatchForm
from madang.residents.models import Resident, ResidentProof, VerificationCode
from madang.residents.verifiers import Verifier, settle, verifier, verifiers
from madang.residents.verifiers.codes import send_code
from madang.residents.verifiers.outside import claims_of
from madang.residents.views.people import crumbs, myself, resident_only
from madang.residents.words import LEVELS

OPENS = {
    Proof.VISITOR: (gettext_lazy("제안, 투표 결과, 예산을 모두 읽어요."),),
    Proof.CONTACT: (
        gettext_lazy("제안을 올리고 공감해요."),
        gettext_lazy("이야기에 글을 남겨요."),
        gettext_lazy("답변을 알림으로 받아요."),
    ),
    Proof.PERSON: (gettext_lazy("한 사람이 한 번만 하는 설문과 신청에 함께해요."),),
    Proof.RESIDENCE: (gettext_lazy("우리 동 주민총회 투표를 해요."), gettext_lazy("동 주민만 하는 일에 함께해요.")),
}


@dataclass(frozen=True)
class LevelCard:
    level: Proof
    label: Any
    opens: Sequence[Any]
    ways: Sequence[Verifier]
    is_reached: bool
    until: date | None


@dataclass(frozen=True)
class ProofPage:
    resident: Resident | None
    now: LevelCard
    levels: Sequence[LevelCard]
    proofs: Iterable[ResidentProof]
    letter: VerificationCode | None
    crumbs: Sequence[tuple[str, str]]


@door(anyone)
def proof(request: Request) -> HttpResponse:
    """Which level opens what and how to get there; readable before signing in."""
    actor, resident = request.actor, myself(request)
    ready = [v for v in verifiers() if v.is_ready(request.town)]
    cards = [
        LevelCard(
            level,
            LEVELS[int(level)],
            OPENS[level],
            [v for v in ready if v.level == level],
            actor.proof >= level and (level > 0 or True),
            actor.proof_expires_on if level == actor.proof else None,
        )
        for level in Proof
    ]
    proofs: Iterable[ResidentProof] = []
    letter = None
    if resident:
        proofs = resident.proofs.filter(revoked_at__isnull=True).select_related("dong").order_by("-level", "-at")
        letter = VerificationCode.objects.alive(request.at).filter(resident=resident, kind="letter").first()
    here = crumbs(_("나를 확인하기"))
    return page(request, "residents/proof.html", ProofPage(resident, cards[actor.proof], cards, proofs, letter, here))


@dataclass(frozen=True)
class StepPage:
    """One way of proof: what to do, a form, what else there is."""

    title: str
    lede: str
    form: forms.Form
    act: str
    crumbs: Sequence[tuple[str, str]]
    note: str = ""
    is_demo: bool = False
    steps: Sequence[str] = ()
    now: int = 0
    other_url: str = ""
    other: str = ""
    next: str = ""


def step(request: Request, template: str = "residents/step.html", **parts: Any) -> HttpResponse:
    """Renders one way of proof with the path back to the overview."""
    way = (reverse("residents:proof"), _("나를 확인하기"))
    return page(request, template, StepPage(crumbs=crumbs(parts["title"], way), next=safe_next(request, ""), **parts))


def settled(request: Request, form: forms.Form, slug: str, resident: Resident, answer: dict[str, Any]) -> HttpResponse | None:
    """Asks the verifier; a refusal goes on the form, so that nothing typed is lost."""
    try:
        proof = settle(slug=slug, resident=resident, answer=answer, actor=request.actor, at=request.at, town=request.town)
    except Refused as refused:
        form.add_error(None, refused.verdict.sentence)
        return None
    messages.success(request, _("확인했어요: %(level)s") % {"level": LEVELS[proof.level]})
    return redirect(safe_next(request, reverse("residents:proof")))


def ready_or_404(request: Request, slug: str) -> Verifier:
    """A verifier that is switched off has no page."""
    way = verifier(slug)
    if not way.is_ready(request.town):
        raise Http404
    return way


CONTACT_STEPS = (gettext_lazy("연락처 적기"), gettext_lazy("번호 적기"))


@door(resident_only, load=myself)
def contact(request: Request, resident: Resident) -> HttpResponse:
    """A mail address or phone number to send a code to."""
    first = {"contact": request.user.email}
    form = ContactForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            send_code(
                resident=resident, kind=form.cleaned_data["kind"], contact=form.cleaned_data["contact"], actor=request.actor, at=request.at
            )
        except Refused as refused:
            form.add_error("contact", refused.verdict.sentence)
        except OSError:
            form.add_error("contact", _("지금은 보내지 못했어요. 잠시 뒤에 다시 하거나 다른 연락처를 적어 주세요."))
        else:
            onward = safe_next(request, "")
            return redirect(f"{reverse('residents:code')}?next={onward}" if onward else "residents:code")
    return step(
        request,
        title=_("연락처 확인하기"),
        lede=_("전자우편이나 문자로 여섯 자리 번호를 보내 드려요. 연락처는 공개하지 않아요."),
        form=form,
        act=_("번호 받기"),
        steps=CONTACT_STEPS,
        now=1,
    )


@door(resident_only, load=myself)
def code(request: Request, resident: Resident) -> HttpResponse:
    """The code that was sent."""
    waiting = VerificationCode.objects.alive(request.at).filter(resident=resident, kind__in=["mail", "text"]).order_by("-pk").first()
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = settled(request, form, "contact", resident, form.cleaned_data)
        if done:
            return done
    elif request.method == "GET" and waiting is None:
        return redirect("residents:contact")
    where = _covered(waiting.contact) if waiting else ""
    return step(
        request,
        title=_("받은 번호 적기"),
        lede=_("%(where)s 앞으로 보냈어요. 10분 안에 적어 주세요.") % {"where": where} if where else _("번호를 새로 받을 수 있어요."),
        form=form,
        act=_("확인하기"),
        steps=CONTACT_STEPS,
        now=2,
        other_url=reverse("residents:contact"),
        other=_("번호 다시 받기"),
    )


def _covered(contact: str) -> str:
    if "@" in contact:
        name, _at, host = contact.partition("@")
        return f"{name[:2]}…@{host}"
    return f"{contact[:3]}-…-{contact[-4:]}"


@dataclass(frozen=True)
class LetterPage:
    resident: Resident
    asked: VerificationCode | None
    may_ask: Verdict
    form: LetterForm
    code_form: LetterCodeForm
    crumbs: Sequence[tuple[str, str]]


@door(resident_only, load=myself)
def letter(request: Request, resident: Resident) -> HttpResponse:
    """Asking for a letter, and the code that came with it."""
    typing_code = request.POST.get("do") == "code"
    asked = VerificationCode.objects.alive(request.at).filter(resident=resident, kind="letter").order_by("-pk").first()
    first = {"dong": resident.home_id}
    form = LetterForm(request.POST if request.method == "POST" and not typing_code else None, initial=first, town=request.town)
    code_form = LetterCodeForm(request.POST if typing_code else None, prefix=None, auto_id="code_%s")
    if typing_code and code_form.is_valid():
        done = settled(request, code_form, "letter", resident, code_form.cleaned_data)
        if done:
            return done
    elif request.method == "POST" and not typing_code and form.is_valid():
        try:
            actions.ask_letter(resident=resident, **form.cleaned_data, actor=request.actor, at=request.at)
        except Refused as refused:
            form.add_error(None, refused.verdict.sentence)
        else:
            messages.success(request, _("신청했어요. 편지는 사나흘 안에 도착해요."))
            return redirect("residents:letter")
    may_ask = rules.may_ask_letter(request.actor, resident, at=request.at)
    way = (reverse("residents:proof"), _("나를 확인하기"))
    return page(
        request, "residents/letter.html", LetterPage(resident, asked, may_ask, form, code_form, crumbs(_("우편으로 확인하기"), way))
    )


def person_page(slug: str, form_class: Callable[..., forms.Form], words: Callable[[], dict[str, Any]]) -> Callable[..., HttpResponse]:
    """A view that takes name and birth date (and what else the form asks) to a verifier."""

    @door(resident_only, load=myself)
    def view(request: Request, resident: Resident) -> HttpResponse:
        way = ready_or_404(request, slug)
        extra = {"town": request.town, "initial": {"dong": resident.home_id}} if form_class is RollMatchForm else {}
        form = form_class(request.POST or None, on=today(request.at), **extra)
        if request.method == "POST" and form.is_valid():
            done = settled(request, form, slug, resident, form.cleaned_data)
            if done:
                return done
        return step(request, form=form, is_demo=way.is_demo, **words())

    return view


roll = person_page(
    "roll",
    RollMatchForm,
    lambda: {
        "title": _("주민 명부와 맞춰 보기"),
        "lede": _("이름, 생년월일, 사는 동이 구청 명부와 같은지 봐요."),
        "note": _("적은 이름과 생년월일은 저장하지 않아요. 맞았는지와 사는 동, 태어난 해만 남겨요. 하루에 다섯 번까지 해 볼 수 있어요."),
        "act": _("맞춰 보기"),
    },
)
national = person_page(
    "national",
    PersonForm,
    lambda: {
        "title": _("본인확인 서비스 (시범)"),
        "lede": _("여기는 진짜 본인확인 서비스를 흉내 낸 시범 화면이에요. 지어낸 이름과 생년월일을 적어 보세요."),
        "note": _("이름은 저장하지 않아요. 같은 사람인지 알아보는 한 방향 값과 태어난 해만 마당에 돌려줘요."),
        "act": _("본인확인 마치기"),
    },
)


@dataclass(frozen=True)
class ProviderLine:
    pk: int
    name: str
    shows: str


@dataclass(frozen=True)
class ProviderPage:
    lines: Sequence[ProviderLine]
    connect_url: str
    crumbs: Sequence[tuple[str, str]]


@door(resident_only, load=myself)
def provider(request: Request, resident: Resident) -> HttpResponse:
    """Connected sign-in services and what each has verified."""
    ready_or_404(request, "provider")
    if request.method == "POST":
        answer = {"account_id": whole_number(request.POST.get("account", "")) or 0}
        row = settle(slug="provider", resident=resident, answer=answer, actor=request.actor, at=request.at, town=request.town)
        messages.success(request, _("확인했어요: %(level)s") % {"level": LEVELS[row.level]})
        return redirect("residents:proof")
    lines = []
    for account in SocialAccount.objects.filter(user_id=resident.account_id):
        claims = claims_of(account)
        shows = LEVELS[int(Proof.PERSON)] if claims.linkage else LEVELS[int(Proof.CONTACT)] if claims.phone or claims.mail else ""
        lines.append(ProviderLine(account.pk, account.get_provider(request).name, str(shows)))
    names = [app.name or app.provider for app in get_adapter().list_apps(request)]
    way = (reverse("residents:proof"), _("나를 확인하기"))
    connect = reverse("socialaccount_connections") if names else ""
    return page(request, "residents/provider.html", ProviderPage(lines, connect, crumbs(_("간편 로그인으로 확인하기"), way)))
