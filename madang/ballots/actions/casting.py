"""Casting. The mark says that a person voted, the paper what was picked; the key that joins them dies at closing."""

import hmac
import secrets
import uuid
from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction

from madang.ballots.models import OFFLINE, Ballot, BallotPaper, Channel, TurnoutMark
from madang.ballots.rules import is_eligible, is_open, may_enter_papers, may_mark, may_pick, may_vote_again
from madang.ground import clock, dates
from madang.ground.actor import Actor
from madang.ground.audit import record
from madang.ground.verdict import Refused, no
from madang.ground.workflow import lock
from madang.residents.models import Resident

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0 O 1 I L U: a receipt is read aloud and copied by hand


@transaction.atomic
def cast(*, ballot: Ballot, picks: list[int], actor: Actor, at: datetime, channel: str = "online") -> str:
    """Casts or, where the rule allows, changes one's own vote. `picks` are item numbers. Returns the receipt code.

    The same picks sent again give the same receipt. `channel` is "online" for a person's own deed; offline papers go in by
    cast_for() or mark_voter() and enter_paper(). The audit row names the day only and no paper, so that the trail cannot join a
    person to a paper by time."""
    is_open(ballot, at=at).or_raise()
    is_eligible(actor, ballot, at=at).or_raise()
    return _cast(ballot, picks, actor, at, channel, actor.person_id or 0, actor.home_id, actor.birth_year)


@transaction.atomic
def cast_for(*, ballot: Ballot, resident: Resident, picks: list[int], channel: str, actor: Actor, at: datetime) -> str:
    """An officer enters the paper of a person whose vote comes with their name (a voter who asks for help). Both are recorded.

    The officer sees what was picked, so a secret paper goes through mark_voter() and enter_paper() instead."""
    may_mark(actor, ballot, resident, channel=channel, at=at).or_raise()
    return _cast(ballot, picks, actor.for_resident(resident.pk), at, channel, resident.pk, resident.home_id, resident.birth_year)


@transaction.atomic
def mark_voter(*, ballot: Ballot, resident: Resident, channel: str, actor: Actor, at: datetime) -> TurnoutMark:
    """명부 대조: a person was checked and handed a paper. From now on no other channel takes a vote of theirs."""
    may_mark(actor, ballot, resident, channel=channel, at=at).or_raise()
    row = _noticed(ballot, at)
    mark = _mark(row, resident.pk, resident.home_id, resident.birth_year, channel, at)
    _recorded("ballot.voter_marked", row, actor.for_resident(resident.pk), at, channel)
    return mark


@transaction.atomic
def enter_paper(*, ballot: Ballot, picks: list[int], channel: str, actor: Actor, at: datetime) -> str:
    """A paper out of a box goes in without a name. Never more papers than people marked for that channel. Returns its receipt."""
    may_enter_papers(actor, ballot, at=at).or_raise()
    if channel not in OFFLINE:
        raise Refused(no("desk_channel_only"))
    may_pick(ballot, picks, set(ballot.items.values_list("number", flat=True))).or_raise()
    row = lock(ballot)
    if row.state not in (Ballot.State.NOTICED, Ballot.State.CLOSED):
        raise Refused(no("ballot_counted"))
    marked = row.marks.filter(channel=channel).count()
    if row.papers.filter(channel=channel).count() >= marked:
        raise Refused(no("more_papers_than_voters", channel=str(Channel(channel).label), marked=marked))
    paper = _paper(row, "", picks, channel)
    _recorded("ballot.paper_entered", row, actor, at, channel)
    return paper.receipt


def _cast(
    ballot: Ballot, picks: list[int], actor: Actor, at: datetime, channel: str,
    resident_id: int, dong_id: int | None, birth_year: int | None,
) -> str:  # fmt: skip
    may_pick(ballot, picks, set(ballot.items.values_list("number", flat=True))).or_raise()
    row = _noticed(ballot, at)
    mark = row.marks.filter(resident_id=resident_id).first()
    may_vote_again(row, mark, channel=channel, at=at).or_raise()
    token = _token(row, resident_id)
    if mark is not None:
        return _change(row, token, picks, actor, at, channel)
    _mark(row, resident_id, dong_id, birth_year, channel, at)
    receipt = _paper(row, token, picks, channel).receipt
    _recorded("ballot.cast", row, actor, at, channel)
    return receipt


def _change(row: Ballot, token: str, picks: list[int], actor: Actor, at: datetime, channel: str) -> str:
    paper = row.papers.get(token=token)
    if paper.picks == sorted(picks):
        return paper.receipt  # the same form sent twice
    paper.picks, paper.receipt = sorted(picks), _receipt()
    paper.save(update_fields=["picks", "receipt"])
    _recorded("ballot.recast", row, actor, at, channel)
    return paper.receipt


def _noticed(ballot: Ballot, at: datetime) -> Ballot:
    row = lock(ballot)
    if row.state != Ballot.State.NOTICED:
        raise Refused(no("ballot_closed", closes=dates.moment(ballot.step.closes_at or at, at=at)))
    return row


def _mark(row: Ballot, resident_id: int, dong_id: int | None, birth_year: int | None, channel: str, at: datetime) -> TurnoutMark:
    try:
        with transaction.atomic():
            return TurnoutMark.objects.create(
                ballot=row, resident_id=resident_id, channel=channel, dong_id=dong_id, on=clock.today(at),
                age_band=_age_band(row, birth_year, at),
            )  # fmt: skip
    except IntegrityError:
        there = row.marks.get(resident_id=resident_id)
        facts = {"on": dates.day(there.on, at=at), "channel": there.get_channel_display()}
        raise Refused(no("already_voted_elsewhere", **facts)) from None


def _paper(row: Ballot, token: str, picks: list[int], channel: str) -> BallotPaper:
    return BallotPaper.objects.create(id=uuid.uuid4(), ballot=row, token=token, receipt=_receipt(), picks=sorted(picks), channel=channel)


def _recorded(verb: str, ballot: Ballot, actor: Actor, at: datetime, channel: str) -> None:
    # Midnight of the day: the moment of a vote is nobody's business and could join a mark to a paper.
    midnight = at.astimezone(clock.KST).replace(hour=0, minute=0, second=0, microsecond=0)
    record(verb, actor=actor, at=midnight, subject=ballot, facts={"channel": channel})


def _token(ballot: Ballot, resident_id: int) -> str:
    return hmac.new(bytes.fromhex(ballot.mark_key), str(resident_id).encode(), sha256).hexdigest()


def _receipt() -> str:
    code = "".join(secrets.choice(LETTERS) for _ in range(10))
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def _age_band(ballot: Ballot, birth_year: int | None, at: datetime) -> int | None:
    if birth_year is None:
        return None
    age = (ballot.reference_on or clock.today(at)).year - birth_year
    return max(10, min(80, age // 10 * 10))
