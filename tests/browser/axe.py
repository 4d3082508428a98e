"""Checks every page is held against: axe's rules for WCAG 2.2 A and AA, and no sideways scroll."""

from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa")


@cache
def script() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")


def axe(page: Page) -> list[str]:
    """One readable line per violation on the page as it stands: rule, impact, where, why. Empty when nothing was found.

    The bars that stick to the bottom of a phone cover whatever lies beneath them just now; a person scrolls that free, so they are
    laid at the end of the page while axe looks."""
    page.evaluate(script())
    found: list[dict[str, Any]] = page.evaluate(
        """async tags => {
          const bars = [...document.querySelectorAll('.tabbar, .basket')];
          bars.forEach(bar => bar.style.setProperty('position', 'static'));
          const rules = {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], elementRef: false};
          const seen = await axe.run(document, rules);
          bars.forEach(bar => bar.style.removeProperty('position'));
          return seen.violations;
        }""",
        list(TAGS),
    )
    return [
        f"{page.url} {violation['id']} ({violation['impact']}): {node['target']} {node.get('failureSummary', '')} {node['html'][:200]}"
        for violation in found
        for node in violation["nodes"]
    ]


def no_sideways_scroll(page: Page) -> None:
    """Fail, naming the widest elements, when the page is wider than its window."""
    wide, window, culprits = page.evaluate(
        """() => {
          const root = document.scrollingElement, limit = root.clientWidth;
          const inScroller = e => { for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
            if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(p).overflowX)) return true; return false; };
          const out = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > limit + 1 && !inScroller(e));
          return [root.scrollWidth, limit, out.slice(0, 5).map(e => e.outerHTML.slice(0, 160))];
        }"""
    )
    assert wide <= window, f"{page.url} is {wide}px wide in a window of {window}px: {culprits}"
