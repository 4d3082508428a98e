"""From winner to done. The money stands with the programme; the proposal follows through its own verbs."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.urls import reverse

from madang.ballots.models import Ballot, BallotItem
from madang.budgets.actions import appropriate
from madang.budgets.models import Source
from madang.comments.actions import open_thread
from madang.ground import search
from madang.ground.actor import Actor
from madang.ground.audit import record, thing
from madang.ground.models import StoredFile
from madang.ground.verdict import Refused, no
from madang.ground.workflow import lock, move
from madang.methods.partial_dates import PartialDate
from madang.notices.actions import notify
from madang.programmes.actions import add_progress, change_programme, make_programme
from madang.programmes.models import ProgressEntry
from madang.projects.finding import findable
from madang.projects.models import Project, ProjectHelper
from madang.projects.rules import may_adopt, may_join, may_run_project
from madang.proposals import actions as proposals
from madang.residents.figures import accounts_of
from madang.residents.models import Department, Resident


@transaction.atomic
def adopt(
    *,
    item: BallotItem,
    source: Source,
    year: int,
    actor: Actor,
    at: datetime,
    department: Department | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Project:
    """Makes a winner a project: a programme node, its budget in won from one source, the proposal on its way to being done."""
    may_adopt(actor, item, at=at).or_raise()
    proposal = item.proposal
    programme = make_programme(
        place=item.place, kind="project", title=item.title, summary=item.text, year=year,
        department=department or (proposal.department if proposal else None),
        starts_on=starts_on or date(year, 1, 1), ends_on=ends_on or date(year, 12, 31), actor=actor, at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row = Project.objects.create(programme=programme, place_id=item.place_id, proposal=proposal, ballot_item=item, adopted_at=at)
    except IntegrityError:
        raise Refused(no("already_adopted")) from None
    if item.cost_won:
        appropriate(
            programme=programme, source=source, year=year, amount_won=item.cost_won, decided_by=thing(item.ballot), actor=actor, at=at
        )
    facts = {"title": item.title, "amount": f"{item.cost_won:,}", "proposal": item.proposal_id, "ballot": item.ballot_id}
    record("project.adopted", actor=actor, at=at, subject=row, facts=facts)
    if proposal:
        _tell_the_proposal(row, "project.adopted", facts, actor, at)
        proposals.start_implementing(proposal=proposal, actor=actor.for_the_town(), at=at)
        _tell(row, "project.adopted", {"title": item.title, "amount": f"{item.cost_won:,}"}, f"project.adopted:{row.pk}", actor, at)
    open_thread(subject=thing(row), place_id=row.place_id, title=item.title, url=_address(row), actor=actor, at=at)
    search.put(findable(row), at=at)
    return row


@transaction.atomic
def adopt_all(
    *,
    ballot: Ballot,
    source: Source,
    year: int,
    actor: Actor,
    at: datetime,
    departments: Mapping[int, Department] | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> list[Project]:
    """Every funded item of a counted ballot that is not a project yet: one adopt() each, all or none.

    `departments` names the department of an item by the item's id. Raises Refused(winner_stands_in_the_way)."""
    funded = ballot.items.filter(number__in=ballot.tally.funded).select_related("proposal__department", "place", "ballot__tally")
    there = set(Project.objects.filter(ballot_item__ballot=ballot).values_list("ballot_item_id", flat=True))
    made = []
    for item in funded:
        if item.pk in there:
            continue
        department = (departments or {}).get(item.pk)
        try:
            made.append(
                adopt(
                    item=item, source=source, year=year, department=department, starts_on=starts_on, ends_on=ends_on, actor=actor, at=at
                )
            )  # fmt: skip
        except Refused as refused:
            if refused.verdict.code in ("sign_in_first", "officials_only", "desk_closed", "role_needed"):
                raise
            raise Refused(no("winner_stands_in_the_way", title=item.title, why=str(refused))) from None
    return made


@transaction.atomic
def start(*, project: Project, actor: Actor, at: datetime) -> Project:
    """The work begins."""
    may_run_project(actor, project, at=at).or_raise()
    return move(project, to="running", verb="project.started", actor=actor, at=at)


@transaction.atomic
def report_progress(
    *,
    project: Project,
    on: PartialDate,
    body: str,
    actor: Actor,
    at: datetime,
    percent: int | None = None,
    photos: Sequence[tuple[StoredFile, str, str]] = (),
    once: str = "",
) -> ProgressEntry:
    """Tells how far it has come, 0–100 %. A project still planned starts with its first news; a late note of an earlier day leaves
    the newest figure as it is. `once`: a second call with the same mark finds the first entry."""
    may_run_project(actor, project, at=at).or_raise()
    fresh = lock(project)
    there = ProgressEntry.objects.filter(programme_id=fresh.programme_id, once=once).first() if once else None
    if there:
        return there
    if percent is not None and fresh.state == Project.State.DONE:
        raise Refused(no("done_needs_no_percent"))
    entry = add_progress(programme=project.programme, on=on, body=body, percent=percent, photos=photos, once=once, actor=actor, at=at)
    if fresh.state == Project.State.PLANNED and project.state == Project.State.PLANNED:
        start(project=project, actor=actor, at=at)
    if percent is not None:
        told = ProgressEntry.objects.filter(programme_id=project.programme_id, percent__isnull=False)
        project.percent = told.values_list("percent", flat=True)[0] or 0
        project.save(update_fields=["percent"])
    facts = {"percent": project.percent}
    record("project.reported", actor=actor, at=at, subject=project, facts=facts)
    _tell_the_proposal(project, "project.reported", facts, actor, at)
    search.put(findable(project), at=at)
    _tell(project, "project.news", {"title": project.programme.title, "body": body[:120]}, f"project.news:{entry.pk}", actor, at)
    return entry


