"""Hard words in a sentence, explained where they first stand on a page. Not a tag library: look.py calls it."""

import re
from functools import lru_cache
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from madang.ground.templatetags.look_words import GLOSS

_PIECES = re.compile(r"(<[^>]*>)")
_TAPPED = re.compile(r"<(/?)(?:a|button|summary|label)\b")
# One number for one word wherever it stands, so that a piece of a page drawn anew fits the page it comes into.
_NUMBER = {word: number for number, word in enumerate(GLOSS, 1)}


def explain(word: str, shown: str, page: Any) -> SafeString:
    """`shown` (or the word in the reader's language) as a button that opens its meaning, without a script. `page` is a dict that lives
    while one page is drawn: what was explained once, or is no word of the glossary, is plain text."""
    entry = GLOSS.get(word)
    told = page.setdefault("glossed", set())
    if entry is None or word in told:
        return conditional_escape(shown or (entry.name if entry else word))
    told.add(word)
    return format_html(
        '<button class="gloss" type="button" popovertarget="{key}">{shown}<span class="sr"> {hint}</span></button>'
        '<span class="gloss__box" id="{key}" popover><b>{name}{korean}</b> <span>{meaning}</span></span>',
        key=f"gloss-{_NUMBER[word]}",
        shown=shown or entry.name,
        hint=_("(쉬운 말 풀이)"),
        name=entry.name,
        korean="" if get_language() == "ko" else format_html(' <span lang="ko">{}</span>', word),
        meaning=entry.meaning,
    )


def explain_all(text: Any, page: Any) -> SafeString:
    """The hard words in a sentence as `explain` shows them. What stands in a link or a button stays as it is."""
    find, words = _hard(get_language() or "ko")

    def told(match: re.Match[str]) -> str:
        return explain(words[match[1].lower()], mark_safe(match[0]), page)  # noqa: S308  a piece of what was escaped below

    inside = 0
    out = []
    for piece in _PIECES.split(conditional_escape(text)):
        if tap := _TAPPED.match(piece):
            inside += -1 if tap[1] else 1
        out.append(piece if inside or piece.startswith("<") else find.sub(told, piece))
    return mark_safe("".join(out))  # noqa: S308  escaped above


@lru_cache(maxsize=8)
def _hard(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """What finds a hard word, the longest first, in Korean (a town's own words stay Korean) and in `language`, and which word it is."""
    words = {word: word for word in GLOSS} | {conditional_escape(entry.name).lower(): word for word, entry in GLOSS.items()}
    either = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    # Particles may follow a Korean word; nothing may stand before it, or 의제 would be found inside other words.
    return re.compile(rf"(?<!\w)({either})(?:s\b|(?![a-z]))", re.I), words
