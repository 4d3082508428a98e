"""Sentences of this area: what happened, and why something cannot be done. Residents first, then the desk."""

from django.utils.translation import gettext_lazy as _

from madang.ground.deeds import verb
from madang.ground.forms import RESIDENT_NUMBER
from madang.ground.verdict import refusals
from madang.notices.kinds import message
from madang.proposals.models import Proposal, Review
from madang.proposals.wording import EXCLUSIONS

refusals(
    {
        "join_first": _("먼저 이 동네에 등록해 주세요. 공개 이름과 사는 동만 정하면 돼요."),
        "contact_needed": _("전자우편이나 휴대전화를 한 번 확인하면 할 수 있어요."),
        "person_needed": _("본인 확인을 하면 할 수 있어요. 동주민센터에서도 확인해 드려요."),
        "residence_needed": _("사는 곳을 확인하면 할 수 있어요. 동주민센터나 우편으로 확인해 드려요."),
        "lives_elsewhere_for_proposals": _("이 자리는 %(place)s에 사는 분만 쓸 수 있어요. 우리 동의 제안에 함께해 주세요."),
        "proposals_closed": _("지금은 제안을 받는 때가 아니에요. 늘 열려 있는 제안 자리를 골라 주세요."),
        "too_many_proposals": _("하루에 %(most)s건까지 올릴 수 있어요. 적은 글은 간직해 두었으니 내일 다시 올려 주세요."),
        "too_many_files": _("사진과 파일은 모두 %(most)s개까지 올릴 수 있어요."),
        "not_your_draft": _("다른 사람이 쓰던 글이에요."),
        "draft_sent": _("이미 올린 제안이에요."),
        "place_elsewhere": _("이 자리에서는 %(place)s의 제안만 받아요. 동을 다시 골라 주세요."),
        "resident_number_not_kept": RESIDENT_NUMBER,
        "personal_numbers": _("전화번호나 카드번호처럼 보이는 숫자가 있어요. 누구나 볼 글이니 지워 주세요."),
        "endorsing_over": _("공감을 받는 때가 지났어요. 답변은 공감 수와 상관없이 드려요."),
        "own_proposal": _("내 제안에는 공감할 수 없어요. 이웃에게 알려 주세요."),
        "already_endorsed": _("이미 공감한 제안이에요."),
        "not_endorsed": _("아직 공감하지 않은 제안이에요."),
        "author_only": _("제안한 사람만 할 수 있어요."),
        "too_late_to_withdraw": _("이미 ‘총회 의제 후보’가 되었거나 답변이 나와서 거둬들일 수 없어요."),
        "nothing_to_supplement": _("지금은 더 적을 것을 부탁받지 않았어요."),
        "not_rejected": _("하지 않기로 한 제안만 다시 살펴 달라고 할 수 있어요."),
        "reconsideration_over": _("답변을 받은 날부터 %(days)s일 안에만 다시 살펴 달라고 할 수 있어요. 그 날이 지났어요."),
        "proposal_already_reported": _("이미 알려 주셨어요. 담당자가 살펴보고 있어요."),
        "received_in_future": _("접수일은 오늘이나 지난 날이어야 합니다."),
        "received_too_long_ago": _("접수일이 %(days)s일보다 오래되었습니다. 날짜를 다시 살펴 주세요."),
    }
)

CHANNELS = dict(Proposal.Channel.choices)

