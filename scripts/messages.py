"""The catalogues of sentences: compile them, check that English is complete, gather new sentences. Python alone, no gettext needed.

python scripts/messages.py compile     locale/*/LC_MESSAGES/django.po -> .mo, where newer
python scripts/messages.py complete    every sentence of code and templates stands in the English catalogue
python scripts/messages.py extract     add new sentences to the English catalogue, drop those gone
"""

import ast
import re
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "locale"
ENGLISH = LOCALE / "en" / "LC_MESSAGES" / "django.po"
# Where a call keeps its sentence: position of context (or None), of the sentence, of the plural (or None).
CALLS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n"Language: en\\n"\n'
HEADER += '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
PLACEHOLDER = re.compile(r"%\((\w+)\)[sdif]")

Key = tuple[str | None, str]  # context, sentence


@dataclass
class Entry:
    """One sentence of a catalogue and its translations (one, or one for each plural form)."""

    context: str | None
    sentence: str
    plural: str | None = None
    said: list[str] = field(default_factory=list)
    fuzzy: bool = False
    comments: list[str] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return self.context, self.sentence


@dataclass(frozen=True)
class Use:
    """One place in the source that says a sentence."""

    context: str | None
    sentence: str
    plural: str | None
    where: str

    @property
    def key(self) -> Key:
        return self.context, self.sentence


def read_catalogue(path: Path) -> list[Entry]:
    """The entries of a .po file, header included (its sentence is empty). Raises ValueError with the line for what is no catalogue."""
    entries: list[Entry] = []
    for block in re.split(r"\n[ \t]*\n", path.read_text("utf-8")):
        fields: dict[str, str] = {}
        comments: list[str] = []
        current = ""
        for line in block.splitlines():
            line = line.strip()
            if line.startswith("#"):
                comments.append(line)
            elif match := re.fullmatch(r'(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s+(".*")', line):
                current, text = match.groups()
                if current in fields:
                    raise ValueError(f"{path}: two entries without an empty line between: {line}")
                fields[current] = ast.literal_eval(text)
            elif line.startswith('"') and current:
                fields[current] += ast.literal_eval(line)
            elif line:
                raise ValueError(f"{path}: not a catalogue line: {line}")
        if "msgid" not in fields:
            continue
        said = [fields[name] for name in sorted(fields) if name.startswith("msgstr")]
        fuzzy = any(c.startswith("#,") and "fuzzy" in c for c in comments)
        kept = [c for c in comments if not c.startswith("#~")]
        entries.append(Entry(fields.get("msgctxt"), fields["msgid"], fields.get("msgid_plural"), said, fuzzy, kept))
    return entries


def binary(entries: list[Entry]) -> bytes:
    """The .mo form of a catalogue, as the GNU manual describes it: two sorted tables of lengths and offsets, then the texts."""
    pairs: list[tuple[bytes, bytes]] = []
    for entry in entries:
        if not any(entry.said) or (entry.fuzzy and entry.sentence):
            continue
        name = f"{entry.context}\x04{entry.sentence}" if entry.context is not None else entry.sentence
        if entry.plural is not None:
            name += f"\x00{entry.plural}"
        pairs.append((name.encode(), "\x00".join(entry.said).encode()))
    pairs.sort()
    start = 7 * 4 + 16 * len(pairs)
    tables: list[list[int]] = [[], []]
    texts = b""
    for side in (0, 1):
        for pair in pairs:
            tables[side] += [len(pair[side]), start + len(texts)]
            texts += pair[side] + b"\x00"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    return head + struct.pack(f"<{4 * len(pairs)}I", *tables[0], *tables[1]) + texts


def compile_all() -> None:
    """Write each .mo that is missing or older than its .po."""
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            target.write_bytes(binary(read_catalogue(source)))
            print(f"compiled {source.relative_to(ROOT)}")


def literal(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def uses_in_python(source: str, where: str) -> Iterator[Use]:
    """Every sentence said in a Python source. Raises ValueError for one that is put together while running: no catalogue can hold it."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if name not in CALLS:
            continue
        at = f"{where}:{node.lineno}"
        context, sentence, plural = (None if i is None or i >= len(node.args) else node.args[i] for i in CALLS[name])
        if literal(sentence) is None:
            # gettext(code) of a sentence declared elsewhere with _() is fine; a string put together here is not.
            if isinstance(sentence, ast.JoinedStr | ast.BinOp):
                raise ValueError(f"{at}: the sentence inside {name}() is put together while running")
            continue
        yield Use(literal(context), literal(sentence) or "", literal(plural), at)


def uses_in_template(source: str, where: str) -> Iterator[Use]:
    """Every sentence of {% translate %} and {% blocktranslate %}, found through Django's own turning of templates into calls."""
    from django.utils.translation.template import templatize

    turned = templatize(source, origin=where)
    # What is not a call comes out as XXXX of the same length; only the calls are Python.
    for match in re.finditer(r"(?<!\w)(_|gettext|ngettext|pgettext|npgettext)\((?=u?['\"])", turned):
        call = whole_call(turned, match.start())
        line = turned.count("\n", 0, match.start()) + 1
        for use in uses_in_python(call, where):
            yield Use(use.context, use.sentence, use.plural, f"{where}:{line}")


def whole_call(text: str, start: int) -> str:
    """The shortest piece from `start` to a closing bracket that is Python."""
    end = start
    while (end := text.find(")", end + 1)) != -1:
        try:
            ast.parse(text[start : end + 1].replace("\n", " "))
        except SyntaxError:
            continue
        return text[start : end + 1]
    raise ValueError(f"a sentence without an end: {text[start : start + 80]}")


def all_uses() -> Iterator[Use]:
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=True, LANGUAGE_CODE="ko")
        django.setup()
    for path in sorted((ROOT / "madang").rglob("*.py")):
        if "migrations" not in path.parts:
            yield from uses_in_python(path.read_text("utf-8"), str(path.relative_to(ROOT)))
    for path in sorted((ROOT / "madang").rglob("templates/**/*")):
        if path.suffix in {".html", ".txt", ".svg", ".xml"}:
            yield from uses_in_template(path.read_text("utf-8"), str(path.relative_to(ROOT)))


