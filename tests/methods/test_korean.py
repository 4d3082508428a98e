from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.methods import korean as k

WON = st.integers(-(10**15), 10**15)


@pytest.mark.parametrize(
    ("word", "pair", "said"),
    [
        ("금천구", "을/를", "금천구를"),
        ("독산1동", "이/가", "독산1동이"),
        ("서울", "으로/로", "서울로"),
        ("시흥5동", "으로/로", "시흥5동으로"),
        ("가산", "로/으로", "가산으로"),
        ("의제", "와/과", "의제와"),
        ("공론장", "은/는", "공론장은"),
        ("마을총회(구 주민총회)", "을/를", "마을총회(구 주민총회)를"),
        ("「골목길 그늘막」", "이/가", "「골목길 그늘막」이"),
        ("‘나풀나풀’", "은/는", "‘나풀나풀’은"),
        ("2", "이/가", "2가"),
        ("3", "이/가", "3이"),
        ("7", "으로/로", "7로"),
        ("10", "으로/로", "10으로"),
        ("1,000", "을/를", "1,000을"),
        ("1000000000000", "이/가", "1000000000000가"),  # 일조
        ("50%", "을/를", "50%를"),
        ("CCTV", "을/를", "CCTV를"),
        ("URL", "으로/로", "URL로"),
        ("PDF", "은/는", "PDF는"),
        ("LAN", "은/는", "LAN은"),
        ("Facebook", "을/를", "Facebook을"),
        ("Google", "으로/로", "Google로"),
        ("test", "은/는", "test는"),
        ("汉", "으로/로", "汉(으)로"),
        ("🙂", "을/를", "🙂을(를)"),
        ("", "을/를", "을(를)"),
    ],
)
def test_particles(word: str, pair: str, said: str) -> None:
    assert k.josa(word, pair) == said


def test_unknown_particles_are_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="unknown pair"):
        k.josa("금천", "을/가")


@given(st.text(max_size=30), st.sampled_from(["을/를", "으로/로", "이/가"]))
def test_particles_never_fail(word: str, pair: str) -> None:
    assert k.josa(word, pair).startswith(word)


@pytest.mark.parametrize(
    ("won", "said"),
    [
        (0, "0원"),
        (4_500, "4,500원"),
        (9_999, "9,999원"),
        (19_999, "1만원"),
        (64_000_000, "6,400만원"),
        (984_000_000, "9억 8,400만원"),
        (1_200_000_000, "12억원"),
        (2_000_000_030_000, "2조 3만원"),
        (-64_009_999, "△6,400만원"),
    ],
)
def test_won_for_residents(won: int, said: str) -> None:
    assert k.won_resident(won) == said


@given(WON)
def test_residents_never_see_more_than_there_is(won: int) -> None:
    said = k.won_resident(won).lstrip("△").removesuffix("원").replace(",", "")
    total = 0
    for part in said.split():
        unit = {"만": 10**4, "억": 10**8, "조": 10**12}.get(part[-1], 1)
        total += int(part.rstrip("만억조")) * unit
    assert total <= abs(won) < total + 10_000


def test_units_and_their_rounding_are_named() -> None:
    assert k.thousand_won(12_300_400) == "12,300"
    assert k.thousand_won(12_300_500) == "12,301"
    assert k.thousand_won(12_300_999, "cut", unit=True) == "12,300천원"
    assert k.million_won(5_859_632_000) == "5,860"
    assert k.million_won(5_859_632_000, "cut") == "5,859"  # as printed in the work report
    assert k.million_won(-1_500_000) == "△2"
    assert k.thousand_won(-400) == "0"
    assert k.eok_won(984_000_000) == "10"
    assert k.eok_won(984_000_000, "cut", places=1, unit=True) == "9.8억원"
    assert k.eok_won(-5_000_000, places=2) == "△0.05"
    assert k.won(-1_234_500) == "△1,234,500원"


@pytest.mark.parametrize("amount", [1.5, "3", True])
def test_money_is_whole(amount: object) -> None:
    with pytest.raises(TypeError):
        k.thousand_won(amount)  # type: ignore[arg-type]


