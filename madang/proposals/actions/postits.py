"""A board of post-its becomes one-line ideas in one go."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from madang.ground.actor import Actor
from madang.ground.models import Place, StoredFile
from madang.processes.models import Step
from madang.proposals.actions.intake import take_in
from madang.proposals.models import Proposal


@transaction.atomic
def take_in_postits(
    *, step: Step, place: Place, lines: Sequence[str], received_on: date, category: str = "", spot: str = "",
    original: StoredFile | None = None, actor: Actor, at: datetime,
) -> list[Proposal]:  # fmt: skip
    """Each line becomes an idea with a receipt number of its own, all or none. `original` is the picture of the board, kept with each."""
    return [
        take_in(
            step=step, place=place, title=line, category=category, form=Proposal.Form.IDEA, spot=spot, channel=Proposal.Channel.POSTIT,
            received_on=received_on, original=original, actor=actor, at=at,
        )
        for line in lines
    ]  # fmt: skip
