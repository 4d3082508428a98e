"""Residents' face: what is asked now, one question to answer, its results, and what became of the answers."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.deliberation import actions, figures
from madang.deliberation.forms import ReplyForm
from madang.deliberation.models import Option, Question, Reply
from madang.deliberation.pages import (
    DetailPage,
    ListPage,
    QuestionCard,
    bars_of,
    finding_of,
    tone_of,
    trail_of,
    way_for,
)
from madang.deliberation.rules import may_reply
from madang.ground import dates
from madang.ground.actor import Actor
from madang.ground.door import Request, anyone, door, found, page
from madang.ground.verdict import Refused
from madang.processes.models import Step

A_PAGE = 20


def posted(request: Request) -> Any:
    """What a form is bound to. An empty POST is an answer too: it is told what is missing."""
    return request.POST if request.method == "POST" else None


def visible(request: Request, pk: int) -> Question:
    """The question the actor may know of, or 404."""
    rows = Question.objects.visible_to(request.actor)
    return found(rows.select_related("step__process__place", "step__process__department", "place"), pk=pk)


@door(anyone)
def listing(request: Request) -> HttpResponse:
    """What is asked now by what closes first, what comes, and what was asked with what became of it."""
    actor, at = request.actor, request.at
    rows = Question.objects.in_town(actor.town_id or 0).public().select_related("step__process", "place")
    rows = rows.annotate(people=Count("replies"))
    asked = list(rows.filter(state="published").order_by("step__closes_at", "pk"))
    past = Paginator(rows.filter(state__in=["closed", "answered"]).order_by("-step__closes_at", "-pk"), A_PAGE)
    shown = past.get_page(request.GET.get("page"))
    mine = _answered(actor, [q.pk for q in (*asked, *shown.object_list)])
    cards = [(q, _card(q, q.pk in mine, at)) for q in asked]
    coming = [c for q, c in cards if q.step.opens_at and at < q.step.opens_at]
    now = [c for q, c in cards if c not in coming]
    return page(request, "deliberation/list.html", ListPage(now, coming, shown, [_card(q, q.pk in mine, at) for q in shown.object_list]))


def _answered(actor: Actor, ids: list[int]) -> set[int]:
    if actor.resident_id is None:
        return set()
    return set(Reply.objects.filter(resident_id=actor.resident_id, question_id__in=ids).values_list("question_id", flat=True))


def _card(question: Any, has_replied: bool, at: datetime) -> QuestionCard:
    tone, state = tone_of(question, at)
    is_open = tone == "open"
    text = _("%(n)s명이 답했어요.") % {"n": f"{question.people:,}"}
    act = _("결과 보기")
    if is_open:
        act = _("내 답 고치기") if has_replied else _("답하기")
    elif question.state == Question.State.PUBLISHED:
        act = _("무엇을 묻는지 보기")
        if tone == "plain":
            text = _("%(when)s에 시작해요.") % {"when": dates.moment(question.step.opens_at, at=at)}
    elif question.state == Question.State.ANSWERED:
        act = _("어떻게 썼는지 보기")
    url = reverse("deliberation:detail", args=[question.pk])
    return QuestionCard(
        question, url, tone, state, text, act, question.step.closes_at if is_open else None, has_replied, is_open and not has_replied
    )


def _step(request: Request, pk: int) -> Step:
    return found(Step.objects.visible_to(request.actor).filter(kind="question").select_related("process__place"), pk=pk)


@door(anyone, load=_step)
def of_step(request: Request, step: Step) -> HttpResponse:
    """Where a step of a process leads: to its question, or back while there is nothing to see."""
    question = Question.objects.visible_to(request.actor).filter(step=step).first()
    if question is None:
        return redirect(f"{reverse('processes:detail', args=[step.process_id])}#step-{step.pk}")
    return redirect("deliberation:detail", pk=question.pk)


@door(anyone, load=visible)
def detail(request: Request, question: Question) -> HttpResponse:
    """Background, options and free words while it is asked; afterwards the counts, the words without names, and how they were used."""
    actor = request.actor
    options = list(question.options.all())
    mine = question.replies.filter(resident_id=actor.resident_id).first() if actor.resident_id else None
    form = ReplyForm(
        posted(request), options=[(o.pk, o.text) for o in options],
        initial={"option": mine.option_id, "words": mine.words} if mine else {},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and _replied(request, question, options, form):
        messages.success(request, _("답을 받았어요. 끝날 때까지 바꿀 수 있어요."))
        return redirect("deliberation:detail", pk=question.pk)
    content = _detail_page(request, question, options, form, mine is not None)
    return page(request, "deliberation/detail.html", content, status=422 if form.errors else 200)


def _replied(request: Request, question: Question, options: list[Option], form: ReplyForm) -> bool:
    """Whether the answer was taken; a refusal stands in the form, so that nothing typed is lost."""
    option = next(o for o in options if o.pk == form.cleaned_data["option"])
    try:
        actions.reply(
            question=question, option=option, words=form.cleaned_data["words"], actor=request.actor, at=request.at
        )  # fmt: skip
    except Refused as refused:
        form.add_error("words" if refused.verdict.code in ("personal_numbers", "reply_too_long") else None, str(refused))
        return False
    return True


def _detail_page(request: Request, question: Question, options: list[Option], form: ReplyForm, has_replied: bool) -> DetailPage:
    actor, at = request.actor, request.at
    url = reverse("deliberation:detail", args=[question.pk])
    verdict = may_reply(actor, question, at=at)
    results = figures.results(question)
    tone, state = tone_of(question, at)
    people = results.people if results else figures.replied(question.pk)
    ends = question.step.closes_at
    measured = _("%(n)s명이 답함") % {"n": f"{people:,}"} + (f", {dates.day(ends, at=at)}" if ends else "")
    return DetailPage(
        crumbs=[(reverse("site:home"), _("지금 우리 동네")), (reverse("deliberation:list"), _("묻습니다")), ("", question.wording)],
        question=question, tone=tone, state=state, options=[o.text for o in options],
        form=form if verdict or form.is_bound else None, way=way_for(verdict, url), has_replied=has_replied,
        is_open=tone == "open", people=people, results=results, bars=bars_of(results) if results else [],
        finding=finding_of(results) if results else "", measured=measured, words=_words(request, question),
        use_due_on=question.use_due_on, is_overdue=question.is_overdue(at), department=question.step.process.department,
        entries=trail_of(question),
    )  # fmt: skip


def _words(request: Request, question: Question) -> Page | None:
    if not question.is_over:
        return None
    return Paginator(figures.words_of(question), A_PAGE).get_page(request.GET.get("page"))
