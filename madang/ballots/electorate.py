"""The electorate rule set in words: who may vote, on what proof, and that the vote is advisory.

Shown wherever one votes or reads a result."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from madang.ballots.counting_rules import WAYS
from madang.ballots.models import Ballot
from madang.ballots.rules import latest_birth_year
from madang.ground import dates
from madang.ground.actor import Proof
from madang.ground.clock import today

# 주민투표법 §7: budget matters are no subject of a statutory referendum, so these votes never are one.
ADVISORY = gettext_lazy("비법정·정책참고")
ADVISORY_LONG = gettext_lazy(
    "이 투표는 주민투표법에 따른 투표가 아니라 정책에 참고하는 투표입니다. 결과는 구청의 계획과 구의회의 예산 심의에 넘깁니다."
)
PROOFS = {
    Proof.VISITOR: gettext_lazy("확인 없이"),
    Proof.CONTACT: gettext_lazy("전자우편이나 휴대전화 확인"),
    Proof.PERSON: gettext_lazy("본인 확인"),
    Proof.RESIDENCE: gettext_lazy("사는 곳 확인"),
}


@dataclass(frozen=True)
class Fact:
    """One line of terms and values, as parts/facts.html draws it."""

    term: Any
    value: Any
    note: Any = ""
    url: str = ""


def age_words(ballot: Ballot, at: datetime) -> str:
    """`15세부터 (2006년생까지)`; the age is counted by the year of the reference date."""
    if not ballot.min_age:
        return _("나이 제한 없음")
    return _("%(age)s세부터 (%(year)s년생까지)") % {"age": ballot.min_age, "year": latest_birth_year(ballot, today(at))}


def who(ballot: Ballot, *, at: datetime, full: bool = False) -> list[Fact]:
    """Who may vote and on what proof, by channel. `full`: dates with their year, as a paper wants them."""
    facts = [
        Fact(_("어디에 사는 사람"), ballot.place.name if full else ballot.place.name_shown),
        Fact(_("나이"), age_words(ballot, at), _("태어난 해만 보고, 기준일이 있는 해에서 뺍니다.") if ballot.min_age else ""),
        Fact(_("온라인 확인"), PROOFS[Proof(ballot.min_proof)]),
        Fact(_("종이 확인"), _("동주민센터나 투표소에서 신분증으로")),
    ]
    if ballot.reference_on:
        facts.append(Fact(_("기준일"), dates.say_day(ballot.reference_on) if full else dates.day(ballot.reference_on, at=at)))
    if ballot.electorate_size:
        facts.append(Fact(_("투표할 수 있는 사람"), _("%(n)s명") % {"n": f"{ballot.electorate_size:,}"}, ballot.electorate_source))
    return facts


def how(ballot: Ballot, *, at: datetime, full: bool = False) -> list[Fact]:
    """What one does, and how it is counted. `full` as in who()."""
    from madang.ground.templatetags.look import won

    step = ballot.step
    ends = (step.opens_at, step.closes_at) if step.opens_at and step.closes_at else ()
    span = " ~ ".join(dates.say_moment(e) if full else dates.moment(e, at=at) for e in ends)
    picks = (
        _("%(n)s개") % {"n": ballot.picks_max}
        if ballot.picks_min == ballot.picks_max
        else _("%(least)s개부터 %(most)s개까지") % {"least": ballot.picks_min, "most": ballot.picks_max}
    )
    way = WAYS[ballot.rule]
    passed = str(way.does)
    if way.skips:
        passed += " " + (_("비싼 사업은 건너뛰고 다음 사업을 봐요.") if ballot.skips_too_large else _("비싼 사업이 나오면 거기서 멈춰요."))
    return [
        Fact(_("투표하는 때"), span),
        Fact(_("고르는 수"), picks),
        Fact(_("예산"), won(ballot.budget_won)),
        Fact(_("세는 방법"), way.name, passed),
        Fact(_("표가 같을 때"), _("돈이 적게 드는 사업, 그래도 같으면 추첨"), _("추첨 씨앗은 공고할 때 잠가 두고 개표할 때 엽니다.")),
        Fact(_("바꾸기"), _("끝나기 전까지 바꿀 수 있음") if ballot.may_change else _("한 번 내면 바꿀 수 없음")),
        Fact(
            _("성립 기준"),
            _("%(n)s명 이상 참여") % {"n": f"{ballot.quorum:,}"} if ballot.quorum else _("정하지 않음"),
        ),
    ]
