"""The floor stands alone: no Django, no clock, no chance, no file; and each module is importable by itself."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import madang.methods

FOLDER = Path(madang.methods.__file__).parent
COMMANDS = {"count", "draw"}  # doors for researchers: they read a file and print
FILES = sorted(path for path in FOLDER.rglob("*.py") if path.stem != "__init__")
MODULES = [".".join(path.relative_to(FOLDER).with_suffix("").parts) for path in FILES]
BLOCKED = ("django", "asgiref", "sqlite3", "random", "secrets", "requests")
FORBIDDEN_CALLS = {"now", "today", "utcnow", "time", "urandom", "open", "getenv"}


@pytest.mark.parametrize("name", MODULES)
def test_module_imports_without_django(name: str) -> None:
    block = "; ".join(f"sys.modules[{module!r}] = None" for module in BLOCKED[:3])
    code = f"import sys; {block}; import madang.methods.{name}; print(sorted(m for m in sys.modules if m.split('.')[0] == 'django'))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=FOLDER.parent.parent, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == "['django']"


@pytest.mark.parametrize("name", MODULES)
def test_module_neither_reads_the_clock_nor_throws_dice(name: str) -> None:
    tree = ast.parse((FOLDER / f"{name.replace('.', '/')}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            assert not {one.split(".")[0] for one in names} & (
                {*BLOCKED, "time", "os", "socket", "pathlib"} - ({"pathlib"} if name in COMMANDS else set())
            )
            assert not any(one.startswith("madang.") and not one.startswith("madang.methods") for one in names)
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            assert called not in FORBIDDEN_CALLS, f"{name}:{node.lineno} calls {called}"


def test_files_stay_short_and_documented() -> None:
    for path in FILES:
        source = path.read_text(encoding="utf-8")
        assert source.count("\n") < 300, path.name
        assert ast.get_docstring(ast.parse(source)), path.name
