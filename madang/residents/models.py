"""People in a town, how well they are known, and the organisations, departments and posts they stand in."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from madang.ground.actor import Actor, Proof, Role
from madang.ground.models import Account, Place


class ResidentQuerySet(models.QuerySet):
    def living(self) -> Self:
        """Residents that were not erased."""
        return self.filter(is_erased=False)

    def visible_to(self, actor: Actor) -> Self:
        """Officials with the desk open see the people of their town; everybody else only themselves."""
        if actor.desk_open or actor.is_system:
            return self.living().filter(place_id=actor.town_id) if actor.town_id else self.living()
        return self.living().filter(pk=actor.resident_id) if actor.resident_id else self.none()


class Resident(models.Model):
    """A person in a town. May have no account (paper and phone). No name, no number: a public name the person chose."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("구"))
    account = models.OneToOneField(Account, models.SET_NULL, null=True, blank=True, related_name="+")
    home = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("사는 동"))
    public_name = models.CharField(_("공개 이름"), max_length=20)
    birth_year = models.PositiveSmallIntegerField(_("태어난 해"), null=True, blank=True)
    joined_at = models.DateTimeField()
    is_erased = models.BooleanField(default=False)

    objects = ResidentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["place", "public_name"], name="residents_by_name")]

    def __str__(self) -> str:
        return self.public_name


class ResidentProof(models.Model):
    """One proof of who somebody is or where they live, and until when it counts."""

    class Method(models.TextChoices):
        CODE = "code", _("전자우편·문자 인증번호")
        DESK = "desk", _("창구 확인")
        ROLL = "roll", _("명부 대조")
        LETTER = "letter", _("우편 인증번호")
        PROVIDER = "provider", _("간편 로그인")
        NATIONAL = "national", _("본인확인 서비스")

    resident = models.ForeignKey(Resident, models.CASCADE, related_name="proofs")
    level = models.PositiveSmallIntegerField(choices=[(p.value, p.name.lower()) for p in Proof])
    method = models.CharField(max_length=10, choices=Method)
    dong = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    key_hash = models.CharField(
        max_length=64, blank=True, default=""
    )  # keyed one-way: the same person or contact twice is seen, nobody can be found from it
    at = models.DateTimeField()
    expires_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["resident", "level"], name="proofs_of_resident")]
        constraints = [
            models.UniqueConstraint(
                fields=["key_hash"], condition=Q(level__gte=2, revoked_at__isnull=True) & ~Q(key_hash=""), name="one_resident_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.resident_id} {self.level}"


class VerificationCodeQuerySet(models.QuerySet):
    def alive(self, at: datetime) -> Self:
        """Codes that can still be entered (a letter not yet printed has no code, but is alive)."""
        return self.filter(used_at__isnull=True, expires_at__gt=at)

    def letters_to_print(self, town_id: int, at: datetime) -> Self:
        """Letters of a town asked for and not yet printed, oldest first."""
        return self.alive(at).filter(kind="letter", resident__place_id=town_id, printed_at__isnull=True).order_by("pk")


class VerificationCode(models.Model):
    """A code sent to a contact or by letter. Only its hash is kept; it dies after a few wrong tries."""

    class Kind(models.TextChoices):
        MAIL = "mail", _("전자우편")
        TEXT = "text", _("문자")
        LETTER = "letter", _("우편")

    resident = models.ForeignKey(Resident, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    code_hash = models.CharField(max_length=64)
    contact = models.CharField(max_length=254, blank=True, default="")  # address to send to; emptied when used
    dong = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    printed_at = models.DateTimeField(null=True)  # letters: the code is made at printing, so nobody can read one before
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    objects = VerificationCodeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["resident", "kind", "-id"], name="codes_of_resident")]

    def __str__(self) -> str:
        return f"{self.kind} {self.resident_id}"


class RollEntry(models.Model):
    """A line of an imported list of residents: keyed hashes only, so the list itself is never stored."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+")  # town
    dong = models.ForeignKey(Place, models.PROTECT, related_name="+")
    key_hash = models.CharField(max_length=64)
    as_of = models.DateField()
    used_by = models.ForeignKey(Resident, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "key_hash"], name="one_roll_line_per_person")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.key_hash[:8]}"


class RollImport(models.Model):
    """An uploaded list between preview and confirmation: what is left of it is keyed hashes. Gone after confirmation or a day."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+")  # none: the system read it
    at = models.DateTimeField()
    as_of = models.DateField()
    lines = models.JSONField()  # [[dong id, key hash], …]
    replaces = models.BooleanField(default=False)  # lines of these dong that are not in the list go

    def __str__(self) -> str:
        return f"{self.place_id} {self.as_of}"


