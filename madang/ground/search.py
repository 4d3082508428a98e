"""Search over everything public: bigrams, so that two-letter Korean words are found on SQLite and PostgreSQL alike."""

from datetime import datetime

from django.db import connection
from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.db.models.expressions import RawSQL

from madang.ground.models import SearchText
from madang.methods.bigrams import fts5_match, tokens, tsquery


class _Holds(Func):
    """PostgreSQL: whether the index text holds a query. An expression, not raw SQL, so that it also works inside a subquery."""

    template = "(to_tsvector('simple', %(expressions)s))"
    arg_joiner = ") @@ to_tsquery('simple', "
    output_field = BooleanField()


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


def forget(*, kind: str, subject_id: int) -> None:
    """Takes a thing out of the index (hidden, withdrawn)."""
    SearchText.objects.filter(kind=kind, subject_id=subject_id).delete()


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
