"""How sources are written: their size, their names, where the time is read, which words stay out."""

import ast
import re
import subprocess
import sys

import pytest

from tests.architecture.source import MADANG, ROOT, calls, name_of, python_files, tree

WALL_LINES = 600
# File: why it is longer.
OVER_THE_WALL: dict[str, str] = {}
# Module that reads the time: why.
READS_TIME = {
    "madang/ground/clock.py": "the one place that does",
}
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "service", "services"}
# Cut in two so that this file does not hold them. Tools one writes with, and paths of one machine, do not belong in a public project.
STRANGERS = re.compile(
    "|".join(
        ("cla" "ude", "anth" "ropic", "copi" "lot", "open" "ai", "chat" "gpt", r"\bgp" r"t-\d", r"\bll" r"ms?\b", "sub" "agents?",
         "co-auth" "ored-by",         r"\bai" r"[- ]generated", "/wo" "rk/(?:main|shared)", "/opt/" "pypi", r"/tm" r"p/w/")
    ),
    re.I,
)  # fmt: skip
TEXT = {".py", ".md", ".html", ".txt", ".toml", ".css", ".js", ".po", ".sh", ".json", ".yml", ".yaml", ".in", ".typ", ".csv", ".svg", ""}


@pytest.mark.parametrize("path", python_files(), ids=name_of)
def test_files_end_before_the_wall(path):
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= WALL_LINES or name_of(path) in OVER_THE_WALL, f"{name_of(path)} has {lines} lines: cut it by noun"


def test_there_are_no_drawers():
    found = [
        name_of(path)
        for folder in (MADANG, ROOT / "tests")
        for path in folder.rglob("*")
        if path.stem in DRAWERS and (path.is_dir() or path.suffix in {".py", ".html", ".css"}) and "__pycache__" not in path.parts
    ]
    assert found == []


@pytest.mark.parametrize("path", python_files(), ids=name_of)
def test_time_is_an_argument(path):
    """Only the clock reads the time; a column that fills itself reads it too."""
    if name_of(path) in READS_TIME:
        return
    read = [
        f"{name_of(path)}:{call.lineno} {ast.unparse(call)}"
        for call in calls(path, "now", "utcnow", "today", "localdate", "Now")
        if ast.unparse(call.func) not in {"clock.now", "clock.today"}
        and re.match(r"(datetime|timezone|date|functions|dt|tz)\b|Now", ast.unparse(call.func))
    ]
    read += [
        f"{name_of(path)}:{node.value.lineno} {node.arg}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}
    ]
    assert read == []


@pytest.mark.parametrize(
    "path",
    [p for p in python_files() if {"methods"} & set(p.parts) or p.stem in {"rules", "actions", "figures"} or "actions" in p.parts],
    ids=name_of,
)
def test_rules_verbs_and_methods_are_handed_the_time(path):
    assert [
        f"{name_of(path)}:{call.lineno}"
        for call in calls(path, "now", "today")
        if ast.unparse(call.func) in {"clock.now", "clock.today", "now"} and not call.args
    ] == []


def test_no_sentence_is_put_together_inside_gettext():
    """Reading every sentence raises for an f-string or a sum inside _()."""
    done = subprocess.run(
        [sys.executable, "-c", "import sys; sys.path.insert(0, 'scripts'); import messages; print(len(list(messages.all_uses())))"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-600:]


def test_placeholders_have_names():
    loose = re.compile(r"%[sdif]")
    sys.path.insert(0, str(ROOT / "scripts"))
    import messages

    assert [f"{use.where} {use.sentence}" for use in messages.all_uses() if loose.search(use.sentence.replace("%%", ""))] == []


def test_no_signals():
    """Side effects by signal cannot be found by reading."""
    listening = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.module in {"django.db.models.signals", "django.dispatch", "django.core.signals"}
    ]
    assert listening == []


def test_no_stranger_is_named():
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git working copy")
    found = []
    for line in listed.stdout.splitlines():
        path = ROOT / line
        if path.suffix not in TEXT or not path.is_file() or path.stat().st_size > 2_000_000:
            continue
        for number, text in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1):
            if match := STRANGERS.search(text):
                found.append(f"{line}:{number} {match.group(0)}")
    assert found == []
