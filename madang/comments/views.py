"""Residents' face of the talk. The thread itself is drawn inside the page of the thing it belongs to."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override

from madang.comments import actions
from madang.comments.forms import CommentForm, ReportForm
from madang.comments.models import Comment, Thread
from madang.comments.rules import may_comment, may_edit, may_report, may_withdraw
from madang.ground import deeds
from madang.ground.door import Request, anyone, door, found, page
from madang.ground.models import AuditEntry
from madang.ground.verdict import Refused


def _thread(request: Request, pk: int) -> Thread:
    town = request.town.pk
    return found(Thread.objects.filter(Q(place_id=town) | Q(place__parent_id=town)), pk=pk)


def _comment(request: Request, pk: int) -> Comment:
    town = request.town.pk
    rows = Comment.objects.filter(Q(place_id=town) | Q(place__parent_id=town)).select_related("thread")
    return found(rows, pk=pk)


@dataclass(frozen=True)
class WritePage:
    thread: Thread
    form: CommentForm
    parent: Comment | None


@door(may_comment, load=_thread)
def write(request: Request, thread: Thread) -> HttpResponse:
    """Writes a comment or a reply; on a mistake the words stand in the form again."""
    form = CommentForm(request.POST or None, initial={"parent": request.GET.get("parent")})
    parent = _parent(thread, request.POST.get("parent") or request.GET.get("parent"))
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.comment(thread=thread, body=form.cleaned_data["body"], parent=parent, actor=request.actor, at=request.at)
        except Refused as refused:
            form.add_error("body", str(refused))
        else:
            messages.success(request, _("이야기를 올렸어요."))
            return redirect(f"{thread.url}#c{row.pk}")
    return page(request, "comments/write.html", WritePage(thread, form, parent), status=422 if form.errors else 200)


def _parent(thread: Thread, pk: str | None) -> Comment | None:
    return thread.comments.filter(pk=int(pk), state="visible").first() if pk and pk.isdecimal() and len(pk) < 19 else None


@dataclass(frozen=True)
class CommentPage:
    comment: Comment
    form: CommentForm | ReportForm | None


@door(may_edit, load=_comment)
def edit(request: Request, comment: Comment) -> HttpResponse:
    """The author mends their words."""
    form = CommentForm(request.POST or None, initial={"body": comment.body})
    if request.method == "POST" and form.is_valid():
        actions.edit(comment=comment, body=form.cleaned_data["body"], actor=request.actor, at=request.at)
        return redirect(f"{comment.thread.url}#c{comment.pk}")
    return page(request, "comments/edit.html", CommentPage(comment, form), status=422 if form.errors else 200)


@door(may_withdraw, load=_comment)
def withdraw(request: Request, comment: Comment) -> HttpResponse:
    """Asks once, then takes the words back."""
    if request.method == "POST":
        actions.withdraw(comment=comment, actor=request.actor, at=request.at)
        messages.success(request, _("이야기를 지웠어요."))
        return redirect(comment.thread.url)
    return page(request, "comments/withdraw.html", CommentPage(comment, None))


@door(may_report, load=_comment)
def report(request: Request, comment: Comment) -> HttpResponse:
    """Tells a moderator."""
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with override(settings.LANGUAGE_CODE):  # what is kept is Korean, whatever the reader reads
            chosen = str(dict(ReportForm.REASONS)[form.cleaned_data["why"]])
        words = form.cleaned_data["words"]
        actions.report(comment=comment, reason=f"{chosen} {words}".strip(), actor=request.actor, at=request.at)
        messages.success(request, _("알려 줘서 고마워요. 돌봄이가 살펴볼게요."))
        return redirect(comment.thread.url)
    return page(request, "comments/report.html", CommentPage(comment, form), status=422 if form.errors else 200)


LOOKED_AFTER = ("comment.hidden", "comment.restored", "comment.report_dismissed")


@dataclass(frozen=True)
class LogPage:
    found: Page


@door(anyone)
def public_log(request: Request) -> HttpResponse:
    """What moderators did and why, for everybody to see, whatever was hidden. No words of what is hidden, no names."""
    rows = AuditEntry.objects.in_town(request.town.pk).filter(verb__in=[*LOOKED_AFTER, *deeds.moderating()], is_public=True)
    return page(request, "comments/log.html", LogPage(Paginator(rows.order_by("-pk"), 20).get_page(request.GET.get("page"))))
