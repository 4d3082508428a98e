"""Reading pools and quotas: what is accepted, and every refusal with its place."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.methods.seats.pool import Pool, Refused, pool_of, read_pool
from madang.methods.seats.quotas import Quota, allowed_values, broken, features_of, left_after, read_quotas

POOL = "접수번호,이름,성별,연령대\n003,ㄱ,여,30대\n001,ㄴ,남,30대\n002,ㄷ,여,60대 이상\n"
QUOTAS = "feature,value,min,max,min_flex,max_flex\n성별,여,1,2,0,3\n성별,남,1,1,,\n"


def test_pool_is_read_and_its_order_does_not_matter() -> None:
    pool = read_pool(POOL.encode(), ["성별", "연령대"])
    assert isinstance(pool, Pool)
    assert pool.people == {"001": ("남", "30대"), "002": ("여", "60대 이상"), "003": ("여", "30대")}
    head, *rows = POOL.strip().split("\n")
    turned = "\n".join(",".join(reversed(line.split(","))) for line in [head, *reversed(rows)])
    other = read_pool(turned.encode("cp949"), ["연령대", "성별"], key="접수번호")
    assert isinstance(other, Pool)
    written = '{"features":["성별","연령대"],"people":[["001","남","30대"],["002","여","60대 이상"],["003","여","30대"]]}'
    assert other.fingerprint() == pool.fingerprint() == sha256(written.encode()).hexdigest()
    assert [(one.values, one.keys) for one in pool.only(["성별"]).types()] == [(("남",), ("001",)), (("여",), ("002", "003"))]


def test_people_without_numbers_are_numbered_by_row() -> None:
    pool = read_pool(b"gender,leaning\n" + b"female,liberal\n" * 12, ["gender", "leaning"])
    assert isinstance(pool, Pool)
    assert list(pool.people)[:2] == ["01", "02"]
    assert len(pool.types()) == 1


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        ("접수번호,연령대\n1,30대\n", [("missing_column", 1, None)]),
        ("접수번호,성별\n", [("nobody", None, None)]),
        ("접수번호,성별\n1,여\n\n1,남\n", [("repeated_key", 4, 1)]),
        ("접수번호,성별\n,여\n2,\n3,모름\n", [("blank_key", 2, 1), ("blank_value", 3, 2), ("unknown_value", 4, 2)]),
        ("접수번호,성별\n1,여,덤\n", [("too_many_cells", 2, 3)]),
        ('접수번호,성별\n"1,여\n', [("bad_quote", 2, None)]),
        ("접수번호,성별,성별\n1,여,남\n", [("repeated_column_name", 1, 3)]),
        ("", [("empty", None, None)]),
    ],
)
def test_pool_errors_name_row_and_column(text: str, errors: list[tuple[str, int | None, int | None]]) -> None:
    found = read_pool(text.encode(), ["성별"], allowed={"성별": ["여", "남"]})
    assert isinstance(found, Refused)
    assert [(one.code, one.row, one.column) for one in found.errors] == errors


def test_quotas_in_three_kinds_of_header() -> None:
    wanted = (Quota("성별", "남", 1, 1), Quota("성별", "여", 1, 2, 0, 3))
    assert read_quotas(QUOTAS.encode()) == wanted
    older = "category,feature,min,max\n성별,여,1,2\n성별,남,1,1\n"
    assert read_quotas(older.encode()) == (wanted[0], Quota("성별", "여", 1, 2))
    korean = "최소,최대,항목,값,최대한도\n1,2,성별,여,3\n1,1,성별,남,\n"
    assert read_quotas(korean.encode("cp949")) == wanted
    assert features_of(wanted) == ("성별",)
    assert allowed_values(wanted) == {"성별": {"남", "여"}}


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        ("feature,value,min\n성별,여,1\n", [("missing_column", 1, None)]),
        ("feature,value,min,max\n성별,여,하나,2\n,남,1,-1\n", [("not_a_number", 2, 3), ("blank_value", 3, 1), ("not_a_number", 3, 4)]),
        ("feature,value,min,max\n성별,여,3,2\n", [("min_above_max", 2, 3)]),
        ("feature,value,min,max\n성별,여,,2\n", [("not_a_number", 2, 3)]),
        ("feature,value,min,max\n성별,여,1,2\n성별,여,1,2\n", [("repeated_quota", 3, 2)]),
        ("feature,value,min,max,min_flex,max_flex\n가,1,1,2,2,2\n가,2,1,2,0,1\n", [("flex_inside", 2, 5), ("flex_inside", 3, 6)]),
        ("feature,value,min,max\n", [("empty", None, None)]),
    ],
)
def test_quota_errors_name_row_and_column(text: str, errors: list[tuple[str, int | None, int | None]]) -> None:
    found = read_quotas(text.encode())
    assert isinstance(found, Refused)
    assert [(one.code, one.row, one.column) for one in found.errors] == errors


@given(st.binary(max_size=200))
def test_garbage_is_answered_never_raised(data: bytes) -> None:
    assert isinstance(read_pool(data, ["a"]), Pool | Refused)
    assert isinstance(read_quotas(data), tuple | Refused)


def test_preselected_people_lower_the_quotas() -> None:
    held = pool_of({"r1": {"성별": "여"}, "r2": {"성별": "여"}}, ["성별"])
    assert left_after([Quota("성별", "여", 1, 3, 1, 4), Quota("성별", "남", 1, 2)], held) == (
        Quota("성별", "여", 0, 1, 0, 2),
        Quota("성별", "남", 1, 2),
    )
    assert left_after([Quota("성별", "여", 0, 1)], held) == (Quota("성별", "여", 0, 0),)


def test_broken_quotas_are_counted_without_a_solver() -> None:
    quotas = [Quota("성별", "여", 1, 1), Quota("성별", "남", 0, 2)]
    assert broken(quotas, [{"성별": "여"}, {"성별": "여"}]) == ((quotas[0], 2),)


@pytest.mark.parametrize(
    "wrong", [("", "여", 0, 1), ("성별", "여", 2, 1), ("성별", "여", 0, 1, 1), ("성별", "여", 0, 3, 0, 2), ("성별", "여", -1, 1)]
)
def test_poor_quotas_are_refused(wrong: tuple[str, str, int, int]) -> None:
    with pytest.raises(ValueError):
        Quota(*wrong)


def test_poor_people_are_refused() -> None:
    with pytest.raises(ValueError, match="has no"):
        pool_of({"1": {}}, ["성별"])
    with pytest.raises(ValueError, match="NFC"):
        pool_of({"1": {"성별": "\u1102\u1161\u11b7"}}, ["성별"])
