"""Officials' face of voting on paper: the roll at the counter, and the box when it is opened. Two desks, so that nobody sees both."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from madang.ballots import actions, figures
from madang.ballots.desk import _crumbs
from madang.ballots.desk_pages import BoxLine, BoxPage, MarkPage, RollPage, VoterLine
from madang.ballots.electorate import Fact, age_words
from madang.ballots.forms import LookUpForm, MarkForm, PaperForm
from madang.ballots.models import OFFLINE, Ballot, Channel, TurnoutMark
from madang.ballots.rules import may_enter_papers, may_mark, may_work_the_box
from madang.ballots.views import visible
from madang.ground import limits
from madang.ground.door import Request, door, found, page
from madang.ground.verdict import Refused, Verdict
from madang.residents.actions import look_up
from madang.residents.models import Resident

LOOK_UPS_PER_HOUR = 240  # a hall of five hundred with two desks


@door(may_work_the_box, load=visible)
def roll(request: Request, ballot: Ballot) -> HttpResponse:
    """Looks somebody up. By POST: names stand in no address and no log."""
    actor, at = request.actor, request.at
    form = LookUpForm(request.POST or None)
    lines = None
    if request.method == "POST" and form.is_valid():
        often = limits.hit(f"roll:{actor.account_id}", limit=LOOK_UPS_PER_HOUR, seconds=3600, at=at)
        if often:
            people = look_up(town=request.town.place, query=form.cleaned_data["q"], actor=actor, at=at)
            lines = [
                VoterLine(r, may_mark(actor, ballot, r, channel=Channel.HALL, at=at), reverse("ballots:desk_mark", args=[ballot.pk, r.pk]))
                for r in people
            ]
        else:
            form.add_error("q", often.sentence)
    facts = [Fact(_("사는 곳"), ballot.place.name_shown), Fact(_("나이"), age_words(ballot, at))]
    content = RollPage(_crumbs(ballot, _("명부 대조")), ballot, form, lines, facts, reverse("residents:desk_person_new"))
    return page(request, "ballots/desk_roll.html", content, status=422 if form.errors else 200)


def _voter(request: Request, pk: int, person: int) -> tuple[Ballot, Resident]:
    people = Resident.objects.visible_to(request.actor).select_related("home", "place")
    return visible(request, pk), found(people, pk=person)


def _may_work(actor: Any, pair: tuple[Ballot, Resident], *, at: Any) -> Verdict:
    return may_work_the_box(actor, pair[0], at=at)


@door(_may_work, load=_voter)
def mark(request: Request, pair: tuple[Ballot, Resident]) -> HttpResponse:
    """Checks a person and hands out a paper."""
    ballot, resident = pair
    actor, at = request.actor, request.at
    form = MarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.mark_voter(ballot=ballot, resident=resident, channel=form.cleaned_data["channel"], actor=actor, at=at)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("명부에 표시했습니다. 투표용지 한 장을 드리십시오."))
            return redirect("ballots:desk_roll", pk=ballot.pk)
    facts = [
        Fact(_("공개 이름"), resident.public_name), Fact(_("사는 동"), resident.home.name_shown if resident.home else _("적지 않음")),
        Fact(_("태어난 해"), resident.birth_year or _("적지 않음")), Fact(_("투표할 수 있는 나이"), age_words(ballot, at)),
    ]  # fmt: skip
    content = MarkPage(
        _crumbs(ballot, _("명부 대조")), ballot, resident, form, may_mark(actor, ballot, resident, channel=Channel.HALL, at=at), facts,
        reverse("ballots:desk_roll", args=[ballot.pk]),
    )  # fmt: skip
    return page(request, "ballots/desk_mark.html", content, status=422 if form.errors else 200)


@door(may_work_the_box, load=visible)
def papers(request: Request, ballot: Ballot) -> HttpResponse:
    """Enters the papers of an opened box one by one, without names. What was typed stays when it is refused."""
    actor, at = request.actor, request.at
    asked = request.GET.get("channel", "")
    form = PaperForm(request.POST or None, initial={"channel": asked if asked in OFFLINE else Channel.HALL})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.enter_paper(ballot=ballot, picks=data["numbers"], channel=data["channel"], actor=actor, at=at)
        except Refused as refused:
            form.add_error("numbers", str(refused))
        else:
            messages.success(request, _("한 장 넣었습니다: %(n)s") % {"n": ", ".join(map(str, sorted(data["numbers"])))})
            return redirect(f"{reverse('ballots:desk_box', args=[ballot.pk])}?channel={data['channel']}")
    content = BoxPage(
        _crumbs(ballot, _("투표함 표 넣기")),
        ballot,
        form,
        _balance(ballot),
        list(ballot.items.all()),
        may_enter_papers(actor, ballot, at=at),
    )
    return page(request, "ballots/desk_box.html", content, status=422 if form.errors else 200)


def _balance(ballot: Ballot) -> list[BoxLine]:
    left = figures.open_papers(ballot)
    found = []
    for channel in OFFLINE:
        marked = TurnoutMark.objects.filter(ballot=ballot, channel=channel).count()
        rest = left.get(channel, 0)
        found.append(BoxLine(channel.label, marked, marked - rest, rest))
    return found
