"""How papers say days, people and addresses (개조식). Korean only: a paper has one language, whoever reads the site."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import NoReverseMatch, reverse

from madang.ground.clock import KST, today
from madang.methods import korean
from madang.reports.paper.blocks import Cell, Item, bullet, count, text

HIDDEN = "숨김"
HIDDEN_NOTE = "5명보다 적은 칸과 그 칸을 짐작하게 하는 칸은 숨김"


def address(name: str, *args: Any) -> str:
    """The address behind a number; "" where the area of that name is not installed."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def day(value: date | datetime | None) -> str:
    """`2021. 7. 24.(토)`; "" when not set."""
    if value is None:
        return ""
    return korean.day(today(value) if isinstance(value, datetime) else value)


def moment(value: datetime) -> str:
    """`2021. 7. 24.(토) 14:00` on the Korean clock."""
    return korean.moment(value.astimezone(KST))


def span(opens: datetime | None, closes: datetime | None) -> str:
    """`2021. 6. 5.(토) 09:00 ~ 6. 12.(토) 15:00`, hours only where they are not midnight; one day is written once."""
    if opens is None or closes is None:
        return "날짜 미정" if opens is None else f"{day(opens)} ~"
    first, last = opens.astimezone(KST), closes.astimezone(KST)
    ends_at = f" {last:%H:%M}" if (last.hour, last.minute) != (0, 0) else ""
    last_day = last.date() if ends_at else (last - timedelta(minutes=1)).date()
    begins_at = f" {first:%H:%M}" if (first.hour, first.minute) != (0, 0) else ""
    if first.date() == last_day:
        return f"{korean.day(last_day)}{begins_at}{'~' + ends_at.strip() if ends_at else ''}"
    return f"{korean.day(first.date())}{begins_at} ~ {korean.day(last_day, today=first.date())}{ends_at}"


def people(number: int) -> str:
    return f"{number:,}명"


def items(number: int) -> str:
    return f"{number:,}건"


def share_of(part: int, whole: int) -> str:
    """`(3.1%)` in tenths, half up; "" of nothing."""
    if whole <= 0:
        return ""
    tenths = (part * 2000 + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}%"


def shown_or_hidden(number: int | None, **over: Any) -> Cell:
    """A count of people, or the word for a cell too small to be shown."""
    return text(HIDDEN, align="right", **over) if number is None else count(number, **over)


def typed_items(typed: Mapping[str, str], name: str, mark: str = "○") -> list[Item]:
    """What the drafter typed, one clause a line; empty lines go."""
    return [bullet(mark, line) for line in typed_lines(typed, name)]


def typed_lines(typed: Mapping[str, str], name: str) -> list[str]:
    return [line.strip() for line in typed.get(name, "").splitlines() if line.strip()]
