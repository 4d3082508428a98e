"""The clocks a town owes an answer by: proposals, complaints, questions, petitions.

How a clock runs
----------------
- Months and days follow 민법 §157–§161 (the day of receipt is not counted, a last day on a day off moves on); working
  days follow 민원처리법 §19 (the day of receipt counts if it is a workday).
- A clock stands still while a supplement is awaited (국민 제안 규정 §6②, 행정절차법 시행령 §11) or an expert opinion is
  sought. A pause is a period like any other: the day it was asked for still counts as a day of the town, the day the
  answer came does not (the rule of 민법 §157 applied to the pause). A pause asked for and answered on one day stops nothing.
- Pauses that overlap stop the clock once. What lies after ``on`` is not known on that day and is ignored, so the same
  question gives the same answer for a past date. While a pause is open the due date is provisional: it is what would
  hold if the answer came today, and it moves on every day.
- Days that fall after the clock ran out do not bring it back: a pause begun when the answer was already late changes nothing.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from madang.methods.workdays import NO_DAYS, ONE_DAY, add_days, add_months, add_workdays, due_on, is_workday

Kind = Literal["proposal", "solicited", "suggestion", "complaint", "query_simple", "query_legal", "petition"]
Unit = Literal["months", "days", "workdays"]


@dataclass(frozen=True, slots=True)
class Period:
    """One kind of legal clock: its length, where it is written, and what may be asked or added.

    ``supplement_days``: calendar days from receipt in which a supplement may be asked for, None if the law names none.
    ``extension_days``: calendar days that may be added once, 0 if the law known to us names none.
    """

    kind: Kind
    unit: Unit
    length: int
    source: str
    supplement_days: int | None = None
    extension_days: int = 0


_PERIODS: tuple[Period, ...] = (
    Period("proposal", "months", 1, "국민 제안 규정(2023. 4. 5. 시행) 제10조제1항: 접수한 날부터 1개월", supplement_days=7),
    Period("solicited", "months", 1, "국민 제안 규정(2023. 4. 5. 시행) 제10조제1항: 공모가 끝난 날부터 1개월", supplement_days=7),
    Period("suggestion", "workdays", 14, "민원 처리에 관한 법률 시행령 제15조: 건의민원 14일"),
    Period("complaint", "workdays", 7, "민원 처리에 관한 법률 시행령 제17조: 고충민원 등 7일"),
    Period("query_simple", "workdays", 7, "민원 처리에 관한 법률 시행령 제14조: 단순 질의 7일"),
    Period("query_legal", "workdays", 14, "민원 처리에 관한 법률 시행령 제14조: 법령 질의 14일"),
    Period("petition", "days", 90, "청원법: 접수한 날부터 90일, 한 차례 60일 연장", extension_days=60),
)
PERIODS: Mapping[str, Period] = MappingProxyType({period.kind: period for period in _PERIODS})


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stood still from ``from_on`` (asked) to ``to_on`` (answered); None while the answer is awaited."""

    from_on: date
    to_on: date | None
    reason: str

    def __post_init__(self) -> None:
        if self.to_on is not None and self.to_on < self.from_on:
            raise ValueError("a pause ends on or after the day it began")

    def is_open(self, on: date) -> bool:
        return self.from_on <= on and (self.to_on is None or self.to_on > on)


@dataclass(frozen=True, slots=True)
class Clock:
    """A legal clock as it reads on one day.

    ``due_on`` is never a day off; provisional while ``paused``. ``days_left`` are calendar days, 0 on the last day and
    negative when late. ``paused_days`` are the days (working days for a clock in working days) that were not counted.
    ``supplement_until`` is the last day on which a supplement may be asked for, or None. ``source`` names the law.
    """

    kind: Kind
    due_on: date
    days_left: int
    paused: bool
    overdue: bool
    paused_days: int
    supplement_until: date | None
    source: str


def clock(
    kind: str,
    received_on: date,
    pauses: Iterable[Pause],
    on: date,
    *,
    campaign_ends_on: date | None = None,
    extended: bool = False,
    extra: Set[date] = NO_DAYS,
) -> Clock:
    """Read the clock of ``kind`` for something received on ``received_on``, as it stands on the day ``on``.

    For paper, phone or visit ``received_on`` is the day on the paper, not the day of data entry. For "solicited" the
    month begins at ``campaign_ends_on`` (``received_on`` when it is not given) while the week for a supplement begins at
    receipt. ``extended`` adds the extension the law allows once. Raises KeyError for an unknown kind and ValueError for
    an extension the kind does not have.
    """
    period = PERIODS[kind]
    if extended and not period.extension_days:
        raise ValueError(f"no extension is known for {kind}")
    known = tuple(pause for pause in pauses if pause.from_on <= on)
    begins_on = campaign_ends_on or received_on if kind == "solicited" else received_on
    if period.unit == "workdays":
        due, stood_still = _run_workdays(begins_on, period.length, known, on, extra)
    else:
        last = add_months(begins_on, period.length) if period.unit == "months" else add_days(begins_on, period.length)
        length = (last - begins_on).days + (period.extension_days if extended else 0)
        due, stood_still = _run_days(begins_on, length, known, on)
        due = due_on(due, extra)
    asked_until = None if period.supplement_days is None else due_on(add_days(received_on, period.supplement_days), extra)
    return Clock(
        kind=period.kind,
        due_on=due,
        days_left=(due - on).days,
        paused=any(pause.is_open(on) for pause in known),
        overdue=on > due,
        paused_days=stood_still,
        supplement_until=asked_until,
        source=period.source,
    )


def _stands_still(day: date, pauses: tuple[Pause, ...], on: date) -> bool:
    return any(pause.from_on < day <= min(pause.to_on or on, on) for pause in pauses)


def _run_days(begins_on: date, length: int, pauses: tuple[Pause, ...], on: date) -> tuple[date, int]:
    day, counted, stood_still = begins_on, 0, 0
    while counted < length:
        day += ONE_DAY
        if _stands_still(day, pauses, on):
            stood_still += 1
        else:
            counted += 1
    return day, stood_still


def _run_workdays(begins_on: date, length: int, pauses: tuple[Pause, ...], on: date, extra: Set[date]) -> tuple[date, int]:
    if not pauses:
        return add_workdays(begins_on, length, extra), 0
    day, counted, stood_still = begins_on - ONE_DAY, 0, 0
    while counted < length:
        day += ONE_DAY
        if not is_workday(day, extra):
            continue
        if _stands_still(day, pauses, on):
            stood_still += 1
        else:
            counted += 1
    return day, stood_still