@transaction.atomic
def change(
    *,
    project: Project,
    title: str,
    summary: str,
    department: Department | None,
    starts_on: date | None,
    ends_on: date | None,
    precision: str,
    actor: Actor,
    at: datetime,
) -> Project:
    """Mends what a project says of itself; search and talk follow the new title."""
    may_run_project(actor, project, at=at).or_raise()
    project.programme = change_programme(
        programme=project.programme, title=title, summary=summary, department=department, starts_on=starts_on, ends_on=ends_on,
        precision=precision, actor=actor, at=at,
    )  # fmt: skip
    open_thread(subject=thing(project), place_id=project.place_id, title=title, url=_address(project), actor=actor, at=at)
    search.put(findable(project), at=at)
    return project


@transaction.atomic
def finish(*, project: Project, actor: Actor, at: datetime) -> Project:
    """Done, for good: the project, and with it the proposal it came from."""
    may_run_project(actor, project, at=at).or_raise()
    move(project, to="done", verb="project.finished", actor=actor, at=at, done_at=at, percent=100)
    if project.proposal and project.proposal.state == "implementing":
        proposals.finish_implementing(proposal=project.proposal, actor=actor.for_the_town(), at=at)
    _tell(project, "project.finished", {"title": project.programme.title}, f"project.finished:{project.pk}", actor, at)
    return project


@transaction.atomic
def stop(*, project: Project, why: str, actor: Actor, at: datetime) -> Project:
    """Stopped, with a reason everybody reads."""
    may_run_project(actor, project, at=at).or_raise()
    if not why.strip():
        raise Refused(no("stop_needs_reason"))
    came_from = project.state
    move(project, to="stopped", verb="project.stopped", actor=actor, at=at, why=why)
    _tell_the_proposal(project, "project.stopped", {"from": came_from, "to": "stopped", "why": why}, actor, at)
    facts = {"title": project.programme.title, "why": why[:200]}
    _tell(project, "project.stopped", facts, f"project.stopped:{project.pk}:{at.isoformat()}", actor, at)
    return project


@transaction.atomic
def resume(*, project: Project, actor: Actor, at: datetime) -> Project:
    """On again after a stop."""
    may_run_project(actor, project, at=at).or_raise()
    move(project, to="running", verb="project.resumed", actor=actor, at=at)
    _tell_the_proposal(project, "project.resumed", {"from": "stopped", "to": "running"}, actor, at)
    return project


@transaction.atomic
def sign_up(*, project: Project, actor: Actor, at: datetime) -> ProjectHelper:
    """A resident takes part in the work (R-071)."""
    may_join(actor, project, at=at).or_raise()
    row, made = ProjectHelper.objects.get_or_create(project=project, resident_id=actor.resident_id or 0, defaults={"at": at})
    if made:
        record("project.joined", actor=actor, at=at, subject=project)
    return row


@transaction.atomic
def leave(*, project: Project, actor: Actor, at: datetime) -> None:
    """A resident no longer takes part."""
    gone, _rows = ProjectHelper.objects.filter(project=project, resident_id=actor.resident_id or 0).delete()
    if not gone:
        raise Refused(no("not_signed_up"))
    record("project.left", actor=actor, at=at, subject=project)


def _forget_helper(resident: Resident, at: datetime) -> dict[str, int]:
    """Part of `erase_resident`: who takes part in a work is nobody's business once the person is gone."""
    gone, _rows = ProjectHelper.objects.filter(resident=resident).delete()
    return {"project_sign_ups": gone}


def _address(project: Project) -> str:
    return reverse("projects:detail", args=[project.pk])


def _tell_the_proposal(project: Project, verb: str, facts: dict, actor: Actor, at: datetime) -> None:
    """The same deed on the trail of the proposal it came from. That the work began and ended is told there by the proposal's own verbs."""
    if project.proposal:
        record(verb, actor=actor, at=at, subject=project, trail=project.proposal, facts=facts)


def _tell(project: Project, kind: str, facts: dict, key: str, actor: Actor, at: datetime) -> None:
    """The proposal's author and those who joined."""
    people = set(project.helpers.values_list("resident_id", flat=True))
    if project.proposal and project.proposal.author_id:
        people.add(project.proposal.author_id)
    notify(
        kind=kind, account_ids=accounts_of(people).values(), place_id=project.place_id, facts=facts, url=_address(project), key=key,
        actor=actor, at=at,
    )  # fmt: skip