class Consent(models.Model):
    """Agreement to one purpose, given and perhaps withdrawn. Refusing an optional one never blocks a service."""

    resident = models.ForeignKey(Resident, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resident", "purpose"], condition=Q(withdrawn_at__isnull=True), name="one_consent_in_force")
        ]

    def __str__(self) -> str:
        return self.purpose


class EffectiveQuerySet(models.QuerySet):
    def on(self, day: date) -> Self:
        """Rows in force on a day; `to_on` is the first day they no longer hold."""
        return self.filter(Q(to_on__isnull=True) | Q(to_on__gt=day), from_on__lte=day)


class DepartmentQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> Self:
        """Departments of the actor's town and its dong."""
        return self.filter(Q(place_id=actor.town_id) | Q(place__parent_id=actor.town_id)) if actor.town_id else self.all()


class Department(models.Model):
    """A bureau, department or team. Names and duties change with time: see DepartmentName."""

    class Kind(models.TextChoices):
        BUREAU = "bureau", _("국")
        DEPARTMENT = "department", _("과")
        TEAM = "team", _("팀")
        DONG_OFFICE = "dong_office", _("동주민센터")

    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="teams")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.DEPARTMENT)
    name = models.CharField(max_length=40)  # the name in force now; history in DepartmentName
    extension = models.CharField(_("내선"), max_length=10, blank=True, default="")
    order = models.PositiveSmallIntegerField(default=0)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["place", "parent", "name"], name="one_department_per_name")]

    def __str__(self) -> str:
        return self.name

    def name_on(self, on: date) -> str:
        """The name in force on a date."""
        row = self.names.on(on).order_by("-from_on").first()
        return row.name if row else self.name


class DepartmentName(models.Model):
    department = models.ForeignKey(Department, models.CASCADE, related_name="names")
    name = models.CharField(max_length=40)
    duty = models.TextField(blank=True, default="")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    objects = EffectiveQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["department", "from_on"], name="one_department_name_from_a_date")]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A body of people: a resident council, a governance council, a civic group."""

    class Kind(models.TextChoices):
        RESIDENT_COUNCIL = "resident_council", _("주민자치회")
        GOVERNANCE_COUNCIL = "governance_council", _("협치회의")
        CIVIC = "civic", _("주민 모임·단체")

    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=60)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "name"], name="one_organisation_per_name")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Somebody in a body, for a time. An ex officio seat names a post instead of a person."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    resident = models.ForeignKey(Resident, models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey("Post", models.PROTECT, null=True, related_name="+")
    role = models.CharField(_("맡은 일"), max_length=30, default="member")
    term = models.PositiveSmallIntegerField(_("기"), default=1)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    objects = EffectiveQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(resident__isnull=False) ^ Q(post__isnull=False), name="a_seat_is_a_person_or_a_post"),
            models.UniqueConstraint(fields=["organisation", "resident", "term"], name="one_seat_per_person_and_term"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.role}"


class Post(models.Model):
    """A post in the administration: 담당, 팀장, 과장, 동장. Rights follow the post, not the person."""

    department = models.ForeignKey(Department, models.PROTECT, related_name="posts")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")  # where its role counts
    role = models.CharField(max_length=30, choices=[(r.value, r.value) for r in Role])
    title = models.CharField(_("직위"), max_length=40)
    extension = models.CharField(_("내선"), max_length=10, blank=True, default="")

    def __str__(self) -> str:
        return self.title


class PostHolding(models.Model):
    """Who holds a post, from when to when."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    objects = EffectiveQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "account", "from_on"], name="one_holding_from_a_date")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.account_id}"


class DeskSessionQuerySet(models.QuerySet):
    def open(self, at: datetime) -> Self:
        return self.filter(opened_at__lte=at, expires_at__gt=at, closed_at__isnull=True)


class DeskSession(models.Model):
    """The time in which an official acts as one: opened with a reason, ends by itself, everything done in it carries its number."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    reason = models.CharField(_("까닭"), max_length=100)
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = DeskSessionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["account", "-expires_at"], name="desk_sessions_of_account")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.opened_at}"
