"""Templates hold what the content policy allows, and every form that changes something carries its token."""

import re
from pathlib import Path

import pytest

from tests.architecture.source import name_of, templates

# Template: why it may carry style or script of its own.
OWN_STYLE: dict[str, str] = {}
# Template: what in it needs no escaping.
MARKED_SAFE = {"madang/residents/templates/mfa/totp/activate_form.html": "the QR code, an SVG that the program itself draws"}

COMMENT = re.compile(r"{#.*?#}|{% *comment\b.*?%}.*?{% *endcomment *%}|<!--.*?-->", re.S)
INLINE = {
    "a script without a file": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.I),
    "an event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.I),
    "a javascript address": re.compile(r"[\"']\s*javascript:", re.I),
    "hx-on, which is evaluated": re.compile(r"\shx-on[:-]", re.I),
    "an address of another host": re.compile(r"<(?:script|link|img|iframe|source)\b[^>]*(?:src|href)=[\"']https?://", re.I),
}
POST_FORM = re.compile(r"<form\b(?=[^>]*method=[\"']post[\"']).*?</form>", re.S | re.I)


def readable(path: Path) -> str:
    return COMMENT.sub("", path.read_text("utf-8"))


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_nothing_inline(path):
    text = readable(path)
    found = [f"{what}: {match.group(0)[:80]}" for what, pattern in INLINE.items() for match in pattern.finditer(text)]
    assert found == [] or name_of(path) in OWN_STYLE


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_forms_that_change_carry_a_token(path):
    without = [form.group(0)[:120] for form in POST_FORM.finditer(readable(path)) if "csrf_token" not in form.group(0)]
    assert without == []


@pytest.mark.parametrize("path", templates(), ids=name_of)
def test_nothing_is_marked_safe(path):
    assert name_of(path) in MARKED_SAFE or not re.search(r"\|\s*safe\b|{% *autoescape +off", readable(path))
