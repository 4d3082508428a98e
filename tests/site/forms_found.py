"""The forms of a page as a browser would send them: every field with what stands in it, or with something likely where nothing does."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

LIKELY = {
    "date": "2021-04-20", "datetime-local": "2021-04-20T12:00", "time": "10:00", "month": "2021-04", "number": "1",
    "email": "bom@example.kr", "tel": "010-1234-5678", "url": "https://example.kr/", "color": "#336699",
}  # fmt: skip
UNSENT = {"submit", "button", "image", "reset", "file"}


@dataclass
class Field:
    """One name of a form: its kind as the browser knows it, and the values it would be sent with."""

    kind: str
    values: list[str] = field(default_factory=list)


@dataclass
class Form:
    """Where a form goes, how, and what stands in it. `buttons` are the (name, value) pairs it may be sent with."""

    method: str
    action: str
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def sent(self) -> dict[str, list[str]]:
        return {name: list(one.values) for name, one in self.fields.items()}


class Forms(HTMLParser):
    """Reads a page; `found` are its forms. A field may stand outside its form and name it (form="…")."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.found: list[Form] = []
        self.named: dict[str, Form] = {}
        self.strays: list[tuple[str, str, dict[str, str]]] = []
        self.form: Form | None = None
        self.select: Field | None = None
        self.area: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urljoin(self.address, given.get("action", "")) or self.address
            self.form = Form(given.get("method", "get").lower(), action.split("#")[0])
            self.named[given.get("id", "")] = self.form
            self.found.append(self.form)
        elif tag in ("input", "select", "textarea", "button") and given.get("form"):
            self.strays.append((given["form"], tag, given))
        elif self.form is not None:
            self.put(self.form, tag, given)
        chosen = self.select is not None and "disabled" not in given and ("selected" in given or not any(self.select.values))
        if tag == "option" and self.select is not None and chosen:
            self.select.values = [given.get("value", "")]

    def put(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text") if tag == "input" else tag
        if not name or name == "csrfmiddlewaretoken" or tag not in ("input", "select", "textarea", "button"):
            return
        if tag == "button" or kind in ("submit", "image"):
            form.buttons.append((name, given.get("value", "")))
            return
        one = form.fields.setdefault(name, Field(kind))
        if tag == "select":
            self.select = one
        elif tag == "textarea":
            self.area = one
        elif kind in ("checkbox", "radio"):
            if not one.values or "checked" in given:
                one.values = [*(one.values if kind == "checkbox" and "checked" in given else []), given.get("value", "on")]
        elif kind not in UNSENT:
            one.values.append(given.get("value") or LIKELY.get(kind, "적은 말" if kind in ("text", "search") else ""))

    def handle_data(self, data: str) -> None:
        if self.area is not None and data.strip():
            self.area.values = [*self.area.values, data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea" and self.area is not None:
            self.area.values = ["".join(self.area.values) or "길게 적은 말이에요."]
            self.area = None

    def close(self) -> None:
        super().close()
        for name, tag, given in self.strays:
            if name in self.named:
                self.put(self.named[name], tag, given)


def forms_of(address: str, html: str) -> list[Form]:
    """The forms of a page that go to our own site."""
    reading = Forms(address)
    reading.feed(html)
    reading.close()
    return [form for form in reading.found if not urlsplit(form.action).netloc]
