"""Reads and writes elections in the Pabulib format (`.pb`): sections META, PROJECTS and VOTES of fields parted by semicolons.

Format: Faliszewski et al., "Participatory Budgeting: Data, Tools and Analysis", IJCAI 2023, and its description at pabulib.org. Vote types
approval, choose-1, cumulative, scoring and ordinal. Every further key and column is kept and written again; of the voters' further columns
(age, sex, neighbourhood …) only the numbers by value are kept beside the ballots, see `Read.voters`.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from hashlib import sha256

from madang.methods.voting.election import KINDS, Election, Kind, Project

SECTIONS = ("META", "PROJECTS", "VOTES")
MOST_DECIMALS = 6


class Broken(ValueError):
    """A file that cannot be counted: where (line and column count from 1; column 0 is the whole line) and why, in plain words."""

    def __init__(self, line: int, column: int, reason: str) -> None:
        super().__init__(f"line {line}, column {column}: {reason}" if column else f"line {line}: {reason}")
        self.line, self.column, self.reason = line, column, reason


@dataclass(frozen=True)
class Read:
    """A file's election, the SHA-256 of its bytes, and for every further column of the voters the ballots of each value:
    `groups["sex"]["F"]` holds (position of the distinct ballot → how many)."""

    election: Election
    sha256: str
    groups: Mapping[str, Mapping[str, Mapping[int, int]]]
    empty: int


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: Sequence[str]


def read(data: bytes, *, groups: Iterable[str] = ()) -> Read:
    """The election in a .pb file. `groups` names columns of the voters to keep by value. Raises Broken with line, column and reason."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Broken(data.count(b"\n", 0, wrong.start) + 1, 0, "not UTF-8") from None
    lines = text.replace("\r\n", "\n").split("\n")
    parts, votes = _sections(lines)
    meta = {row.cells[0].strip(): ";".join(row.cells[1:]).strip() for row in parts["META"][1:]}
    kind = _kind(meta, parts["META"])
    projects, scale = _projects(parts["PROJECTS"])
    budget, scale = _budget(meta, parts["META"], scale)
    listed = tuple(
        Project(id=one["project_id"], cost=int(Decimal(one["cost"]) * scale), name=one.get("name", ""),
                fields=tuple(f.strip() for f in one.get("category", "").split(",") if f.strip()), more=one)
        for one in projects
    )  # fmt: skip
    papers = _Papers({p.id: n for n, p in enumerate(listed)}, kind, meta)
    papers.take(lines, votes, tuple(groups))
    election = Election(listed, int(budget * scale), kind, papers.picks, papers.numbers, papers.points, scale, meta)
    return Read(election, sha256(data).hexdigest(), papers.groups, papers.empty)


def _sections(lines: list[str]) -> tuple[dict[str, list[_Row]], int]:
    """The rows of META and PROJECTS, and the line after VOTES: votes are many and are read where they stand."""
    starts: dict[str, int] = {}
    for n, line in enumerate(lines):
        # Names of sections stand alone on their line; the search ends with the third, votes are not looked through.
        name = line.strip().strip(";").upper()
        if name in SECTIONS:
            if name in starts:
                raise Broken(n + 1, 1, f"the section {name} begins twice")
            starts[name] = n
            if len(starts) == len(SECTIONS):
                break
    for name in SECTIONS:
        if name not in starts:
            raise Broken(len(lines), 0, f"the section {name} is missing")
    if sorted(starts, key=lambda name: starts[name]) != list(SECTIONS):
        raise Broken(min(starts.values()) + 1, 1, "the sections are META, PROJECTS, VOTES in this order")
    edges = [*(starts[name] for name in SECTIONS), len(lines)]
    parts = {name: list(_rows(lines, edges[n] + 1, edges[n + 1])) for n, name in enumerate(SECTIONS[:2])}
    for name, rows in parts.items():
        if not rows:
            raise Broken(starts[name] + 1, 0, f"the section {name} has no heading")
    return parts, starts["VOTES"] + 1


def _rows(lines: list[str], start: int, end: int) -> Iterator[_Row]:
    for n in range(start, end):
        if lines[n].strip():
            yield _Row(n + 1, _cells(lines[n]))


