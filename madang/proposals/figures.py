"""Numbers and lines for others: pure reads."""

from collections.abc import Iterable
from datetime import date

from madang.ground.clock import today
from madang.ground.town import town_of
from madang.methods import legal_clock
from madang.methods.legal_clock import Clock, Pause
from madang.proposals.models import ClockPause, Proposal


def clock_of(proposal: Proposal, *, on: date, pauses: Iterable[ClockPause] | None = None) -> Clock:
    """The legal clock of a proposal as it reads on a day. `pauses`: its rows when the caller has them (a prefetch is used otherwise)."""
    rows = (proposal.pauses.all() if proposal.pk else ()) if pauses is None else pauses
    ends_at = proposal.step.closes_at if proposal.law_class == Proposal.LawClass.SOLICITED else None
    off = town_of(proposal.town_id).settings(on).extra_holidays
    return legal_clock.clock(
        proposal.law_class,
        proposal.received_on,
        [Pause(p.from_on, p.to_on, p.reason) for p in rows],
        on,
        campaign_ends_on=today(ends_at) if ends_at else None,
        extra=frozenset(date.fromisoformat(d) for d in off),
    )


def due_on(proposal: Proposal, *, on: date, pauses: Iterable[ClockPause] | None = None) -> date:
    """The day to store in `due_on` after anything that moves the clock."""
    return clock_of(proposal, on=on, pauses=pauses).due_on
