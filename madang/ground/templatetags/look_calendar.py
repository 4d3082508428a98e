"""A month and a year laid out as tables. Not a tag library: look.py calls it."""

import calendar
from collections.abc import Iterable
from datetime import date
from typing import Any

HALVES = 24  # a year in half months


def _of(thing: Any, name: str, default: Any = None) -> Any:
    return thing.get(name, default) if isinstance(thing, dict) else getattr(thing, name, default)


def month_context(today: date, events: Iterable[Any], year: int, number: int, holidays: Iterable[date]) -> dict[str, Any]:
    """Weeks from Sunday to Saturday; a day with events is a link to its first event's place in the list beside."""
    rest = set(holidays)
    on: dict[date, list[Any]] = {}
    for event in events:
        on.setdefault(_of(event, "on"), []).append(event)
    weeks = []
    for week in calendar.Calendar(firstweekday=6).monthdatescalendar(year, number):
        weeks.append([_day(d, today, on.get(d, []), d.weekday() == 6 or d in rest) if d.month == number else None for d in week])
    return {"year": year, "number": number, "weeks": weeks, "is_other_year": year != today.year}


def _day(on: date, today: date, events: list[Any], is_rest: bool) -> dict[str, Any]:
    css = [name for name, yes in (("is-past", on < today), ("is-sun", is_rest), ("is-end", any(_of(e, "is_end") for e in events))) if yes]
    return {
        "number": on.day,
        "css": " ".join(css),
        "is_today": on == today,
        "words": ", ".join(str(_of(e, "text")) for e in events),
        "url": (_of(events[0], "url") or f"#d{on.day}") if events else "",
    }


def _half(on: date) -> int:
    return (on.month - 1) * 2 + (on.day > 15)


def gantt_context(caption: object, rows: Iterable[Any], today: date, year: int) -> dict[str, Any]:
    """Bars in half months of one year; steps that begin before or end after the year are cut at its edge."""
    drawn = []
    for row in rows:
        opens, closes = _of(row, "opens_on"), _of(row, "closes_on")
        if not opens or not closes or opens.year > year or closes.year < year:
            continue
        first = _half(opens) if opens.year == year else 0
        last = _half(closes) if closes.year == year else HALVES - 1
        state = "is-law" if _of(row, "is_law") else "is-past" if closes < today else "is-open" if opens <= today else ""
        drawn.append(
            {
                "label": _of(row, "label"),
                "text": _of(row, "text", ""),
                "css": state,
                "before": first,
                "width": last - first + 1,
                "after": HALVES - 1 - last,
                "is_narrow": last - first < 2,
            }
        )
    months = [{"number": n, "is_now": year == today.year and n == today.month} for n in range(1, 13)]
    return {"caption": caption, "rows": drawn, "months": months, "halves": range(HALVES)}
