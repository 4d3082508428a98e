"""The file format: every kind of vote, what is kept, and what is said of a broken file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.methods.voting import pabulib
from madang.methods.voting.pabulib import Broken
from tests.methods.voting.makers import elections

HEAD = "META\nkey;value\nbudget;{budget}\nvote_type;{kind}\ncurrency;KRW\n"
PROJECTS = "PROJECTS\nproject_id;cost;name;category\na;30;가로등;길\nb;20;꽃밭;녹지,문화\nc;50;의자;\n"


def a_file(votes: str, kind: str = "approval", budget: str = "100", projects: str = PROJECTS) -> bytes:
    return (HEAD.format(budget=budget, kind=kind) + projects + "VOTES\n" + votes).encode()


def test_approval_keeps_every_column_and_counts_equal_ballots_once() -> None:
    read = pabulib.read(a_file("voter_id;vote;sex\n1;b,a;F\n2;a,b;M\n3;;F\n4;c;F\n"), groups=["sex", "age"])
    election = read.election
    assert (election.voters, read.empty) == (3, 1)
    assert election.picks == ((0, 1), (2,))
    assert election.numbers == (2, 1)
    assert election.votes == (2, 2, 1)
    assert election.projects[1].fields == ("녹지", "문화")
    assert election.projects[0].more["category"] == "길"
    assert read.groups == {"sex": {"F": {0: 1, 1: 1}, "M": {0: 1}}}


def test_other_kinds_of_votes() -> None:
    ranked = pabulib.read(a_file("voter_id;vote\n1;c,a\n2;a,c\n", "ordinal")).election
    assert ranked.picks == ((2, 0), (0, 2))
    given_points = pabulib.read(a_file("voter_id;vote;points\n1;c,a;5,3\n2;a,c;3,5\n", "cumulative")).election
    assert (given_points.picks, given_points.points, given_points.numbers) == (((0, 2),), ((3, 5),), (2,))
    assert given_points.scores == (6, 0, 10)
    assert pabulib.read(a_file("voter_id;vote\n1;b\n", "choose-1")).election.votes == (0, 1, 0)


def test_money_in_parts_is_exact() -> None:
    projects = "PROJECTS\nproject_id;cost\na;0.10\nb;0.2\n"
    election = pabulib.read(a_file("voter_id;vote\n1;a,b\n", budget="0.30", projects=projects)).election
    assert (election.scale, election.budget, [p.cost for p in election.projects]) == (10, 3, [1, 2])
    assert election.money(35) == "3.5"


def test_quoted_cells_windows_lines_and_a_mark_at_the_start() -> None:
    projects = 'PROJECTS\nproject_id;cost;name\na;30;"가로등; ""새것"""\n'
    data = b"\xef\xbb\xbf" + a_file("voter_id;vote\n1;a\n", projects=projects).replace(b"\n", b"\r\n")
    assert pabulib.read(data).election.projects[0].name == '가로등; "새것"'


@pytest.mark.parametrize(
    ("data", "line", "column", "said"),
    [
        (b"", 1, 0, "META is missing"),
        (b"\xff\xfe\x00", 1, 0, "UTF-8"),
        (a_file("voter_id;vote\n1;a,z\n"), 13, 2, "'z'"),
        (a_file("voter_id;vote\n1;a,a\n"), 13, 2, "twice"),
        (a_file("voter_id;vote\n1\n"), 13, 1, "ends before"),
        (a_file("voter\n1\n"), 12, 0, "no column vote"),
        (a_file("voter_id;vote\n1;a\n", budget="much"), 3, 2, "no number"),
        (a_file("voter_id;vote\n1;a\n", budget="-1"), 3, 2, "plain amount"),
        (a_file("voter_id;vote\n1;a\n", budget="NaN"), 3, 2, "plain amount"),
        (a_file("voter_id;vote\n1;a\n", kind="shouting"), 4, 2, "vote_type is shouting"),
        (a_file("voter_id;vote\n1;a\n", projects=PROJECTS.replace("b;20", "a;20")), 9, 1, "occurs twice"),
        (a_file("voter_id;vote\n1;a\n", projects=PROJECTS.replace("b;20", "b")), 9, 2, "the cost"),
        (a_file("voter_id;vote\n1;a\n", projects=PROJECTS.replace("project_id", "name")), 7, 0, "no column project_id"),
        (a_file("voter_id;vote\n1;a,b\n", "choose-1"), 13, 2, "one project"),
        (a_file("voter_id;vote;points\n1;a,b;1\n", "cumulative"), 13, 3, "2 projects, but 1 points"),
        (a_file("voter_id;vote;points\n1;a;x\n", "cumulative"), 13, 3, "no numbers"),
        (a_file("voter_id;vote;points\n1;a;1.5\n", "cumulative"), 13, 3, "whole numbers"),
        (a_file("voter_id;vote\n1;a\n", "cumulative"), 12, 0, "no column points"),
        (a_file(""), 11, 0, "no heading"),
        (a_file("voter_id;vote\n1;a\n") + b"VOTES\n", 14, 1, "ends before"),
    ],
)  # fmt: skip
def test_a_broken_file_is_told_where_and_why(data: bytes, line: int, column: int, said: str) -> None:
    with pytest.raises(Broken) as broken:
        pabulib.read(data)
    assert (broken.value.line, broken.value.column) == (line, column), broken.value
    assert said in broken.value.reason


@given(elections())
def test_written_and_read_again(election) -> None:  # type: ignore[no-untyped-def]
    again = pabulib.read(pabulib.write(election).encode()).election
    assert (again.projects[0].id, again.budget, again.votes, again.voters) == (
        election.projects[0].id, election.budget, election.votes, election.voters,
    )  # fmt: skip
    assert sorted(zip(again.picks, again.numbers, strict=True)) == sorted(zip(election.picks, election.numbers, strict=True))


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda s: (HEAD.format(budget=1, kind="approval") + PROJECTS + s).encode()))
def test_nothing_else_is_ever_raised(data: bytes) -> None:
    try:
        pabulib.read(data)
    except Broken as broken:
        assert broken.line >= 0 and broken.reason  # noqa: PT017, PT018 - no error at all is as good
