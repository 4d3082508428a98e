"""Money in won. Invariant: expenditure ≤ commitment ≤ budget (지방재정법), in the verb with a reason and in the database."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from madang.budgets.models import Appropriation, Source, Spending
from madang.budgets.rules import may_appropriate, may_spend
from madang.ground.actor import Actor
from madang.ground.audit import record
from madang.ground.clock import today
from madang.ground.models import Place
from madang.ground.verdict import Refused, no
from madang.ground.workflow import lock
from madang.programmes.models import Programme


@transaction.atomic
def make_source(*, place: Place, code: str, name: str, order: int, actor: Actor, at: datetime) -> Source:
    """A place's source of money, once per code; a second call finds the first."""
    may_appropriate(actor, at=at).or_raise()
    row, made = Source.objects.get_or_create(place=place, code=code, defaults={"name": name, "order": order})
    if made:
        record("source.made", actor=actor, at=at, subject=row, place=place, facts={"name": name})
    return row


@transaction.atomic
def appropriate(
    *, programme: Programme, source: Source, year: int, amount_won: int, decided_by: str, actor: Actor, at: datetime
) -> Appropriation:
    """Gives a programme money for a fiscal year from one source. `decided_by` names what decided it (`ballot/3`)."""
    may_appropriate(actor, at=at).or_raise()
    if amount_won <= 0:
        raise Refused(no("amount_not_positive"))
    if source.place_id not in (programme.place_id, programme.place.parent_id):
        raise Refused(no("source_elsewhere", source=source.name))
    try:
        with transaction.atomic():
            row = Appropriation.objects.create(
                programme=programme, place_id=programme.place_id, source=source, year=year, amount_won=amount_won, decided_by=decided_by
            )
    except IntegrityError:
        raise Refused(no("already_appropriated", year=year, source=source.name)) from None
    record(
        "budget.appropriated", actor=actor, at=at, subject=row, trail=programme,
        facts={"year": year, "amount": f"{amount_won:,}", "source": source.name, "by": decided_by},
    )  # fmt: skip
    return row


@transaction.atomic
def change_amount(*, appropriation: Appropriation, amount_won: int, reason: str, actor: Actor, at: datetime) -> Appropriation:
    """Raises or cuts a budget with a reason, never below what is committed."""
    may_appropriate(actor, at=at).or_raise()
    if amount_won < 0:
        raise Refused(no("amount_not_positive"))
    if not reason.strip():
        raise Refused(no("change_needs_reason"))
    row = lock(appropriation)
    if amount_won < row.committed_won:
        raise Refused(no("below_commitment", committed=f"{row.committed_won:,}", asked=f"{amount_won:,}"))
    before, row.amount_won = row.amount_won, amount_won
    row.save(update_fields=["amount_won"])
    record(
        "budget.changed", actor=actor, at=at, subject=row, trail=row.programme,
        facts={"before": f"{before:,}", "after": f"{amount_won:,}", "reason": reason},
    )  # fmt: skip
    return row


@transaction.atomic
def commit(*, appropriation: Appropriation, amount_won: int, on: date, what: str, actor: Actor, at: datetime, once: str = "") -> Spending:
    """원인행위: promises money, within what is left of the budget. `once`: a second call with the same mark finds the first line."""
    may_spend(actor, appropriation.programme, at=at).or_raise()
    row = lock(appropriation)
    there = _there(row, once)
    if there:
        return there
    _may_write(row, amount_won, on, at)
    _commit(row, amount_won)
    row.save(update_fields=["committed_won"])
    line = _line(row, Spending.Kind.COMMITMENT, amount_won, on, what, at, once)
    record("budget.committed", actor=actor, at=at, subject=line, trail=row.programme, facts=_told(amount_won, on))
    return line


@transaction.atomic
def spend(
    *,
    appropriation: Appropriation,
    amount_won: int,
    on: date,
    what: str,
    actor: Actor,
    at: datetime,
    commits: bool = False,
    once: str = "",
) -> Spending:
    """지출: pays out, within what is committed. With `commits` the commitment is made in the same breath (small purchases)."""
    may_spend(actor, appropriation.programme, at=at).or_raise()
    row = lock(appropriation)
    there = _there(row, once)
    if there:
        return there
    _may_write(row, amount_won, on, at)
    if commits:
        _commit(row, amount_won)
        _line(row, Spending.Kind.COMMITMENT, amount_won, on, what, at)
    if row.spent_won + amount_won > row.committed_won:
        raise Refused(no("amount_past_commitment", committed=f"{row.committed_won:,}", spent=f"{row.spent_won:,}", asked=f"{amount_won:,}"))
    row.spent_won += amount_won
    row.save(update_fields=["committed_won", "spent_won"])
    line = _line(row, Spending.Kind.EXPENDITURE, amount_won, on, what, at, once)
    record("budget.spent", actor=actor, at=at, subject=line, trail=row.programme, facts=_told(amount_won, on))
    return line


@transaction.atomic
def cancel(*, spending: Spending, reason: str, actor: Actor, at: datetime) -> Spending:
    """Takes a wrong line back, with a reason: it stays to be read and no longer counts. A commitment not below what is already paid."""
    may_spend(actor, spending.appropriation.programme, at=at).or_raise()
    if not reason.strip():
        raise Refused(no("cancel_needs_reason"))
    row = lock(spending.appropriation)
    line = lock(spending)
    if line.cancelled_at:
        raise Refused(no("already_cancelled"))
    if line.kind == Spending.Kind.EXPENDITURE:
        row.spent_won -= line.amount_won
    elif row.committed_won - line.amount_won < row.spent_won:
        raise Refused(no("cancel_below_spent", spent=f"{row.spent_won:,}"))
    else:
        row.committed_won -= line.amount_won
    row.save(update_fields=["committed_won", "spent_won"])
    line.cancelled_at, line.cancelled_why = at, reason
    line.save(update_fields=["cancelled_at", "cancelled_why"])
    facts = {"amount": f"{line.amount_won:,}", "kind": line.kind, "reason": reason}
    record("budget.cancelled", actor=actor, at=at, subject=line, trail=row.programme, facts=facts)
    return line


def _there(row: Appropriation, once: str) -> Spending | None:
    return Spending.objects.filter(appropriation=row, once=once).first() if once else None


def _may_write(row: Appropriation, amount_won: int, on: date, at: datetime) -> None:
    if amount_won <= 0:
        raise Refused(no("amount_not_positive"))
    # Fiscal year 1 Jan to 31 Dec; exceptional payments to 20 Jan (지방회계법 §7).
    if not date(row.year, 1, 1) <= on <= date(row.year + 1, 1, 20):
        raise Refused(no("spent_outside_year", year=row.year))
    if on > today(at):
        raise Refused(no("spent_in_future"))


def _commit(row: Appropriation, amount_won: int) -> None:
    left = row.amount_won - row.committed_won
    if amount_won > left:
        raise Refused(
            no(
                "amount_past_budget",
                budget=f"{row.amount_won:,}", committed=f"{row.committed_won:,}", left=f"{left:,}", asked=f"{amount_won:,}",
            )
        )  # fmt: skip
    row.committed_won += amount_won


def _line(row: Appropriation, kind: str, amount_won: int, on: date, what: str, at: datetime, once: str = "") -> Spending:
    return Spending.objects.create(
        appropriation=row, place_id=row.place_id, kind=kind, amount_won=amount_won, on=on, what=what, at=at, once=once or None
    )


def _told(amount_won: int, on: date) -> dict[str, str]:
    return {"amount": f"{amount_won:,}", "on": on.isoformat()}
