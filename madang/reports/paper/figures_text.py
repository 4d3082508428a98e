"""How the numbers of a paper are written: commas, △ for a decrease, units of won, percents half up."""

from fractions import Fraction

from .blocks import Bar, Cell, Money, Rounding, plain

UNITS = {"원": 1, "천원": 1_000, "만원": 10_000, "백만원": 1_000_000, "억원": 100_000_000}


def shown(cell: Cell, money: Money) -> str:
    """The printed text of a cell. None is blank, zero is "0", a dash is "-"; a percent of nothing is "-"."""
    if cell.kind == "text":
        return plain(cell.text)
    if cell.kind == "none":
        return ""
    if cell.kind == "dash" or (cell.kind == "percent" and cell.whole == 0):
        return "-"
    if cell.kind == "percent":
        return percent_text(cell.value, cell.whole, cell.digits)
    return number_text(in_unit(cell.value, money) if cell.kind == "won" else cell.value)


def number_text(value: int) -> str:
    return f"△{-value:,}" if value < 0 else f"{value:,}"


def in_unit(value_won: int, money: Money) -> int:
    """Won in the unit of `money`; the same distance from zero for a minus as for a plus."""
    size = abs(rounded(Fraction(abs(value_won), UNITS[money.unit]), money.rounding))
    return -size if value_won < 0 else size


def percent_text(part: int, whole: int, digits: int = 0) -> str:
    """`48.65` → "49%"; exact fractions, so a half is never lost to binary rounding."""
    scaled = rounded(Fraction(abs(part) * 100 * 10**digits, abs(whole)), "half_up")
    body = f"{scaled // 10**digits:,}" + (f".{scaled % 10**digits:0{digits}d}" if digits else "")
    return ("△" if (part < 0) != (whole < 0) and scaled else "") + body + "%"


def rounded(value: Fraction, rounding: Rounding) -> int:
    """A fraction of zero or more as a whole number."""
    return int(value + Fraction(1, 2)) if rounding == "half_up" else int(value)


def bar_text(bar: Bar) -> str:
    return bar.shown or number_text(bar.value)


def is_number(cell: Cell) -> bool:
    return cell.kind in ("int", "won", "percent", "dash", "none")
