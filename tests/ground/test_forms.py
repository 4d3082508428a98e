"""Fields: text cleaned and never cut, amounts and days as people write them, resident numbers refused."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from madang.ground.clock import kst
from madang.ground.forms import DayField, LineField, MomentField, ProseField, WonField

ANY = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60)


def tried(field, value):
    try:
        return field.clean(value)
    except ValidationError:
        return None


@given(ANY)
def test_a_line_is_one_line_without_hidden_signs(text):
    got = tried(LineField(required=False), text)
    if got is not None:
        assert got == " ".join(got.split())
        assert not set(got) & set("\u202e\u2066\u200b\ufeff\x00\n")
        assert LineField(required=False).clean(got) == got


@given(ANY)
def test_prose_keeps_its_lines_and_says_the_same_twice(text):
    got = tried(ProseField(required=False), text)
    if got is not None:
        assert "\r" not in got
        assert "\n\n\n" not in got
        assert ProseField(required=False).clean(got) == got


@given(st.dates(date(1900, 1, 1), date(2021, 4, 7)), st.integers(0, 999_999), st.sampled_from(["-", " - ", "–"]))
def test_resident_numbers_are_refused(day, tail, between):
    number = f"{day:%y%m%d}{between}{1 if day.year < 2000 else 3}{tail:06d}"
    for field in (LineField(), ProseField()):
        with pytest.raises(ValidationError) as refused:
            field.clean(f"제 번호는 {number} 이에요")
        assert refused.value.code == "resident_number"


def test_numbers_of_other_things_are_welcome():
    for text in ("02-2627-0000", "1154550000", "2021-04-07", "한 해 1200000원", "991301-1234567"):
        assert LineField().clean(text) == text


def test_too_long_is_refused_and_not_cut():
    with pytest.raises(ValidationError):
        LineField(max_length=5).clean("여섯글자예요")
    assert LineField(max_length=5).clean("  다섯 글  ") == "다섯 글"


@pytest.mark.parametrize("field", [LineField(max_length=5), ProseField(max_length=5)])
def test_a_text_of_megabytes_is_refused_like_one_of_six_letters(field):
    for typed in ("여섯글자예요", "가나다라 " * 2_000_000):
        with pytest.raises(ValidationError) as refused:
            field.clean(typed)
        assert refused.value.error_list[0].code == "max_length"


def test_only_blanks_are_nothing():
    for blank in ("", "   ", "\u3164\u200b", "\n"):
        with pytest.raises(ValidationError):
            LineField().clean(blank)
        assert LineField(required=False).clean(blank) == ""


@pytest.mark.parametrize(
    ("typed", "won"),
    [("1,200,000", 1_200_000), ("120만", 1_200_000), ("1억 2천만원", 120_000_000), ("0", 0), ("", None), ("  3000원 ", 3000)],
)
def test_amounts_as_people_type_them(typed, won):
    assert WonField(required=False).clean(typed) == won


@given(st.integers(0, 10**13))
def test_any_amount_comes_back(won):
    assert WonField().clean(f"{won:,}") == WonField().clean(f"{won}원") == won


@pytest.mark.parametrize("typed", ["많이", "1.5.3", "=1+1", "-5000", "99999999999999999"])
def test_what_is_no_amount_is_told_with_what_was_typed(typed):
    with pytest.raises(ValidationError):
        WonField().clean(typed)


@pytest.mark.parametrize("typed", ["2021-04-07", "2021. 4. 7.", "2021.4.7", "'21.4.7", "2021년 4월 7일"])
def test_days_as_papers_write_them(typed):
    assert DayField().clean(typed) == date(2021, 4, 7)


@pytest.mark.parametrize("typed", ["2021-02-30", "4월", "내일", "2021"])
def test_what_is_no_day(typed):
    with pytest.raises(ValidationError):
        DayField().clean(typed)


@pytest.mark.parametrize("typed", ["1900-01-01", "1957. 3. 2.", "2199-12-31"])
def test_days_far_off_but_with_days_before_and_after(typed):
    assert DayField().clean(typed)


@pytest.mark.parametrize("typed", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_days_no_calendar_is_kept_for(typed):
    for field, value in ((DayField(), typed), (MomentField(), f"{typed}T00:00")):
        with pytest.raises(ValidationError) as refused:
            field.clean(value)
        with override("ko"):
            assert refused.value.messages == ["1900년부터 2199년 사이의 날짜를 적어 주십시오."]


def test_moments_are_on_the_korean_clock():
    assert MomentField().clean("2021-04-07T12:00") == kst(2021, 4, 7, 12)
