"""Drawing up, signing, publishing. What is frozen stays: a wrong paper is replaced by a new one that says what changed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from madang.archive.actions import deposit
from madang.ground import files, search
from madang.ground.actor import Actor
from madang.ground.audit import record
from madang.ground.clock import today
from madang.ground.models import Place
from madang.ground.town import Town, town_of
from madang.ground.verdict import Refused, no
from madang.ground.workflow import lock, move
from madang.methods.text import clean_text
from madang.reports import rules
from madang.reports.comparing import numbers, with_changes
from madang.reports.finding import findable
from madang.reports.kinds import Gathered, PaperKind, gathered, kind_of, kinds
from madang.reports.models import OfficialPaper, PaperFile
from madang.reports.paper.blocks import Paper, from_json, to_json
from madang.reports.paper.grid import check
from madang.reports.printing import digest, print_all
from madang.reports.reading import plain_text
from madang.residents.figures import department_choices

MOST_TYPED = 4000  # letters in one of the drafter's fields


@transaction.atomic
def draw_up(
    *, kind: str, subject_pk: int, actor: Actor, at: datetime, typed: Mapping[str, str] | None = None, town: Place | None = None
) -> OfficialPaper:
    """Gathers a paper from figures and freezes it under the next number of the drafter's department.

    `subject_pk` is what the kind reports on (a ballot, a year), `typed` the drafter's words by the kind's asks. `town` is needed only
    where the actor belongs to none. Refused when there is nothing to report on or the paper exists already."""
    found = _kind(kind)
    home = _town(kind, subject_pk, actor, town)
    words = _words(found, typed or {})
    made = _gathered(found, subject_pk, home, words, actor, at)
    rules.may_draw_up(actor, made.about.place, at=at).or_raise()
    lock(home.place)  # one drafter at a time: numbers have no gaps, and of two the second finds the first
    same = OfficialPaper.objects.in_town(home.pk).standing().filter(kind=kind, subject=made.about.subject).first()
    if same:
        raise Refused(no("paper_exists", number=same.number))
    return _frozen(found, made, made.paper, subject_pk, home, words, actor, at)


@transaction.atomic
def redraw(*, paper: OfficialPaper, why: str, actor: Actor, at: datetime, typed: Mapping[str, str] | None = None) -> OfficialPaper:
    """Draws the same report up anew: a new paper that names the old one, the reason and every number that differs.

    A paper not yet published is withdrawn by it; a published one stays to be read until the new one is published. The drafter's words
    are carried over unless `typed` gives others."""
    why = why.strip()[:200]
    row = lock(paper)
    rules.may_redraw(actor, row, at=at).or_raise()
    if not why:
        raise Refused(no("paper_needs_why"))
    found, home = _kind(row.kind), town_of(row.town_id)
    words = _words(found, row.typed if typed is None else typed)
    made = _gathered(found, row.subject_pk, home, words, actor, at)
    before = from_json(row.frozen)
    if {n.name: n.shown for n in numbers(before)} == {n.name: n.shown for n in numbers(made.paper)} and words == row.typed:
        raise Refused(no("paper_unchanged"))
    lock(home.place)
    if row.is_in_the_making:
        move(row, to="withdrawn", verb="paper.withdrawn", actor=actor, at=at, why=why)
    told = with_changes(made.paper, before, number=row.number, why=why)
    return _frozen(found, made, told, row.subject_pk, home, words, actor, at, replaces=row, why=why)


@transaction.atomic
def sign(*, paper: OfficialPaper, actor: Actor, at: datetime) -> OfficialPaper:
    """Adds a signature to the drafting line: post title and day, with the digest of what was signed. An approver's completes it."""
    row = lock(paper)
    rules.may_sign(actor, row, at=at).or_raise()
    done = rules.completes(actor)
    post = rules.post_for(actor, row.place_id, *(rules.APPROVERS if done else rules.DRAFTERS))
    line = [*row.signatures, _signature("approved" if done else "checked", post.title if post else row.series, actor, at, row.frozen)]
    facts = {"as": line[-1]["as"], "sha256": line[-1]["sha256"]}
    if done:
        move(row, to="signed", verb="paper.signed", actor=actor, at=at, signatures=line, facts=facts)
    else:
        row.signatures = line
        row.save(update_fields=["signatures"])
        record("paper.checked", actor=actor, at=at, subject=row, facts=facts)
    return _renewed(paper, row)


