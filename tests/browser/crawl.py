"""Finds every page a person can reach by following links, without a browser."""

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

# Following these would change who is looking or what is shown, not where one is.
NOT_FOLLOWED = re.compile(r"^/(account/logout|language|preview|static|files|health)")
LEADING = {"href", "src", "action", "formaction", "hx-get", "hx-post", "data-url"}


@dataclass
class Found:
    """What a walk met: for each name of a page some addresses of it, every name a link, form or picture leads to, and what went wrong."""

    pages: dict[str, list[str]] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.named: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.named += [value for name, value in attrs if name in LEADING and value]
        if tag == "a" and given.get("href") and "download" not in given:
            self.found.append(given["href"] or "")


def crawl(client: Client, starts: Iterable[str], *, each: int = 2, most: int = 600) -> Found:
    """Breadth first from `starts`, which are all opened; of what they lead to at most `each` addresses of one named page.

    A server error, a refusal or a dead link is a fault."""
    found = Found()
    waiting: deque[tuple[str, str]] = deque((start, "") for start in starts)
    seen: set[str] = set()
    opened = 0
    client.raise_request_exception = False
    while waiting and opened < most:
        address, came_from = waiting.popleft()
        # The same page filtered or sorted otherwise is the same page; one query of each is enough.
        if address in seen or NOT_FOLLOWED.match(address):
            continue
        seen.add(address)
        name = name_of(address)
        if name is None:
            found.faults.append(f"{address} (linked from {came_from}) is no address of the site")
            continue
        if came_from and len(found.pages.get(name, [])) >= each:
            continue
        answer = client.get(address)
        opened += 1
        found.named.add(name)
        if answer.status_code in (301, 302):
            waiting.append((urljoin(address, answer["Location"]), address))
            continue
        if answer.status_code >= 400:
            found.faults.append(f"{answer.status_code} {address} (linked from {came_from})")
            continue
        if not answer["Content-Type"].startswith("text/html"):
            continue
        found.pages.setdefault(name, []).append(address)
        links = Links()
        links.feed(answer.content.decode())
        found.named |= {other for link in links.named if (other := name_of(urljoin(address, link)))}
        for link in links.found:
            target = urldefrag(urljoin(f"http://testserver{address}", link)).url
            parts = urlsplit(target)
            if parts.netloc == "testserver" and parts.scheme == "http":
                waiting.append((parts.path + (f"?{parts.query}" if parts.query else ""), address))
    return found


def name_of(address: str) -> str | None:
    """The name of the page at an address, or None when there is none."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return None
