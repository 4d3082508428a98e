"""A synthetic town of N proposals: ten endorsements each, twenty comments on every tenth, answers where a state asks for one.

Everything follows from SEED; moments are counted back from now, because the server that is measured lives in the present. Frame and people
who act are made through the verbs; the many rows are poured in, with counters, threads, search rows and audit trail as the verbs leave
them. python -m benchmarks.town 1000"""

import json
import os
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.words import DONGS, SPOTS, remark, title_and_body

SEED = 20210407
ENDORSEMENTS = 10
COMMENTS = 20
TALKED_OF = 10  # one in so many has comments
VOTERS = 400  # residents with a session, who endorse while we measure
POPULAR = 2000  # endorsements of one proposal that everybody knows
STATES = (
    ("open",) * 9 + ("review",) * 3 + ("shortlisted", "adopted", "adopted", "rejected", "rejected", "rejected", "implemented", "screening")
)


def build(size: int) -> dict[str, Any]:
    """Fills an empty, migrated database. Returns what the benches need to know of it."""
    from django.db import transaction

    from madang.ground import clock

    at = clock.now()
    with transaction.atomic():
        frame = _frame(at)
        people = _people(frame, at)
        _pour_all(frame, people, size, at)
    from benchmarks.rows import after_pouring
    from madang.comments.models import Comment, Thread
    from madang.ground.models import Account, AuditEntry, SearchText
    from madang.proposals.models import Answer, Endorsement, Likeness, Proposal
    from madang.residents.models import Resident, ResidentProof

    after_pouring(Account, AuditEntry, SearchText, Comment, Thread, Answer, Endorsement, Likeness, Proposal, Resident, ResidentProof)
    rows = Proposal.objects.public()
    return {
        "size": size,
        "sessions": _sessions(people["voters"]),
        "voters": people["voters"],
        "open": list(rows.filter(state="open", endorse_until__gt=at).order_by("-pk").values_list("pk", flat=True)[:200]),
        "seen": _some(rows.filter(pk__gt=1, state="open")),
        "answered": _some(rows.filter(pk__gt=1, decided_at__isnull=False)),
        "talked": next(pk for pk in range(size - size % TALKED_OF, 0, -TALKED_OF) if rows.filter(pk=pk).exists()),
        "popular": 1,
    }


