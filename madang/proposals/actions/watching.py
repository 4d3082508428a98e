"""Looking after what stands in public, and after the clocks: hiding and showing, and the morning round."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse

from madang.ground.actor import Actor, Role
from madang.ground.audit import record
from madang.ground.clock import today
from madang.ground.dates import day_words
from madang.ground.verdict import Refused, no
from madang.methods.workdays import is_workday
from madang.notices.actions import notify
from madang.proposals.actions._handling import change, end_talk, tell
from madang.proposals.actions._receiving import publish, unpublish
from madang.proposals.actions.answering import end_expert_opinion
from madang.proposals.clocks import extra_holidays
from madang.proposals.figures import author_accounts, clock_of
from madang.proposals.models import ClockPause, Proposal, ProposalReport
from madang.proposals.rules import may_moderate
from madang.proposals.rules_desk import EXPERT_DAYS
from madang.residents.figures import officials_of, officials_with

SOON_DAYS = 7
A_BATCH = 500


@transaction.atomic
def hide(*, proposal: Proposal, why: str, actor: Actor, at: datetime) -> Proposal:
    """A moderator takes a proposal out of the public's sight, for a reason its author reads. Its legal clock goes on."""
    may_moderate(actor, proposal, at=at).or_raise()
    if not why.strip():
        raise Refused(no("why_needed"))
    if not proposal.is_public:
        raise Refused(no("not_public_now"))
    why = why.strip()[:200]
    change(proposal, verb="proposal.hidden", actor=actor, at=at, is_public=False, hidden_reason=why, facts=_told(proposal, why))
    unpublish(proposal)
    end_talk(proposal, actor=actor, at=at)
    proposal.reports.filter(state=ProposalReport.State.OPEN).update(state=ProposalReport.State.UPHELD)
    tell("proposal.hidden", proposal, actor=actor, at=at, why=why)
    return proposal


@transaction.atomic
def show(*, proposal: Proposal, why: str, actor: Actor, at: datetime) -> Proposal:
    """A moderator lets the public see a hidden proposal again."""
    may_moderate(actor, proposal, at=at).or_raise()
    if not why.strip():
        raise Refused(no("why_needed"))
    if proposal.is_public or not proposal.hidden_reason or proposal.state == Proposal.State.WITHDRAWN:
        raise Refused(no("not_hidden_now"))
    change(proposal, verb="proposal.shown", actor=actor, at=at, is_public=True, hidden_reason="", facts=_told(proposal, why))
    publish(proposal, at=at)
    tell("proposal.shown", proposal, actor=actor, at=at)
    return proposal


def _told(proposal: Proposal, why: str) -> dict[str, str]:
    """What the public log of hiding and showing says of it: the reason and its number, not its title."""
    return {"why": why[:200], "number": proposal.number}


@transaction.atomic
def dismiss_reports(*, proposal: Proposal, why: str, actor: Actor, at: datetime) -> int:
    """A moderator has looked at what was reported and leaves the proposal as it is. Returns how many reports that settles."""
    may_moderate(actor, proposal, at=at).or_raise()
    settled = proposal.reports.filter(state=ProposalReport.State.OPEN).update(state=ProposalReport.State.DISMISSED)
    record("proposal.reports_dismissed", actor=actor, at=at, subject=proposal, facts={"count": settled, "why": why[:200]})
    return settled


# The morning round


