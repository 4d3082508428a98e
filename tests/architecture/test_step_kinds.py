"""Contract of step kinds: whatever is registered opens, refuses outside its time, closes once and leaves a trail."""

from dataclasses import fields, is_dataclass
from datetime import timedelta
from importlib import import_module

import pytest

from madang.ground.actor import SYSTEM
from madang.ground.models import AuditEntry
from madang.processes import actions
from madang.processes.blueprints import BLUEPRINTS
from madang.processes.figures import open_steps, page_of, process_page
from madang.processes.jobs import close_steps
from madang.processes.kinds import StepKind, StepLine, kinds
from madang.processes.models import Process, Step
from madang.processes.rules import deed_open, may_redate
from tests import NOON
from tests.processes.makers import a_process, a_step
from tests.residents.makers import a_resident, a_town, actor_of

pytestmark = pytest.mark.django_db
TONES = {"open", "time", "good", "info", "warn", "bad", "plain", "bare"}
BEFORE, AFTER = NOON - timedelta(days=8), NOON + timedelta(days=8)  # a_step runs from a week before noon to a week after


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "kind" in metafunc.fixturenames:
        metafunc.parametrize("kind", list(kinds().values()), ids=list(kinds()))


def test_it_says_what_it_is(kind: StepKind) -> None:
    assert str(kind.label), f"{kind.slug}: its label is missing"
    assert kind.tone in TONES, f"{kind.slug}: {kind.tone!r} is no tone of the look"
    assert is_dataclass(kind.settings), f"{kind.slug}: settings are a dataclass"
    assert kind.settings.__dataclass_params__.frozen, f"{kind.slug}: settings are frozen"
    kind.read_settings({})
    unnamed = {f.name for f in fields(kind.settings)} - set(kind.setting_labels)
    assert not unnamed, f"{kind.slug}: settings without a label: {unnamed}"
    assert set(kind.rules) <= kind.allows, f"{kind.slug}: a rule for a deed the kind does not allow"
    if kind.urls:
        assert kind.prefix.endswith("/"), f"{kind.slug}: the prefix of its addresses ends with a slash"
        assert import_module(kind.urls).urlpatterns


def test_its_pages_have_addresses(kind: StepKind) -> None:
    step = a_step(kind.slug)
    for name in filter(None, (kind.home, kind.desk_home)):
        assert page_of(name, step), f"{kind.slug}: {name} takes neither the step's number nor nothing"


def test_it_opens_and_says_so(kind: StepKind) -> None:
    step = a_step(kind.slug)
    shown = {o.step.pk: o for o in open_steps(a_town(), at=NOON)}
    assert step.pk in shown, f"{kind.slug}: an open step is not among the town's open steps"
    for at in (BEFORE, NOON, AFTER):
        line = kind.says(step, at=at)
        assert isinstance(line, StepLine)
        assert bool(line.action) == bool(line.url), f"{kind.slug}: a button needs words and an address"
        assert all(str(b.what) for b in kind.blockers(step, at=at))
    assert step.pk not in {o.step.pk for o in open_steps(a_town(), at=AFTER)}


def test_it_refuses_before_and_after_its_time(kind: StepKind) -> None:
    step = a_step(kind.slug)
    someone = actor_of(a_resident())
    for deed in kind.allows:
        assert deed_open(step, deed, at=NOON), f"{kind.slug}: {deed} is not open in its own time"
        for at, code in ((BEFORE, "not_yet_open"), (AFTER, "already_over")):
            verdict = deed_open(step, deed, at=at)
            assert not step.allows(deed, at)
            assert (verdict.allowed, verdict.code) == (False, code)
            assert verdict.sentence
    for deed, rule in kind.rules.items():
        for at in (BEFORE, AFTER):
            verdict = rule(someone, step, at=at)
            assert not verdict, f"{kind.slug}: {deed} is allowed outside its time"
            assert verdict.sentence, f"{kind.slug}: the no to {deed} has no sentence"
    assert not deed_open(step, "something else", at=NOON)


def test_nothing_is_open_in_a_draft(kind: StepKind) -> None:
    step = a_step(kind.slug, opened=False)
    assert not any(deed_open(step, deed, at=NOON) or step.allows(deed, NOON) for deed in kind.allows)


def test_it_closes_once_and_leaves_a_trail(kind: StepKind) -> None:
    from madang.ground import clock

    step = a_step(kind.slug)
    with clock.fixed(AFTER):
        close_steps.call_local()
        close_steps.call_local()
    step = Step.objects.select_related("process__place").get(pk=step.pk)
    assert step.closed_at == AFTER, f"{kind.slug}: the sweep could not close it; see the log"
    rows = AuditEntry.objects.filter(trail=f"process/{step.process_id}", verb="step.closed")
    assert [r.is_public for r in rows] == [True]
    assert step.title in rows[0].sentence
    assert not may_redate(SYSTEM, step, at=AFTER)


def test_new_dates_leave_a_trail(kind: StepKind) -> None:
    step = a_step(kind.slug)
    if not may_redate(SYSTEM, step, at=NOON):
        pytest.skip("its own rule keeps the dates")
    later = step.closes_at + timedelta(days=3)
    actions.change_dates(step=step, opens_at=step.opens_at, closes_at=later, reason="장마", actor=SYSTEM, at=NOON)
    changes = process_page(step.process, NOON).changes
    assert [c.is_dates for c in changes] == [True, False]
    assert "장마" in changes[0].sentence
    assert all(isinstance(pk, int) for pk in kind.touched(step)), f"{kind.slug}: touched gives account numbers"


def test_its_pages_answer(kind: StepKind, client) -> None:
    step = a_step(kind.slug)
    for url in filter(None, (kind.says(step, at=NOON).url, page_of(kind.home, step), page_of(kind.desk_home, step))):
        assert client.get(url).status_code in (200, 302, 403, 404), f"{kind.slug}: {url}"


@pytest.mark.parametrize("slug", BLUEPRINTS)
def test_every_blueprint_stands_on_registered_kinds(slug: str) -> None:
    missing = {t.kind for t in BLUEPRINTS[slug].steps} - set(kinds())
    assert not missing, f"{slug}: no installed area declares {missing}"
    process = a_process(blueprint=slug)
    assert process.state == Process.State.OPEN
    assert all(s.opens_at for s in process.steps.all())
