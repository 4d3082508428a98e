"""One verb, one function, one transaction, one record: and nothing else writes."""

import ast
import re

import pytest

from tests.architecture.source import called, in_room, name_of, python_files, steps, tree, verbs

# A public function in actions that is no verb, and why.
NO_VERB: dict[str, str] = {}
# A verb outside a transaction of its own, and why.
COUNTS_FOR_GOOD = {"residents.try_code": "a wrong try stays counted whatever becomes of the proof it was made for"}
# A verb that leaves no record of its own, and why.
UNRECORDED: dict[str, str] = {}
# A verb without an actor or without a moment, and why.
NOBODY_ACTS = {"residents.try_code": "a part of proving, which records who proved what"}
# file: why a face or a reader may write.
WRITES_ELSEWHERE: dict[str, str] = {}

WRITING = {
    "save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "acreate", "asave", "adelete",
}  # fmt: skip
ALL = [(f"{area}.{function.name}", path, function) for area, path, function in verbs()]
ALL = [row for row in ALL if row[0] not in NO_VERB]


@pytest.mark.parametrize(("name", "path", "function"), ALL, ids=[row[0] for row in ALL])
class TestVerb:
    def test_runs_in_one_transaction(self, name, path, function):
        decorators = {ast.unparse(decorator).removesuffix("()") for decorator in function.decorator_list}
        assert decorators & {"transaction.atomic", "atomic"} or name in COUNTS_FOR_GOOD, (
            f"{name_of(path)}: {name} is not @transaction.atomic"
        )

    def test_is_told_who_and_when_by_name(self, name, path, function):
        given = function.args
        by_position = [*given.posonlyargs, *given.args, *([given.vararg] if given.vararg else [])]
        assert not by_position, f"{name_of(path)}: {name} takes arguments by position"
        missing = {"actor", "at"} - {argument.arg for argument in given.kwonlyargs}
        assert not missing or name in NOBODY_ACTS, f"{name_of(path)}: {name} is not told {', '.join(sorted(missing))}"

    def test_leaves_a_record(self, name, path, function):
        known = {other.name for _, _, other in verbs()}
        # A private step may hold the record for several verbs.
        pieces = steps(name.split(".")[0])

        def leaves(node: ast.AST, seen: frozenset[str]) -> bool:
            for call in (n for n in ast.walk(node) if isinstance(n, ast.Call)):
                what = called(call)
                if what in {"record", "move"} or (what in known and what != function.name):
                    return True
                if what in pieces and what not in seen and leaves(pieces[what], seen | {what}):
                    return True
            return False

        assert name in UNRECORDED or leaves(function, frozenset()), f"{name_of(path)}: {name} leaves no record"

    def test_says_what_it_does(self, name, path, function):
        assert ast.get_docstring(function), f"{name_of(path)}: {name} has no docstring"


def test_verbs_are_entered_by_the_front_door():
    """Steps that verbs share stay inside actions/: others import what actions/__init__.py exports."""
    inside = [
        f"{name_of(path)}:{node.lineno} from {node.module}"
        for path in python_files()
        if "actions" not in path.parts
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.module and re.fullmatch(r"madang\.\w+\.actions\.\w+", node.module)
    ]
    assert inside == []


def test_exceptions_are_still_needed():
    names = {f"{area}.{function.name}" for area, _, function in verbs()}
    for exceptions in (NO_VERB, UNRECORDED, NOBODY_ACTS, COUNTS_FOR_GOOD):
        assert set(exceptions) <= names
        assert all(len(reason) > 10 for reason in exceptions.values())


@pytest.mark.parametrize("path", in_room("views", "desk", "rules", "figures", "forms", "jobs", "steps"), ids=name_of)
def test_only_verbs_write(path):
    """Faces, rules, figures and jobs read and call verbs; a row is changed in actions alone."""
    writing = [
        f"{name_of(path)}:{node.lineno} {ast.unparse(node)[:80]}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (node.func.attr in WRITING or (node.func.attr == "update" and ".objects" in ast.unparse(node.func.value)))
    ]
    assert writing == [] or name_of(path) in WRITES_ELSEWHERE, "\n".join(writing)