@transaction.atomic
def keep_clocks(*, actor: Actor, at: datetime) -> int:
    """Nightly: what an expert may stop for ends after EXPERT_DAYS, and due dates are counted anew: they move while a clock stands, and
    when the town closes on another day. Returns how many moved."""
    day = today(at)
    late = ClockPause.objects.filter(reason=ClockPause.Reason.EXPERT, to_on__isnull=True, from_on__lte=day - timedelta(days=EXPERT_DAYS))
    for pause in late.select_related("proposal__step"):
        end_expert_opinion(proposal=pause.proposal, actor=actor, at=at)
    moved = []
    waiting = Proposal.objects.answerable().exclude(state=Proposal.State.RECONSIDERATION)
    for proposal in waiting.select_related("step").prefetch_related("pauses").order_by("pk").iterator(chunk_size=A_BATCH):
        due = clock_of(proposal, on=day).due_on
        if due != proposal.due_on:
            proposal.due_on = due
            moved.append(proposal)
    Proposal.objects.bulk_update(moved, ["due_on"], batch_size=A_BATCH)
    if moved:
        record("proposals.clocks_kept", actor=actor, at=at, facts={"count": len(moved)})
    return len(moved)


@dataclass(frozen=True)
class _Waiting:
    """What the morning round needs of one proposal that waits."""

    pk: int
    place_id: int
    town_id: int
    department_id: int | None
    officer_id: int | None
    due_on: date
    title: str


@transaction.atomic
def remind_due(*, actor: Actor, at: datetime) -> int:
    """Every working morning: each officer hears once how many answers are overdue, due today, in one, three and seven days. The author of
    one that has become overdue hears it too, once: late is never silent. Returns how many people were told."""
    day = today(at)
    standing = ClockPause.objects.filter(to_on__isnull=True).values("proposal_id")
    rows = Proposal.objects.answerable().filter(due_on__lte=day + timedelta(days=SOON_DAYS)).exclude(pk__in=standing)
    names = ("pk", "place_id", "town_id", "department_id", "officer_id", "due_on", "title")
    waiting = [_Waiting(*row) for row in rows.order_by("due_on", "pk").values_list(*names)]
    waiting = [w for w in waiting if is_workday(day, extra_holidays(w.town_id, on=day))]
    told = _tell_authors([w for w in waiting if w.due_on < day], actor=actor, at=at) + _tell_officers(waiting, actor=actor, at=at)
    record("proposals.due_reminded", actor=actor, at=at, facts={"waiting": len(waiting), "told": told})
    return told


def _tell_authors(late: Iterable[_Waiting], *, actor: Actor, at: datetime) -> int:
    return sum(
        notify(
            kind="proposal.overdue", account_ids=author_accounts([w.pk]), place_id=w.place_id,
            facts={"title": w.title, "due": day_words(w.due_on)}, url=reverse("proposals:detail", args=[w.pk]),
            key=f"proposal.overdue:{w.pk}:{w.due_on}", actor=actor, at=at,
        )
        for w in late
    )  # fmt: skip


def _tell_officers(waiting: Iterable[_Waiting], *, actor: Actor, at: datetime) -> int:
    day = today(at)
    counts: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for w in waiting:
        for account_id in _in_charge(w, at=at):
            left = (w.due_on - day).days
            counts[account_id, w.town_id][_group(left)] += 1
    return sum(
        notify(
            kind="proposal.due_today", account_ids=[account_id], place_id=town_id,
            facts={name: groups[name] for name in ("late", "now", "one", "three", "seven")},
            url=f"{reverse('proposals:desk_list')}?due={'late' if groups['late'] or groups['now'] else 'soon'}",
            key=f"proposal.due_today:{day}:{town_id}", actor=actor, at=at,
        )
        for (account_id, town_id), groups in counts.items()
    )  # fmt: skip


def _group(left: int) -> str:
    return "late" if left < 0 else "now" if left == 0 else "one" if left == 1 else "three" if left <= 3 else "seven"


def _in_charge(w: _Waiting, *, at: datetime) -> list[int]:
    """The officer it was given to, else the department's, else the dong's; what is late concerns the coordinating office as well."""
    people = [w.officer_id] if w.officer_id else officials_of(w.department_id, at) if w.department_id else []
    people = people or officials_with(Role.DONG_OFFICER, w.place_id, at)
    coordinating = officials_with(Role.COORDINATING_OFFICER, w.town_id, at)
    if not people or w.due_on < today(at):
        people = [*people, *coordinating]
    return list(dict.fromkeys(people))
