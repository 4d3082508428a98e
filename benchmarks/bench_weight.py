"""How much does a first visit load before a page can be used?"""

import gzip
import re
from typing import Any

from benchmarks.client import Connection, ask
from benchmarks.place import Place, serving

TITLE = "First visit"
COLUMNS = ("page", "CSS KB", "JS KB", "CSS+JS KB", "HTML KB (as sent)", "HTML KB (gzip)")
LINK = re.compile(rb"<link\b[^>]*rel=\"?stylesheet[^>]*href=\"([^\"]+)\"|<link\b[^>]*href=\"([^\"]+)\"[^>]*rel=\"?stylesheet")
SCRIPT = re.compile(rb"<script\b[^>]*src=\"([^\"]+)\"")


def run(place: Place) -> list[dict[str, Any]]:
    """Compressed bytes of the style sheets and scripts that a page names; fonts and pictures apart."""
    pages = {"home": "/", "list": "/proposals/", "proposal": f"/proposals/{place.town['talked']}/"}
    with serving(place) as server:
        return [_row(server.port, name, path) for name, path in pages.items()]


def _row(port: int, name: str, path: str) -> dict[str, Any]:
    _status, _head, html = ask(port, path)
    css = sum(_size(port, (a or b).decode()) for a, b in set(LINK.findall(html)))
    js = sum(_size(port, src.decode()) for src in set(SCRIPT.findall(html)))
    return {
        "page": name, "CSS KB": _kb(css), "JS KB": _kb(js), "CSS+JS KB": _kb(css + js), "HTML KB (as sent)": _kb(len(html)),
        "HTML KB (gzip)": _kb(len(gzip.compress(html))),
    }  # fmt: skip


def _kb(size: int) -> float:
    return round(size / 1024, 1)


def _size(port: int, path: str) -> int:
    """Bytes on the wire for a browser that takes gzip. Raises RuntimeError for a file that is not there."""
    connection = Connection(port)
    lines = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip, br\r\n\r\n"
    status, _head, body = connection.ask(lines.encode())
    connection.close()
    if status != 200:
        raise RuntimeError(f"{path} answered {status}")
    return len(body)
