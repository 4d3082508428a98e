"""Sentences of this area: what happened, and why something cannot be done. The desk's own stand in words_desk.py."""

from django.utils.translation import gettext_lazy as _

from madang.ground.audit import verb
from madang.ground.verdict import refusals
from madang.notices.kinds import message
from madang.proposals import words_desk  # noqa: F401  registers the desk's sentences
from madang.proposals.models import Proposal

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