def _some(rows: Any, most: int = 20) -> list[int]:
    """Keys spread over all of these: a page shows the same parts whatever the size of the town."""
    keys = list(rows.order_by("-pk").values_list("pk", flat=True))
    return keys[:: max(1, len(keys) // most)][:most]


def _frame(at: datetime) -> dict[str, Any]:
    from madang.ground import clock
    from madang.ground.actor import SYSTEM
    from madang.ground.town import change_settings, forget_towns, make_place, town_of
    from madang.processes.actions import make_process, open_process
    from madang.processes.models import Step
    from madang.residents.actions import make_department

    since = clock.today(at) - timedelta(days=900)
    common = {"from_on": since, "actor": SYSTEM, "at": at}
    place = make_place(parent=None, level="district", code="1154500000", slug="geumcheon", name="금천구", name_en="Geumcheon-gu", **common)
    dongs = [
        make_place(parent=place, level="dong", code=f"11545{n:03}00", slug=slug, name=name, name_en=slug.title(), order=n, **common)
        for n, (slug, name) in enumerate(DONGS.items(), 1)
    ]
    forget_towns()
    change_settings(place=place, data={"organ": "금천구청", "phone": "02-0000-0000"}, reason="재기", **common)
    forget_towns()
    department = make_department(place=place, name="마을자치과", **common)
    year = clock.today(at).year
    process = make_process(
        blueprint="always_open", place=place, year=year, title="", starts_on=since, department=department, actor=SYSTEM, at=at
    )
    open_process(process=process, actor=SYSTEM, at=at)
    Step.objects.filter(process=process).update(opens_at=at - timedelta(days=900), closes_at=None)
    return {"town": town_of(place.pk), "place": place, "dongs": dongs, "department": department, "step": process.steps.get()}


def _people(frame: dict[str, Any], at: datetime) -> dict[str, list[int]]:
    """2,000 neighbours without an account and VOTERS with one, all of them proved residents."""
    from benchmarks.rows import pour
    from madang.ground.models import Account
    from madang.residents.models import Resident, ResidentProof

    accounts = [Account(username=f"bench{n}", email=f"bench{n}@example.kr", password="!") for n in range(VOTERS)]
    Account.objects.bulk_create(accounts)
    keys = list(Account.objects.filter(username__startswith="bench").order_by("pk").values_list("pk", flat=True))
    dice, town, dongs = Random(SEED), frame["place"].pk, frame["dongs"]
    count = POPULAR + VOTERS
    homes = [dice.choice(dongs).pk for _ in range(count)]
    names = ("id", "place_id", "account_id", "home_id", "public_name", "birth_year", "joined_at", "is_erased")
    account_of = [None] * POPULAR + keys
    born = [dice.randint(1940, 2005) for _ in range(count)]
    pour(Resident, names, ((n + 1, town, account_of[n], homes[n], f"이웃{n + 1}", born[n], at, False) for n in range(count)))
    names = ("id", "resident_id", "level", "method", "dong_id", "key_hash", "at", "expires_on", "revoked_at")
    pour(ResidentProof, names, ((n + 1, n + 1, 3, "desk", homes[n], "", at, None, None) for n in range(count)))
    return {"neighbours": list(range(1, POPULAR + 1)), "voters": list(range(POPULAR + 1, count + 1))}


def _pour_all(frame: dict[str, Any], people: dict[str, list[int]], size: int, at: datetime) -> None:
    from benchmarks.rows import pour
    from madang.comments.models import Comment, Thread
    from madang.ground.models import AuditEntry, SearchText
    from madang.methods.bigrams import tokens
    from madang.proposals.models import Answer, Endorsement, Likeness, NumberSeries, Proposal

    made = list(_proposals(frame, people, size, at))
    pour(Proposal, PROPOSAL, (tuple(p[name] for name in PROPOSAL) for p in made))
    years: dict[int, int] = {}
    for p in made:
        years[p["received_on"].year] = max(years.get(p["received_on"].year, 0), p["id"])
    NumberSeries.objects.bulk_create([NumberSeries(town=frame["place"], year=y, last=n) for y, n in years.items()])
    public = [p for p in made if p["is_public"]]
    pour(Endorsement, ("id", "proposal_id", "resident_id", "at"), _endorsements(made, people["neighbours"]))
    names = ("id", "place_id", "subject", "title", "url", "is_open", "count")
    pour(Thread, names, (
        (p["id"], p["place_id"], f"proposal/{p['id']}", p["title"], f"/proposals/{p['id']}/", True, COMMENTS if talked_of(p) else 0)
        for p in public
    ))  # fmt: skip
    names = ("id", "thread_id", "parent_id", "place_id", "author_id", "public_name", "is_official", "body", "at", "edited_at", "state",
             "hidden_reason", "open_reports")  # fmt: skip
    pour(Comment, names, _comments([p for p in public if talked_of(p)], people["neighbours"]))
    found = _last(SearchText)
    pour(SearchText, ("id", "place_id", "kind", "subject_id", "title", "summary", "url", "at", "tokens"), (
        (found + p["id"], p["place_id"], "proposal", p["id"], p["title"], p["body"][:200], f"/proposals/{p['id']}/", p["submitted_at"],
         tokens(f"{p['title']}\n{p['body']}")) for p in public
    ))  # fmt: skip
    dice = Random(SEED + 2)
    pour(Likeness, ("id", "newer_id", "older_id", "score"), (
        (n + 1, p["id"], public[n + 3 - dice.choice((1, 2, 3))]["id"], 0.5) for n, p in enumerate(public[3:])
    ))  # fmt: skip
    names = ("id", "proposal_id", "kind", "department_id", "signed_as", "body", "reason", "implement_on", "at")
    answered = [p for p in made if p["decided_at"]]
    pour(Answer, names, (
        (p["id"], p["id"], "rejected" if p["state"] == "rejected" else "adopted", frame["department"].pk, "담당 주무관 2345", p["body"],
         "unworkable" if p["state"] == "rejected" else "", p["implement_on"], p["decided_at"]) for p in answered
    ))  # fmt: skip
    told = _last(AuditEntry)
    pour(AuditEntry, AUDIT, ((told + n, *row) for n, row in enumerate(_audit(made, people["neighbours"]), start=1)))


def _last(model: Any) -> int:
    """The highest key that the verbs have used."""
    return model._default_manager.order_by("-pk").values_list("pk", flat=True).first() or 0


PROPOSAL = (
    "id", "step_id", "town_id", "place_id", "number", "form", "channel", "law_class", "category", "title", "body", "cost_won", "map_x",
    "map_y", "spot", "author_id", "public_name", "received_on", "submitted_at", "state", "is_public", "endorsements", "threshold",
    "threshold_met_at", "endorse_until", "department_id", "due_on", "sent_to", "shortlisted_at", "decided_at", "hidden_reason",
    "implement_on",
)  # fmt: skip
AUDIT = ("id", "verb", "at", "place_id", "resident_id", "role", "subject", "trail", "is_public", "kept", "personal_digest")


def talked_of(p: dict[str, Any]) -> bool:
    return p["id"] % TALKED_OF == 0


def endorsed_by(p: dict[str, Any]) -> int:
    return POPULAR if p["id"] == 1 else ENDORSEMENTS


def _proposals(frame: dict[str, Any], people: dict[str, list[int]], size: int, at: datetime) -> Iterator[dict[str, Any]]:
    from madang.ground.clock import today

    dice, span = Random(SEED + 1), timedelta(days=800)
    settings = frame["town"].settings(today(at))
    for n in range(1, size + 1):
        title, body = title_and_body(dice)
        # The first ones are old, the last ones of today; the last tenth may still be endorsed.
        sent = at - span * (1 - n / size) - timedelta(minutes=5)
        fresh = n > size - max(size // 10, 250)
        state = dice.choice(STATES) if n != 1 else "open"
        decided = state in ("adopted", "rejected", "implemented")
        done = state in ("adopted", "implemented")
        yield {
            "id": n, "step_id": frame["step"].pk, "town_id": frame["place"].pk, "place_id": dice.choice(frame["dongs"]).pk,
            "number": f"{today(sent).year}-제안-{n:04}", "form": "proposal" if n % 5 else "idea", "channel": "online",
            "law_class": "proposal", "category": dice.choice(settings.categories), "title": title, "body": body,
            "cost_won": dice.randint(1, 500) * 100_000, "map_x": dice.randint(0, 1000), "map_y": dice.randint(0, 1000),
            "spot": dice.choice(SPOTS), "author_id": dice.choice(people["neighbours"]), "public_name": f"이웃{n % 977}",
            "received_on": today(sent), "submitted_at": sent, "state": state, "is_public": state != "screening",
            "endorsements": POPULAR if n == 1 else ENDORSEMENTS, "threshold": 20, "threshold_met_at": sent if n == 1 else None,
            "endorse_until": at + timedelta(days=1 + n % 20) if fresh or n == 1 else sent + timedelta(days=20),
            "department_id": frame["department"].pk if state not in ("screening", "open") else None,
            "due_on": today(sent + timedelta(days=30)), "sent_to": "", "shortlisted_at": sent if state == "shortlisted" else None,
            "decided_at": sent + timedelta(days=20) if decided else None, "hidden_reason": "",
            "implement_on": today(sent + timedelta(days=200)) if done else None,
        }  # fmt: skip


def _endorsers(p: dict[str, Any], neighbours: list[int]) -> list[int]:
    start = p["id"] * 37 % len(neighbours)
    return [neighbours[(start + k) % len(neighbours)] for k in range(endorsed_by(p))]


def _endorsements(made: list[dict[str, Any]], neighbours: list[int]) -> Iterator[tuple[Any, ...]]:
    number = 0
    for p in made:
        for resident in _endorsers(p, neighbours):
            number += 1
            yield number, p["id"], resident, p["submitted_at"]


def _comments(made: list[dict[str, Any]], neighbours: list[int]) -> Iterator[tuple[Any, ...]]:
    """Twelve remarks, eight of them with a reply."""
    dice, number = Random(SEED + 3), 0
    for p in made:
        tops: list[int] = []
        for k in range(COMMENTS):
            number += 1
            parent = tops[k - 12] if k >= 12 else None
            if parent is None:
                tops.append(number)
            words = remark(dice)
            author = dice.choice(neighbours)
            yield number, p["id"], parent, p["place_id"], author, f"이웃{author}", False, words, p["submitted_at"], None, "visible", "", 0


def _audit(made: list[dict[str, Any]], neighbours: list[int]) -> Iterator[tuple[Any, ...]]:
    """submitted, opened, endorsed …, answered: as the verbs would have told them."""
    for p in made:
        name, when, place = f"proposal/{p['id']}", p["submitted_at"], p["place_id"]
        yield "proposal.submitted", when, place, p["author_id"], "", name, name, True, {"number": p["number"], "form": p["form"]}, ""
        if p["is_public"]:
            yield "proposal.opened", when, place, None, "담당", name, name, True, {"until": "", "threshold": 20}, ""
        for resident in _endorsers(p, neighbours):
            yield "proposal.endorsed", when, place, resident, "", name, name, False, {}, ""
        if p["decided_at"]:
            verb = "proposal.rejected" if p["state"] == "rejected" else "proposal.adopted"
            yield verb, p["decided_at"], place, None, "담당", name, name, True, {"from": "review", "to": p["state"]}, ""


def _sessions(voters: list[int]) -> list[str]:
    """A signed-in session for each voter, in their order."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from madang.residents.models import Resident

    keys = []
    for resident in Resident.objects.filter(pk__in=voters).select_related("account").order_by("pk"):
        session = SessionStore()
        session[SESSION_KEY] = str(resident.account_id)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = resident.account.get_session_auth_hash()
        session.save()
        keys.append(session.session_key or "")
    return keys


def main(size: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
    known = build(size)
    (Path(os.environ["MADANG_VAR"]) / "town.json").write_text(json.dumps(known))


if __name__ == "__main__":
    main(int(sys.argv[1]))
