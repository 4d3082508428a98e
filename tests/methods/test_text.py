from datetime import date
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.methods import text as t

HARD = st.text(
    st.sampled_from("가나\u2329\u3000 \t\r\n\u200b\u200d\u202e\u2066\ud800\x00\u3164\ufeff👩👧🏽é\u0301e-0123９０～"), max_size=60
)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  안\u200b녕  하세요\r\n여러분 ", "안녕 하세요 여러분"),
        ("abc\u202egpj.exe\u202c", "abcgpj.exe"),
        ("\u2066속임\u2069수", "속임수"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("👍🏽 ❤\ufe0f\u200d🔥", "👍🏽 ❤\ufe0f\u200d🔥"),
        ("가\u200d나", "가나"),
        ("\u200d👩\u200d", "👩"),
        ("\u2066\u200d\u2066", ""),
        ("\u3000\u200d\u3000가", "가"),
        ("👩\u200b\u200d👧", "👩\u200d👧"),
        ("\u1112\u1161\u11ab", "한"),
        ("\u3164\u3164", ""),
        ("a\x00b\x1b[0mc", "ab[0mc"),
        ("half \ud83d pair", "half pair"),
        ("전각\u3000공백\u00a0등", "전각 공백 등"),
    ],
)
def test_clean_line(raw: str, clean: str) -> None:
    assert t.clean_line(raw, 100).text == clean


def test_clean_text_keeps_paragraphs_and_indents() -> None:
    raw = "\r\n제목\r\n\r\n\r\n\r\n가   나  \n  - 하나\t\n\u2028끝\n\n"
    assert t.clean_text(raw, 100).text == "제목\n\n가 나\n  - 하나\n\n끝"


def test_too_long_is_told_and_nothing_is_cut() -> None:
    answer = t.clean_line("가" * 11, 10)
    assert (answer.error, answer.length, answer.max_len, answer.text) == ("too_long", 11, 10, "가" * 11)
    assert t.clean_line("가" * 10, 10).error == ""


@given(HARD | st.text())
def test_cleaning_twice_changes_nothing(raw: str) -> None:
    for clean in (t.clean_line, t.clean_text):
        once = clean(raw, 1000).text
        assert clean(once, 1000).text == once
        assert normalize("NFC", once) == once
        once.encode()
        assert not set(once) & set("\x00\u202e\u2066\u200b\ufeff\u3164\r")


# Invented numbers: the birth dates are possible, nobody is meant.
@pytest.mark.parametrize(
    "text",
    [
        "900101-1234567",
        "주민번호는 900101-2234567입니다",
        "９００１０１－１２３４５６７",
        "900101–1234567",
        "9\u200b00101-123\u200b4567",
        "9001011234568",  # check digit right
        "900101 1234568",
        "900101.1234568",
        "주민등록번호: 2010153000001",
        "외국인등록번호 900101 5234567",
        "201015-3000001",  # given after October 2020, no check digit
        "900101-5234567",
    ],
)
def test_resident_numbers_are_found(text: str) -> None:
    (span,) = t.find_resident_numbers(text)
    assert sum(char.isdigit() for char in text[span.start : span.end]) == 13
    assert not any(char.isdigit() for char in t.mask(text, [span])[span.start : span.end])
    assert len(t.mask(text, [span])) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "010-1234-5678",
        "02-2627-1234",
        "901301-1234567",  # no such month
        "900230-1234567",  # no such day
        "9001011234567",  # thirteen digits in a row, wrong check digit
        "900101 1234567",  # a date and a number
        "110-123-456789",
        "123-900101-1234567",
        "900101-12-345678",
        "주문번호 20210407123456",
        "4111-1111-1111-1111",
        "900101-1******",
        "사업비 900101천원, 1234567원",
        "900101-9234567",  # born in 1890, no check digit
        "계좌 900101-1234567-01",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert t.find_resident_numbers(text) == []


def test_a_birth_to_come_is_no_birth() -> None:
    assert t.find_resident_numbers("350101-3234567")
    assert t.find_resident_numbers("350101-3234567", on=date(2021, 4, 7)) == []


def test_few_numbers_in_a_row_are_mistaken() -> None:
    """Order numbers YYMMDD + 1 + six digits: at most the one in ten whose last digit happens to fit."""
    mistaken = sum(bool(t.find_resident_numbers(f"2104073{n:06}")) for n in range(0, 1_000_000, 997))
    assert mistaken / 1004 < 0.12


def test_phones_and_cards_are_hints() -> None:
    text = "전화 010-1234-5678, 02)2627-1234, +82 10-1234-5678, 01012345678 카드 4111 1111 1111 1111 아님 4111111111111112"
    assert [text[a:b] for a, b in t.find_phone_numbers(text)] == ["010-1234-5678", "02)2627-1234", "+82 10-1234-5678", "01012345678"]
    assert [text[a:b] for a, b in t.find_card_numbers(text)] == ["4111 1111 1111 1111"]
    assert t.find_card_numbers("3782-822463-10005")
    assert t.find_phone_numbers("2021-04-07 예산 010,000") == []


@given(HARD | st.text())
def test_finding_never_fails_and_spans_are_inside(text: str) -> None:
    for find in (t.find_resident_numbers, t.find_phone_numbers, t.find_card_numbers):
        spans = find(text)
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert len(t.mask(text, spans)) == len(text)


def test_mask_outside_the_text_is_harmless() -> None:
    assert t.mask("12", [(-5, 99)]) == "**"


def test_long_runs_are_cleaned_in_one_pass() -> None:
    """A pattern that goes back over a run would not end here within a day."""
    spaces = " " * 1_000_000
    assert t.clean_line(spaces + "가" + spaces + "나", 10).text == "가 나"
    assert t.clean_text("가" + spaces + "나" + spaces, 10).text == "가 나"
    assert t.clean_text(spaces + "가", 10).error == "too_long"
    assert t.find_resident_numbers("1" * 1_000_000) == t.find_phone_numbers("0-1" * 300_000) == []


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("7", 7), ("007", 7), ("9" * 18, 10**18 - 1), ("2021", 2021)])
def test_a_whole_number(text: str, number: int) -> None:
    assert t.whole_number(text) == number


@pytest.mark.parametrize("text", ["", " 7", "7 ", "-1", "+1", "1.0", "1_0", "²", "９９", "١٢", "13월", "9" * 19, "9" * 5000, "\x00", "x"])
def test_no_whole_number(text: str) -> None:
    assert t.whole_number(text) is None


def test_a_whole_number_of_a_year_has_four_digits() -> None:
    assert t.whole_number("2021", digits=4) == 2021
    assert t.whole_number("20211", digits=4) is None
