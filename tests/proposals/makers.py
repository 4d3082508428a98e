"""Proposals for tests, made through the verbs."""

from datetime import datetime, timedelta
from io import BytesIO
from itertools import count

from PIL import Image

from madang.ground import files
from madang.ground.actor import SYSTEM, Actor
from madang.ground.models import Place, StoredFile
from madang.ground.town import Town
from madang.processes.models import Process, Step
from madang.proposals import actions
from madang.proposals.models import Proposal
from madang.residents.models import Resident
from tests import NOON
from tests.residents.makers import a_resident, a_town, actor_of

_numbers = count(1)
BODY = "여름 한낮에 앉을 그늘이 하나도 없습니다.\n\n어르신들이 쉬어 갈 자리가 필요합니다."


def a_proposal_step(
    town: Town | None = None,
    dong: str | None = None,
    *,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    **settings: object,
) -> Step:
    """A step that takes proposals now: the whole town's, or one dong's. The same one when asked twice with nothing special."""
    town = town or a_town()
    place: Place = town.dong(dong) if dong else town.place
    plain = not settings and opens_at is None and closes_at is None
    if plain:
        known = Step.objects.filter(kind="proposals", process__place=place, settings={}, closes_at__isnull=True).first()
        if known:
            return Step.objects.select_related("process__place").get(pk=known.pk)
    # Rows instead of a blueprint: these tests need one bare step, whatever the blueprints become.
    process = Process.objects.create(
        place=place, blueprint="always_open", title=f"{place.name} 늘 열린 제안 {next(_numbers)}", year=2021, state="open", made_at=NOON
    )
    return Step.objects.create(
        process=process, kind="proposals", title="제안 받기", opens_at=opens_at or NOON - timedelta(days=30), closes_at=closes_at,
        always_open=closes_at is None, settings=dict(settings),
    )  # fmt: skip


def a_proposal(
    *, is_open: bool = True, author: Resident | None = None, at: datetime = NOON, dong: str = "doksan2", **over: object
) -> Proposal:
    """A proposal a resident sent; `is_open`: an officer has opened it for everybody. `over` goes to submit()."""
    town = a_town()
    author = author or a_resident(town, dong)
    step = over.pop("step", None) or a_proposal_step(town)
    values = {"title": "골목 그늘막을 놓아 주세요", "body": BODY, "category": "환경·공원", "place": town.dong(dong), **over}
    actor = actor_of(author, at=at)
    proposal = actions.submit(step=step, actor=actor, at=at, **values)
    if is_open and not proposal.is_public:
        actions.open_to_public(proposal=proposal, actor=SYSTEM, at=at)
    return Proposal.objects.select_related("step__process__place", "place").get(pk=proposal.pk)


def a_shortlisted_proposal(*, cost_won: int | None = 30_000_000, at: datetime = NOON, **over: object) -> Proposal:
    """One that is ready for a ballot: open, then shortlisted."""
    proposal = a_proposal(cost_won=cost_won, at=at, **over)
    return actions.shortlist(proposal=proposal, why="주민자치회 분과 회의", actor=SYSTEM, at=at)


def endorsed_by(proposal: Proposal, count: int, *, at: datetime = NOON) -> Proposal:
    """`count` residents endorse it."""
    for _n in range(count):
        actions.endorse(proposal=proposal, actor=actor_of(a_resident(), at=at), at=at)
    proposal.refresh_from_db()
    return proposal


def a_picture(colour: str = "green", size: tuple[int, int] = (64, 48)) -> bytes:
    """The bytes of a small PNG."""
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def a_stored_picture(town: Town | None = None, *, actor: Actor = SYSTEM, at: datetime = NOON) -> StoredFile:
    town = town or a_town()
    return files.take(BytesIO(a_picture()), name="그늘막.png", place=town.place, actor=actor, at=at)
