"""The thing that travels: a Proposal, from a line on a post-it to an official answer."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from madang.ground.actor import Actor
from madang.ground.models import Account, Place, StoredFile
from madang.processes.models import Step
from madang.residents.models import Department, Resident

NEIGHBOUR = "이웃"  # the public name of somebody who left none (a post-it) or is erased; stored, so not translated


# The stages of the funnel: who has come as far.
REACHED = {
    "received": Q(),
    "reviewed": ~Q(state__in=["screening", "supplement", "open"]) & ~Q(state="withdrawn"),
    "shortlisted": Q(shortlisted_at__isnull=False),
    "adopted": Q(state__in=["adopted", "implementing", "implemented"]),
    "rejected": Q(state="rejected"),
    "done": Q(state="implemented"),
}


class ProposalQuerySet(models.QuerySet):
    def in_town(self, town_id: int) -> Self:
        return self.filter(town_id=town_id)

    def in_place(self, place_id: int) -> Self:
        return self.filter(place_id=place_id)

    def public(self) -> Self:
        """What everybody may read. Hidden and withdrawn ones keep their row, not their page."""
        return self.filter(is_public=True)

    def visible_to(self, actor: Actor) -> Self:
        rows = self.in_town(actor.town_id or 0)
        if actor.desk_open:
            return rows
        mine = Q(author_id=actor.resident_id) if actor.resident_id else Q(pk__in=[])
        return rows.filter(Q(is_public=True) | mine)

    def answerable(self) -> Self:
        """Those whose legal clock runs: received and not yet decided, whatever their endorsements."""
        return self.filter(state__in=Proposal.WAITING)

    def stage(self, name: str) -> Self:
        """Those that came as far as a stage of the funnel, see REACHED. Others: none."""
        return self.filter(REACHED[name]) if name in REACHED else self.none()

    def of_year(self, year: int) -> Self:
        return self.filter(received_on__year=year)

    def overdue(self, on: date) -> Self:
        return self.answerable().filter(due_on__lt=on)


class Proposal(models.Model):
    """A resident's proposal or one-line idea, with its review and answer."""

    class State(models.TextChoices):
        SCREENING = "screening", _("살펴보는 중")
        SUPPLEMENT = "supplement", _("보완 요청")
        OPEN = "open", _("공감 모으는 중")
        REVIEW = "review", _("부서 검토")
        SHORTLISTED = "shortlisted", _("총회 의제 후보")
        ADOPTED = "adopted", _("하기로 했어요")
        REJECTED = "rejected", _("하지 않아요")
        RECONSIDERATION = "reconsideration", _("다시 검토")
        MERGED = "merged", _("합쳤어요")
        TRANSFERRED = "transferred", _("다른 기관으로 보냄")
        WITHDRAWN = "withdrawn", _("거둬들임")
        IMPLEMENTING = "implementing", _("하는 중")
        IMPLEMENTED = "implemented", _("마쳤어요")

    MOVES = {
        "screening": {"open", "review", "supplement", "merged", "transferred", "withdrawn", "rejected"},
        "supplement": {"screening", "open", "review", "withdrawn", "rejected", "transferred", "merged"},
        "open": {"review", "supplement", "shortlisted", "merged", "transferred", "withdrawn", "adopted", "rejected"},
        "review": {"adopted", "rejected", "shortlisted", "supplement", "merged", "transferred", "withdrawn"},
        "shortlisted": {"review", "adopted", "rejected", "implementing", "merged"},
        "adopted": {"shortlisted", "implementing", "implemented"},
        "rejected": {"reconsideration"},
        "reconsideration": {"adopted", "rejected"},
        "merged": set(),
        "transferred": set(),
        "withdrawn": set(),
        "implementing": {"implemented"},
        "implemented": set(),
    }
    WAITING = ("screening", "supplement", "open", "review", "reconsideration")  # the town owes an answer
    ENDORSABLE = ("open", "review", "supplement")
    WITHDRAWABLE = ("screening", "supplement", "open", "review")

    class Form(models.TextChoices):
        PROPOSAL = "proposal", _("제안")
        IDEA = "idea", _("한 줄 제안")

    class Channel(models.TextChoices):
        ONLINE = "online", _("온라인")
        PAPER = "paper", _("종이")
        PHONE = "phone", _("전화")
        VISIT = "visit", _("방문")
        POSTIT = "postit", _("포스트잇")

    class LawClass(models.TextChoices):
        PROPOSAL = "proposal", _("구민제안 (1개월)")
        SOLICITED = "solicited", _("공모제안 (공모 끝난 뒤 1개월)")
        SUGGESTION = "suggestion", _("건의 (14일)")
        COMPLAINT = "complaint", _("기타 민원 (7일)")

    step = models.ForeignKey(Step, models.PROTECT, related_name="+")
    town = models.ForeignKey(Place, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")  # the dong it is about, or the district
    number = models.CharField(_("접수번호"), max_length=24)
    form = models.CharField(max_length=10, choices=Form, default=Form.PROPOSAL)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.ONLINE)
    law_class = models.CharField(max_length=12, choices=LawClass, default=LawClass.PROPOSAL)
    category = models.CharField(_("분야"), max_length=30, blank=True, default="")
    title = models.CharField(_("제목"), max_length=120)
    body = models.TextField(_("내용"), max_length=5000, blank=True, default="")
    cost_won = models.BigIntegerField(_("어림한 돈"), null=True)
    map_x = models.PositiveSmallIntegerField(null=True)  # 0–1000 on the map of the dong
    map_y = models.PositiveSmallIntegerField(null=True)
    spot = models.CharField(_("자리"), max_length=80, blank=True, default="")
    author = models.ForeignKey(Resident, models.SET_NULL, null=True, related_name="+")
    public_name = models.CharField(_("공개 이름"), max_length=20)
    entered_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")  # the clerk, for paper and phone
    received_on = models.DateField(_("접수일"))  # the day on the paper; the legal clock starts here
    submitted_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=State, default=State.SCREENING)
    is_public = models.BooleanField(default=False)
    endorsements = models.PositiveIntegerField(default=0)  # kept by endorse and withdraw_endorsement
    threshold = models.PositiveIntegerField(default=20)  # the rule in force when it was received
    threshold_met_at = models.DateTimeField(null=True)
    endorse_until = models.DateTimeField(null=True)
    department = models.ForeignKey(Department, models.SET_NULL, null=True, related_name="+")
    officer = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    due_on = models.DateField(null=True)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="family", db_index=False)  # see proposals_merged
    sent_to = models.CharField(_("보낸 기관"), max_length=80, blank=True, default="")
    shortlisted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    hidden_reason = models.CharField(_("가린 까닭"), max_length=200, blank=True, default="")
    implement_on = models.DateField(_("하기로 한 때"), null=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "number"], name="one_proposal_per_number"),
            models.CheckConstraint(condition=~Q(state="adopted") | Q(implement_on__isnull=False), name="adoption_names_a_date"),
        ]
        indexes = [
            # Conditions instead of a first column: Django asks for a bare "is_public", which SQLite matches only with a partial
            # index; the column stands at the end all the same, so that counting need not read the rows.
            models.Index(fields=["town", "-id", "is_public"], condition=Q(is_public=True), name="proposals_newest"),
            models.Index(fields=["town", "-endorsements", "-id"], condition=Q(is_public=True), name="proposals_most_endorsed"),
            models.Index(
                fields=["town", "endorse_until", "-id", "state", "is_public", "place"],
                condition=Q(is_public=True),
                name="proposals_closing",
            ),
            models.Index(fields=["place", "-id", "town", "is_public"], condition=Q(is_public=True), name="proposals_of_place"),
            # Hardly any is merged: an index with all the empty ones in it looks useless to SQLite's planner, which then reads every row.
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="proposals_merged"),
            models.Index(fields=["town", "state", "due_on"], name="proposals_due"),
            # The figures of a year read this alone, never the rows.
            models.Index(
                fields=["town", "received_on", "state", "is_public", "shortlisted_at", "decided_at", "due_on"], name="proposals_of_year"
            ),
            models.Index(fields=["step", "state"], name="proposals_of_step"),
            models.Index(fields=["author"], name="proposals_of_author"),
        ]

    def __str__(self) -> str:
        return self.title


