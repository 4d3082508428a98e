import re
import sqlite3
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.methods import bigrams as b
from madang.methods.similarity import similar

KOREAN = st.text(st.sampled_from("가산독산시흥동골목길보행로그늘막 설치ABcd12,.\u200b-『』"), max_size=40)


def test_terms_of_a_title() -> None:
    assert b.terms("보행로 LED등 3동") == ["보행", "행로", "led", "등", "3", "동"]
    assert b.terms("G밸리!") == ["g", "밸리"]
    assert b.terms("보\u200b행") == ["보행"]
    assert b.terms("ＬＥＤ") == ["led"]
    assert b.terms(normalize("NFD", "보행로")) == ["보행", "행로"]
    assert b.terms("…!?") == []


@given(st.text(max_size=60))
def test_tokens_survive_both_tokenizers(text: str) -> None:
    """ASCII letters and digits that begin with a letter: nothing for a tokenizer to split, fold or read as a number."""
    for token in b.tokens(text).split():
        assert re.fullmatch(r"w[0-9a-z]{1,40}|k[0-9a-f]+", token)


def index_of(texts: list[str]) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE found USING fts5(tokens, tokenize='unicode61')")
    database.executemany("INSERT INTO found(tokens) VALUES (?)", [(b.tokens(text),) for text in texts])
    return database


def hits(database: sqlite3.Connection, q: str) -> list[int]:
    match = b.fts5_match(q)
    if not match:
        return []
    return [row[0] for row in database.execute("SELECT rowid FROM found WHERE found MATCH ? ORDER BY rowid", (match,))]


def test_two_letters_and_one_letter_find_words_in_sqlite() -> None:
    database = index_of(["가산동 보행로 정비", "골목길 LED 보안등", "길고양이 급식소", "2021년 station 앞"])
    assert hits(database, "보행") == [1]
    assert hits(database, "행로") == [1]
    assert hits(database, "길") == [2, 3]  # at the end of a word and at the beginning of one
    assert hits(database, "led 골목") == [2]
    assert hits(database, "sta") == [4]
    assert hits(database, "2021") == [4]
    assert hits(database, "202") == []
    assert hits(database, "없는말") == []
    assert hits(database, '" OR * NEAR(') == []


@given(KOREAN, st.data())
def test_any_part_of_a_text_finds_it(text: str, data: st.DataObject) -> None:
    runs = [run for run in b.normalise(text).split() if not re.search("[0-9a-z]", run)]
    if not runs:
        return
    run = data.draw(st.sampled_from(runs))
    start = data.draw(st.integers(0, len(run) - 1))
    end = data.draw(st.integers(start + 1, len(run)))
    assert hits(index_of([text]), run[start:end]) == [1]
    assert b.highlight_spans(text, run[start:end])


def test_tsquery_is_only_words_and_operators() -> None:
    assert b.tsquery("길 보행 led") == "k0ae38:* & k0bcf4" + "0d589 & wled:*"
    assert b.tsquery("!!") == ""
    assert re.fullmatch(r"[a-z0-9:*& ]*", b.tsquery("'; DROP | ! & ( 보행로 :*"))


def test_long_queries_are_bounded() -> None:
    assert len(b.query_terms("가나다라마바사아자차카타파하" * 200)) <= b.MOST_QUERY_TERMS


def marked(text: str, q: str) -> list[str]:
    return [text[start:end] for start, end in b.highlight_spans(text, q)]


def test_highlighting() -> None:
    assert marked("좁은 보행로, 보행 길", "보행") == ["보행", "보행"]
    assert marked("보행로 정비", "보행로정비") == ["보행로", "정비"]  # as pairs, since the whole occurs nowhere
    assert marked("보\u200b행로", "보행") == ["보\u200b행"]
    assert marked("ＬＥＤ 등", "led") == ["ＬＥＤ"]
    assert marked(normalize("NFD", "보행로"), "보행") == [normalize("NFD", "보행")]
    assert marked("가산동", "") == []


@given(st.text(max_size=80), st.text(max_size=20))
def test_spans_lie_in_the_text_and_apart(text: str, q: str) -> None:
    last = -1
    for start, end in b.highlight_spans(text, q):
        assert last < start < end <= len(text)
        last = end


PROPOSALS = {
    "p1": "골목길 그늘막 설치",
    "p2": "초등학교 앞 보행로 정비",
    "p3": "독산동 골목길에 그늘막을 만들어 주세요",
    "p4": "작은 도서관 야간 운영",
    "p5": "어르신 스마트폰 교실",
}


def test_similar_proposals_first() -> None:
    found = similar("골목길 그늘막을 설치해 주세요", PROPOSALS)
    assert [match.key for match in found][:2] == ["p1", "p3"] or [match.key for match in found][:2] == ["p3", "p1"]
    assert {"그늘", "골목"} <= set(found[0].shared)
    assert all(match.key not in ("p4", "p5") for match in found)


def test_equal_text_scores_one_and_nothing_shared_is_left_out() -> None:
    assert similar("작은 도서관 야간 운영", PROPOSALS)[0].score == 1.0
    assert similar("", PROPOSALS) == []
    assert similar("골목", {}) == []


@given(st.dictionaries(st.integers(), KOREAN, max_size=12), KOREAN)
def test_scores_are_ordered_bounded_and_repeatable(corpus: dict[int, str], target: str) -> None:
    found = similar(target, corpus, limit=5, floor=0.1)
    assert found == similar(target, corpus, limit=5, floor=0.1)
    assert len(found) <= 5
    assert all(0.1 <= match.score <= 1 for match in found)
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)


@pytest.mark.parametrize("limit", [0, -1])
def test_no_room_no_matches(limit: int) -> None:
    assert similar("골목길", PROPOSALS, limit=limit, floor=0) == []
