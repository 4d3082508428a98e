"""The deeds of the desk: for each its form, verb, rule, the states in which it stands on the page, and its words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from madang.ground.actor import Actor
from madang.ground.verdict import Verdict
from madang.proposals import actions, forms_desk, rules, rules_desk
from madang.proposals.forms_desk import DeedForm
from madang.proposals.models import Proposal

WAITING = frozenset(Proposal.WAITING)
BEFORE_ANSWER = WAITING - {"reconsideration"}
UNDER_WAY = WAITING | {"shortlisted"}


@dataclass(frozen=True)
class Deed:
    """One thing an officer may do to a proposal."""

    slug: str
    label: Any  # the button
    form: type[DeedForm]
    verb: Callable[..., Any]
    rule: Callable[..., Verdict]
    states: frozenset[str]
    done: Any
    group: str  # screen, answer, more, after or moderate
    hint: Any = ""
    tone: str = ""
    when: Callable[[Proposal], bool] = lambda proposal: True


def _rule_for_author(actor: Actor, proposal: Proposal, *, at: datetime) -> Verdict:
    return rules.may_intake(actor, proposal.place_id, at=at)


def _rule_repeat(actor: Actor, proposal: Proposal, *, at: datetime) -> Verdict:
    return rules.may_handle(actor, proposal, at=at)


DEEDS: tuple[Deed, ...] = (
    Deed("open", _("공개하고 공감 받기"), forms_desk.PlainForm, actions.screen_open, rules.may_screen, frozenset({"screening"}),
         _("공개했습니다. 제안한 사람에게 알렸습니다."), "screen", _("개인정보와 욕설이 없는지 보고 엽니다."), "main"),
    Deed("assign", _("부서 정하기"), forms_desk.AssignForm, actions.assign, rules.may_screen, UNDER_WAY,
         _("부서를 정하고 알렸습니다."), "screen", _("공개한 제안은 ‘부서 검토’로 넘어갑니다. 공감은 계속 받습니다.")),
    Deed("request", _("보완 요청"), forms_desk.RequestForm, actions.request_supplement, rules_desk.may_request_supplement,
         frozenset({"screening", "open", "review"}), _("보완을 요청하고 기한을 멈췄습니다."), "screen",
         _("답이 올 때까지 법정 기한이 멈춥니다. 접수한 날부터 7일 안에만 할 수 있습니다.")),
    Deed("supplement", _("보완 내용 대신 적기"), forms_desk.SupplementEntryForm, actions.supplement, _rule_for_author,
         frozenset({"supplement"}), _("보완 내용을 적었습니다. 기한이 다시 흐릅니다."), "screen"),
    Deed("opinion", _("검토 의견 내기"), forms_desk.OpinionForm, actions.give_opinion, rules.may_give_opinion,
         UNDER_WAY - {"screening", "supplement"},
         _("검토 의견을 남겼습니다."), "opinion", when=lambda p: p.department_id is not None),
    Deed("interim", _("중간 답변 보내기"), forms_desk.SignedForm, actions.answer_interim, rules.may_handle, UNDER_WAY,
         _("중간 답변을 보냈습니다."), "answer", _("기한은 그대로 흐릅니다.")),
    Deed("adopt", _("하기로 하고 답변하기"), forms_desk.AdoptForm, actions.adopt, rules.may_handle,
         frozenset({"open", "review", "shortlisted", "reconsideration"}),
         _("채택하고 답변했습니다. 제안하고 공감한 사람에게 알렸습니다."), "answer",
         _("제안하고 공감한 사람 모두에게 바로 알립니다."), "main"),
    Deed("reject", _("하지 않기로 하고 답변하기"), forms_desk.RejectForm, actions.reject, rules.may_handle,
         WAITING | {"shortlisted"}, _("불채택하고 답변했습니다. 제안한 사람은 15일 안에 다시 살펴 달라고 할 수 있습니다."), "answer",
         _("까닭 없이 끝낼 수 없습니다. 다음에 할 수 있는 일을 함께 적으십시오.")),
    Deed("repeat", _("되풀이된 제안 종결"), forms_desk.RepeatForm, actions.close_repeat, _rule_repeat, BEFORE_ANSWER,
         _("종결하고 답변했습니다."), "answer", _("같은 사람이 같은 내용을 세 번 이상 내고 두 번 이상 답했을 때만 할 수 있습니다.")),
    Deed("expert", _("전문가 의견 듣기"), forms_desk.ExpertForm, actions.start_expert_opinion, rules.may_handle,
         frozenset({"open", "review"}), _("기한을 멈추고 제안한 사람에게 알렸습니다."), "more",
         _("최대 21일 동안 기한이 멈춥니다. 한 번만 할 수 있습니다."),
         when=lambda p: not any(x.reason == "expert" for x in p.pauses.all())),
    Deed("expert-end", _("전문가 의견 마치기"), forms_desk.PlainForm, actions.end_expert_opinion, rules.may_handle,
         frozenset({"open", "review", "shortlisted"}), _("기한이 다시 흐릅니다."), "more", _("오늘부터 기한이 다시 흐릅니다."),
         when=lambda p: any(x.reason == "expert" and x.to_on is None for x in p.pauses.all())),
    Deed("merge", _("같은 제안과 합치기"), forms_desk.MergeForm, actions.merge, rules.may_screen, BEFORE_ANSWER | {"shortlisted"},
         _("합쳤습니다. 함께한 사람 모두에게 알렸습니다."), "more", _("공감을 옮기되 한 사람은 한 번만 셉니다. 되돌릴 수 없습니다.")),
    Deed("transfer", _("다른 기관으로 보내기"), forms_desk.TransferForm, actions.transfer, rules.may_handle, BEFORE_ANSWER,
         _("보냈습니다. 함께한 사람에게 알렸습니다."), "more", _("구청의 일이 아닐 때만 보냅니다. 되돌릴 수 없습니다.")),
    Deed("class", _("처리하는 종류 바꾸기"), forms_desk.ClassForm, actions.convert_class, rules.may_handle, BEFORE_ANSWER,
         _("종류와 기한을 바꾸고 알렸습니다."), "more", _("기한은 접수한 날부터 그 종류의 날수로 다시 셉니다.")),
    Deed("shortlist", _("총회 의제 후보로 올리기"), forms_desk.WhyForm, actions.shortlist, rules.may_lead_on,
         frozenset({"open", "review", "adopted"}), _("의제 후보로 올렸습니다."), "more"),
    Deed("unshortlist", _("의제 후보에서 내리기"), forms_desk.WhyForm, actions.unshortlist, rules.may_lead_on,
         frozenset({"shortlisted"}), _("의제 후보에서 내렸습니다."), "more"),
    Deed("redate", _("하기로 한 날 바꾸기"), forms_desk.RedateForm, actions.redate_implementation, rules.may_handle,
         frozenset({"adopted", "implementing"}), _("새 날짜를 모두에게 알렸습니다."), "after",
         _("날짜를 넘기기 전에 새 날짜를 알려야 합니다.")),
    Deed("hide", _("제안 가리기"), forms_desk.WhyForm, actions.hide, rules.may_moderate, frozenset(Proposal.State.values) - {"withdrawn"},
         _("가렸습니다."), "moderate", _("운영 원칙에 어긋날 때만 가립니다. 법정 기한은 그대로 흐릅니다."), "bad",
         when=lambda p: p.is_public),
    Deed("show", _("다시 보이기"), forms_desk.WhyForm, actions.show, rules.may_moderate, frozenset(Proposal.State.values) - {"withdrawn"},
         _("다시 보입니다."), "moderate", when=lambda p: not p.is_public and bool(p.hidden_reason)),
    Deed("dismiss", _("알림을 살피고 그대로 두기"), forms_desk.WhyForm, actions.dismiss_reports, rules.may_moderate,
         frozenset(Proposal.State.values), _("그대로 두었습니다."), "moderate",
         when=lambda p: any(r.state == "open" for r in p.reports.all())),
)  # fmt: skip
BY_SLUG = {deed.slug: deed for deed in DEEDS}


@dataclass(frozen=True)
class Offer:
    """A deed as the page draws it: with its form, or with the reason why it cannot be done now."""

    deed: Deed
    form: DeedForm
    verdict: Verdict
    is_open: bool = False  # unfolded: it was just sent, or it is what comes next


def fits(deed: Deed, proposal: Proposal) -> bool:
    """Whether a deed stands on the page of a proposal as it is now."""
    return proposal.state in deed.states and deed.when(proposal)


def offered(proposal: Proposal, actor: Actor, *, at: datetime) -> Iterable[tuple[Deed, Verdict]]:
    """Deeds that fit the state and the officer's posts; those that only the calendar forbids come with their reason."""
    for deed in DEEDS:
        if fits(deed, proposal):
            verdict = deed.rule(actor, proposal, at=at)
            if verdict or verdict.code == "supplement_too_late":
                yield deed, verdict
