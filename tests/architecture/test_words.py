"""Every deed has a sentence, every refusal a reason, and none is declared for nothing."""

import ast
from collections import Counter

import pytest
from django.apps import apps

from tests.architecture.source import MADANG, areas, calls, name_of, python_files, texts, tree, verbs, written_out

# A declared verb or refusal that no literal in the source names, and why.
NAMED_WHILE_RUNNING: dict[str, str] = {}


def first(call: ast.Call, keyword: str) -> ast.expr | None:
    named = next((k.value for k in call.keywords if k.arg == keyword), None)
    return named or (call.args[0] if call.args else None)


def declared_verbs() -> Counter[str]:
    return Counter(
        text for path in python_files() if path.stem == "words" for call in calls(path, "verb") for text in written_out(first(call, "name"))
    )


def registered_refusals() -> Counter[str]:
    found: Counter[str] = Counter()
    for path in python_files():
        for call in calls(path, "refusals"):
            for table in call.args:
                if isinstance(table, ast.Dict):
                    found.update(text for key in table.keys if key is not None for text in written_out(key))
    return found


def said_elsewhere() -> set[str]:
    """Every string of the source outside the places where words are declared."""
    return {text for path in python_files() if path.stem != "words" for text in texts(tree(path))}


def test_every_recorded_deed_is_declared():
    known = declared_verbs()
    unknown = [
        f"{name_of(path)}:{call.lineno} {text}"
        for path in python_files()
        for call in calls(path, "record", "move")
        for text in written_out(
            first(call, "name")
            if isinstance(call.func, ast.Name) and call.func.id == "record"
            else next((k.value for k in call.keywords if k.arg == "verb"), None)
        )
        if text not in known
    ]
    assert unknown == []


def test_every_verb_is_declared_once_and_used():
    known = declared_verbs()
    assert [name for name, times in known.items() if times > 1] == []
    assert sorted(set(known) - said_elsewhere() - set(NAMED_WHILE_RUNNING)) == []


def test_every_refusal_is_registered():
    known = registered_refusals()
    unknown = [
        f"{name_of(path)}:{call.lineno} {text}"
        for path in python_files()
        for call in calls(path, "no")
        for text in written_out(first(call, "code"))
        if text not in known
    ]
    assert unknown == []


def test_every_refusal_is_registered_once_and_used():
    known = registered_refusals()
    assert [code for code, times in known.items() if times > 1] == []
    assert sorted(set(known) - said_elsewhere() - set(NAMED_WHILE_RUNNING)) == []


def test_words_are_declared_in_words():
    astray = [
        name_of(path)
        for path in python_files()
        if path.stem not in {"words", "audit", "deeds", "verdict"}
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom)
        and node.module in {"madang.ground.deeds", "madang.ground.verdict"}
        and {"verb", "refusals"} & {alias.name for alias in node.names}
    ]
    assert astray == []


@pytest.mark.parametrize("area", areas())
def test_every_area_has_a_readme_with_its_verbs_and_states(area):
    readme = MADANG / area / "README.md"
    assert readme.exists(), f"madang/{area}/README.md: half a page on words, states, verbs, who may"
    wanted = {function.name for owner, _, function in verbs() if owner == area}
    for model in apps.get_models():
        if model.__module__.startswith(f"madang.{area}.") and hasattr(model, "MOVES"):
            wanted |= set(model.MOVES)
    text = readme.read_text("utf-8")
    assert [word for word in sorted(wanted) if word not in text] == [], "the README does not name these verbs or states"


def test_moves_lead_to_states_there_are():
    wrong: list[str] = []
    for model in apps.get_models():
        if not hasattr(model, "MOVES"):
            continue
        states = {value for value, _ in model._meta.get_field("state").flatchoices}
        wrong += [f"{model.__name__}: {state} is no choice of state" for state in set(model.MOVES) ^ states]
        wrong += [
            f"{model.__name__}: {a} leads to {b}, which has no row" for a, ends in model.MOVES.items() for b in set(ends) - set(model.MOVES)
        ]
    assert wrong == []