class NumberSeries(models.Model):
    """The last receipt number given in a town and year. Its row is locked while a number is taken, so none is given twice or skipped."""

    town = models.ForeignKey(Place, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["town", "year"], name="one_number_series_per_year")]

    def __str__(self) -> str:
        return f"{self.year} {self.last}"


class ProposalFile(models.Model):
    """A photo or attachment of a proposal, or the picture of the paper it came on."""

    class Kind(models.TextChoices):
        PHOTO = "photo", _("사진")
        ATTACHMENT = "attachment", _("첨부")
        ORIGINAL = "original", _("원본 종이")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PHOTO)
    alt = models.CharField(_("사진 설명"), max_length=160, blank=True, default="")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.alt


class Likeness(models.Model):
    """Two proposals that say much the same, found when the newer one became public. A hint for readers, never a judgement."""

    newer = models.ForeignKey(Proposal, models.CASCADE, related_name="+")
    older = models.ForeignKey(Proposal, models.CASCADE, related_name="+")
    score = models.FloatField()  # 0 to 1, see methods.similarity

    class Meta:
        constraints = [models.UniqueConstraint(fields=["newer", "older"], name="one_likeness_per_pair")]

    def __str__(self) -> str:
        return f"{self.newer_id} {self.older_id} {self.score}"


class DraftQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(submitted__isnull=True)

    def visible_to(self, actor: Actor, browser: str) -> Self:
        """A person's own drafts, and those of the browser that nobody has signed in for yet."""
        mine = Q(account_id=actor.account_id) if actor.account_id else Q(pk__in=[])
        here = Q(account__isnull=True, browser=browser) if browser else Q(pk__in=[])
        return self.filter(mine | here, place_id=actor.town_id or 0)


class Draft(models.Model):
    """A proposal being written, saved as it is typed. Belongs to an account, or to a browser (by its cookie) until its person signs in."""

    token = models.CharField(max_length=32, unique=True)
    browser = models.CharField(max_length=32, blank=True, default="")
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")  # town
    step = models.ForeignKey(Step, models.CASCADE, null=True, related_name="+")
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    submitted = models.OneToOneField(Proposal, models.SET_NULL, null=True, related_name="+")  # a second submit finds the first

    objects = DraftQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["browser"], name="drafts_of_browser"), models.Index(fields=["saved_at"], name="drafts_by_age")]

    def __str__(self) -> str:
        return self.token


class DraftFile(models.Model):
    """A file handed in with a draft; becomes a ProposalFile when the proposal is submitted."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    alt = models.CharField(max_length=160, blank=True, default="")

    def __str__(self) -> str:
        return self.alt


class Endorsement(models.Model):
    """One person, one endorsement; withdrawn by deleting the row while it is open."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="+")
    resident = models.ForeignKey(Resident, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "resident"], name="one_endorsement_per_person")]
        indexes = [models.Index(fields=["resident", "-id"], name="endorsements_of_resident")]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.resident_id}"


class ProposalReport(models.Model):
    """Somebody found a proposal against the rules of the yard; a moderator looks."""

    class State(models.TextChoices):
        OPEN = "open", _("살펴볼 것")
        UPHELD = "upheld", _("가렸음")
        DISMISSED = "dismissed", _("그대로 둠")

    MOVES = {"open": {"upheld", "dismissed"}, "upheld": set(), "dismissed": set()}

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("까닭"), max_length=200)
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "reporter"], condition=Q(state="open"), name="one_open_proposal_report_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}"


class ClockPause(models.Model):
    """Days in which the legal clock stands: a supplement was asked for, or an expert is heard."""

    class Reason(models.TextChoices):
        SUPPLEMENT = "supplement", _("보완 요청")
        EXPERT = "expert", _("전문가 의견")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="pauses")
    reason = models.CharField(max_length=12, choices=Reason)
    request = models.TextField(max_length=1000)  # what was asked
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal"], condition=Q(to_on__isnull=True), name="one_open_pause"),
        ]

    def __str__(self) -> str:
        return self.reason


class Review(models.Model):
    """A department's opinion on a proposal. The latest one counts; earlier ones stay."""

    class Finding(models.TextChoices):
        FEASIBLE = "feasible", _("할 수 있음")
        WITH_CHANGES = "with_changes", _("고치면 할 수 있음")
        NOT_FEASIBLE = "not_feasible", _("할 수 없음")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="reviews")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    finding = models.CharField(max_length=14, choices=Finding)
    is_public_task = models.BooleanField()  # 금천구가 할 수 있는 일인가
    is_budgeted_already = models.BooleanField()
    basis = models.TextField(_("근거"), max_length=2000)
    cost_won = models.BigIntegerField(null=True)
    opinion = models.TextField(_("검토 의견"), max_length=3000)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.finding


class Answer(models.Model):
    """The official answer: adopted or rejected with reasons, or an interim word."""

    class Kind(models.TextChoices):
        INTERIM = "interim", _("중간 답변")
        ADOPTED = "adopted", _("채택")
        REJECTED = "rejected", _("불채택")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=10, choices=Kind)
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    signed_as = models.CharField(max_length=60)  # post title and extension, never a name
    body = models.TextField(max_length=5000)
    reason = models.CharField(_("까닭"), max_length=30, blank=True, default="")  # code of the exclusion for a rejection
    implement_on = models.DateField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.kind
