"""Moderators' face: what was reported, what was hidden, one decision at a time with its reason."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from madang.comments import actions
from madang.comments.forms import DecisionForm
from madang.comments.models import Comment, CommentReport
from madang.comments.rules import may_moderate
from madang.comments.views import _comment
from madang.ground.door import Request, door, page
from madang.ground.exports import export
from madang.ground.models import AuditEntry


@dataclass(frozen=True)
class QueuePage:
    found: Page
    which: str
    waiting: int
    hidden: int


@door(may_moderate)
def queue(request: Request) -> HttpResponse:
    """Reported first; hidden and all on demand."""
    town = request.town.pk
    here = Q(place_id=town) | Q(place__parent_id=town)
    rows = Comment.objects.filter(here).select_related("thread")
    which = request.GET.get("which", "reported")
    chosen = {
        "reported": rows.filter(open_reports__gt=0).order_by("-open_reports", "pk"),
        "hidden": rows.filter(state="hidden").order_by("-pk"),
        "all": rows.order_by("-pk"),
    }.get(which, rows.filter(open_reports__gt=0))
    if request.GET.get("format") in ("csv", "xlsx"):
        return export(
            _("이야기"),
            [_("번호"), _("어디"), _("쓴 때"), _("상태"), _("신고"), _("가린 까닭")],
            ((c.pk, c.thread.title, c.at, c.get_state_display(), c.open_reports, c.hidden_reason) for c in chosen),
            as_xlsx=request.GET["format"] == "xlsx",
            at=request.at,
        )
    return page(
        request,
        "comments/desk_list.html",
        QueuePage(
            Paginator(chosen, 30).get_page(request.GET.get("page")),
            which,
            CommentReport.objects.filter(here, state="open").values("comment").distinct().count(),
            rows.filter(state="hidden").count(),
        ),
    )


@dataclass(frozen=True)
class DecidePage:
    comment: Comment
    reports: list[CommentReport]
    trail: list[AuditEntry]
    form: DecisionForm


@door(may_moderate, load=_comment)
def decide(request: Request, comment: Comment) -> HttpResponse:
    """One comment: what was said, who found what wrong, what to do and why."""
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        deed = {"hide": actions.hide, "restore": actions.restore, "dismiss": actions.dismiss_report}[form.cleaned_data["deed"]]
        deed(comment=comment, why=form.cleaned_data["why"], actor=request.actor, at=request.at)
        messages.success(request, _("처리했습니다."))
        return redirect("comments:desk_list")
    trail = list(AuditEntry.objects.filter(subject=f"comment/{comment.pk}"))
    reports = list(comment.reports.order_by("-pk"))
    return page(request, "comments/desk_detail.html", DecidePage(comment, reports, trail, form), status=422 if form.errors else 200)
