import pytest

from tests.ballots.makers import a_ballot, a_counted_ballot

pytestmark = pytest.mark.django_db


def test_a_ballot_is_open(noon):
    ballot = a_ballot()
    assert ballot.state == "noticed"
    assert ballot.step.allows("vote", noon)
    assert ballot.items.count() == 4


def test_a_counted_ballot():
    ballot = a_counted_ballot()
    assert ballot.state == "counted"
    assert sorted(ballot.tally.funded) == [1, 2, 4]
    assert ballot.tally.papers == 8


def test_of_the_town():
    assert a_counted_ballot(dong=None, title="나풀나풀").place.level == "district"
