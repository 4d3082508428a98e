"""Sentences of this area."""

from django.utils.translation import gettext_lazy as _

from madang.ballots.models import Channel
from madang.ground.deeds import verb
from madang.ground.verdict import refusals
from madang.notices.kinds import message

CHANNELS = dict(Channel.choices)

refusals(
    {
        "ballot_not_open_yet": _("투표는 %(opens)s에 시작해요. 그때 다시 와 주세요."),
        "ballot_closed": _("이 투표는 %(closes)s에 끝났어요. 결과를 볼 수 있어요."),
        "ballot_not_noticed": _("아직 공고하지 않은 투표예요."),
        "voter_unknown": _("투표하려면 먼저 공개 이름과 사는 동을 적어 주세요."),
        "voter_lives_elsewhere": _("이 투표는 %(place)s에 사는 사람만 할 수 있어요."),
        "voter_not_proved": _("투표하려면 사는 곳을 확인해야 해요. 온라인으로, 또는 동주민센터에서 확인할 수 있어요."),
        "voter_age_unknown": _("나이 기준이 있는 투표예요. ‘내 정보’에 태어난 해를 적어 주세요."),
        "voter_too_young": _("이 투표는 %(age)s세(%(year)s년생)부터 할 수 있어요."),
        "already_voted": _("이미 투표했어요(%(on)s, %(channel)s). 이 투표는 낸 뒤에 바꿀 수 없어요."),
        "already_voted_elsewhere": _("이미 투표했어요(%(on)s, %(channel)s). 먼저 낸 표를 셉니다."),
        "too_many_picks": _("%(most)s개까지 고를 수 있는데 %(picked)s개를 골랐어요. %(over)s개를 빼 주세요. 고른 것은 그대로 두었어요."),
        "too_few_picks": _("%(least)s개부터 낼 수 있어요. 더 골라 주세요."),
        "unknown_pick": _("투표 목록에 없는 것을 골랐어요. 다시 골라 주세요."),
        "ballot_is_frozen": _("공고한 뒤에는 투표 목록과 금액을 바꿀 수 없습니다."),
        "item_without_cost": _("‘%(title)s’의 금액이 없습니다. 부서 검토에서 금액을 먼저 정해 주십시오."),
        "item_not_shortlisted": _("‘%(title)s’은(는) 의제 후보가 아닙니다."),
        "ballot_not_ready": _("공고하기 전에 갖출 것이 있습니다: %(missing)s"),
        "ballot_still_open": _("투표가 아직 끝나지 않았습니다. 끝나는 때: %(closes)s"),
        "ballot_role_needed": _("이 투표를 맡은 담당만 할 수 있습니다."),
        "ballot_counted": _("이미 개표를 마친 투표입니다. 표를 더 넣을 수 없습니다."),
        "ballot_dates_stand": _("이미 마감한 투표의 날짜는 바꿀 수 없습니다."),
        "ballot_rules_do_not_fit": _("규칙이 서로 맞지 않습니다. 고르는 수는 1 이상이고 가장 적은 수가 가장 많은 수보다 클 수 없습니다."),
        "step_takes_no_ballot": _("이 단계에는 투표를 새로 만들 수 없습니다. 투표 단계인지, 이미 만들었는지 살펴 주십시오."),
        "own_paper": _("본인의 투표는 다른 담당이 확인해야 합니다."),
        "more_papers_than_voters": _("‘%(channel)s’ 명부에 표시한 사람은 %(marked)s명입니다. 사람보다 많은 표는 넣을 수 없습니다."),
        "papers_are_sealed": _("표는 개표를 마친 뒤에 모두에게 열어요. 그때 다시 와 주세요."),
        "papers_outstanding": _("나눠 준 종이 가운데 아직 넣지 않은 표가 %(papers)s장 있습니다. 담당이 확인한 뒤 개표합니다."),
        "desk_channel_only": _("온라인 투표는 대신 낼 수 없습니다. 사전·우편·현장 가운데 고르십시오."),
    }
)
verb("ballot.made", says=_("투표를 만들었습니다: %(title)s"), keeps={"title"})
verb("ballot.changed", says=_("투표의 규칙을 고쳤습니다."), keeps={"fields"})
verb("ballot.filled", says=_("투표 목록에 %(count)s건을 올렸습니다."), keeps={"count", "proposals"})
verb("ballot.listed", says=_("투표에 올렸습니다: %(ballot)s, %(number)s번"), keeps={"ballot", "number"}, public=True)
verb("ballot.dropped", says=_("투표 목록에서 %(number)s번을 뺐습니다."), keeps={"number"})
verb("ballot.costed", says=_("%(number)s번의 금액을 %(before)s원에서 %(after)s원으로 고쳤습니다."), keeps={"number", "before", "after"})
verb(
    "ballot.noticed",
    says=_("투표를 공고했습니다: %(items)s건, 예산 %(budget)s원, %(picks)s개까지. 목록과 규칙은 이제 바뀌지 않습니다."),
    keeps={"from", "to", "items", "budget", "picks", "frozen", "seed_commitment"}, public=True,
)  # fmt: skip
verb("ballot.cast", says=_("투표했습니다."), keeps={"channel"})
verb("ballot.recast", says=_("투표를 바꿨습니다."), keeps={"channel"})
verb("ballot.voter_marked", says=_("신분을 확인하고 투표용지를 드렸습니다(%(channel)s)."), keeps={"channel"}, words={"channel": CHANNELS})
verb("ballot.paper_entered", says=_("투표함의 종이 표 한 장을 넣었습니다(%(channel)s)."), keeps={"channel"}, words={"channel": CHANNELS})
verb("ballot.closed", says=_("투표를 마감했습니다: %(voters)s명."), keeps={"from", "to", "voters"}, public=True)
verb(
    "ballot.counted", says=_("개표를 마쳤습니다: %(papers)s표, %(funded)s건 선정."),
    keeps={"from", "to", "papers", "funded", "input_sha256"}, public=True,
)  # fmt: skip
verb("ballot.result", says=_("주민투표 결과: %(votes)s표, %(rank)s위 (%(outcome)s)"), keeps={"votes", "rank", "outcome"}, public=True,
     words={"outcome": {"funded": _("선정"), "not_funded": _("선정되지 않음")}})  # fmt: skip
message(
    "ballot.noticed",
    family="ballots",
    title=_("내가 올리거나 공감한 제안이 투표에 올랐어요"),
    body=_("‘%(title)s’의 목록과 금액이 정해졌어요. 투표는 %(on)s에 시작해요."),
)
message(
    "ballot.counted",
    family="ballots",
    title=_("‘%(title)s’ 결과가 나왔어요"),
    body=_("%(voters)s명이 투표해 %(funded)s개 사업을 하기로 했어요."),
)