verb("proposal.submitted", says=_("제안이 올라왔어요. 접수번호 %(number)s"), keeps={"number", "form"}, public=True)
verb(
    "proposal.taken_in",
    says=_("%(channel)s로 받은 제안을 접수했어요. 접수번호 %(number)s, 받은 날 %(received_on)s"),
    keeps={"number", "form", "channel", "received_on", "consented"},
    public=True,
    words={"channel": CHANNELS},
)
verb("proposal.opened", says=_("모두가 볼 수 있게 열고 공감을 받기 시작했어요(%(until)s까지)"), keeps={"until", "threshold"}, public=True)
verb("proposal.endorsed", says=_("제안에 공감했어요"))
verb("proposal.endorsement_withdrawn", says=_("공감을 거둬들였어요"))
verb("proposal.threshold_met", says=_("%(threshold)s명이 공감했어요"), keeps={"threshold"}, public=True)
verb("proposal.reported", says=_("제안을 살펴 달라고 알렸어요: %(reason)s"))
verb("proposal.shortlisted", says=_("총회 의제 후보로 뽑혔어요: %(why)s"), keeps={"from", "to", "why"}, public=True)
verb("proposal.unshortlisted", says=_("총회 의제 후보에서 내려왔어요: %(why)s"), keeps={"from", "to", "why"}, public=True)
verb("proposal.started", says=_("사업을 시작했어요"), keeps={"from", "to"}, public=True)
verb("proposal.finished", says=_("사업을 마쳤어요"), keeps={"from", "to"}, public=True)
verb("draft.started", says=_("제안을 쓰기 시작했어요"))
verb("draft.claimed", says=_("쓰던 제안을 내 것으로 옮겼어요"))
verb("draft.file_attached", says=_("쓰던 제안에 파일을 붙였어요"))
verb("draft.file_detached", says=_("쓰던 제안에서 파일을 뺐어요"))
verb("draft.discarded", says=_("쓰던 제안을 버렸어요"))
verb("drafts.forgotten", says=_("오래된 쓰던 제안 %(count)s건을 지웠어요"), keeps={"count"})

message(
    "proposal.threshold_met",
    family="proposals",
    title=_("내 제안에 %(threshold)s명이 공감했어요"),
    body=_("‘%(title)s’에 %(threshold)s명이 공감했어요. 이제 더 많은 이웃과 이야기할 수 있어요."),
)

# The desk

refusals(
    {
        "proposal_of_others": _("다른 부서나 다른 동의 제안입니다(%(place)s). 총괄부서에 물어보거나 주민 화면에서 보십시오."),
        "screened_already": _("이미 살펴본 제안입니다."),
        "supplement_too_late": _("보완 요청은 접수한 날부터 7일 안에만 할 수 있습니다. %(until)s에 끝났습니다."),
        "supplement_empty": _("더 적을 내용을 적어 주세요."),
        "supplement_too_long": _("앞에 적은 글과 합쳐 5,000자까지예요. 이제 %(left)s자를 더 적을 수 있어요."),
        "clock_stands_already": _("답변 기한이 이미 멈춰 있습니다."),
        "request_empty": _("무엇을 바라는지 적어 주십시오."),
        "department_elsewhere": _("이 동네의 부서가 아닙니다."),
        "department_needed": _("먼저 담당 부서를 정해 주십시오."),
        "officer_elsewhere": _("%(department)s에서 일하는 사람이 아닙니다."),
        "answered_already": _("이미 답변했거나 처리가 끝난 제안입니다."),
        "transfer_needs_where_and_why": _("보낼 기관과 까닭을 적어 주십시오."),
        "why_needed": _("까닭을 적어 주세요."),
        "merge_with_itself": _("같은 제안입니다. 다른 제안의 접수번호를 적어 주십시오."),
        "merge_elsewhere": _("다른 동네의 제안과는 합칠 수 없습니다."),
        "merge_into_closed": _("%(number)s 제안은 공개되어 있지 않거나 끝나서 합칠 수 없습니다."),
        "same_class": _("지금과 다른 종류를 골라 주십시오."),
        "not_solicited": _("공모로 받은 제안만 공모제안으로 처리할 수 있습니다."),
        "basis_needed": _("근거와 의견을 적어 주십시오."),
        "not_under_review": _("공감을 모으거나 부서가 검토하는 동안에만 전문가 의견을 들을 수 있습니다."),
        "expert_heard_already": _("전문가 의견은 한 번만 들을 수 있습니다."),
        "no_expert_asked": _("전문가 의견을 듣고 있지 않습니다."),
        "implement_date_needed": _("채택하려면 언제까지 할지 날짜를 적어 주십시오."),
        "implement_date_past": _("하기로 한 날은 오늘이거나 앞날이어야 합니다."),
        "implement_date_far": _("하기로 한 날은 %(years)s년 안이어야 합니다."),
        "reject_reason_needed": _("하지 않는 까닭을 목록에서 골라 주십시오."),
        "answer_empty": _("주민에게 보일 답변을 적어 주십시오."),
        "signature_needed": _("답변하는 직위를 골라 주십시오. 이 부서에 맡은 자리가 없으면 답변할 수 없습니다."),
        "not_adopted": _("채택한 제안만 날짜를 바꿀 수 있습니다."),
        "reconsidered_already": _("다시 살펴보는 것은 한 번만 할 수 있어요."),
        "not_repeated_enough": _("같은 사람이 같은 내용을 먼저 %(times)s번 이상 냈을 때만 종결할 수 있습니다."),
        "not_answered_enough": _("같은 내용에 %(times)s번 이상 답했을 때만 종결할 수 있습니다."),
        "not_public_now": _("지금 공개되어 있지 않은 제안입니다."),
        "not_hidden_now": _("가려 둔 제안이 아닙니다."),
    }
)

