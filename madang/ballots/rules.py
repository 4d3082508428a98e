"""Who may vote, and who may run a vote."""

from collections.abc import Collection
from datetime import date, datetime

from madang.ballots.models import OFFLINE, Ballot, Channel, TurnoutMark
from madang.ground import dates
from madang.ground.actor import Actor, Role
from madang.ground.clock import today
from madang.ground.door import official
from madang.ground.models import Place
from madang.ground.verdict import YES, Verdict, first_no, no
from madang.processes.models import Step
from madang.residents.models import Resident


def is_open(ballot: Ballot, *, at: datetime) -> Verdict:
    """Announced, and within the dates of its step."""
    step = ballot.step
    if ballot.state == Ballot.State.DRAFTED or step.opens_at is None:
        return no("ballot_not_noticed")
    if at < step.opens_at:
        return no("ballot_not_open_yet", opens=dates.moment(step.opens_at, at=at))
    if ballot.state != Ballot.State.NOTICED or not step.allows("vote", at):
        return no("ballot_closed", closes=dates.moment(step.closes_at or at, at=at))
    return YES


def is_eligible(actor: Actor, ballot: Ballot, *, at: datetime) -> Verdict:
    """The frozen electorate rule: where one lives, how well that is proved, how old one is on the reference date."""
    if not actor.is_signed_in and actor.on_behalf_of_id is None:
        return no("sign_in_first")
    if actor.person_id is None:
        return no("voter_unknown")
    return first_no(
        _lives_here(ballot, actor.town_id, actor.home_id),
        YES if actor.proof >= ballot.min_proof else no("voter_not_proved"),
        _old_enough(ballot, actor.birth_year, at=at),
    )


def may_be_marked(ballot: Ballot, resident: Resident, *, at: datetime) -> Verdict:
    """The same electorate at a counter: who somebody is and where they live was seen there; a birth year is asked only if it is known."""
    verdict = _lives_here(ballot, resident.place_id, resident.home_id)
    if not verdict or resident.birth_year is None:
        return verdict
    return _old_enough(ballot, resident.birth_year, at=at)


def _lives_here(ballot: Ballot, town_id: int | None, home_id: int | None) -> Verdict:
    place = ballot.place
    lives = home_id == place.pk if place.level == Place.Level.DONG else town_id == place.pk
    return YES if lives else no("voter_lives_elsewhere", place=place.name_shown)


def _old_enough(ballot: Ballot, birth_year: int | None, *, at: datetime) -> Verdict:
    if not ballot.min_age:
        return YES
    if birth_year is None:
        return no("voter_age_unknown")
    if birth_year > latest_birth_year(ballot, today(at)):
        return no("voter_too_young", age=ballot.min_age, year=latest_birth_year(ballot, today(at)))
    return YES


def latest_birth_year(ballot: Ballot, on: date) -> int:
    """Born in this year or before: only the year of birth is kept, so age is counted by the year of the reference date (연 나이)."""
    return (ballot.reference_on or on).year - ballot.min_age


def may_vote(actor: Actor, ballot: Ballot, *, at: datetime) -> Verdict:
    """Open, eligible, and not yet voted (or the rule lets one change an online vote)."""
    verdict = first_no(is_open(ballot, at=at), is_eligible(actor, ballot, at=at))
    if not verdict:
        return verdict
    return may_vote_again(ballot, ballot.marks.filter(resident_id=actor.person_id or 0).first(), channel=Channel.ONLINE, at=at)


def may_vote_again(ballot: Ballot, mark: TurnoutMark | None, *, channel: str, at: datetime) -> Verdict:
    """The first valid vote stands; only an online voter may change online, when the ballot's rule says so."""
    if mark is None:
        return YES
    facts = {"on": dates.day(mark.on, at=at), "channel": mark.get_channel_display()}
    if mark.channel != Channel.ONLINE or channel != Channel.ONLINE:
        return no("already_voted_elsewhere", **facts)
    return YES if ballot.may_change else no("already_voted", **facts)


