import pytest

from madang.processes.models import Process
from tests.processes.makers import a_process, a_step

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("blueprint", ["always_open", "assembly_year", "district_vote", "question"])
def test_makes(blueprint):
    p = a_process(blueprint=blueprint)
    assert p.state == Process.State.OPEN


def test_step(noon):
    s = a_step("gathering")
    assert s.is_open(noon)