@transaction.atomic
def publish(*, paper: OfficialPaper, actor: Actor, at: datetime) -> OfficialPaper:
    """Prints the signed paper as PDF, HWPX and XLSX, deposits the files with their checksums, and tells it on the trails it concerns."""
    row = lock(paper)
    rules.may_publish(actor, row, at=at).or_raise()
    if any(one["sha256"] != digest(row.frozen) for one in row.signatures):
        raise Refused(no("paper_not_as_signed"))
    kind, place, before = kind_of(row.kind), row.place, row.replaces
    row.state = OfficialPaper.State.PUBLISHED  # as the files are to say; move() below writes it
    try:
        printed = print_all(row)
    except ValueError as fault:
        raise Refused(no("paper_cannot_print", what=str(fault))) from None
    row.state = OfficialPaper.State.SIGNED
    kept = [(one, files.keep(one.data, name=one.name, mime=one.mime, place=place, actor=actor, at=at)) for one in printed]
    deposited = deposit(
        place=place, number=row.number, title=row.title, description=plain_text(from_json(row.frozen))[:500], subject=row.subject,
        made_on=row.as_of, files=[(one.format.upper(), stored) for one, stored in kept], retention=kind.retention, licence=kind.licence,
        is_public=True, actor=actor, at=at, replaces=before.record if before else None,
    )  # fmt: skip
    facts = {"number": row.number, "record": deposited.pk}
    move(row, to="published", verb="paper.published", actor=actor, at=at, published_at=at, record=deposited, facts=facts)
    PaperFile.objects.bulk_create([PaperFile(paper=row, format=one.format, file=stored) for one, stored in kept])
    if before:
        search.forget(kind="paper", subject_id=before.pk)
    search.put(findable(row), at=at)
    for trail in _trails(row):
        told = {"number": row.number, "title": row.title, "paper": row.pk}
        record("paper.told", actor=actor, at=at, subject=row, place=place, trail=trail, facts=told)
    return _renewed(paper, row)


@transaction.atomic
def withdraw(*, paper: OfficialPaper, why: str, actor: Actor, at: datetime) -> OfficialPaper:
    """Takes back a paper that is not published. Its number is not given again."""
    row = lock(paper)
    rules.may_withdraw(actor, row, at=at).or_raise()
    if not why.strip():
        raise Refused(no("paper_needs_why"))
    move(row, to="withdrawn", verb="paper.withdrawn", actor=actor, at=at, why=why.strip()[:200])
    return _renewed(paper, row)


# Steps the verbs share


def _kind(slug: str) -> PaperKind:
    if slug not in kinds():
        raise Refused(no("paper_kind_unknown"))
    return kind_of(slug)


def _town(kind: str, subject_pk: int, actor: Actor, town: Place | None) -> Town:
    if town is None and actor.town_id is None:
        raise Refused(no("paper_subject_unknown"))
    return town_of(town.pk if town else actor.town_id or 0)


def _words(kind: PaperKind, typed: Mapping[str, str]) -> dict[str, str]:
    """Only what the kind asks for, cleaned and bounded."""
    cleaned = {ask.name: clean_text(str(typed.get(ask.name, "")), MOST_TYPED).text for ask in kind.asks}
    return {name: words for name, words in cleaned.items() if words}


def _gathered(kind: PaperKind, subject_pk: int, town: Town, words: Mapping[str, str], actor: Actor, at: datetime) -> Gathered:
    made = gathered(kind, subject_pk, town=town, typed=words, at=at)
    if made is None:
        raise Refused(no("paper_subject_unknown"))
    try:
        check(made.paper)
    except ValueError as fault:
        raise Refused(no("paper_cannot_print", what=str(fault))) from None
    return made


def _frozen(
    kind: PaperKind, made: Gathered, paper: Paper, subject_pk: int, town: Town, words: dict[str, str], actor: Actor, at: datetime,
    *, replaces: OfficialPaper | None = None, why: str = "",
) -> OfficialPaper:  # fmt: skip
    """Stores a paper under the next number of its series. The town's row is locked by the caller."""
    post = rules.post_for(actor, made.about.place.pk, *rules.DRAFTERS)
    series = _series(town, post.department_id if post else None, at)
    last = OfficialPaper.objects.in_town(town.pk).filter(series=series, number__startswith=f"{series}-{today(at).year}-")
    serial = (last.order_by("-serial").values_list("serial", flat=True).first() or 0) + 1
    number = f"{series}-{today(at).year}-{serial}"
    title = post.title if post else f"{series} 담당"
    content = to_json(replace(paper, footer=f"작성자 : {title}"))
    row = OfficialPaper.objects.create(
        kind=kind.slug, town=town.place, place=made.about.place, series=series, serial=serial, number=number, title=paper.title[:200],
        subject=made.about.subject, subject_pk=subject_pk, within=made.about.within, as_of=today(at), typed=words, frozen=content,
        drawn_up_at=at, drawn_up_by_id=actor.account_id, signatures=[_signature("drafted", title, actor, at, content)],
        replaces=replaces, why=why,
    )  # fmt: skip
    facts = {"number": number, "kind": kind.slug, "sha256": digest(content), "replaces": replaces.number if replaces else ""}
    record("paper.drawn_up", actor=actor, at=at, subject=row, facts=facts)
    return row


def _series(town: Town, department_id: int | None, at: datetime) -> str:
    """The department that numbers the paper: a team's papers are numbered with its department."""
    names = dict(department_choices(town.pk))
    name = names.get(department_id or 0, "").split(" › ")[0]
    return (name or town.settings(today(at)).department or town.place.name)[:40]


def _signature(deed: str, title: str, actor: Actor, at: datetime, frozen: Mapping[str, Any]) -> dict[str, Any]:
    """Who signed as what and when; the account tells two people of one post apart and is shown nowhere."""
    return {"deed": deed, "as": title, "at": at.isoformat(), "account": actor.account_id, "sha256": digest(frozen)}


def _trails(row: OfficialPaper) -> list[str]:
    about = kind_of(row.kind).find(row.subject_pk, town=town_of(row.town_id))
    return list(about.trails) if about else []


def _renewed(given: OfficialPaper, row: OfficialPaper) -> OfficialPaper:
    """The caller's own instance brought up to date."""
    given.refresh_from_db()
    return given
