"""Drafts: saved as they are typed, kept for a browser or an account, sent once."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import IO, Any

from django.db import IntegrityError, transaction

from madang.ground import files
from madang.ground.actor import Actor
from madang.ground.audit import record
from madang.ground.clock import today
from madang.ground.models import Place
from madang.ground.town import town_of
from madang.ground.verdict import Refused, no
from madang.processes.models import Step
from madang.proposals.models import Draft, DraftFile
from madang.proposals.rules import may_keep, may_use_draft

FIELDS = ("title", "body", "category", "cost", "dong", "spot", "map_x", "map_y", "public_name", "form")
MOST_LETTERS = 20_000  # of one field; a longer text stays in the form that was sent, with the reason beside it
KEPT_DAYS = 90
TAKEN = files.PICTURES | files.PAPERS


def _describe(draft: Draft, alts: Mapping[int, str]) -> None:
    for one in draft.files.filter(pk__in=[pk for pk, words in alts.items() if may_keep(words[:MOST_LETTERS])]):
        one.alt = alts[one.pk][:160]
        one.save(update_fields=["alt"])


def _kept(data: Mapping[str, Any]) -> dict[str, str]:
    typed = {name: str(data[name]).replace("\x00", "")[:MOST_LETTERS] for name in FIELDS if data.get(name) is not None}
    return {name: words for name, words in typed.items() if may_keep(words)}


@transaction.atomic
def save_draft(
    *, draft: Draft | None = None, token: str = "", browser: str = "", place: Place, step: Step | None = None,
    data: Mapping[str, Any], alts: Mapping[int, str] | None = None, actor: Actor, at: datetime,
) -> Draft:  # fmt: skip
    """Keeps what was typed, field by field; nothing is judged yet, but a field that `may_keep` refuses stays as it was. Without `draft` a
    new one is begun (under `token` when given).

    `place` is the town; `alts` tells what can be seen on its files, by their numbers.
    Only FIELDS are kept, each up to MOST_LETTERS. Raises Refused `not_your_draft`, `draft_sent`."""
    if draft is not None:
        may_use_draft(actor, draft, at=at).or_raise()
        draft.data = {**draft.data, **_kept(data)}
        draft.saved_at = at
        if step is not None:
            draft.step = step
        draft.save(update_fields=["data", "saved_at", "step"])
        _describe(draft, alts or {})
        return draft
    token = token or secrets.token_urlsafe(18)
    try:
        with transaction.atomic():
            draft = Draft.objects.create(
                token=token, browser="" if actor.account_id else browser, account_id=actor.account_id, place=place, step=step,
                data=_kept(data), saved_at=at,
            )  # fmt: skip
    except IntegrityError:
        # The same form sent twice at once: the first has made the draft.
        draft = Draft.objects.get(token=token)
        may_use_draft(actor, draft, at=at).or_raise()
        return draft
    record("draft.started", actor=actor, at=at, subject=draft, place=place)
    return draft


@transaction.atomic
def claim_drafts(*, browser: str, actor: Actor, at: datetime) -> int:
    """After signing in: what this browser wrote belongs to the account from now on. Returns how many moved."""
    if not browser or actor.account_id is None:
        return 0
    moved = list(Draft.objects.filter(account__isnull=True, browser=browser).order_by("pk"))
    Draft.objects.filter(pk__in=[d.pk for d in moved], account__isnull=True).update(account_id=actor.account_id, browser="")
    for draft in moved:
        record("draft.claimed", actor=actor, at=at, subject=draft)
    return len(moved)


@transaction.atomic
def attach(*, draft: Draft, upload: IO[bytes], name: str, alt: str = "", actor: Actor, at: datetime) -> DraftFile:
    """Puts a photo or paper to a draft. Raises Refused: too many, too large, another kind, broken, or with resident numbers."""
    may_use_draft(actor, draft, at=at).or_raise()
    most = town_of(draft.place_id).settings(today(at)).files_per_proposal
    if draft.files.count() >= most:
        raise Refused(no("too_many_files", most=most))
    stored = files.take(upload, name=name, place=draft.place, actor=actor, at=at, kinds=TAKEN)
    kept = DraftFile.objects.create(draft=draft, file=stored, alt=alt[:160])
    record("draft.file_attached", actor=actor, at=at, subject=draft)
    return kept


@transaction.atomic
def detach(*, draft: Draft, file_id: int, actor: Actor, at: datetime) -> None:
    """Takes a file off again; its bytes go too. A number that is not there changes nothing, so pressing twice is harmless."""
    may_use_draft(actor, draft, at=at).or_raise()
    one = draft.files.filter(pk=file_id).select_related("file").first()
    if one is None:
        return
    one.delete()
    files.erase(one.file)
    record("draft.file_detached", actor=actor, at=at, subject=draft)


@transaction.atomic
def discard_draft(*, draft: Draft, actor: Actor, at: datetime) -> None:
    """Throws a draft and its files away."""
    may_use_draft(actor, draft, at=at).or_raise()
    record("draft.discarded", actor=actor, at=at, subject=draft)
    _throw_away(draft)


@transaction.atomic
def forget_drafts(*, actor: Actor, at: datetime) -> int:
    """Nightly: drafts nobody touched for KEPT_DAYS go with their files. Sent ones stay as the mark against a second sending, emptied."""
    old = list(Draft.objects.open().filter(saved_at__lt=at - timedelta(days=KEPT_DAYS)).prefetch_related("files__file")[:500])
    for draft in old:
        _throw_away(draft)
    if old:
        record("drafts.forgotten", actor=actor, at=at, facts={"count": len(old)})
    return len(old)


def _throw_away(draft: Draft) -> None:
    stored = [f.file for f in draft.files.select_related("file")]
    draft.delete()
    for one in stored:
        files.erase(one)
