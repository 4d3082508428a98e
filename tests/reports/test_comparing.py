"""The numbers of a paper by name, and what differs. Pure, so without a database."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from madang.reports.comparing import CHANGED, Change, changes, numbers, with_changes
from madang.reports.paper.blocks import Bullets, Column, Paper, Section, TableBlock, bullet, count, row, text, won
from madang.reports.paper.grid import check
from madang.reports.reading import plain_text
from tests.reports.paper.fixture_assembly import assembly_paper


def a_table(votes: int, cost: int) -> Paper:
    block = TableBlock(
        caption="의제", columns=(Column(2, head=True), Column(), Column()), head=(row("의 제", "득표", "사업비"),),
        rows=(row("그늘막", count(votes, ref="/r/1"), won(cost)), row("의자", count(3), won(1_000))),
    )  # fmt: skip
    return Paper(title="t", organ="o", sections=(Section("결과", (block, Bullets((bullet("○", f"참여 인원 : {votes}명"),)))),))


def test_numbers_are_named_by_row_and_column():
    found = {one.name: (one.shown, one.ref) for one in numbers(a_table(7, 12_345))}
    assert found["그늘막 · 득표"] == ("7", "/r/1")
    assert found["그늘막 · 사업비"] == ("12,345원", "")
    assert found["결과 · 참여 인원"] == ("7명", "")


def test_changes_name_both_sides_and_money_below_the_printed_unit():
    assert changes(a_table(7, 12_345), a_table(7, 12_346)) == (Change("그늘막 · 사업비", "12,345원", "12,346원"),)


def test_nothing_differs_from_itself():
    assert changes(assembly_paper(), assembly_paper()) == ()


def test_a_number_that_fell_away_is_told():
    before, after = a_table(1, 2), replace(a_table(1, 2), sections=())
    assert {(one.before, one.after) for one in changes(before, after)} >= {("1", "")}


def test_section_on_changes_is_not_compared_again():
    before, after = a_table(7, 5), a_table(8, 5)
    told = with_changes(after, before, number="마을자치과-2021-1", why="늦은 종이 더함")
    check(told)
    assert told.sections[-1].heading == CHANGED
    assert numbers(told) == numbers(after)
    assert "마을자치과-2021-1" in plain_text(told)


def test_same_names_are_told_apart():
    block = a_table(1, 2).sections[0]
    names = [one.name for one in numbers(replace(a_table(1, 2), sections=(block, block)))]
    assert len(names) == len(set(names))
    assert "그늘막 · 득표 (2)" in names


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_a_change_is_seen_exactly_when_there_is_one(a, b):
    assert bool(changes(a_table(1, a), a_table(1, b))) == (a != b)


def test_plain_text_holds_words_of_tables():
    assert "그늘막" in plain_text(a_table(1, 2))
    assert text("x").kind == "text"
