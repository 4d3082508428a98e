"""An area imports what lies below it, and its keys point down."""

import subprocess
import sys

import pytest
from django.apps import apps
from django.db.models import Field

from tests.architecture.source import MADANG, ROOT, areas, floors


def test_imports_go_down():
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from importlinter.cli import lint_imports_command as go; go()", "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_area_has_a_floor():
    assert set(areas()) <= set(floors())


def test_methods_run_without_django():
    """A researcher may install methods alone: importing every module of it brings no web framework in."""
    modules = [
        ".".join(path.relative_to(MADANG.parent).with_suffix("").parts)
        for path in (MADANG / "methods").rglob("*.py")
        if path.stem != "__init__"
    ]
    told = (
        f"import sys, importlib; [importlib.import_module(m) for m in {modules!r}];"
        " print([m for m in ('django', 'psycopg') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


def keys() -> list[Field]:
    """Every key of our models to a model of ours."""
    ours = [model for model in apps.get_models(include_auto_created=False) if model.__module__.startswith("madang.")]
    return [
        field
        for model in ours
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if field.is_relation and field.related_model is not None and field.related_model.__module__.startswith("madang.")
    ]


def area_of(model: type) -> str:
    return model.__module__.split(".")[1]


@pytest.mark.parametrize("field", keys(), ids=str)
def test_keys_point_down_and_leave_no_name_behind(field):
    here, there = area_of(field.model), area_of(field.related_model)
    if here == there:
        return
    assert floors()[there] < floors()[here], f"{field} points up from {here} to {there}"
    assert field.remote_field.hidden, f'{field} crosses an area and needs related_name="+": {there} must not learn of {here}'


def test_no_key_to_anything_at_all():
    """Generic keys hide what depends on what."""
    generic = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("madang.")
        for field in model._meta.get_fields(include_hidden=True)
        if (field.is_relation and field.related_model is not None and field.related_model._meta.app_label == "contenttypes")
        or type(field).__name__ == "GenericForeignKey"
    ]
    # What Django's permissions bring to the account is not ours.
    assert generic == []