def test_percent_half_up_and_not_computable() -> None:
    assert k.percent(4865, 10_000) == "49%"
    assert k.percent(5459, 10_000) == "55%"
    assert k.percent(1, 200) == "1%"
    assert k.percent(-1, 2) == "△50%"
    assert k.percent(3, 0) is None


def test_dates_as_offices_write_them() -> None:
    friday = date(2026, 7, 24)
    assert k.day(friday, date(2026, 1, 1)) == "7. 24.(금)"
    assert k.day(date(2021, 4, 7), friday) == "2021. 4. 7.(수)"
    assert k.day(friday) == "2026. 7. 24.(금)"
    assert k.short_day(date(2021, 4, 7)) == "'21. 4. 7.(수)"
    assert k.month(date(2021, 5, 3)) == "21.5"
    assert k.moment(datetime(2026, 7, 24, 18, 0), friday) == "7. 24.(금) 18:00"
    assert [k.days_left_text(friday, today) for today in (date(2026, 7, 21), friday, date(2026, 7, 26))] == [
        "3일 남음",
        "오늘까지",
        "2일 지남",
    ]
    assert k.days_left(friday, date(2026, 7, 26)) == -2


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("'21. 4.", "2021-04"),
        ("’21. 5. 3.", "2021-05-03"),
        ("’21. 12", "2021-12"),
        ("‘19. 1.", "2019-01"),
        ("2021-05", "2021-05"),
        ("2021. 5.", "2021-05"),
        ("2021. 1월", "2021-01"),
        ("2021년 5월", "2021-05"),
        ("21.5.", "2021-05"),
        ("21.5", "2021-05"),
        ("2021. 5. 3.(월)", "2021-05-03"),
        ("2021. 5. 3. (월요일)", "2021-05-03"),
        ("2021년 5월 3일", "2021-05-03"),
        ("2021/5/3", "2021-05-03"),
        ("20210503", "2021-05-03"),
        ("202105", "2021-05"),
        ("２０２１．５．３．", "2021-05-03"),
        ("2021", "2021"),
        ("2021년", "2021"),
        ("'21", "2021"),
        ("  2021-05-03  ", "2021-05-03"),
    ],
)
def test_partial_dates_are_read(text: str, iso: str) -> None:
    parsed = k.parse_partial(text)
    assert parsed is not None
    assert parsed.iso() == iso


@pytest.mark.parametrize(
    "text", ["", "5. 3.", "12", "2021. 13.", "2021. 2. 30.", "연중", "2021. 5. 3. 오후", "2021-", "0000-01", "1" * 5000, "215", "21 5"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    assert k.parse_partial(text) is None


@given(st.dates(date(1000, 1, 1)), st.sampled_from(["year", "month", "day"]))
def test_every_style_reads_back(day: date, precision: str) -> None:
    parts = {"year": 1, "month": 2, "day": 3}[precision]
    partial = k.PartialDate(*(day.year, day.month, day.day)[:parts])
    assert partial.precision == precision
    assert k.parse_partial(partial.house()) == partial
    assert k.parse_partial(partial.short()) == partial
    assert k.parse_partial(partial.iso()) == partial
    assert partial.first_day <= day <= partial.last_day


@given(st.text(max_size=50))
def test_reading_never_fails(text: str) -> None:
    k.parse_partial(text)


def test_partial_dates_sort_by_time() -> None:
    texts = ["2021-05-03", "2020", "2021", "2021-05", "2021-12"]
    parsed = [partial for text in texts if (partial := k.parse_partial(text))]
    assert [partial.iso() for partial in sorted(parsed)] == ["2020", "2021", "2021-05", "2021-05-03", "2021-12"]


def test_a_sentence_settles_its_particles():
    assert k.settle("‘불을 켜 주세요’을(를) 도로과(으)로 보냈어요") == "‘불을 켜 주세요’를 도로과로 보냈어요"
    assert k.settle("‘쉼터 둘’이(가) 공원녹지팀(으)로, ‘길’과(와) ‘물’은(는)") == "‘쉼터 둘’이 공원녹지팀으로, ‘길’과 ‘물’은"
    assert k.settle("‘☺’을(를)") == "‘☺’을(를)"
