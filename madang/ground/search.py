"""Search over everything public: bigrams, so that two-letter Korean words are found on SQLite and PostgreSQL alike."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.db.models.expressions import RawSQL

from madang.ground.models import SearchText
from madang.methods.bigrams import fts5_match, tokens, tsquery


class _Holds(Func):
    """PostgreSQL: whether the index text holds a query. An expression, not raw SQL, so that it also works inside a subquery."""

    template = "(to_tsvector('simple', %(expressions)s))"
    arg_joiner = ") @@ to_tsquery('simple', "
    output_field = BooleanField()


@dataclass(frozen=True)
class Findable:
    """A public thing as the index keeps it. `made_at` is its day when the index is made anew; None where the row's own day is right."""

    kind: str
    subject_id: int
    place_id: int
    title: str
    body: str
    url: str
    made_at: datetime | None = None


Source = Callable[[], Iterable[Findable]]
_sources: dict[str, Source] = {}


def register(kind: str, source: Source) -> None:
    """From an area's apps.ready: `source()` gives every public thing of a kind, so that the index can be made anew."""
    _sources[kind] = source


def index(*, kind: str, subject_id: int, place_id: int, title: str, body: str, url: str, at: datetime) -> None:
    """Puts a public thing into the index or renews it. Part of the verb's transaction."""
    SearchText.objects.update_or_create(
        kind=kind,
        subject_id=subject_id,
        defaults={
            "place_id": place_id,
            "title": title[:200],
            "summary": body[:200],
            "url": url,
            "at": at,
            "tokens": tokens(f"{title}\n{body}"),
        },
    )


def put(thing: Findable, *, at: datetime) -> None:
    """index() of what an area's own finding room describes."""
    index(
        kind=thing.kind, subject_id=thing.subject_id, place_id=thing.place_id, title=thing.title, body=thing.body, url=thing.url, at=at
    )  # fmt: skip


def forget(*, kind: str, subject_id: int) -> None:
    """Takes a thing out of the index (hidden, withdrawn)."""
    SearchText.objects.filter(kind=kind, subject_id=subject_id).delete()


def make_anew(*, at: datetime) -> dict[str, int]:
    """Puts every public thing into the index again and takes out what is public no more. Returns how many there are of each kind.

    A row that stands keeps its place in the order and its day; each kind is one transaction. `at` is the day of things that know none."""
    done = {}
    for kind, source in sorted(_sources.items()):
        with transaction.atomic():
            days = dict(SearchText.objects.filter(kind=kind).values_list("subject_id", "at"))
            kept = set()
            for thing in source():
                put(thing, at=days.get(thing.subject_id) or thing.made_at or at)
                kept.add(thing.subject_id)
            for gone in days.keys() - kept:
                forget(kind=kind, subject_id=gone)
        done[kind] = len(kept)
    return done


def matching(query: str, *, any_word: bool = False) -> QuerySet[SearchText]:
    """Indexed things that hold every word of the query (or, with `any_word`, one of them), none for an empty one.

    Order them yourself; `rank` is not needed for short texts."""
    none = SearchText.objects.none()
    if connection.vendor == "sqlite":
        asked = fts5_match(query).replace(" AND ", " OR " if any_word else " AND ")
        return (
            SearchText.objects.filter(pk__in=RawSQL("SELECT rowid FROM ground_search WHERE ground_search MATCH %s", [asked]))
            if asked
            else none
        )
    asked = tsquery(query).replace(" & ", " | " if any_word else " & ")
    found = _Holds(F("tokens"), Value(asked))
    return SearchText.objects.filter(found) if asked else none


def ids_matching(kind: str, query: str) -> QuerySet:
    """Primary keys of the things of one kind that match: for `filter(pk__in=…)` in the owner's own list."""
    return matching(query).filter(kind=kind).values("subject_id")
