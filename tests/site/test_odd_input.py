"""Every form of the site is sent with odd values, one field at a time: it may refuse, it may never stumble."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve, reverse

import madang
from madang.ballots.models import Ballot
from madang.processes.models import Process
from madang.proposals.models import Proposal
from madang.residents.models import Resident, RollImport
from tests.browser.crawl import crawl
from tests.processes.makers import a_step
from tests.proposals.makers import a_proposal_step
from tests.residents.makers import an_official, sign_in
from tests.site.busy_town import busy_town
from tests.site.forms_found import Field, Form, forms_of

pytestmark = pytest.mark.django_db
# The long run sends every value to every field of every form, the questions that change nothing too; the daily one a few to each, in turn.
LONG = bool(os.environ.get("MADANG_ODD"))
LISTS, MISSING = "two at once", "missing"
NUMBERS = ["²", "９９", "١٢", "13월", "9" * 30, "-1", "9" * 5000, "1e400", "nan"]
SIGNS = ["\x00", "\u202e글\u2066", "👩\u200d👩\u200d👧", "x", "//x", "/x y\n", "\ufffe", "<b>%s{}", LISTS, MISSING]
DAYS = ["9999-12-31", "0001-01-01", "2021-02-30", "9999-12-31T23:59"]
FILES = re.compile(r"^/papers/\d+/file|format=|^/ballots/compare|^/proposals/map")  # long in the making, and without a form
LARGE = "가나다라마 " * 600_000  # ten megabytes as it is sent
QUERY = ("step", "draft", "parent", "dong", "page", "year", "month", "on", "ballot", "show", "item", "next")  # what addresses carry
# Whose pages are walked through, and single lists for those who differ from another in a few; a form is sent by the first who sees it.
WALKS = {"resident": ["/", "/my/"], "coordinator": ["/desk/"], "visitor": ["/"]}
SINGLE = {
    "newcomer": ["residents:proof", "residents:national", "residents:contact", "residents:code", "residents:letter", "residents:roll"],
    "stranger": ["residents:join", "account_reauthenticate"],
    "mayor": ["reports:desk_list"],
    "moderator": ["comments:desk_list"],
    "officer": ["proposals:desk_list"],
    "admin": ["site:desk_settings", "site:clock", "site:preview", "residents:desk_departments", "residents:open_desk"],
}
EVERYBODY = ("newcomer", "stranger", "resident", "mayor", "moderator", "officer", "admin", "coordinator", "visitor")


# Forms that are not sent from here, and why.
SECOND = "asks for the password again, or needs a device for the second factor; the pages are allauth's"
FACTORS = ("mfa_activate_totp", "mfa_authenticate", "mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_add_webauthn")
ELSEWHERE = dict.fromkeys(FACTORS, SECOND)


class Reader(Client):
    """Keeps the forms of every page it opens, one of each kind. `known` is shared by all readers."""

    def __init__(self, known: dict[tuple, Form]) -> None:
        super().__init__()
        self.known = known
        self.new: list[Form] = []

    def get(self, path, *args, **kwargs):
        if FILES.search(path) and not LONG:
            return HttpResponse(content_type="text/plain")
        answer = super().get(path, *args, **kwargs)
        if answer.status_code < 500 and answer.get("Content-Type", "").startswith("text/html"):
            for form in forms_of(path, answer.content.decode()):
                if self.known.setdefault(kind_of(form), form) is form:
                    self.new.append(form)
        return answer


def page_of(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return address


def kind_of(form: Form) -> tuple:
    """Forms with the same fields that go to the same page are one: numbers in a name are numbers of rows."""
    names = {re.sub(r"\d+", "#", name) for name in form.fields}
    return form.method, page_of(form.action), frozenset(names), frozenset(name for name, _value in form.buttons)


def values_for(one: Field, turn: int) -> list[str]:
    """Odd values that such a field is sent with."""
    known = [*NUMBERS, *SIGNS, *(DAYS if one.kind not in ("hidden", "checkbox", "radio", "select") else [])]
    if LONG:
        return known
    return [*(DAYS[:2] if one.kind in ("date", "datetime-local") else ["²"]), known[turn % len(known)]]


def sendings(form: Form, turn: int) -> Iterator[tuple[str, dict[str, list[str]], dict[str, str]]]:
    """What is sent, in words, fields and headers: the form as it stands with each button, with one field odd at a time, with all."""
    yield "nothing", {}, {}
    if not form.fields and not form.buttons:
        return
    shown = form.sent()
    pressed = {form.buttons[0][0]: [form.buttons[0][1]]} if form.buttons else {}
    for name, value in form.buttons or [("", "")]:
        yield f"button {name}={value}", {**shown, **({name: [value]} if name else {})}, {}
    names = {re.sub(r"\d+", "#", name): name for name in [*form.fields, *pressed, "next"]}
    for number, name in enumerate(names.values(), turn):
        for odd in values_for(form.fields.get(name, Field("hidden")), number):
            sent = {**shown, **pressed}
            if odd == MISSING:
                sent.pop(name, None)
            else:
                sent[name] = [*sent.get(name, ["1"]), "²"] if odd == LISTS else [odd]
            yield f"{name}={odd[:20]!r}", sent, {}
    for odd in ("²", "\x00"):
        yield f"all {odd!r}", {name: [odd] for name in {**shown, **pressed}}, {}
    yield "from a script", {**shown, **pressed}, {"X-Requested-With": "autosave", "HX-Request": "true"}
    large = next((name for name, one in form.fields.items() if one.kind == "textarea"), "")
    if large:
        yield f"{large} large", {**shown, **pressed, large: [LARGE]}, {}


def send(client: Client, form: Form, sent: dict[str, list[str]], headers: dict[str, str], query: str = "") -> str:
    """Sends it and takes back whatever it did; what went wrong, in a line."""
    cookies = client.cookies.copy()
    address = f"{form.action.split('?')[0]}?{query}" if query else form.action
    try:
        with transaction.atomic():
            answer = (client.post if form.method == "post" else client.get)(address, sent, headers=headers)
            transaction.set_rollback(True)
    except Exception as stumbled:  # whatever it is, it would have been a page 500
        return f"{type(stumbled).__name__}: {str(stumbled)[:120]}"
    finally:
        client.cookies = cookies
    return f"answered {answer.status_code}" if answer.status_code >= 500 else ""


def by_hand(client: Reader, word: str) -> list[str]:
    """Pages that one comes to by doing something first, or of which the walk would see another."""
    if word == "newcomer":
        return [reverse("proposals:detail", args=[Proposal.objects.get(title="골목 그늘막 0").pk])]
    if word == "resident":
        ballot = Ballot.objects.get(state="noticed", title="2021 독산2동 주민총회 투표")
        client.post(reverse("ballots:vote", args=[ballot.pk]), {"pick": ["1", "2"], "review": "1"})
        return [reverse("ballots:review", args=[ballot.pk])]
    if word == "coordinator":
        neighbour, over = Resident.objects.get(public_name="이웃"), Ballot.objects.get(title="마감한 투표")
        roll = Field("hidden", [str(RollImport.objects.get().pk)])
        client.new.append(Form("post", reverse("residents:desk_roll_confirm"), {"import": roll}))
        return [
            reverse("processes:desk_detail", args=[Process.objects.get(title="끝난 과정").pk]),
            reverse("residents:desk_person", args=[neighbour.pk]), reverse("ballots:desk_count", args=[over.pk]),
            *(reverse("ballots:desk_mark", args=[b.pk, neighbour.pk]) for b in Ballot.objects.filter(state="noticed")),
        ]  # fmt: skip
    return []


def read_pages(client: Reader, word: str) -> list[str]:
    """Opens the pages of a person; what was wrong with them."""
    for address in by_hand(client, word):
        client.get(address)
    if word in WALKS:
        return [fault for fault in crawl(client, WALKS[word], each=2).faults if fault.startswith("5")]
    for name in SINGLE[word]:
        address = reverse(name)
        answer = client.get(address)
        # A list leads to its rows, which hold the forms.
        for row in re.findall(rf'href="({address}[^"?]+)"', answer.content.decode())[:5] if answer.status_code == 200 else ():
            client.get(row)
    return []


def stumbles(client: Reader, form: Form, turn: int) -> list[str]:
    """What went wrong with a form of a page."""
    wrong = [(words, send(client, form, sent, headers)) for words, sent, headers in sendings(form, turn)]
    asked = urlencode(dict.fromkeys(QUERY, NUMBERS[turn % len(NUMBERS)]))
    wrong.append((f"?{asked[:60]}", send(client, form, form.sent(), {}, asked)))
    return [f"{form.method} {form.action} {words}: {fault}" for words, fault in wrong if fault]


def test_odd_values_in_every_form():
    accounts = busy_town()
    known: dict[tuple, Form] = {}
    faults: list[str] = []
    sent: set[str] = set()
    for word in EVERYBODY:
        client = Reader(known)
        if word in accounts:
            sign_in(client, accounts[word])
        faults += [f"{word}: {fault}" for fault in read_pages(client, word)]
        client.raise_request_exception = True
        for turn, form in enumerate(client.new):
            if form.method == "post" or LONG:
                faults += [f"{word}: {fault}" for fault in stumbles(client, form, turn)]
                sent.add(page_of(form.action))
    assert faults == [], "\n".join(faults)
    assert sorted(forms_in_templates() - sent - set(ELSEWHERE)) == []


def forms_in_templates() -> set[str]:
    """The pages that forms of our templates name as their address."""
    texts = [path.read_text("utf-8") for path in Path(madang.__file__).parent.rglob("*.html")]
    forms = [form for text in texts for form in re.findall(r"<form\b[^>]*?method=\"post\"[^>]*>", text)]
    return {name for form in forms for name in re.findall(r'{% url "([\w:]+)"', form)}


class TestWhatOnceStumbled:
    @pytest.mark.parametrize("token", ["²", "９９", "١٢", "13월", "a/b", "x" * 33])
    def test_a_draft_under_a_name_no_address_carries_gets_another(self, client, token):
        a_proposal_step()
        answer = client.post(reverse("proposals:idea"), {"token": token, "title": "그늘막", "dong": "doksan2"})
        assert answer.status_code == 302
        assert token not in answer.url

    @pytest.mark.parametrize("on", ["9999-12-31", "0001-01-01"])
    def test_the_last_day_of_all_is_told_beside_the_field(self, client, on):
        step = a_step()
        sign_in(client, an_official())
        answer = client.post(
            reverse("processes:desk_redate", args=[step.pk]), {"opens_on": "2021-03-31", "closes_on": on, "reason": "늦어짐"}
        )
        assert answer.status_code in (200, 422)
        assert "field__error" in answer.content.decode()

    @pytest.mark.parametrize("person", ["²", "９９", "9" * 30])
    def test_nobody_is_chosen_at_the_counter_by_an_odd_number(self, client, person):
        a_proposal_step()
        sign_in(client, an_official(role="dong_officer", dong="doksan2"))
        assert client.post(reverse("proposals:desk_intake"), {"who": "known", "person": person}).status_code in (200, 422)

    @pytest.mark.parametrize("page", ["site:view_settings", "site:demo_login", "residents:open_desk", "site:preview"])
    def test_a_word_is_no_way_on(self, client, page):
        account = an_official(desk=page == "site:preview")
        sign_in(client, account)
        answer = client.post(reverse(page), {"next": "x", "reason": "접수", "username": account.username})
        assert answer.status_code in (200, 302, 404, 422)
