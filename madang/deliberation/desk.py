"""Officials' face of questions: writing one, looking whether it leans, asking, watching, telling what became of the answers."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.deliberation import actions, figures, rules
from madang.deliberation.forms import HideForm, NeutralForm, QuestionForm, UseForm, first_values
from madang.deliberation.models import Question, Reply
from madang.deliberation.pages import DeskLine, DeskListPage, DeskPage, FormPage, WordsPage, tone_of
from madang.deliberation.readiness import checks
from madang.deliberation.views import A_PAGE, _step, posted, visible
from madang.ground import dates
from madang.ground.actor import Actor
from madang.ground.door import Request, door, found, page
from madang.ground.exports import export
from madang.ground.models import AuditEntry
from madang.ground.verdict import Refused, Verdict
from madang.processes.models import Step
from madang.processes.rules import may_run

QUIET = ["question.replied", "question.reply_changed"]  # who answered stands in the audit, not on the desk
FEW_DAYS = 14  # of a long question only the last two weeks are drawn


def _crumbs(question: Question | None = None, *more: str) -> list[tuple[str, str]]:
    way = [(reverse("deliberation:desk_list"), _("의견 묻기"))]
    if question:
        way.append((reverse("deliberation:desk_detail", args=[question.pk]), question.wording))
    return [*way, *(("", words) for words in more)]


@door(rules.may_watch)
def listing(request: Request) -> HttpResponse:
    """All questions of the town by state, what is overdue, and the steps that still want one."""
    actor, at = request.actor, request.at
    rows = Question.objects.visible_to(actor).select_related("step__process", "place").order_by("-step__closes_at", "-pk")
    which, states = request.GET.get("state", ""), dict(Question.State.choices)
    late = rows.overdue(at)
    chosen = late if which == "overdue" else rows.filter(state=which) if which in states else rows
    chosen = chosen.annotate(people=Count("replies"))
    if request.GET.get("format") in ("csv", "xlsx"):
        return export(_("의견 묻기"), _columns(), _rows(chosen, at), as_xlsx=request.GET["format"] == "xlsx", at=at)
    counts = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    cells: list[dict[str, Any]] = [
        {"figure": sum(counts.values()), "label": _("모두"), "url": "?", "is_current": which not in (*states, "overdue")}
    ]
    cells += [{"figure": counts.get(s, 0), "label": label, "url": f"?state={s}", "is_current": which == s} for s, label in states.items()]
    overdue = late.count()
    cells.append(
        {"figure": overdue, "label": _("쓰임 알릴 때 지남"), "url": "?state=overdue", "is_current": which == "overdue",
         "tone": "bad" if overdue else ""}
    )  # fmt: skip
    shown = Paginator(chosen, A_PAGE).get_page(request.GET.get("page"))
    content = DeskListPage(
        [("", _("의견 묻기"))], cells, shown, [_line(q, at) for q in shown.object_list], _waiting(actor, at)
    )  # fmt: skip
    return page(request, "deliberation/desk_list.html", content)


def _waiting(actor: Actor, at: datetime) -> list[Step]:
    """Steps of running or planned processes without a question, those this officer runs."""
    steps = Step.objects.visible_to(actor).filter(kind="question", closed_at=None, process__state__in=["draft", "open"])
    steps = steps.exclude(pk__in=Question.objects.values("step_id")).select_related("process__place").order_by("opens_at", "pk")
    return [s for s in steps[:A_PAGE] if may_run(actor, s.place_id, at=at)]


def _line(question: Any, at: datetime) -> DeskLine:
    late = question.is_overdue(at)
    to_do = {"drafted": _("살펴보고 묻기"), "published": _("지켜보기"), "closed": _("쓰임 알리기"), "answered": _("결과 보기")}[
        question.state
    ]
    return DeskLine(question, tone_of(question, at)[0], question.people, to_do, late)


def _columns() -> list[str]:
    return [_("번호"), _("곳"), _("물음"), _("상태"), _("시작"), _("끝"), _("답한 사람"), _("쓰임을 알릴 날"), _("쓰임을 알린 때")]


def _rows(questions: Any, at: datetime) -> Iterator[list[Any]]:
    for q in questions:
        step = q.step
        yield [q.pk, q.place.name, q.wording, q.get_state_display(), step.opens_at, step.closes_at, q.people, q.use_due_on, q.used_at]


@door(rules.may_watch, load=_step)
def of_step(request: Request, step: Step) -> HttpResponse:
    """The step's question on the desk, or the form that makes it."""
    question = Question.objects.visible_to(request.actor).filter(step=step).first()
    return redirect("deliberation:desk_detail", pk=question.pk) if question else redirect("deliberation:desk_new", pk=step.pk)