MOVED = {"from", "to"}
FINDINGS = dict(Review.Finding.choices)
CLASSES = dict(Proposal.LawClass.choices)

verb("proposal.review_started", says=_("%(department)s에서 검토를 시작했어요"), keeps=MOVED | {"department"}, public=True)
verb("proposal.assigned", says=_("담당 부서를 %(department)s(으)로 정했어요"), keeps={"department"}, public=True)
verb("proposal.supplement_requested", says=_("더 적어 달라고 부탁했어요. 그동안 답변 기한은 멈춰요"), keeps=MOVED, public=True)
verb("proposal.supplemented", says=_("부탁받은 내용을 더 적었어요. 답변 기한이 다시 흘러요"), keeps=MOVED, public=True)
verb("proposal.transferred", says=_("%(sent_to)s(으)로 보냈어요: %(why)s"), keeps=MOVED | {"sent_to", "why"}, public=True)
verb("proposal.merged", says=_("%(into)s 제안과 합쳤어요: %(why)s"), keeps=MOVED | {"into", "had", "moved", "why"}, public=True)
verb("proposal.joined_by", says=_("%(number)s 제안을 여기에 합쳤어요(공감 %(moved)s명)"), keeps={"number", "moved"}, public=True)
verb(
    "proposal.class_converted",
    says=_("처리하는 종류를 ‘%(now)s’(으)로 바꿨어요. 답변 기한은 %(due_on)s까지예요: %(why)s"),
    keeps={"was", "now", "why", "due_on"},
    public=True,
    words={"was": CLASSES, "now": CLASSES},
)
verb("proposal.withdrawn", says=_("제안한 사람이 거둬들였어요"), keeps=MOVED, public=True)
verb(
    "proposal.reviewed",
    says=_("%(department)s에서 검토했어요: %(finding)s"),
    keeps=MOVED | {"department", "finding"},
    public=True,
    words={"finding": FINDINGS},
)
verb("proposal.expert_asked", says=_("전문가 의견을 듣고 있어요(%(until)s까지). 그동안 답변 기한은 멈춰요"), keeps={"until"}, public=True)
verb("proposal.expert_heard", says=_("전문가 의견을 들었어요. 답변은 %(due_on)s까지 드려요"), keeps={"due_on"}, public=True)
verb("proposal.answered_interim", says=_("중간 답변을 보냈어요"), keeps={"signed_as"}, public=True)
verb("proposal.adopted", says=_("하기로 했어요. %(implement_on)s까지 할 거예요"), keeps=MOVED | {"signed_as", "implement_on"}, public=True)
verb(
    "proposal.rejected", says=_("하지 않기로 했어요. %(reason)s"), keeps=MOVED | {"signed_as", "reason"}, public=True,
    words={"reason": EXCLUSIONS},
)  # fmt: skip
verb("proposal.closed_as_repeat", says=_("같은 내용에 여러 번 답하여 종결했어요"), keeps={"earlier"}, public=True)
verb(
    "proposal.implementation_redated",
    says=_("하기로 한 날을 %(was)s에서 %(now)s(으)로 바꿨어요: %(why)s"),
    keeps={"was", "now", "why"},
    public=True,
)
verb(
    "proposal.reconsideration_asked", says=_("다시 살펴 달라고 했어요. 답변은 %(due_on)s까지 드려요"), keeps=MOVED | {"due_on"}, public=True
)
verb("proposal.hidden", says=_("운영 원칙에 맞지 않아 가렸어요: %(why)s"), keeps={"why", "number"}, moderates=True)
verb("proposal.shown", says=_("다시 볼 수 있게 했어요: %(why)s"), keeps={"why", "number"}, moderates=True)
verb("proposal.reports_dismissed", says=_("알림 %(count)s건을 살펴보고 그대로 두었습니다: %(why)s"), keeps={"count", "why"})
verb("proposals.clocks_kept", says=_("제안 %(count)s건의 답변 기한을 다시 셌습니다"), keeps={"count"})
verb("proposals.due_reminded", says=_("기한이 가까운 제안 %(waiting)s건을 알렸습니다"), keeps={"waiting", "told"})

