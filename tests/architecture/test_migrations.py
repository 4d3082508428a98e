"""Migrations stand alone: they import no model, follow one another in a line, say by name what they do, and are all made."""

import ast
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from tests.architecture.source import MADANG, name_of

ALL = sorted(path for path in MADANG.glob("*/migrations/*.py") if path.stem != "__init__")


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_imports_no_model(path: Path):
    """A migration is run years later, when the model looks different."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        assert not [n for n in names if n.startswith("madang.") and ("models" in n.split(".") or "actions" in n.split("."))], name_of(path)


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_has_a_number_and_a_name(path: Path):
    assert re.fullmatch(r"\d{4}_[a-z][a-z0-9_]+", path.stem)
    assert not re.search(r"_auto_|_initial$|_\d{8}_", path.stem), f"{path.stem} does not say what it does"


def test_follow_one_another_in_a_line():
    graph = MigrationLoader(None).graph
    for folder in MADANG.glob("*/migrations"):
        area = folder.parent.name
        own = sorted(path.stem for path in folder.glob("[0-9]*.py"))
        assert [name[:4] for name in own] == [f"{n:04}" for n in range(1, len(own) + 1)], f"{area}: numbers have gaps or doubles"
        assert len(graph.leaf_nodes(area)) <= 1, f"{area}: two ends"


@pytest.mark.django_db
def test_none_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
