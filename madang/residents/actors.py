"""Who is asking: the Actor of a signed-in account, from its proofs, posts and open desk, in two queries at most."""

from datetime import date, datetime

from django.db.models import Q

from madang.ground.actor import Actor, PostRef, Proof
from madang.ground.clock import today
from madang.ground.models import Account
from madang.residents.models import DeskSession, Membership, PostHolding, Resident, ResidentProof


def actor_for(account: Account | None, *, town_id: int, at: datetime) -> Actor:
    """The Actor an account is at a moment, in a town. Without an account: a visitor of that town."""
    if account is None or not account.is_authenticated or not account.is_active:
        return Actor(town_id=town_id)
    day = today(at)
    resident = Resident.objects.filter(account_id=account.pk).only("id", "place_id", "home_id", "public_name", "birth_year").first()
    level, home_id, expires_on = _proof(resident, day) if resident else (Proof.VISITOR, None, None)
    posts = _posts(account, day, town_id) if account.is_staff else ()
    desk = None
    if posts:
        desk = DeskSession.objects.open(at).filter(account_id=account.pk).order_by("-pk").values_list("pk", "expires_at").first()
    return Actor(
        account_id=account.pk,
        resident_id=resident.pk if resident else None,
        town_id=town_id,
        home_id=home_id or (resident.home_id if resident else None),
        public_name=resident.public_name if resident else account.username,
        proof=level,
        proof_expires_on=expires_on,
        birth_year=resident.birth_year if resident else None,
        posts=posts,
        desk_id=desk[0] if desk else None,
        desk_until=desk[1] if desk else None,
    )


def _proof(resident: Resident, day: date) -> tuple[Proof, int | None, date | None]:
    rows = list(
        ResidentProof.objects.filter(Q(expires_on__isnull=True) | Q(expires_on__gt=day), resident=resident, revoked_at__isnull=True)
        .order_by("-level", "-at")
        .values_list("level", "dong_id", "expires_on")[:1]
    )
    if not rows:
        return Proof.VISITOR, None, None
    level, dong_id, expires_on = rows[0]
    return Proof(level), dong_id, expires_on


def _posts(account: Account, day: date, town_id: int) -> tuple[PostRef, ...]:
    rows = (
        PostHolding.objects.on(day)
        .filter(Q(post__place_id=town_id) | Q(post__place__parent_id=town_id), account=account)
        .values_list("post__role", "post__place_id", "post__department_id", "post__title")
    )
    return tuple(PostRef(*row) for row in rows)


def organisations_of(actor: Actor, *, at: datetime) -> frozenset[int]:
    """The bodies an actor has a seat in today."""
    if actor.resident_id is None:
        return frozenset()
    return frozenset(Membership.objects.on(today(at)).filter(resident_id=actor.resident_id).values_list("organisation_id", flat=True))