def may_pick(ballot: Ballot, picks: list[int], listed: Collection[int]) -> Verdict:
    """A whole ballot is refused for one wrong pick; nothing is dropped silently. `listed`: the numbers on the ballot."""
    if any(type(n) is not int for n in picks) or len(set(picks)) != len(picks) or any(n not in listed for n in picks):
        return no("unknown_pick")
    if len(picks) > ballot.picks_max:
        return no("too_many_picks", most=ballot.picks_max, picked=len(picks), over=len(picks) - ballot.picks_max)
    if len(picks) < ballot.picks_min:
        return no("too_few_picks", least=ballot.picks_min)
    return YES


def may_run_ballot(actor: Actor, ballot: Ballot | Step | None = None, *, at: datetime) -> Verdict:
    """The coordinating department; a dong's office for its own dong's vote. A step is asked about before it has a ballot."""
    if actor.is_system:
        return YES
    verdict = official(actor, at=at)
    if not verdict or actor.holds(Role.COORDINATING_OFFICER, Role.SITE_ADMIN):
        return verdict
    places = (ballot.place_id,) if ballot else ()
    return YES if actor.holds(Role.DONG_OFFICER, place_ids=places) else no("ballot_role_needed")


def may_watch_ballot(actor: Actor, *_: object, at: datetime) -> Verdict:
    """Reads the desk's pages of a vote: any official with an open desk."""
    return official(actor, at=at)


def may_work_the_box(actor: Actor, ballot: Ballot, *, at: datetime) -> Verdict:
    """Marks voters on the roll and enters papers: who runs the vote, and every dong's office for a vote of the whole town."""
    verdict = may_run_ballot(actor, ballot, at=at)
    if verdict.code == "ballot_role_needed" and ballot.place.level == Place.Level.DISTRICT and actor.holds(Role.DONG_OFFICER):
        return YES
    return verdict


def may_mark(actor: Actor, ballot: Ballot, resident: Resident, *, channel: str, at: datetime) -> Verdict:
    """Whether a person may be handed a paper (or have one entered) by this channel now: open, of the electorate, not yet marked."""
    verdict = may_work_the_box(actor, ballot, at=at)
    if not verdict:
        return verdict
    if channel not in OFFLINE:
        return no("desk_channel_only")
    if actor.resident_id is not None and actor.resident_id == resident.pk:
        return no("own_paper")
    mark = ballot.marks.filter(resident=resident).first()
    return first_no(is_open(ballot, at=at), may_be_marked(ballot, resident, at=at), may_vote_again(ballot, mark, channel=channel, at=at))


def may_enter_papers(actor: Actor, ballot: Ballot, *, at: datetime) -> Verdict:
    """Papers of a box go in from the opening of the vote till the count: a box is opened when the vote is over."""
    verdict = may_work_the_box(actor, ballot, at=at)
    if not verdict:
        return verdict
    if ballot.state == Ballot.State.CLOSED:
        return YES
    return no("ballot_counted") if ballot.state == Ballot.State.COUNTED else is_begun(ballot, at=at)


def is_begun(ballot: Ballot, *, at: datetime) -> Verdict:
    """Announced and past its opening."""
    opens = ballot.step.opens_at
    if ballot.state != Ballot.State.NOTICED or opens is None:
        return no("ballot_not_noticed")
    return YES if at >= opens else no("ballot_not_open_yet", opens=dates.moment(opens, at=at))


def may_redate(step: Step, *, at: datetime) -> Verdict:
    """Dates of a vote that was closed or counted stand."""
    over = Ballot.objects.filter(step=step, state__in=["closed", "counted"]).exists()
    return no("ballot_dates_stand") if over else YES


def may_see_papers(actor: Actor, ballot: Ballot, *, at: datetime) -> Verdict:
    """The papers are everybody's after the count and nobody's before."""
    return YES if ballot.state == Ballot.State.COUNTED else no("papers_are_sealed")