# What residents are told

message(
    "proposal.opened",
    family="proposals",
    title=_("내 제안을 모두가 볼 수 있어요"),
    body=_("‘%(title)s’이(가) 올라갔어요. %(until)s까지 공감을 받아요. 공감이 모자라도 답변은 꼭 드려요."),
)
message(
    "proposal.assigned",
    family="proposals",
    title=_("내 제안을 맡을 부서가 정해졌어요"),
    body=_("‘%(title)s’을(를) %(department)s에서 살펴봐요."),
)
message(
    "proposal.supplement_requested",
    family="proposals",
    title=_("제안에 조금만 더 적어 주세요"),
    body=_("‘%(title)s’을(를) 살펴보는 데 더 필요한 것이 있어요: %(request)s 적어 주실 때까지 답변 기한은 멈춰요."),
)
message(
    "proposal.transferred",
    family="proposals",
    title=_("제안을 %(sent_to)s(으)로 보냈어요"),
    body=_("‘%(title)s’은(는) 그곳에서 맡은 일이라 보냈어요. 까닭: %(why)s"),
)
message(
    "proposal.merged",
    family="proposals",
    title=_("제안이 비슷한 제안과 합쳐졌어요"),
    body=_("‘%(title)s’이(가) ‘%(into)s’과(와) 합쳐졌어요. 공감도 함께 옮겼어요. 한 사람은 한 번만 세어요."),
)
message(
    "proposal.joined_by",
    family="proposals",
    title=_("비슷한 제안이 내 제안에 합쳐졌어요"),
    body=_("‘%(other)s’이(가) ‘%(title)s’에 합쳐졌어요. 공감 %(moved)s명이 더해졌어요."),
)
message(
    "proposal.class_converted",
    family="proposals",
    title=_("제안을 처리하는 종류가 바뀌었어요"),
    body=_("‘%(title)s’의 답변 기한이 %(due)s(으)로 바뀌었어요. 까닭: %(why)s"),
)
message(
    "proposal.reviewed",
    family="proposals",
    title=_("%(department)s에서 내 제안을 검토했어요"),
    body=_("‘%(title)s’의 검토 의견이 나왔어요. 할지 말지는 답변으로 알려 드려요."),
)
message(
    "proposal.expert_asked",
    family="proposals",
    title=_("전문가 의견을 듣기로 했어요"),
    body=_("‘%(title)s’을(를) 더 잘 살펴보려고 해요. %(until)s까지 답변 기한이 멈춰요."),
)
message(
    "proposal.expert_heard",
    family="proposals",
    title=_("전문가 의견을 들었어요"),
    body=_("‘%(title)s’의 답변은 %(due)s까지 드려요."),
)
message(
    "proposal.answered_interim",
    family="proposals",
    title=_("제안에 중간 답변이 왔어요"),
    body=_("‘%(title)s’이(가) 어디까지 왔는지 알려 드려요."),
)
message(
    "proposal.shortlisted",
    family="proposals",
    title=_("제안이 총회 의제 후보가 되었어요"),
    body=_("‘%(title)s’이(가) 주민투표에 오를 후보가 되었어요: %(why)s"),
)
message(
    "proposal.unshortlisted",
    family="proposals",
    title=_("제안이 의제 후보에서 빠졌어요"),
    body=_("‘%(title)s’을(를) 부서가 다시 살펴봐요. 답변은 꼭 드려요: %(why)s"),
)
message(
    "proposal.adopted",
    family="proposals",
    title=_("제안을 하기로 했어요"),
    body=_("‘%(title)s’을(를) %(implement_on)s까지 하기로 했어요. 답변을 읽어 보세요."),
)
message(
    "proposal.rejected",
    family="proposals",
    title=_("제안에 답변이 왔어요"),
    body=_("‘%(title)s’은(는) 하지 않기로 했어요. 까닭을 읽어 보세요. 제안한 분은 15일 안에 다시 살펴 달라고 할 수 있어요."),
)
message(
    "proposal.implementation_redated",
    family="proposals",
    title=_("하기로 한 날이 바뀌었어요"),
    body=_("‘%(title)s’을(를) 하는 날이 %(now)s(으)로 바뀌었어요. 까닭: %(why)s"),
)
message(
    "proposal.hidden",
    family="proposals",
    title=_("내 제안을 가렸어요"),
    body=_("‘%(title)s’을(를) 다른 사람이 볼 수 없게 했어요. 까닭: %(why)s"),
)
message("proposal.shown", family="proposals", title=_("내 제안을 다시 볼 수 있어요"), body=_("‘%(title)s’을(를) 다시 열었어요."))
message(
    "proposal.overdue",
    family="proposals",
    title=_("답변이 늦어지고 있어요"),
    body=_("‘%(title)s’의 답변을 %(due)s까지 드려야 했는데 늦었어요. 담당 부서에 다시 알렸어요."),
)

# What officers are told

message(
    "proposal.given_to_you",
    family="proposals",
    title=_("%(department)s에 제안이 왔습니다"),
    body=_("%(number)s ‘%(title)s’ 답변 기한은 %(due)s까지입니다."),
)
message(
    "proposal.supplemented",
    family="proposals",
    title=_("보완 내용이 왔습니다"),
    body=_("%(number)s ‘%(title)s’의 기한이 다시 흐릅니다."),
)
message(
    "proposal.withdrawn",
    family="proposals",
    title=_("제안한 사람이 거둬들였습니다"),
    body=_("%(number)s ‘%(title)s’ 검토를 멈추어도 됩니다."),
)
message(
    "proposal.reconsideration_asked",
    family="proposals",
    title=_("재검토 요청이 왔습니다"),
    body=_("%(number)s ‘%(title)s’ 답변 기한은 %(due)s까지입니다."),
)
message(
    "proposal.due_today",
    family="proposals",
    title=_("답변 기한: 지남 %(late)s건, 오늘 %(now)s건"),
    body=_("내일 %(one)s건, 3일 안 %(three)s건, 7일 안 %(seven)s건이 기다립니다."),
)
