import pytest

from madang.methods.money import parse_won


@pytest.mark.parametrize(
    ("typed", "won"),
    [
        ("1,200,000", 1_200_000),
        ("1200000원", 1_200_000),
        ("120만", 1_200_000),
        ("120만원", 1_200_000),
        ("1억 2천만원", 120_000_000),
        ("1.5억", 150_000_000),
        ("12,300천원", 12_300_000),
        ("12백만원", 12_000_000),
        ("3천", 3_000),
        ("1억5천3백만", 153_000_000),
        ("１２０만", 1_200_000),
        ("금 234,580원", 234_580),
        ("0", 0),
    ],
)
def test_reads_what_people_type(typed, won):
    assert parse_won(typed) == won


@pytest.mark.parametrize("typed", ["", "육천", "-5", "1만2억", "12개", "1.23456원", "3~5만", "만만", "억", "1만 2만", "😀"])
def test_refuses_what_is_not_plainly_an_amount(typed):
    assert parse_won(typed) is None
