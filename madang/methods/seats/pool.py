"""The list of candidates: who may be drawn, with the features that quotas speak of.

People with equal features are one type: every fair lottery gives them equal chances, so it is solved over types and a person is drawn
within the type. The list is frozen and its fingerprint published before the seed is revealed:

fingerprint = SHA-256 of the canonical JSON (``chain.canonical``) of {"features": [...], "people": [[key, value, value …], …]}, features
and people by code point. Keys are application numbers, not names. The order of rows and columns in the file changes nothing.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from unicodedata import normalize

from madang.methods.chain import canonical
from madang.methods.tables import Table, TableError, read_table

MOST_PEOPLE = 200_000
MOST_BYTES = 100_000_000
_MOST_ERRORS = 50


@dataclass(frozen=True, slots=True)
class Type:
    """Everybody with the same ``values`` (in the order of the pool's features); ``keys`` by code point."""

    values: tuple[str, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pool:
    """Candidates by key, each with one value per feature. Made by ``pool_of`` or ``read_pool``; both sorted by code point."""

    features: tuple[str, ...]
    people: Mapping[str, tuple[str, ...]]

    def only(self, features: Iterable[str]) -> "Pool":
        """The same people with these features alone. Raises ValueError for a feature nobody has."""
        return pool_of({key: dict(zip(self.features, values, strict=True)) for key, values in self.people.items()}, features)

    def types(self) -> tuple[Type, ...]:
        """The types by their values, numbered from 0 by their place."""
        groups: dict[tuple[str, ...], list[str]] = {}
        for key, values in self.people.items():
            groups.setdefault(values, []).append(key)
        return tuple(Type(values, tuple(sorted(groups[values]))) for values in sorted(groups))

    def fingerprint(self) -> str:
        """64 hexadecimal digits to publish before the draw (see the module's text)."""
        rows = [[key, *values] for key, values in sorted(self.people.items())]
        return sha256(canonical({"features": list(self.features), "people": rows})).hexdigest()


def pool_of(people: Mapping[str, Mapping[str, str]], features: Iterable[str]) -> Pool:
    """A pool of ``{key: {feature: value}}``; further features of the people are left out.

    Raises ValueError for an empty key or value, a feature missing, or text that is not in composed form (NFC).
    """
    names = tuple(sorted(set(features)))
    kept: dict[str, tuple[str, ...]] = {}
    for key in sorted(people):
        try:
            values = tuple(people[key][name] for name in names)
        except KeyError as missing:
            raise ValueError(f"{key} has no {missing.args[0]}") from None
        for text in (key, *names, *values):
            if not text or normalize("NFC", text) != text:
                raise ValueError(f"{text!r} is empty or not in composed form (NFC)")
        kept[key] = values
    return Pool(names, kept)


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a file was not read: one error or more, each with row and column as a spreadsheet counts them and a code.

    Codes beside those of ``tables``: missing_column(name), blank_key, repeated_key(key, row), blank_value(feature),
    unknown_value(feature, value), nobody; of quotas: not_a_number(text), min_above_max, flex_inside, repeated_quota(feature, value, row).
    """

    errors: tuple[TableError, ...]


def read_pool(
    data: bytes, features: Collection[str], *, key: str | None = None, allowed: Mapping[str, Collection[str]] | None = None
) -> Pool | Refused:
    """The candidates of a CSV file with a header row.

    ``key`` names the column of application numbers. Without it the first column is taken, unless that is a feature: then people are
    numbered by their row, all with the same number of digits (001, 002 …), and the order of the file is part of the list.
    ``allowed`` gives the values a feature may have (those with a quota); any other is refused.
    """
    table = read_table(data, max_rows=MOST_PEOPLE, max_bytes=MOST_BYTES)
    if isinstance(table, TableError):
        return Refused((table,))
    header = [normalize("NFC", name) for name in table.header]
    wanted = [*sorted(set(features)), *([key] if key is not None else [])]
    if missing := [name for name in wanted if name not in header]:
        return Refused(tuple(TableError("missing_column", 1, None, {"name": name}) for name in missing))
    if not table.rows:
        return Refused((TableError("nobody"),))
    if key is None and header[0] not in features:
        key = header[0]
    keys = _numbers(len(table.rows)) if key is None else [normalize("NFC", row[header.index(key)]) for row in table.rows]
    errors = [] if key is None else _key_errors(keys, table.numbers, header.index(key) + 1)
    people, wrong = _people(table, header, keys, sorted(set(features)), allowed or {})
    if errors or wrong:
        return Refused(tuple((errors + wrong)[:_MOST_ERRORS]))
    return pool_of(people, features)


def _numbers(count: int) -> list[str]:
    return [str(number).zfill(len(str(count))) for number in range(1, count + 1)]


def _key_errors(keys: Sequence[str], numbers: Sequence[int], column: int) -> list[TableError]:
    seen: dict[str, int] = {}
    errors = []
    for key, number in zip(keys, numbers, strict=True):
        if not key:
            errors.append(TableError("blank_key", number, column))
        elif key in seen:
            errors.append(TableError("repeated_key", number, column, {"key": key, "row": seen[key]}))
        else:
            seen[key] = number
    return errors


def _people(
    table: Table, header: Sequence[str], keys: Sequence[str], features: Sequence[str], allowed: Mapping[str, Collection[str]]
) -> tuple[dict[str, dict[str, str]], list[TableError]]:
    columns = [(name, header.index(name)) for name in features]
    people: dict[str, dict[str, str]] = {}
    errors = []
    for key, row, number in zip(keys, table.rows, table.numbers, strict=True):
        people[key] = {}
        for name, column in columns:
            value = people[key][name] = normalize("NFC", row[column])
            if not value:
                errors.append(TableError("blank_value", number, column + 1, {"feature": name}))
            elif name in allowed and value not in allowed[name]:
                errors.append(TableError("unknown_value", number, column + 1, {"feature": name, "value": value}))
    return people, errors
