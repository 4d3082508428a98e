"""What a vote forgets with a person."""

from datetime import datetime

from madang.ballots.models import TurnoutMark
from madang.residents.models import Resident


def forget_voter(resident: Resident, at: datetime) -> dict[str, int]:
    """Erasure hook: the mark stays nameless (one person, one vote), its age band goes. Papers name nobody and stay."""
    marks = TurnoutMark.objects.filter(resident=resident)
    return {"vote_ages": marks.filter(age_band__isnull=False).update(age_band=None), "kept.votes": marks.count()}
