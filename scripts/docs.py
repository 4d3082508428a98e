"""Documents point at things that exist: links, headings, files named in code spans, numbers of decisions, a line for every folder."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parents[1]
FENCE = re.compile(r"^```.*?^```", re.S | re.M)
LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
HTML = re.compile(r"<(?:img|a)\b[^>]*\b(?:src|href)=\"([^\"]+)\"")
SPAN = re.compile(r"`((?:madang|tests|docs|scripts|benchmarks|requirements)/[\w./-]+)`")
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.M)


def anchor(heading: str) -> str:
    """The address of a heading as forges make it: lower case, spaces to hyphens, punctuation gone."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").replace("*", "")
    return re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-")


def anchors(path: Path) -> set[str]:
    text = FENCE.sub("", path.read_text("utf-8"))
    return {anchor(match.group(1)) for match in HEADING.finditer(text)} | set(re.findall(r"\b(?:id|name)=\"([^\"]+)\"", text))


def documents() -> list[Path]:
    """Every Markdown file that is ours: known to git or new, not ignored."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "*.md"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = (
        listed.stdout.splitlines()
        if listed.returncode == 0
        else [str(p.relative_to(ROOT)) for p in ROOT.rglob("*.md") if ".venv" not in p.parts]
    )
    return [ROOT / name for name in names if (ROOT / name).exists()]


def faults() -> Iterator[str]:
    for path in documents():
        yield from dead_links(path)
    yield from decisions()
    yield from unmapped()


def dead_links(path: Path) -> Iterator[str]:
    """Links, pictures and named files of one document that lead nowhere. Other hosts are not asked."""
    name = path.relative_to(ROOT)
    text = FENCE.sub("", path.read_text("utf-8"))
    for match in [*LINK.finditer(text), *HTML.finditer(text)]:
        target = match.group(1)
        if re.match(r"[a-z]+:", target):
            continue
        file, _, heading = unquote(target).partition("#")
        there = (path.parent / file).resolve() if file else path
        if not there.exists():
            yield f"{name}: {target} does not exist"
        elif heading and there.suffix == ".md" and heading not in anchors(there):
            yield f"{name}: {target} has no such heading"
    for match in SPAN.finditer(text):
        if not (ROOT / match.group(1)).exists():
            yield f"{name}: `{match.group(1)}` does not exist"


def decisions() -> Iterator[str]:
    """docs/adr/ is numbered without gaps."""
    numbers = sorted(path.name[:4] for path in (ROOT / "docs" / "adr").glob("[0-9]*.md"))
    if numbers != [f"{n:04}" for n in range(1, len(numbers) + 1)]:
        yield f"docs/adr: numbers have gaps or doubles: {' '.join(numbers)}"


def unmapped() -> Iterator[str]:
    """docs/map.md has a line for every area."""
    page = ROOT / "docs" / "map.md"
    text = page.read_text("utf-8") if page.exists() else ""
    for folder in sorted((ROOT / "madang").iterdir()):
        if (folder / "__init__.py").exists() and not re.search(rf"\b{folder.name}\b", text):
            yield f"docs/map.md does not name {folder.name}"


if __name__ == "__main__":
    wrong = list(faults())
    print("\n".join(wrong) or f"{len(documents())} documents, every pointer leads somewhere.")
    sys.exit(1 if wrong else 0)