def _or_error(form: forms.Form, deed: Callable[[], Any]) -> Any:
    """The deed's answer, or None with the refusal's sentence in the form, so that nothing typed is lost."""
    try:
        return deed()
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


def _form_page(request: Request, content: FormPage) -> HttpResponse:
    return page(request, "deliberation/desk_form.html", content, status=422 if content.form.errors else 200)


@door(rules.may_draft, load=_step)
def new(request: Request, step: Step) -> HttpResponse:
    """Writes the question of a step."""
    form = QuestionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        made = _or_error(form, lambda: actions.draft_question(step=step, actor=request.actor, at=request.at, **form.cleaned_data))
        if made:
            messages.success(request, _("물음을 적었습니다. 살펴본 다음 알리면 단계가 열릴 때 답을 받습니다."))
            return redirect("deliberation:desk_detail", pk=made.pk)
    back = reverse("deliberation:desk_list")
    return _form_page(request, FormPage(_crumbs(None, _("물음 쓰기")), _("물음 쓰기"), step.process.title, form, _("초안 두기"), back))


@door(rules.may_change, load=visible)
def edit(request: Request, question: Question) -> HttpResponse:
    """Mends a draft."""
    form = QuestionForm(posted(request), initial=first_values(question))
    if request.method == "POST" and form.is_valid():
        deed = lambda: actions.change_question(question=question, actor=request.actor, at=request.at, **form.cleaned_data)  # noqa: E731
        if _or_error(form, deed):
            messages.success(request, _("물음을 고쳤습니다."))
            return redirect("deliberation:desk_detail", pk=question.pk)
    lede, back = _("알린 뒤에는 바꿀 수 없습니다."), reverse("deliberation:desk_detail", args=[question.pk])
    return _form_page(request, FormPage(_crumbs(question, _("고치기")), _("물음 고치기"), lede, form, _("이대로 고치기"), back))


@door(rules.may_change, load=visible)
def publish(request: Request, question: Question) -> HttpResponse:
    """The check list of neutral wording, with the question as residents will read it; then it is asked."""
    form = NeutralForm(posted(request))
    if request.method == "POST" and form.is_valid():
        deed = lambda: actions.publish(question=question, wording_checked=True, actor=request.actor, at=request.at)  # noqa: E731
        if _or_error(form, deed):
            messages.success(request, _("물음을 알렸습니다. 단계가 열려 있는 동안 답을 받습니다."))
            return redirect("deliberation:desk_detail", pk=question.pk)
    content = FormPage(
        _crumbs(question, _("살펴보고 묻기")), _("기울지 않았는지 살펴 주십시오"),
        _("하나씩 살펴 표시합니다. 누가 언제 살폈는지 기록에 남고, 알린 물음과 보기는 바뀌지 않습니다."), form, _("묻기"),
        reverse("deliberation:desk_detail", args=[question.pk]), question, [o.text for o in question.options.all()],
    )  # fmt: skip
    return _form_page(request, content)


@door(rules.may_watch, load=visible)
def detail(request: Request, question: Question) -> HttpResponse:
    """One question on the desk: what is missing, how many answered, and once it is over the results and the use."""
    kind = request.GET.get("format")
    if kind in ("csv", "xlsx"):
        return _export(request, question, as_xlsx=kind == "xlsx")
    actor, at = request.actor, request.at
    is_draft = question.state == Question.State.DRAFTED
    todo = checks(question, at=at) if is_draft else []
    results = figures.results(question)
    by_day = figures.days(question.pk)[-FEW_DAYS:]
    changes = AuditEntry.objects.filter(trail=f"question/{question.pk}").exclude(verb__in=QUIET).order_by("-pk")[:30]
    content = DeskPage(
        crumbs=_crumbs(question), question=question, tone=tone_of(question, at)[0], options=[o.text for o in question.options.all()],
        checks=todo, lacking=sum(c.state == "missing" for c in todo), is_draft=is_draft, is_late=question.is_overdue(at),
        may_run=may_run(actor, question.place_id, at=at), may_close=rules.may_close(actor, question, at=at),
        may_tell=rules.may_tell_use(actor, question, at=at), people=results.people if results else figures.replied(question.pk),
        days=by_day, day_most=max((d.people for d in by_day), default=0), results=results,
        words_count=figures.words_of(question).count(), use_due_on=question.use_due_on, changes=list(changes),
    )  # fmt: skip
    return page(request, "deliberation/desk_detail.html", content)