def _cells(line: str) -> list[str]:
    """A quoted cell may hold semicolons; one that holds a line's end is not in the format."""
    if '"' in line:
        try:
            return next(csv.reader([line], delimiter=";", strict=True))
        except csv.Error:
            pass
    return line.split(";")


def _kind(meta: Mapping[str, str], rows: list[_Row]) -> Kind:
    said = meta.get("vote_type", "")
    if said not in KINDS:
        line = next((r.line for r in rows if r.cells[0].strip() == "vote_type"), rows[0].line)
        raise Broken(line, 2, f"vote_type is {said or 'missing'}; known are {', '.join(KINDS)}")
    return said


def _amount(text: str, line: int, column: int, what: str) -> Decimal:
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        raise Broken(line, column, f"{what} is no number: {text[:40]!r}") from None
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or value < 0 or exponent < -MOST_DECIMALS:
        raise Broken(line, column, f"{what} is not a plain amount: {text[:40]!r}")
    return value


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _budget(meta: Mapping[str, str], rows: list[_Row], scale: int) -> tuple[Decimal, int]:
    line = next((r.line for r in rows if r.cells[0].strip() == "budget"), 0)
    if not line:
        raise Broken(rows[0].line, 0, "META has no budget")
    value = _amount(meta["budget"], line, 2, "the budget")
    return value, max(scale, 10 ** _places(value))


def _projects(rows: list[_Row]) -> tuple[list[dict[str, str]], int]:
    heads = [cell.strip() for cell in rows[0].cells]
    for name in ("project_id", "cost"):
        if name not in heads:
            raise Broken(rows[0].line, 0, f"PROJECTS has no column {name}")
    at_id, at_cost = heads.index("project_id"), heads.index("cost")
    found: dict[str, dict[str, str]] = {}
    places = 0
    for row in rows[1:]:
        if len(row.cells) <= max(at_id, at_cost):
            raise Broken(row.line, len(row.cells), "a project ends before its cost")
        code = row.cells[at_id].strip()
        if not code or code in found:
            raise Broken(row.line, at_id + 1, f"the project {code!r} occurs twice" if code else "a project has no id")
        cost = _amount(row.cells[at_cost], row.line, at_cost + 1, "the cost")
        places = max(places, _places(cost))
        found[code] = dict(zip(heads, (c.strip() for c in row.cells), strict=False)) | {"project_id": code, "cost": str(cost)}
    return list(found.values()), 10**places


