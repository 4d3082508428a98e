"""Who may vote, and who may run a vote."""

from datetime import datetime

from madang.ballots.models import Ballot, TurnoutMark
from madang.ground import korean
from madang.ground.actor import Actor, Proof, Role
from madang.ground.clock import today
from madang.ground.door import official
from madang.ground.models import Place
from madang.ground.verdict import YES, Verdict, first_no, no


def is_open(ballot: Ballot, *, at: datetime) -> Verdict:
    """Announced, and within the dates of its step."""
    step = ballot.step
    if ballot.state == Ballot.State.DRAFTED or step.opens_at is None:
        return no("ballot_not_noticed")
    if at < step.opens_at:
        return no("ballot_not_open_yet", opens=korean.moment(step.opens_at, at=at))
    if ballot.state != Ballot.State.NOTICED or not step.allows("vote", at):
        return no("ballot_closed", closes=korean.moment(step.closes_at or at, at=at))
    return YES


def is_eligible(actor: Actor, ballot: Ballot, *, at: datetime) -> Verdict:
    """The frozen electorate rule: where one lives, how well that is proved, how old one is on the reference date."""
    if not actor.is_signed_in and actor.on_behalf_of_id is None:
        return no("sign_in_first")
    if actor.person_id is None:
        return no("voter_unknown")
    if actor.proof < ballot.min_proof:
        return no("voter_not_proved")
    if ballot.place.level == Place.Level.DONG and actor.home_id != ballot.place_id:
        return no("voter_lives_elsewhere", place=ballot.place.name)
    if ballot.min_age > 0 and ballot.min_proof >= Proof.PERSON:
        if actor.birth_year is None:
            return no("voter_age_unknown")
        if (ballot.reference_on or today(at)).year - actor.birth_year < ballot.min_age:
            return no("voter_too_young", age=ballot.min_age)
    return YES


def may_vote(actor: Actor, ballot: Ballot, *, at: datetime) -> Verdict:
    """Open, eligible, and not yet voted (or the rule lets one change an online vote)."""
    verdict = first_no(is_open(ballot, at=at), is_eligible(actor, ballot, at=at))
    if not verdict:
        return verdict
    return may_vote_again(ballot, ballot.marks.filter(resident_id=actor.person_id).first(), channel="online", at=at)


def may_vote_again(ballot: Ballot, mark: TurnoutMark | None, *, channel: str, at: datetime) -> Verdict:
    """The first valid vote stands; only an online voter may change online, when the ballot's rule says so."""
    if mark is None:
        return YES
    facts = {"on": korean.day(mark.on, at=at), "channel": mark.get_channel_display()}
    if mark.channel != TurnoutMark.Channel.ONLINE or channel != TurnoutMark.Channel.ONLINE:
        return no("already_voted_elsewhere", **facts)
    return YES if ballot.may_change else no("already_voted", **facts)


def may_pick(ballot: Ballot, picks: list[int], costs: dict[int, int]) -> Verdict:
    """A whole ballot is refused for one wrong pick; nothing is dropped silently."""
    if len(set(picks)) != len(picks) or any(n not in costs for n in picks):
        return no("unknown_pick")
    if len(picks) > ballot.picks_max:
        return no("too_many_picks", most=ballot.picks_max, picked=len(picks), over=len(picks) - ballot.picks_max)
    if len(picks) < ballot.picks_min:
        return no("too_few_picks", least=ballot.picks_min)
    return YES


def may_run_ballot(actor: Actor, ballot: Ballot | None = None, *, at: datetime) -> Verdict:
    """The coordinating department; a dong's office for its own dong's vote."""
    if actor.is_system:
        return YES
    verdict = official(actor, at=at)
    if not verdict or actor.holds(Role.COORDINATING_OFFICER, Role.SITE_ADMIN):
        return verdict
    places = (ballot.place_id,) if ballot else ()
    return YES if actor.holds(Role.DONG_OFFICER, place_ids=places) else no("ballot_role_needed")
