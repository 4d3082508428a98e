"""From pool to people: tickets, draw, record, command line, the page's worked examples."""

import json
import re
import subprocess
import sys
from collections import Counter
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.methods import draw as command
from madang.methods.lots import seed_commitment, shuffle
from madang.methods.seats import balls, drawing, fair, record
from madang.methods.seats.lottery import Lottery, lottery_from, tickets_of
from madang.methods.seats.pool import Pool, pool_of
from madang.methods.seats.quotas import Quota

PROJECT = Path(__file__).parents[2]
PAGE = PROJECT / "docs" / "methods" / "seat-lots.md"
SEED = "열여섯 글자가 넘는 시험용 씨앗 하나"


def example(name: str) -> Any:
    found = re.search(rf"^```json {name}\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def village(size: int = 60) -> tuple[Pool, list[Quota]]:
    """A dong of four villages whose applicants are mostly elder women of one village."""
    people = {
        f"{i:03}": {"성별": "남" if i % 3 == 0 else "여", "나이": ("청년", "중년", "장년", "장년")[i % 4], "마을": "가가나다라"[i % 5]}
        for i in range(size)
    }
    quotas = [Quota("성별", "여", 4, 6), Quota("성별", "남", 4, 6), Quota("나이", "청년", 2, 4), Quota("나이", "중년", 2, 4)]
    quotas += [Quota("나이", "장년", 2, 4), *(Quota("마을", name, 2, 3) for name in "가나다라")]
    return pool_of(people, ["성별", "나이", "마을"]), quotas


def solved(method: fair.Method = "leximin") -> tuple[Lottery, Pool, list[Quota]]:
    pool, quotas = village()
    lottery = fair.solve(pool, quotas, 10, method)
    assert isinstance(lottery, Lottery)
    return lottery, pool, quotas


def test_worked_example_of_balls() -> None:
    case = example("balls")
    rule = balls.Rule(case["seats"], tuple(case["share"]))
    outcome = balls.draw(case["candidates"], rule, seed=case["seed"])
    assert rule.cap() == case["cap"]
    assert (outcome.seed_sha256, outcome.list_sha256) == (case["seed_sha256"], case["list_sha256"])
    assert [sha256(f"{case['seed']}|seats/balls|{k}".encode()).hexdigest() for k in range(5)] == case["blocks"]
    assert [int(block, 16) % box[0] for block, box in zip(case["blocks"], case["boxes"], strict=True)] == [box[1] for box in case["boxes"]]
    told = [line.params for line in outcome.story if line.code == "drawn"]
    assert [[one["among"], one["place"], one["id"]] for one in told] == case["boxes"]
    assert (list(outcome.drawn), list(outcome.reserves)) == (case["drawn"], case["reserves"])
    chance = balls.chances(Counter(case["candidates"].values()), rule)
    assert {sex: [one.numerator, one.denominator] for sex, one in chance.items()} == case["chances"]


def test_worked_example_of_quotas() -> None:
    case = example("quotas")
    pool = pool_of(case["people"], ["성별", "마을"])
    published = lottery_from(case["lottery"])
    assert published.problems(pool) == ()
    assert published.fingerprint() == case["lottery_sha256"]
    again = fair.solve(pool, [Quota(*one) for one in case["quotas"]], case["seats"], case["method"], tickets=case["tickets"])
    assert isinstance(again, Lottery)
    assert again.plain() == case["lottery"]
    assert [[one.numerator, one.denominator] for one in published.chances] == case["chances"]
    assert int(sha256(f"{case['seed']}|seats/committee|0".encode()).hexdigest(), 16) % case["tickets"] == case["ticket"]
    assert sha256(f"{case['seed']}|seats/committee|0".encode()).hexdigest() == case["block"]
    outcome = drawing.draw(published, pool, case["seed"])
    assert (outcome.ticket, outcome.committee, list(outcome.chosen)) == (case["ticket"], case["committee"], case["chosen"])


def test_draw_follows_from_list_table_and_seed() -> None:
    lottery, pool, quotas = solved()
    outcome = drawing.draw(lottery, pool, SEED)
    x = int.from_bytes(sha256(f"{SEED}|seats/committee|0".encode()).digest(), "big")
    ticket, committee = x % 1_000_000_000, 0
    for one in lottery.committees:
        if ticket < one.tickets:
            break
        ticket, committee = ticket - one.tickets, committee + 1
    assert outcome.committee == committee
    chosen: list[str] = []
    for i, (kind, number) in enumerate(zip(pool.types(), lottery.committees[committee].counts, strict=True)):
        chosen += shuffle(kind.keys, SEED, f"seats/type/{i}")[:number] if number else ()
    assert list(outcome.chosen) == chosen
    for quota in quotas:
        place = pool.features.index(quota.feature)
        assert quota.min <= sum(pool.people[key][place] == quota.value for key in chosen) <= quota.max


def test_order_of_list_and_quotas_changes_nothing() -> None:
    lottery, pool, quotas = solved()
    rows = [(key, dict(zip(pool.features, values, strict=True))) for key, values in pool.people.items()]
    for turn in (7, 23):
        turned = pool_of(dict(rows[turn:] + rows[:turn]), reversed(pool.features))
        other = fair.solve(turned, quotas[turn % 5 :] + quotas[: turn % 5], 10)
        assert isinstance(other, Lottery)
        assert other == lottery
        assert drawing.draw(other, turned, SEED) == drawing.draw(lottery, pool, SEED)


def test_drawn_as_often_as_promised() -> None:
    lottery, pool, _ = solved("maximin")
    chances = lottery.chance_of(pool)
    assert sum(chances.values()) == lottery.seats
    draws = 1500
    seen = Counter(key for n in range(draws) for key in drawing.draw(lottery, pool, f"{SEED} {n}").chosen)
    assert max(abs(seen[key] / draws - float(chance)) for key, chance in chances.items()) < 0.06


def test_leximin_is_at_least_as_fair_as_maximin() -> None:
    first, second = solved("maximin")[0], solved("leximin")[0]
    assert abs(first.least - second.least) < Fraction(1, 10**6)
    for one in (first, second):
        assert abs(float(one.least) - one.bound) < 1e-6 * one.seats / sum(one.sizes)


def test_reserves_step_in_for_their_type() -> None:
    lottery, pool, _ = solved()
    outcome = drawing.draw(lottery, pool, SEED)
    leaving = outcome.chosen[:2]
    entering = drawing.steps_in(lottery, pool, outcome, leaving)
    for gone, come in zip(leaving, entering, strict=True):
        assert come is None or pool.people[come] == pool.people[gone]
    with pytest.raises(ValueError, match="only members"):
        drawing.steps_in(lottery, pool, outcome, ["nobody"])


@given(st.lists(st.tuples(st.floats(0, 1), st.tuples(st.integers(0, 3))), min_size=1, max_size=6), st.integers(1, 1000))
def test_tickets_are_whole_and_all_given(chances: list[tuple[float, tuple[int, ...]]], tickets: int) -> None:
    total = sum(Fraction(chance) for chance, _ in chances)
    if not total:
        with pytest.raises(ValueError, match="with a chance"):
            tickets_of(chances, tickets)
        return
    given_out = {one.counts: one.tickets for one in tickets_of(chances, tickets)}
    assert sum(given_out.values()) == tickets
    for counts in {counts for _, counts in chances}:
        exact = sum(Fraction(chance) for chance, other in chances if other == counts) * tickets / total
        assert abs(given_out.get(counts, 0) - exact) < 1


def test_percent_is_rounded_half_up() -> None:
    assert drawing.percent(Fraction(3, 41)) == "7.32"
    assert drawing.percent(Fraction(1, 2000)) == "0.05"
    assert drawing.percent(Fraction(1, 200), 0) == "1"


def test_tampering_is_found() -> None:
    lottery, pool, _ = solved()
    said = json.loads(json.dumps(record.of_draw(lottery, pool, drawing.draw(lottery, pool, SEED), SEED)))
    assert record.verify(said, pool) == ()
    assert record.verify(json.loads(json.dumps(record.of_lottery(lottery))), pool) == ()
    assert record.verify({**said, "chosen": said["chosen"][::-1]}, pool) == ("chosen_differs",)
    assert record.verify({**said, "seed_sha256": "0" * 64}, pool) == ("seed_differs",)
    assert "lottery_differs" in record.verify({**said, "lottery_sha256": "0" * 64}, pool)
    more = json.loads(json.dumps(said))
    more["lottery"]["committees"][0]["tickets"] += 1
    assert record.verify(more, pool) == ("lottery_differs",)
    swapped = json.loads(json.dumps(said))
    swapped["lottery"]["committees"][0]["counts"][0][1] += 1
    assert "committee_wrong:0" in record.verify(swapped, pool)
    fewer = Pool(pool.features, {key: values for key, values in pool.people.items() if key != "007"})
    assert record.verify(said, fewer)[:2] == ("list_differs", "types_differ")
    with pytest.raises(ValueError, match="list is not"):
        drawing.draw(lottery, fewer, SEED)
    for nothing in ({}, {"kind": "seats.draw"}, {"kind": "seats.draw", "lottery": {}}, {"kind": "other"}):
        with pytest.raises(ValueError):
            record.verify(nothing, pool)


def test_replaying_needs_no_solver() -> None:
    """Balls, draws and checks with the standard library alone; only solving quotas needs numpy and HiGHS."""
    block = "import sys; sys.modules['highspy'] = sys.modules['numpy'] = None"
    code = f"{block}; import madang.methods.draw; from madang.methods.seats import balls, drawing, record, telling"
    ran = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def written(folder: Path) -> tuple[str, str]:
    pool, quotas = village()
    people, limits = folder / "people.csv", folder / "quotas.csv"
    rows = ["번호," + ",".join(pool.features), *(",".join([key, *values]) for key, values in pool.people.items())]
    people.write_text("\n".join(rows), encoding="utf-8")
    limits.write_text("\n".join(["feature,value,min,max", *(f"{q.feature},{q.value},{q.min},{q.max}" for q in quotas)]), encoding="utf-8")
    return str(people), str(limits)


def said_by(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> Any:
    assert command.main([*arguments, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_command_line_from_commitment_to_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people, limits = written(tmp_path)
    promised = said_by(capsys, "commit", people, limits, "--seed", SEED)
    assert promised["seed_sha256"] == seed_commitment(SEED)
    assert promised["people"] == 60
    lottery = said_by(capsys, "solve", people, limits, "--seats", "10", "--method", "maximin")
    assert lottery["lottery"]["list_sha256"] == promised["list_sha256"]
    table, result = tmp_path / "lottery.json", tmp_path / "draw.json"
    table.write_text(json.dumps(lottery), encoding="utf-8")
    drawn = said_by(capsys, "draw", str(table), people, "--seed", SEED)
    assert len(drawn["chosen"]) == 10
    result.write_text(json.dumps(drawn), encoding="utf-8")
    for file in (table, result):
        assert said_by(capsys, "verify", str(file), people) == {"holds": True, "problems": []}
    result.write_text(json.dumps({**drawn, "ticket": 1}), encoding="utf-8")
    assert said_by(capsys, "verify", str(result), people, code=1)["problems"] == ["ticket_differs"]
    assert command.main(["draw", str(table), people, "--seed", SEED, "--language", "en"]) == 0
    assert capsys.readouterr().out.splitlines()[0].startswith("Ticket ")


def test_command_line_draws_balls(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people, _ = written(tmp_path)
    promised = said_by(capsys, "commit", people)
    held = tmp_path / "held.csv"
    held.write_text("번호,성별\nR1,여\nR2,여\n", encoding="utf-8")
    drawn = said_by(capsys, "balls", people, "--seats", "12", "--recommended", str(held), "--reserves", "5", "--seed", SEED)
    assert drawn["list_sha256"] == promised["list_sha256"]
    assert (len(drawn["drawn"]), len(drawn["reserves"])) == (10, 5)
    result = tmp_path / "balls.json"
    result.write_text(json.dumps(drawn), encoding="utf-8")
    assert said_by(capsys, "verify", str(result), people)["holds"]
    result.write_text(json.dumps({**drawn, "drawn": drawn["reserves"]}), encoding="utf-8")
    assert said_by(capsys, "verify", str(result), people, code=1)["problems"] == ["drawn_differs"]
    assert command.main(["balls", people, "--seats", "12", "--share", "none", "--seed", SEED]) == 0
    assert "1번째 공" in capsys.readouterr().out


def test_command_line_names_the_smallest_relaxation_and_refuses_with_the_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people, limits = written(tmp_path)
    Path(limits).write_text("feature,value,min,max\n성별,여,9,10\n성별,남,3,3\n", encoding="utf-8")
    refused = said_by(capsys, "solve", people, limits, "--seats", "10", code=1)
    assert (refused["infeasible"], refused["units"]) == (True, 2)
    assert command.main(["solve", people, limits, "--seats", "10"]) == 1
    assert "2자리" in capsys.readouterr().out
    held = tmp_path / "held.csv"
    held.write_text("번호,성별\nR1,여\nR2,여\n", encoding="utf-8")
    assert said_by(capsys, "solve", people, limits, "--seats", "12", "--preselected", str(held))["lottery"]["seats"] == 10
    Path(limits).write_text("feature,value,min,max\n성별,여,9,10\n", encoding="utf-8")
    assert command.main(["solve", people, limits, "--seats", "10"]) == 2
    assert "people.csv:2:4: ‘남’" in capsys.readouterr().err
    for wrong in (
        ["draw", limits, people, "--seed", SEED],
        ["verify", "nowhere.json", people],
        ["balls", people, "--seats", "2", "--seed", "x"],
    ):
        assert command.main(wrong) == 2
        assert capsys.readouterr().err
