"""Expenditure within commitment within budget: in the verbs with a reason, in the database whatever writes."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from madang.budgets import actions
from madang.budgets.figures import by_source, lines_of, money_of, spent_by_month, total_of, town_money
from madang.budgets.models import Appropriation, Spending
from madang.ground.actor import SYSTEM
from madang.ground.models import AuditEntry
from madang.ground.verdict import Refused
from tests import NOON
from tests.budgets.makers import a_programme, a_source, an_appropriation
from tests.residents.makers import a_department, a_town, actor_of, an_official

pytestmark = pytest.mark.django_db
MARCH = date(2021, 3, 2)


def wrote(verb, money, won, on=MARCH, **over):
    return verb(appropriation=money, amount_won=won, on=on, what="그늘막 천", actor=SYSTEM, at=NOON, **over)


def refusal(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.verdict.code


def sums(money):
    money.refresh_from_db()
    return money.amount_won, money.committed_won, money.spent_won


def test_money_is_committed_then_spent_down_to_its_lines():
    money = an_appropriation(amount_won=10_000_000)
    wrote(actions.commit, money, 6_000_000)
    wrote(actions.spend, money, 4_000_000)
    wrote(actions.spend, money, 1_500_000, commits=True)
    assert sums(money) == (10_000_000, 7_500_000, 5_500_000)
    lines = lines_of(money.programme_id)
    assert [(line.kind, line.amount_won) for line in lines] == [
        ("원인행위", 6_000_000), ("지출", 4_000_000), ("원인행위", 1_500_000), ("지출", 1_500_000),
    ]  # fmt: skip
    told = AuditEntry.objects.of_trail(f"programme/{money.programme_id}").filter(is_public=True)
    assert "1,500,000원을 썼습니다" in told.last().sentence


def test_what_would_break_the_invariant_is_refused_with_the_numbers():
    money = an_appropriation(amount_won=1_000_000)
    assert refusal(lambda: wrote(actions.spend, money, 1)) == "amount_past_commitment"
    wrote(actions.commit, money, 900_000)
    with pytest.raises(Refused, match="남은 100,000원보다 많은 200,000원"):
        wrote(actions.commit, money, 200_000)
    assert refusal(lambda: wrote(actions.commit, money, 0)) == "amount_not_positive"
    assert refusal(lambda: wrote(actions.spend, money, 200_000, commits=True)) == "amount_past_budget"
    assert sums(money) == (1_000_000, 900_000, 0)


@pytest.mark.parametrize(
    "broken", [{"spent_won": 1}, {"committed_won": 11_000_000}, {"amount_won": -1}, {"committed_won": 5, "spent_won": 6}, {"spent_won": -1}]
)
def test_the_database_refuses_what_breaks_the_invariant(broken):
    money = an_appropriation(amount_won=10_000_000)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appropriation.objects.filter(pk=money.pk).update(**broken)


def test_a_line_is_never_of_nothing():
    money = an_appropriation()
    with pytest.raises(IntegrityError), transaction.atomic():
        Spending.objects.create(appropriation=money, place=money.place, kind="commitment", amount_won=0, on=MARCH, what="", at=NOON)


def test_dates_stay_in_the_fiscal_year_and_before_now():
    money = an_appropriation(year=2020)
    assert refusal(lambda: wrote(actions.commit, money, 1, on=date(2021, 1, 21))) == "spent_outside_year"
    assert refusal(lambda: wrote(actions.commit, money, 1, on=date(2019, 12, 31))) == "spent_outside_year"
    wrote(actions.commit, money, 1, on=date(2021, 1, 20))
    assert refusal(lambda: wrote(actions.commit, an_appropriation(), 1, on=NOON.date() + timedelta(days=1))) == "spent_in_future"


def test_the_same_form_twice_is_one_line():
    money = an_appropriation()
    first = wrote(actions.spend, money, 300_000, commits=True, once="mark")
    again = wrote(actions.spend, money, 300_000, commits=True, once="mark")
    assert first == again
    assert sums(money) == (10_000_000, 300_000, 300_000)
    assert Spending.objects.filter(appropriation=money).count() == 2


def test_a_wrong_line_is_taken_back_and_stays_to_be_read():
    money = an_appropriation()
    commitment = wrote(actions.commit, money, 500_000)
    payment = wrote(actions.spend, money, 400_000)

    def cancelled(line, reason="잘못 적음"):
        return actions.cancel(spending=line, reason=reason, actor=SYSTEM, at=NOON)

    assert refusal(lambda: cancelled(commitment)) == "cancel_below_spent"
    assert refusal(lambda: cancelled(payment, " ")) == "cancel_needs_reason"
    cancelled(payment)
    assert refusal(lambda: cancelled(payment)) == "already_cancelled"
    cancelled(commitment)
    assert sums(money) == (10_000_000, 0, 0)
    assert [line.cancelled_why for line in lines_of(money.programme_id)] == ["잘못 적음", "잘못 적음"]
    assert spent_by_month([money.programme_id], 2021) == (0,) * 12


def test_a_budget_changes_with_a_reason_and_never_below_what_is_promised():
    money = an_appropriation()
    wrote(actions.commit, money, 4_000_000)

    def changed(won, reason="추경"):
        return actions.change_amount(appropriation=money, amount_won=won, reason=reason, actor=SYSTEM, at=NOON)

    assert refusal(lambda: changed(3_999_999)) == "below_commitment"
    assert refusal(lambda: changed(-1)) == "amount_not_positive"
    assert refusal(lambda: changed(5_000_000, "")) == "change_needs_reason"
    assert changed(4_000_000).amount_won == 4_000_000


def test_one_budget_a_year_and_source():
    money = an_appropriation()
    assert refusal(lambda: an_appropriation(money.programme)) == "already_appropriated"
    an_appropriation(money.programme, year=2022)
    an_appropriation(money.programme, source=a_source(name="시비", code="si", order=2))
    assert [(s.year, s.source) for s in by_source(money.programme_id)] == [(2021, "구비"), (2021, "시비"), (2022, "구비")]


def test_who_may_move_money():
    town = a_town()
    programme = a_programme(town, department=a_department(town, "도로과"))
    money = an_appropriation(programme)
    at = {"at": NOON}

    def spends(account):
        wrote_by = {"appropriation": money, "amount_won": 1, "on": MARCH, "what": "못", "actor": actor_of(account), **at}
        return actions.commit(**wrote_by)

    roads = an_official(town, "department_officer", department=programme.department)
    team = an_official(town, "department_officer", department=a_department(town, "보행환경팀", "team", programme.department))
    spends(roads)
    spends(team)
    spends(an_official(town, "dong_officer", dong="doksan2"))
    spends(an_official(town, "coordinating_officer"))
    assert refusal(lambda: spends(an_official(town, "dong_officer", dong="gasan"))) == "programme_role_needed"
    assert (
        refusal(lambda: spends(an_official(town, "department_officer", department=a_department(town, "공원녹지과"))))
        == "programme_role_needed"
    )
    assert refusal(lambda: spends(an_official(town, "moderator", department=programme.department))) == "role_needed"
    assert refusal(lambda: spends(an_official(town, "coordinating_officer", desk=False))) == "desk_closed"
    with pytest.raises(Refused):
        actions.change_amount(appropriation=money, amount_won=1, reason="추경", actor=actor_of(roads), **at)


@given(st.lists(st.tuples(st.sampled_from(["commit", "spend", "both", "cancel"]), st.integers(-5, 120)), max_size=25))
def test_whatever_is_tried_sums_and_lines_agree(steps):
    money = an_appropriation(a_programme(title="성질"), amount_won=100)
    for deed, amount in steps:
        try:
            if deed == "cancel":
                line = Spending.objects.filter(appropriation=money).order_by("pk")[max(amount, 0) % 5 :].first()
                if line:
                    actions.cancel(spending=line, reason="시험", actor=SYSTEM, at=NOON)
            elif deed == "commit":
                wrote(actions.commit, money, amount)
            else:
                wrote(actions.spend, money, amount, commits=deed == "both")
        except Refused:
            pass
    whole, committed, spent = sums(money)
    assert 0 <= spent <= committed <= whole
    kept = Spending.objects.valid().filter(appropriation=money)
    assert sum(line.amount_won for line in kept if line.kind == "commitment") == committed
    assert sum(line.amount_won for line in kept if line.kind == "expenditure") == spent


def test_figures_add_up():
    town = a_town()
    one, other = an_appropriation(a_programme(town)), an_appropriation(a_programme(town, "gasan", title="등불"), 4_000_000)
    wrote(actions.spend, one, 1_000_000, on=date(2021, 1, 15), commits=True)
    wrote(actions.spend, one, 2_000_000, on=MARCH, commits=True)
    wrote(actions.commit, other, 500_000)
    found = money_of([one.programme_id, other.programme_id])
    assert (found[one.programme_id].left_won, found[other.programme_id].promised_won) == (7_000_000, 500_000)
    assert (
        total_of([one.programme_id, other.programme_id]) == town_money(town.pk, 2021) == found[one.programme_id] + found[other.programme_id]
    )
    assert money_of([one.programme_id], year=2022) == {}
    assert spent_by_month([one.programme_id, other.programme_id], 2021)[:4] == (1_000_000, 1_000_000, 3_000_000, 3_000_000)
