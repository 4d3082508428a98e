"""Sentences of this area."""

from django.utils.translation import gettext_lazy as _

from madang.ground.deeds import verb
from madang.ground.verdict import refusals
from madang.notices.kinds import message

refusals(
    {
        "question_not_published": _("아직 묻지 않은 물음이에요."),
        "question_over": _("이 물음은 끝났어요. 결과를 볼 수 있어요."),
        "replier_unknown": _("답하려면 먼저 공개 이름과 사는 동을 적어 주세요."),
        "replier_elsewhere": _("이 물음은 %(place)s 사람만 답할 수 있어요."),
        "reply_contact_needed": _("답하려면 먼저 전자우편이나 전화번호를 확인해 주세요."),
        "reply_proof_needed": _("답하려면 먼저 본인 또는 사는 곳을 확인해 주세요. 온라인으로, 또는 동주민센터에서 할 수 있어요."),
        "option_unknown": _("보기 가운데 하나를 골라 주세요."),
        "reply_too_long": _("덧붙이는 말은 %(most)s자까지 적을 수 있어요."),
        "step_takes_no_question": _("이 단계에는 물음을 새로 만들 수 없습니다. 묻는 단계인지, 이미 만들었는지 살펴 주십시오."),
        "question_text_wrong": _("물음은 1자에서 %(wording)s자, 배경은 %(background)s자까지 적을 수 있습니다."),
        "question_options_wrong": _("보기는 서로 다르게 %(least)s개에서 %(most)s개까지, 하나에 %(long)s자 안으로 적어 주십시오."),
        "question_is_public": _("이미 물은 것은 바꿀 수 없습니다. 답한 사람이 본 물음과 달라지기 때문입니다."),
        "question_not_ready": _("묻기 전에 갖출 것이 있습니다: %(missing)s"),
        "question_wording_unchecked": _("묻기 전에 물음과 보기가 한쪽으로 기울지 않았는지 모두 살펴 표시해 주십시오."),
        "question_still_open": _("아직 답을 받고 있습니다. 끝나는 때: %(closes)s"),
        "question_not_closed": _("답을 다 받고 마감한 뒤에 할 수 있습니다."),
        "question_use_told": _("어떻게 썼는지 이미 알렸습니다."),
        "question_use_empty": _("답을 어디에 어떻게 썼는지 적어 주십시오."),
        "question_use_not_yours": _("이 물음을 맡은 부서와 총괄부서만 할 수 있습니다."),
        "question_dates_stand": _("이미 마감한 물음의 날짜는 바꿀 수 없습니다."),
        "replies_are_sealed": _("결과는 끝난 뒤에 모두에게 함께 열어요. 그때 다시 와 주세요."),
        "hiding_needs_reason": _("가리는 까닭을 적어 주십시오. 그 자리에 까닭이 보입니다."),
    }
)

verb("question.drafted", says=_("물음을 적었습니다. 보기 %(options)s개."), keeps={"options"})
verb("question.changed", says=_("물음을 고쳤습니다. 보기 %(options)s개."), keeps={"options", "fields"})
verb(
    "question.published", says=_("물음을 알렸습니다. 보기 %(options)s개, 물음과 보기가 기울지 않았는지 살폈습니다."),
    keeps={"from", "to", "options", "wording_checked"}, public=True,
)  # fmt: skip
verb("question.replied", says=_("물음에 답했습니다."))
verb("question.reply_changed", says=_("답을 바꿨습니다."))
verb("question.closed", says=_("답 받기를 마쳤습니다: %(replies)s명이 답했습니다."), keeps={"from", "to", "replies"}, public=True)
verb("question.use_told", says=_("답을 어떻게 썼는지 알렸습니다."), keeps={"from", "to", "replies"}, public=True)
verb("question.words_hidden", says=_("덧붙인 말 하나를 가렸습니다: %(why)s"), keeps={"why"}, moderates=True)
verb("question.words_shown", says=_("가렸던 말 하나를 다시 보이게 했습니다."), moderates=True)

message(
    "question.use_told",
    family="processes",
    title=_("답해 주신 것을 이렇게 썼어요"),
    body=_("‘%(wording)s’에 %(replies)s명이 답했어요. 어디에 어떻게 썼는지 적었어요."),
)
