"""The tree of programmes and what is told of them."""

from datetime import date

import pytest

from madang.ground.actor import SYSTEM
from madang.ground.verdict import Refused
from madang.methods.partial_dates import PartialDate, parse_partial
from madang.programmes import actions
from madang.programmes.figures import elapsed_percent, period_of, progress_of
from madang.programmes.models import ProgressEntry
from tests import NOON
from tests.budgets.makers import a_programme
from tests.proposals.makers import a_stored_picture
from tests.residents.makers import a_department, a_town

pytestmark = pytest.mark.django_db


def told(programme, on="2021. 3.", **over):
    values = {"body": "천을 골랐습니다.", "actor": SYSTEM, "at": NOON, **over}
    return actions.add_progress(programme=programme, on=parse_partial(on), **values)


def refusal(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.verdict.code


def test_a_child_stands_below_its_parent():
    policy = a_programme(kind="policy", title="주민자치")
    unit = a_programme(kind="unit", title="주민자치회", parent=policy)
    assert unit.parent == policy
    assert refusal(lambda: a_programme(kind="policy", parent=unit)) == "parent_kind_wrong"
    assert refusal(lambda: a_programme(starts_on=date(2021, 2, 1), ends_on=date(2021, 1, 1))) == "period_backwards"


@pytest.mark.parametrize(
    ("written", "shown", "first"),
    [("'21. 3.", "2021. 3.", date(2021, 3, 1)), ("2021", "2021년", date(2021, 1, 1)), ("2021. 3. 9.(화)", "2021. 3. 9.", date(2021, 3, 9))],
)
def test_progress_is_dated_as_exactly_as_it_is_known(written, shown, first):
    programme = a_programme()
    entry = told(programme, written)
    assert entry.on == first
    assert progress_of([programme.pk])[programme.pk][0].when == shown


def test_progress_that_cannot_be_is_refused():
    programme = a_programme()
    picture = a_stored_picture()
    assert refusal(lambda: told(programme, "2021. 5.")) == "progress_in_future"
    assert refusal(lambda: told(programme, percent=101)) == "percent_past_hundred"
    assert refusal(lambda: told(programme, photos=[(picture, " ", "")])) == "photo_without_alt"
    told(programme, "2021. 4.", percent=100, photos=[(picture, "그늘막", "다 달았어요")])
    [line] = progress_of([programme.pk])[programme.pk]
    assert (line.photos[0].alt, line.photos[0].width) == ("그늘막", 64)


def test_the_same_form_twice_is_one_entry():
    programme = a_programme()
    assert told(programme, once="mark") == told(programme, once="mark")
    assert ProgressEntry.objects.count() == 1


def test_a_change_tells_what_changed():
    town = a_town()
    programme = a_programme(town)
    actions.change_programme(
        programme=programme, title="새 이름", summary=programme.summary, department=a_department(town, "도로과"), starts_on=None,
        ends_on=date(2021, 6, 30), precision="month", actor=SYSTEM, at=NOON,
    )  # fmt: skip
    programme.refresh_from_db()
    assert (programme.title, programme.department.name, period_of(programme)) == ("새 이름", "도로과", "2021. 6.")


def test_how_much_of_a_period_has_passed():
    year = date(2021, 1, 1), date(2021, 12, 31)
    assert elapsed_percent(*year, date(2020, 12, 31)) == 0
    assert elapsed_percent(*year, date(2021, 12, 31)) == 100
    assert elapsed_percent(*year, date(2022, 5, 1)) == 100
    assert elapsed_percent(*year, date(2021, 7, 2)) == 50
    assert elapsed_percent(None, year[1], year[0]) is None
    assert PartialDate(2021, 2).last_day == date(2021, 2, 28)
