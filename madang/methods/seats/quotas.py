"""Quotas: how many seats at least and at most go to people with one value of a feature (성별 여: 20 to 30).

``min_flex`` and ``max_flex`` say how far a quota may be loosened when not all can be met together (see ``relaxation``).

CSV files have a header row. Columns are found by name, in any order: feature, value, min, max and perhaps min_flex, max_flex;
or category, feature, min, max, where "feature" is the value (older files of citizens' assemblies);
or 항목, 값, 최소, 최대, 최소한도, 최대한도.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from madang.methods.seats.pool import Pool, Refused
from madang.methods.tables import TableError, read_table

_HEADERS = (
    ("category", "feature", "min", "max", "min_flex", "max_flex"),
    ("feature", "value", "min", "max", "min_flex", "max_flex"),
    ("항목", "값", "최소", "최대", "최소한도", "최대한도"),
)
_MOST_QUOTAS = 5_000


@dataclass(frozen=True, slots=True, order=True)
class Quota:
    """``min`` to ``max`` seats for those whose ``feature`` is ``value``; loosened to no less than ``min_flex``, no more than ``max_flex``.

    ``max_flex`` None stands for "as many as there are seats". Raises ValueError unless 0 ≤ min_flex ≤ min ≤ max ≤ max_flex.
    """

    feature: str
    value: str
    min: int
    max: int
    min_flex: int = 0
    max_flex: int | None = None

    def __post_init__(self) -> None:
        if not self.feature or not self.value:
            raise ValueError("a quota names a feature and a value")
        if not 0 <= self.min_flex <= self.min <= self.max or (self.max_flex is not None and self.max_flex < self.max):
            raise ValueError(f"{self.feature} {self.value}: 0 ≤ min_flex ≤ min ≤ max ≤ max_flex does not hold")


def features_of(quotas: Iterable[Quota]) -> tuple[str, ...]:
    """The features that have quotas, by code point."""
    return tuple(sorted({quota.feature for quota in quotas}))


def allowed_values(quotas: Iterable[Quota]) -> dict[str, set[str]]:
    """The values that have a quota, by feature: what ``read_pool`` wants to know."""
    values: dict[str, set[str]] = {}
    for quota in quotas:
        values.setdefault(quota.feature, set()).add(quota.value)
    return values


def broken(quotas: Iterable[Quota], members: Sequence[Mapping[str, str]]) -> tuple[tuple[Quota, int], ...]:
    """The quotas these people do not meet, each with the number of seats it got. Counts by hand, without a solver."""
    wrong = []
    for quota in quotas:
        number = sum(member[quota.feature] == quota.value for member in members)
        if not quota.min <= number <= quota.max:
            wrong.append((quota, number))
    return tuple(wrong)


def left_after(quotas: Iterable[Quota], preselected: Pool) -> tuple[Quota, ...]:
    """What is left of the quotas once these people (위촉이 정해진 추천 위원) have their seats: min and max go down by their number.

    A quota that they overfill is left with a max of 0. The seats to be drawn are fewer by ``len(preselected.people)``.
    """
    left = []
    for quota in quotas:
        place = preselected.features.index(quota.feature)
        taken = sum(values[place] == quota.value for values in preselected.people.values())
        left.append(
            Quota(
                quota.feature,
                quota.value,
                max(0, quota.min - taken),
                max(0, quota.max - taken),
                max(0, quota.min_flex - taken),
                None if quota.max_flex is None else max(0, quota.max_flex - taken),
            )
        )
    return tuple(left)


def read_quotas(data: bytes) -> tuple[Quota, ...] | Refused:
    """The quotas of a CSV file (see the module's text), sorted; or every error with its row, column and code."""
    table = read_table(data, max_rows=_MOST_QUOTAS, max_bytes=5_000_000)
    if isinstance(table, TableError):
        return Refused((table,))
    header = [normalize("NFC", name).lower() for name in table.header]
    names = next((names for names in _HEADERS if names[0] in header), _HEADERS[1])
    if missing := [name for name in names[:4] if name not in header]:
        return Refused(tuple(TableError("missing_column", 1, None, {"name": name}) for name in missing))
    if not table.rows:
        return Refused((TableError("empty"),))
    places = [header.index(name) if name in header else None for name in names]
    quotas: list[Quota] = []
    errors: list[TableError] = []
    seen: dict[tuple[str, str], int] = {}
    for row, number in zip(table.rows, table.numbers, strict=True):
        read = _quota([None if place is None else normalize("NFC", row[place]) for place in places], places, number)
        if isinstance(read, list):
            errors += read
        elif (read.feature, read.value) in seen:
            facts: dict[str, int | str] = {"feature": read.feature, "value": read.value, "row": seen[read.feature, read.value]}
            errors.append(TableError("repeated_quota", number, (places[1] or 0) + 1, facts))
        else:
            seen[read.feature, read.value] = number
            quotas.append(read)
    return Refused(tuple(errors)) if errors else tuple(sorted(quotas, key=lambda quota: (quota.feature, quota.value)))


def _quota(cells: Sequence[str | None], places: Sequence[int | None], row: int) -> Quota | list[TableError]:
    """The quota of one row's cells, or what is wrong with them."""
    columns = [None if place is None else place + 1 for place in places]
    errors = [TableError("blank_value", row, columns[i], {"feature": cells[0] or ""}) for i in (0, 1) if not cells[i]]
    numbers: list[int | None] = []
    for i, cell in enumerate(cells[2:], 2):
        plain = cell is not None and cell.isascii() and cell.isdigit() and len(cell) < 10
        numbers.append(int(cell) if plain and cell else None)
        if not plain and (i < 4 or cell):
            errors.append(TableError("not_a_number", row, columns[i], {"text": cell or ""}))
    if errors:
        return errors
    least, most, least_flex, most_flex = numbers
    if (least or 0) > (most or 0):
        return [TableError("min_above_max", row, columns[2])]
    if (least_flex or 0) > (least or 0):
        return [TableError("flex_inside", row, columns[4])]
    if most_flex is not None and most_flex < (most or 0):
        return [TableError("flex_inside", row, columns[5])]
    return Quota(cells[0] or "", cells[1] or "", least or 0, most or 0, least_flex or 0, most_flex)