def faults() -> Iterator[str]:
    """What is missing or wrong in the English catalogue, one readable line each."""
    if not ENGLISH.exists():
        yield f"{ENGLISH.relative_to(ROOT)} does not exist"
        return
    entries = read_catalogue(ENGLISH)
    known: dict[Key, Entry] = {}
    for entry in entries:
        if entry.key in known:
            yield f"twice in the catalogue: {entry.sentence!r}"
        known[entry.key] = entry
    for use in {(use.key, use.plural): use for use in all_uses()}.values():
        entry_of = known.get(use.key)
        if entry_of is None:
            yield f"{use.where}: not in the English catalogue: {use.sentence!r}"
        elif entry_of.fuzzy:
            yield f"{use.where}: fuzzy: {use.sentence!r}"
        elif not entry_of.said or not all(entry_of.said):
            yield f"{use.where}: no English for {use.sentence!r}"
        elif use.plural is not None and entry_of.plural is None:
            yield f"{use.where}: said with a plural, but the catalogue has none: {use.sentence!r}"
        elif lost := strangers(entry_of):
            yield f"{use.where}: English of {use.sentence!r} has placeholders the sentence has not: {', '.join(sorted(lost))}"


def strangers(entry: Entry) -> set[str]:
    """Placeholders of a translation that its sentence does not offer: using them would fail when the sentence is said."""
    offered = set(PLACEHOLDER.findall(entry.sentence + (entry.plural or "")))
    return {name for said in entry.said for name in PLACEHOLDER.findall(said)} - offered


def complete() -> int:
    wrong = list(faults())
    for line in wrong[:200]:
        print(line)
    print(f"{len(wrong)} sentences to put right." if wrong else "The English catalogue is complete.")
    return 1 if wrong else 0


def quoted(text: str) -> str:
    """A text as a catalogue writes it, a line of the text to a line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\r", "\\r")
    lines = [line.replace("\n", "\\n") for line in escaped.splitlines(keepends=True)]
    return f'"{lines[0] if lines else ""}"' if len(lines) < 2 else '""\n' + "\n".join(f'"{line}"' for line in lines)


def extract() -> None:
    """Write the English catalogue anew: sentences of the source in their order, known translations kept, gone ones dropped."""
    known = {entry.key: entry for entry in read_catalogue(ENGLISH)} if ENGLISH.exists() else {}
    places: dict[Key, list[str]] = {}
    first: dict[Key, Use] = {}
    for use in all_uses():
        first.setdefault(use.key, use)
        places.setdefault(use.key, []).append(use.where.rsplit(":", 1)[0])
    out = [HEADER]
    for key, use in first.items():
        entry = known.get(key) or Entry(use.context, use.sentence)
        plural = use.plural
        lines = [f"#: {' '.join(sorted(set(places[key])))}"]
        lines += ["#, " + ", ".join(filter(None, ["fuzzy" if entry.fuzzy else "", "python-format" if "%(" in use.sentence else ""]))]
        lines = [line for line in lines if line != "#, "]
        lines += [f"msgctxt {quoted(use.context)}"] if use.context is not None else []
        lines.append(f"msgid {quoted(use.sentence)}")
        if plural is not None:
            said = [*entry.said, "", ""][:2]
            lines += [f"msgid_plural {quoted(plural)}", f"msgstr[0] {quoted(said[0])}", f"msgstr[1] {quoted(said[1])}"]
        else:
            lines.append(f"msgstr {quoted(entry.said[0] if entry.said else '')}")
        out.append("\n".join(lines) + "\n")
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    ENGLISH.write_text("\n".join(out), "utf-8")
    new = [key for key in first if key not in known]
    print(f"{len(first)} sentences, {len(new)} new, {len([k for k in known if k not in first and k[1]])} gone.")


if __name__ == "__main__":
    task = sys.argv[1] if len(sys.argv) == 2 else ""
    if task == "compile":
        compile_all()
    elif task == "complete":
        sys.exit(complete())
    elif task == "extract":
        extract()
    else:
        sys.exit(__doc__)