def _export(request: Request, question: Question, *, as_xlsx: bool) -> HttpResponse:
    """Counts by option, or with `what=words` every answer as option and words: no name, no place, no time."""
    at = request.at
    rules.may_see_replies(request.actor, question, at=at).or_raise()
    if request.GET.get("what") == "words":
        rows = question.replies.select_related("option").order_by("option__order", "option_id", "words", "pk")
        lines = [[r.option.text, _("가림: %(why)s") % {"why": r.hidden_why} if r.hidden_why else r.words] for r in rows]
        return export(f"{question.wording}_{_('답')}", [_("고른 보기"), _("덧붙인 말")], lines, as_xlsx=as_xlsx, at=at)
    results = figures.results(question)
    counts = [[o.text, o.people, o.percent] for o in results.options] if results else []
    return export(f"{question.wording}_{_('결과')}", [_("보기"), _("사람"), _("비율")], counts, as_xlsx=as_xlsx, at=at)


@door(rules.may_close, load=visible)
def close(request: Request, question: Question) -> HttpResponse:
    """Closes by hand what the sweep has not closed yet."""
    form = forms.Form(posted(request))
    if request.method == "POST" and _or_error(form, lambda: actions.close(question=question, actor=request.actor, at=request.at)):
        messages.success(request, _("답 받기를 마쳤습니다. 결과가 모두에게 열렸습니다."))
        return redirect("deliberation:desk_detail", pk=question.pk)
    lede, back = _("끝난 때가 지났습니다. 마감하면 결과가 모두에게 열립니다."), reverse("deliberation:desk_detail", args=[question.pk])
    return _form_page(request, FormPage(_crumbs(question, _("마감")), _("답 받기를 마칠까요?"), lede, form, _("마감하기"), back))


@door(rules.may_tell_use, load=visible)
def use(request: Request, question: Question) -> HttpResponse:
    """Says how the answers were used; those who answered are told."""
    form = UseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        deed = lambda: actions.tell_use(question=question, body=form.cleaned_data["body"], actor=request.actor, at=request.at)  # noqa: E731
        if _or_error(form, deed):
            messages.success(request, _("어떻게 썼는지 알렸습니다. 답한 사람에게 알림이 갑니다."))
            return redirect("deliberation:desk_detail", pk=question.pk)
    due, at = question.use_due_on, request.at
    lede = _("%(due)s까지 알리기로 했습니다.") % {"due": dates.day(due, at=at)} if due else ""
    back = reverse("deliberation:desk_detail", args=[question.pk])
    return _form_page(request, FormPage(_crumbs(question, _("쓰임")), _("어떻게 썼는지 알리기"), lede, form, _("알리기"), back))


def _may_read_words(actor: Actor, question: Question, *, at: datetime) -> Verdict:
    """Reads the words on the desk: any official, once they are open."""
    verdict = rules.may_watch(actor, at=at)
    return rules.may_see_replies(actor, question, at=at) if verdict else verdict


@door(_may_read_words, load=visible)
def words(request: Request, question: Question) -> HttpResponse:
    """What people added, to read and where needed to hide."""
    actor, at = request.actor, request.at
    shown = Paginator(figures.words_of(question), A_PAGE).get_page(request.GET.get("page"))
    content = WordsPage(_crumbs(question, _("덧붙인 말")), question, shown, rules.may_hide_words(actor, question, at=at))
    return page(request, "deliberation/desk_words.html", content)


def _reply(request: Request, pk: int) -> Reply:
    questions = Question.objects.visible_to(request.actor)
    rows = Reply.objects.filter(question__in=questions).exclude(words="")
    return found(rows.select_related("question__step__process__place", "question__place", "option"), pk=pk)


def _may_hide(actor: Actor, reply: Reply, *, at: datetime) -> Verdict:
    """Hides or shows one reply's words."""
    return rules.may_hide_words(actor, reply.question, at=at)


@door(_may_hide, load=_reply)
def hide(request: Request, reply: Reply) -> HttpResponse:
    """Hides somebody's words with a reason, or shows them again."""
    actor, at = request.actor, request.at
    form = (forms.Form if reply.hidden_why else HideForm)(posted(request))
    if request.method == "POST" and (reply.hidden_why or form.is_valid()):
        deed = (
            (lambda: actions.show_words(reply=reply, actor=actor, at=at))
            if reply.hidden_why
            else (lambda: actions.hide_words(reply=reply, why=form.cleaned_data["why"], actor=actor, at=at))
        )
        if _or_error(form, deed):
            messages.success(request, _("고쳤습니다. 기록에 남았습니다."))
            return redirect("deliberation:desk_words", pk=reply.question_id)
    title, act = (_("다시 보이게 할까요?"), _("다시 보이기")) if reply.hidden_why else (_("이 말을 가릴까요?"), _("가리기"))
    lede = _("가려도 고른 답은 그대로 셉니다.")
    back = reverse("deliberation:desk_words", args=[reply.question_id])
    return _form_page(request, FormPage(_crumbs(reply.question, title), title, lede, form, act, back, reply=reply))
