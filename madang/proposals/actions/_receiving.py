"""What the ways in share: the number, the row, its files, and becoming findable once it is public."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from django.db.models import F
from django.urls import reverse

from madang.comments.actions import open_thread
from madang.ground import files as stored_files
from madang.ground import search
from madang.ground.actor import SYSTEM
from madang.ground.audit import thing
from madang.ground.clock import KST, today
from madang.ground.models import Place, StoredFile
from madang.ground.town import town_of
from madang.ground.verdict import Refused, no
from madang.processes.models import Step
from madang.proposals.figures import due_on, similar_to
from madang.proposals.finding import findable
from madang.proposals.models import Likeness, NumberSeries, Proposal, ProposalFile
from madang.proposals.rules import may_say
from madang.residents.models import Resident


def publish(proposal: Proposal, *, at: datetime) -> None:
    """The search row, the files and the thread of a proposal that everybody may read now. Part of the verb that made it public."""
    url = reverse("proposals:detail", args=[proposal.pk])
    search.put(findable(proposal), at=proposal.submitted_at)
    stored_files.open_to_all(_handed_in(proposal), is_public=True)
    open_thread(subject=thing(proposal), place_id=proposal.place_id, title=proposal.title, url=url, actor=SYSTEM, at=at)
    found = similar_to(f"{proposal.title}\n{proposal.body}", town_id=proposal.town_id, but=proposal.pk)
    Likeness.objects.bulk_create(
        [Likeness(newer=proposal, older_id=match.key, score=match.score) for match in found], ignore_conflicts=True
    )


def unpublish(proposal: Proposal) -> None:
    """Out of the search, and its photos and papers closed: hidden or withdrawn. Part of the verb that hid it."""
    search.forget(kind="proposal", subject_id=proposal.pk)
    stored_files.open_to_all(_handed_in(proposal), is_public=False)


def _handed_in(proposal: Proposal) -> list[int]:
    """What its author put to it. The picture of a paper form is the officials' own and never public."""
    return list(proposal.files.exclude(kind=ProposalFile.Kind.ORIGINAL).values_list("file_id", flat=True))


def receive(
    *, step: Step, place: Place, title: str, body: str, category: str, form: str, public_name: str, cost_won: int | None,
    map_x: int | None, map_y: int | None, spot: str, files: Sequence[tuple[StoredFile, str]], author: Resident | None,
    channel: str, received_on: date, at: datetime, entered_by_id: int | None = None,
) -> Proposal:  # fmt: skip
    home = step.place
    if (home.level == Place.Level.DONG and place.pk != home.pk) or place.town_id != home.town_id:
        raise Refused(no("place_elsewhere", place=home.name))
    may_say(title, body, spot, public_name).or_raise()
    rules = town_of(home.town_id).settings(received_on, place.pk)
    if len(files) > rules.files_per_proposal:
        raise Refused(no("too_many_files", most=rules.files_per_proposal))
    proposal = Proposal(
        step=step, town_id=home.town_id, place=place, number=next_number(home.town_id, received_on.year), form=form, channel=channel,
        law_class=Proposal.LawClass.SOLICITED if step.setting("solicited") else Proposal.LawClass.PROPOSAL,
        category=category, title=title, body=body, cost_won=cost_won, map_x=map_x, map_y=map_y, spot=spot, author=author,
        public_name=public_name, entered_by_id=entered_by_id, received_on=received_on, submitted_at=at,
        threshold=step.setting("threshold") or rules.endorsement_threshold,
    )  # fmt: skip
    proposal.due_on = due_on(proposal, on=today(at), pauses=())
    proposal.save()
    ProposalFile.objects.bulk_create(_files(proposal, files))
    return proposal


def _files(proposal: Proposal, files: Sequence[tuple[StoredFile, str]]) -> Iterable[ProposalFile]:
    kind = ProposalFile.Kind
    for order, (stored, alt) in enumerate(files):
        yield ProposalFile(proposal=proposal, file=stored, kind=kind.PHOTO if stored.is_image else kind.ATTACHMENT, alt=alt, order=order)


def next_number(town_id: int, year: int) -> str:
    """`2021-제안-0147`: the next number of a town and year. The series stays locked, so a refusal leaves no gap."""
    NumberSeries.objects.bulk_create([NumberSeries(town_id=town_id, year=year)], ignore_conflicts=True)
    NumberSeries.objects.filter(town_id=town_id, year=year).update(last=F("last") + 1)
    last = NumberSeries.objects.values_list("last", flat=True).get(town_id=town_id, year=year)
    return f"{year}-제안-{last:04d}"


def not_too_many(proposal: Proposal, *, at: datetime) -> None:
    # Counted while the number series is locked, so two at once cannot both be the last one allowed.
    most = town_of(proposal.town_id).settings(today(at)).proposals_per_day
    begins = datetime.combine(today(at), time(), tzinfo=KST)
    if Proposal.objects.filter(author_id=proposal.author_id, submitted_at__gte=begins, channel="online").count() > most:
        raise Refused(no("too_many_proposals", most=most))
