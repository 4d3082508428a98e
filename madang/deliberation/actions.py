"""Verbs of a question: written, asked, answered, closed, and told what became of the answers."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from madang.deliberation import rules
from madang.deliberation.finding import findable
from madang.deliberation.models import Option, Question, Reply
from madang.ground import search
from madang.ground.actor import Actor
from madang.ground.audit import record
from madang.ground.verdict import YES, Refused, first_no, no
from madang.ground.workflow import lock, move
from madang.notices.actions import notify
from madang.processes.models import Step
from madang.proposals.rules import may_say
from madang.residents.figures import accounts_of


@transaction.atomic
def draft_question(*, step: Step, wording: str, background: str, options: Sequence[str], actor: Actor, at: datetime) -> Question:
    """Writes the question of a step, with two options or more. Raises Refused."""
    texts = [text.strip() for text in options]
    first_no(rules.may_draft(actor, step, at=at), rules.text_holds(wording.strip(), background, texts)).or_raise()
    question = Question.objects.create(step=step, place_id=step.place_id, wording=wording.strip(), background=background)
    _put_options(question, texts)
    record("question.drafted", actor=actor, at=at, subject=question, facts={"options": len(texts)})
    return question


@transaction.atomic
def change_question(
    *, question: Question, wording: str, background: str, options: Sequence[str], actor: Actor, at: datetime
) -> Question:  # fmt: skip
    """Mends a draft. What was asked stands: who answered would have answered something else."""
    texts = [text.strip() for text in options]
    row = lock(question)
    first_no(rules.may_change(actor, row, at=at), rules.text_holds(wording.strip(), background, texts)).or_raise()
    fields = [
        name
        for name, changed in (
            ("wording", row.wording != wording.strip()),
            ("background", row.background != background),
            ("options", [o.text for o in row.options.all()] != texts),
        )
        if changed
    ]
    question.wording = row.wording = wording.strip()
    question.background = row.background = background
    row.save(update_fields=["wording", "background"])
    if "options" in fields:
        row.options.all().delete()
        _put_options(row, texts)
    record("question.changed", actor=actor, at=at, subject=row, facts={"options": len(texts), "fields": fields})
    return question


def _put_options(question: Question, texts: Sequence[str]) -> None:
    Option.objects.bulk_create([Option(question=question, text=text, order=order) for order, text in enumerate(texts, 1)])


@transaction.atomic
def publish(*, question: Question, wording_checked: bool, actor: Actor, at: datetime) -> Question:
    """Asks it: from now on the wording stands. `wording_checked`: the officer looked whether wording and options lean to a side.

    May come before the step opens; answers are taken while it is open."""
    rules.may_publish(actor, question, at=at).or_raise()
    if not wording_checked:
        raise Refused(no("question_wording_unchecked"))
    texts = list(question.options.values_list("text", flat=True))
    move(question, to="published", verb="question.published", actor=actor, at=at, facts={"options": len(texts), "wording_checked": True})
    search.put(findable(question), at=at)
    return question


@transaction.atomic
def reply(*, question: Question, option: Option, words: str = "", actor: Actor, at: datetime) -> Reply:
    """One answer a person; a second one replaces the first until the end. The record says that somebody answered, not what."""
    row = lock(question)
    first_no(rules.may_reply(actor, row, at=at), rules.may_pick(row, option, words), may_say(words)).or_raise()
    given, made = Reply.objects.update_or_create(
        question=row, resident_id=actor.person_id or 0, defaults={"option": option, "words": words.strip(), "at": at}
    )
    record("question.replied" if made else "question.reply_changed", actor=actor, at=at, subject=row)
    return given


@transaction.atomic
def close(*, question: Question, actor: Actor, at: datetime) -> Question:
    """Ends it once the step's time is over: no more answers, and the results are everybody's."""
    rules.may_close(actor, question, at=at).or_raise()
    return move(question, to="closed", verb="question.closed", actor=actor, at=at, facts={"replies": question.replies.count()})


@transaction.atomic
def close_of_step(*, step: Step, actor: Actor, at: datetime) -> None:
    """What the sweep does once the step's time is over. A draft that was never asked stays a draft."""
    question = Question.objects.filter(step=step, state=Question.State.PUBLISHED).select_related("step__process__place").first()
    if question is not None:
        close(question=question, actor=actor, at=at)


@transaction.atomic
def tell_use(*, question: Question, body: str, actor: Actor, at: datetime) -> Question:
    """Says where the answers went and what they changed, and tells those who answered. Once; `body` up to 3,000 letters."""
    text = body.strip()
    said = YES if 0 < len(text) <= rules.LONGEST_USE else no("question_use_empty")
    first_no(rules.may_tell_use(actor, question, at=at), said).or_raise()
    people = list(question.replies.exclude(resident=None).values_list("resident_id", flat=True))
    replies = question.replies.count()
    move(question, to="answered", verb="question.use_told", actor=actor, at=at, how_used=text, used_at=at, facts={"replies": replies})
    notify(
        kind="question.use_told", account_ids=accounts_of(people).values(), place_id=question.place_id,
        facts={"wording": question.wording, "replies": replies}, url=reverse("deliberation:detail", args=[question.pk]) + "#used",
        key=f"question.use_told:{question.pk}", actor=actor, at=at,
    )  # fmt: skip
    return question


@transaction.atomic
def hide_words(*, reply: Reply, why: str, actor: Actor, at: datetime) -> Reply:
    """Takes somebody's words off the public page, with the reason in their place; the answer still counts."""
    rules.may_hide_words(actor, reply.question, at=at).or_raise()
    if not why.strip():
        raise Refused(no("hiding_needs_reason"))
    reply.hidden_why = why.strip()[:200]
    reply.save(update_fields=["hidden_why"])
    record("question.words_hidden", actor=actor, at=at, subject=reply, place=reply.question.place_id, trail=reply.question,
           facts={"why": reply.hidden_why})  # fmt: skip
    return reply


@transaction.atomic
def show_words(*, reply: Reply, actor: Actor, at: datetime) -> Reply:
    """Takes a hiding back."""
    rules.may_hide_words(actor, reply.question, at=at).or_raise()
    if reply.hidden_why:
        reply.hidden_why = ""
        reply.save(update_fields=["hidden_why"])
        record("question.words_shown", actor=actor, at=at, subject=reply, place=reply.question.place_id, trail=reply.question)
    return reply
