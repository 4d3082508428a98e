"""The worked examples printed in docs/methods are read from the pages and computed again."""

import json
import re
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from madang.methods import bigrams, chain, lots
from madang.methods.legal_clock import Pause, clock
from madang.methods.similarity import similar
from madang.methods.voting.election import Election, Project
from madang.methods.voting.limits import Limits
from madang.methods.voting.papers import count_papers
from madang.methods.voting.rules import Rule, count
from madang.methods.yes_no import quorum_of, yes_no

PAGES = Path(__file__).parents[2] / "docs" / "methods"


def example(page: str, name: str = "example") -> Any:
    found = re.search(rf"^```json {name}\n(.*?)^```$", (PAGES / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert found is not None, f"{page} has no {name}"
    return json.loads(found[1])


def test_deadlines() -> None:
    for case in example("deadlines.md"):
        pauses = [Pause(date.fromisoformat(start), date.fromisoformat(end), "") for start, end in case["pauses"]]
        read = clock(case["kind"], date.fromisoformat(case["received_on"]), pauses, date.fromisoformat(case["on"]))
        assert read.due_on.isoformat() == case["due_on"]
        assert read.days_left == case["days_left"]
        assert (read.supplement_until and read.supplement_until.isoformat()) == case["supplement_until"]


def test_budgeting() -> None:
    case = example("budgeting.md")
    outcome, counted = count_papers(
        [Project(key, cost) for key, cost in case["projects"].items()],
        [picks for picks, number in case["papers"] for _ in range(number)],
        case["budget_won"],
        Rule("greedy", limits=Limits(case["threshold"])),
        seed=case["seed"],
        max_picks=case["max_picks"],
    )
    assert list(lots.shuffle(case["projects"].keys(), case["seed"], "tie")) == case["lot"]
    assert counted.invalid == case["invalid"]
    assert counted.votes == case["votes"]
    assert list(outcome.funded) == case["funded"]
    assert outcome.left == case["left_won"]
    assert [line.code for line in outcome.story] == case["story"]


def test_equal_shares() -> None:
    case = example("equal-shares.md", "shares")
    projects = [Project(code, cost) for code, cost in case["costs"].items()]
    election = Election.of(projects, [list(picks) for picks, number in case["ballots"] for _ in range(number)], case["budget"])
    assert list(count(election, Rule(ties=("name",))).funded) == case["greedy"]
    outcome = count(election, Rule("equal_shares", ties=("name",)))
    assert (list(outcome.funded), outcome.left) == (case["equal_shares"], case["left"])


def test_yes_no() -> None:
    case = example("budgeting.md", "yes_no")
    assert quorum_of(case["electorate"], *case["share"]) == case["quorum_voters"]
    ballots = [ballot for ballot, number in case["ballots"] for _ in range(number)]
    for majority_of in ("yes_and_no", "voters"):
        outcome = yes_no(case["ids"], ballots, quorum_voters=case["quorum_voters"], majority_of=majority_of)
        assert {item.id: item.reason for item in outcome.items} == case[majority_of]


def test_search() -> None:
    case = example("search.md")
    assert bigrams.terms(case["text"]) == case["terms"]
    assert bigrams.tokens(case["text"]) == case["tokens"]
    assert bigrams.fts5_match(case["query"]) == case["fts5"]
    assert bigrams.tsquery(case["query"]) == case["tsquery"]
    case = example("search.md", "similar")
    assert {match.key: match.score for match in similar(case["target"], case["corpus"])} == case["scores"]


def test_lots() -> None:
    case = example("lots.md")
    blocks = [sha256(f"{case['seed']}||{k}".encode()).hexdigest() for k in range(len(case["keys"]) - 1)]
    assert lots.seed_commitment(case["seed"]) == case["commitment"]
    assert blocks == case["blocks"]
    assert [int(block, 16) % (len(case["keys"]) - k) for k, block in enumerate(blocks)] == case["remainders"]
    assert list(lots.shuffle(case["keys"], case["seed"])) == case["order"]


def test_seal() -> None:
    case = example("lots.md", "seal")
    records = [chain.canonical(record) for record in case["records"]]
    root = chain.root(records)
    assert [chain.leaf(record).hex() for record in records] == case["leaves"]
    assert root.hex() == case["root"]
    assert [step.hex() for step in chain.inclusion_proof(records, 1)] == case["proof_of_second"]
    assert chain.seal(chain.GENESIS, len(records), root).hex() == case["seal"]
    assert chain.verify_inclusion(records[1], 1, 3, [bytes.fromhex(step) for step in case["proof_of_second"]], root)


def test_every_page_is_listed() -> None:
    index = (PAGES / "README.md").read_text(encoding="utf-8")
    listed = {page.name for page in PAGES.glob("*.md")} - {"README.md"}
    linked = set(re.findall(r"\]\((\w+\.md)\)", index))
    assert linked <= listed, "the index links to a page that is not there"