class _Papers:
    """The ballots of the VOTES section: each distinct text is read once."""

    def __init__(self, place: Mapping[str, int], kind: Kind, meta: Mapping[str, str]) -> None:
        self.place, self.kind = place, kind
        self.picks: tuple[tuple[int, ...], ...] = ()
        self.numbers: tuple[int, ...] = ()
        self.points: tuple[tuple[int, ...], ...] = ()
        self.groups: dict[str, dict[str, dict[int, int]]] = {}
        self.empty = 0
        self.gives = kind in ("cumulative", "scoring")

    def take(self, lines: list[str], start: int, groups: tuple[str, ...]) -> None:
        heading = next((n for n in range(start, len(lines)) if lines[n].strip()), -1)
        if heading < 0:
            raise Broken(start, 0, "the section VOTES has no heading")
        heads = [cell.strip() for cell in _cells(lines[heading])]
        for name in ("vote", "points") if self.gives else ("vote",):
            if name not in heads:
                raise Broken(heading + 1, 0, f"VOTES has no column {name}")
        vote, points = heads.index("vote"), heads.index("points") if self.gives else -1
        kept = [(name, heads.index(name)) for name in groups if name in heads and name not in ("vote", "points", "voter_id")]
        last = max([vote, points, *(n for _name, n in kept)]) + 1
        number: dict[str, int] = {}
        counted: list[int] = []
        read: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = {}
        self.groups = {name: {} for name, _n in kept}
        of_values = [(column, self.groups[name]) for name, column in kept]
        empty, quoted, gives = 0, any('"' in line for line in lines[heading:]), self.gives
        for n, line in enumerate(lines[heading + 1 :], heading + 2):
            cells = _cells(line) if quoted else line.split(";", last)
            try:
                said = f"{cells[vote]};{cells[points]}" if gives else cells[vote]
            except IndexError:
                if not line.strip():
                    continue
                raise Broken(n, len(cells), "a vote ends before its projects") from None
            paper = number.get(said)
            if paper is None:
                ballot = self._ballot(cells[vote], cells[points] if gives else "", line=n, column=vote + 1, at_points=points + 1)
                paper = number[said] = read.setdefault(ballot, len(read)) if ballot[0] else -1
                if paper == len(counted):
                    counted.append(0)
            if paper < 0:
                empty += 1
                continue
            counted[paper] += 1
            for column, values in of_values:
                if column < len(cells):
                    of_value = values.setdefault(cells[column].strip(), {})
                    of_value[paper] = of_value.get(paper, 0) + 1
        self.empty = empty
        self.picks = tuple(picks for picks, _given in read)
        self.points = tuple(given for _picks, given in read) if self.gives else ()
        self.numbers = tuple(counted)

    def _ballot(self, text: str, given: str, *, line: int, column: int, at_points: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Positions and points of one ballot; sets are sorted, rankings keep their order."""
        if not text.strip():
            return (), ()
        try:
            picks = [self.place[code] for code in text.split(",")]
        except KeyError:
            picks = [self._place(code.strip(), line, column) for code in text.split(",")]
        if len(set(picks)) != len(picks):
            raise Broken(line, column, "the vote names a project twice")
        if self.kind == "choose-1" and len(picks) > 1:
            raise Broken(line, column, "a choose-1 vote names one project")
        if not self.gives:
            return tuple(picks if self.kind == "ordinal" else sorted(picks)), ()
        try:
            points = [int(Decimal(one.strip())) if Decimal(one.strip()) % 1 == 0 else None for one in given.split(",")]
        except InvalidOperation:
            raise Broken(line, at_points, f"points are no numbers: {given[:40]!r}") from None
        if None in points:
            raise Broken(line, at_points, f"points are whole numbers: {given[:40]!r}")
        if len(points) != len(picks):
            raise Broken(line, at_points, f"{len(picks)} projects, but {len(points)} points")
        pairs = sorted(zip(picks, (p or 0 for p in points), strict=True))
        return tuple(p for p, _n in pairs), tuple(n for _p, n in pairs)

    def _place(self, code: str, line: int, column: int) -> int:
        if code not in self.place:
            raise Broken(line, column, f"no such project: {code[:40]!r}")
        return self.place[code]


def write(election: Election, *, rows: Iterable[Mapping[str, str]] = (), meta: Mapping[str, str] | None = None) -> str:
    """The election as a .pb text. `rows` are the voters' further columns in the order of the ballots below, none by default.

    Ballots come in the order of their distinct kinds: the order of voting is in no election."""
    said = {**election.meta, **(meta or {})}
    head = {
        "num_projects": str(len(election.projects)), "num_votes": str(election.voters), "budget": str(election.money(election.budget)),
        "vote_type": election.kind,
    }  # fmt: skip
    out = io.StringIO()
    lines = csv.writer(out, delimiter=";", lineterminator="\n")
    out.write("META\n")
    lines.writerow(("key", "value"))
    lines.writerows((said | head).items())
    out.write("PROJECTS\n")
    more = [name for name in dict.fromkeys(k for p in election.projects for k in p.more) if name not in ("project_id", "cost", "name")]
    lines.writerow(("project_id", "cost", "name", *more))
    for p in election.projects:
        lines.writerow((p.id, election.money(p.cost), p.name, *(p.more.get(name, "") for name in more)))
    out.write("VOTES\n")
    further = list(rows)
    columns = list(further[0]) if further else []
    lines.writerow(("voter_id", "vote", *(["points"] if election.points else []), *columns))
    voter = 0
    for n, (picks, number) in enumerate(zip(election.picks, election.numbers, strict=True)):
        cells = [",".join(election.projects[p].id for p in picks)]
        cells += [",".join(map(str, election.points[n]))] if election.points else []
        for _one in range(number):
            beside = [further[voter].get(name, "") for name in columns] if further else []
            voter += 1
            lines.writerow((voter, *cells, *beside))
    return out.getvalue()
