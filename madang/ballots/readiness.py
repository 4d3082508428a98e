"""What is missing before a ballot may be announced."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from madang.ballots.models import Ballot


@dataclass(frozen=True)
class Check:
    """One line of the check list. `is_serious` lines must hold before the announcement."""

    what: Any
    holds: bool
    is_serious: bool = True


def checks(ballot: Ballot, *, at: datetime) -> list[Check]:
    """The check list of a ballot, in the order an officer would fill it."""
    items = list(ballot.items.all())
    step = ballot.step
    return [
        Check(_("투표할 것이 둘 이상"), len(items) >= 2),
        Check(_("모든 항목에 금액"), bool(items) and all(i.cost_won > 0 for i in items)),
        Check(_("시작과 끝"), bool(step.opens_at and step.closes_at)),
        Check(_("끝나는 때가 아직 오지 않음"), bool(step.closes_at and step.closes_at > at)),
        Check(_("예산"), ballot.budget_won > 0),
        Check(_("투표할 수 있는 사람 수와 그 출처"), ballot.electorate_size > 0 and bool(ballot.electorate_source)),
        Check(_("나이를 세는 기준일"), ballot.reference_on is not None),
        Check(_("성립 기준"), ballot.quorum > 0, is_serious=False),
        Check(_("예산보다 비싼 항목이 없음"), all(i.cost_won <= ballot.budget_won for i in items), is_serious=False),
    ]


def missing(ballot: Ballot, *, at: datetime) -> list[Check]:
    """The serious lines that do not hold."""
    return [c for c in checks(ballot, at=at) if c.is_serious and not c.holds]
