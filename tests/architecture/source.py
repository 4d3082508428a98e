"""The project's own source, read once: files, syntax trees, and what is called in them."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MADANG = ROOT / "madang"


@cache
def floors() -> dict[str, int]:
    """Each area and how high it lies, from the contract in pyproject.toml; areas side by side share a height."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return {name.strip(" ()"): height for height, layer in enumerate(reversed(layers)) for name in layer.split("|")}


@cache
def areas() -> tuple[str, ...]:
    """Every folder of madang that is a Python package."""
    return tuple(sorted(folder.name for folder in MADANG.iterdir() if (folder / "__init__.py").exists()))


@cache
def python_files() -> tuple[Path, ...]:
    """Every source of madang but migrations."""
    return tuple(sorted(path for path in MADANG.rglob("*.py") if "migrations" not in path.parts))


@cache
def templates() -> tuple[Path, ...]:
    return tuple(sorted(path for path in MADANG.rglob("templates/**/*.html")))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def name_of(path: Path) -> str:
    """A path as a person reads it in a failure."""
    return path.relative_to(ROOT).as_posix()


def called(node: ast.Call) -> str:
    """The last name of what is called: `record` for record(…) and audit.record(…)."""
    return node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""


def calls(path: Path, *names: str) -> Iterator[ast.Call]:
    """Every call of one of the names in a file."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call) and called(node) in names)


def texts(node: ast.AST | None) -> list[str]:
    """Every string written out inside an expression."""
    return [] if node is None else [n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def written_out(node: ast.expr | None) -> list[str]:
    """The strings an expression may be: itself, or the branches of `a if b else c`."""
    if isinstance(node, ast.IfExp):
        return [*written_out(node.body), *written_out(node.orelse)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def in_room(*rooms: str) -> list[Path]:
    """The files of these rooms in every area: `actions` is actions.py and everything in actions/."""
    return [
        path
        for path in python_files()
        if len(path.relative_to(MADANG).parts) > 1 and path.relative_to(MADANG).parts[1].removesuffix(".py") in rooms
    ]


def exported(package: Path) -> set[str]:
    """What actions/__init__.py brings to its door."""
    return {alias.name for node in tree(package / "__init__.py").body if isinstance(node, ast.ImportFrom) for alias in node.names}


def verbs() -> Iterator[tuple[str, Path, ast.FunctionDef]]:
    """Every verb as area, file and function: the public functions of actions.py, or those that actions/__init__.py exports."""
    for path in in_room("actions"):
        known = exported(path.parent) if path.parent.name == "actions" else None
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and (known is None or node.name in known):
                yield path.relative_to(MADANG).parts[0], path, node


@cache
def steps(area: str) -> dict[str, ast.FunctionDef]:
    """The functions of an area's actions that are no verbs, by name: pieces that verbs are made of."""
    own = {function.name for owner, _, function in verbs() if owner == area}
    return {
        node.name: node
        for path in in_room("actions")
        if path.relative_to(MADANG).parts[0] == area
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef) and node.name not in own
    }
