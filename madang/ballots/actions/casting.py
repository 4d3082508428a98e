"""Casting. The mark says that a person voted, the paper what was picked; the key that joins them dies at closing."""

import hmac
import secrets
import uuid
from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction

from madang.ballots.models import Ballot, BallotItem, BallotPaper, TurnoutMark
from madang.ballots.rules import is_eligible, is_open, may_pick, may_run_ballot, may_vote_again
from madang.ground import clock
from madang.ground.actor import Actor
from madang.ground.audit import record
from madang.ground.verdict import Refused, no
from madang.ground.workflow import lock
from madang.residents.models import Resident

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0 O 1 I L U: a receipt is read aloud and copied by hand
OFFLINE = (TurnoutMark.Channel.EARLY, TurnoutMark.Channel.POSTAL, TurnoutMark.Channel.HALL)


@transaction.atomic
def cast(*, ballot: Ballot, picks: list[int], actor: Actor, at: datetime, channel: str = "online") -> str:
    """Casts or, where the rule allows, changes a vote. `picks` are item numbers. Returns the receipt code.

    The audit row names the day only and no paper, so that the trail cannot join a person to a paper by time or order."""
    is_open(ballot, at=at).or_raise()
    is_eligible(actor, ballot, at=at).or_raise()
    return _cast(ballot, picks, actor, at, channel, actor.person_id, actor.home_id, actor.birth_year)


@transaction.atomic
def cast_for(*, ballot: Ballot, resident: Resident, picks: list[int], channel: str, actor: Actor, at: datetime) -> str:
    """An officer enters the paper of a person who voted early, by post or in the hall and was checked there. Both are recorded."""
    may_run_ballot(actor, ballot, at=at).or_raise()
    if channel not in OFFLINE:
        raise Refused(no("desk_channel_only"))
    is_open(ballot, at=at).or_raise()
    if ballot.place.level == "dong" and resident.home_id != ballot.place_id:
        raise Refused(no("voter_lives_elsewhere", place=ballot.place.name))
    return _cast(ballot, picks, actor.for_resident(resident.pk), at, channel, resident.pk, resident.home_id, resident.birth_year)


def _cast(
    ballot: Ballot, picks: list[int], actor: Actor, at: datetime, channel: str,
    resident_id: int | None, dong_id: int | None, birth_year: int | None,
) -> str:  # fmt: skip
    costs = dict(BallotItem.objects.filter(ballot=ballot).values_list("number", "cost_won"))
    may_pick(ballot, picks, costs).or_raise()
    row = lock(ballot)
    if row.state != Ballot.State.NOTICED:
        raise Refused(no("ballot_closed", closes=str(clock.today(at))))
    mark = row.marks.filter(resident_id=resident_id).first()
    may_vote_again(row, mark, channel=channel, at=at).or_raise()
    token = _token(row, resident_id)
    receipt = _receipt()
    if mark is not None:
        BallotPaper.objects.filter(ballot=row, token=token).update(picks=sorted(picks), receipt=receipt)
        _recorded("ballot.recast", row, actor, at, channel)
        return receipt
    try:
        with transaction.atomic():
            TurnoutMark.objects.create(
                ballot=row, resident_id=resident_id, channel=channel, dong_id=dong_id, on=clock.today(at),
                age_band=_age_band(row, birth_year, at),
            )  # fmt: skip
    except IntegrityError:
        raise Refused(no("already_voted_elsewhere", on=str(clock.today(at)), channel="")) from None
    BallotPaper.objects.create(id=uuid.uuid4(), ballot=row, token=token, receipt=receipt, picks=sorted(picks), channel=channel)
    _recorded("ballot.cast", row, actor, at, channel)
    return receipt


def _recorded(verb: str, ballot: Ballot, actor: Actor, at: datetime, channel: str) -> None:
    # Midnight of the day: the moment of a vote is nobody's business and could join a mark to a paper.
    midnight = at.astimezone(clock.KST).replace(hour=0, minute=0, second=0, microsecond=0)
    record(verb, actor=actor, at=midnight, subject=ballot, facts={"channel": channel})


def _token(ballot: Ballot, resident_id: int | None) -> str:
    return hmac.new(bytes.fromhex(ballot.mark_key), str(resident_id).encode(), sha256).hexdigest()


def _receipt() -> str:
    code = "".join(secrets.choice(LETTERS) for _ in range(10))
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def _age_band(ballot: Ballot, birth_year: int | None, at: datetime) -> int | None:
    if birth_year is None:
        return None
    age = (ballot.reference_on or clock.today(at)).year - birth_year
    return max(10, min(80, age // 10 * 10))
