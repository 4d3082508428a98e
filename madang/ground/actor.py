"""Who acts. Built once a request; a verb and a rule see an Actor, never a request."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import IntEnum, StrEnum


class Proof(IntEnum):
    """How well a person is known. Each level includes the ones below."""

    VISITOR = 0
    CONTACT = 1  # an e-mail address or a phone number was verified
    PERSON = 2  # one living person, once
    RESIDENCE = 3  # lives (works, studies) in a dong of this town, until a date


class Role(StrEnum):
    """What a post lets its holder do. Posts come from residents; the codes are here because every rule asks for them."""

    DEPARTMENT_OFFICER = "department_officer"  # 담당 주무관: reviews and answers for a department
    COORDINATING_OFFICER = "coordinating_officer"  # 총괄부서: runs processes, ballots, papers for the town
    DONG_OFFICER = "dong_officer"  # 동주민센터: intake and processes of one dong
    MAYOR_OFFICE = "mayor_office"  # reads everything, signs papers
    MODERATOR = "moderator"
    SITE_ADMIN = "site_admin"


@dataclass(frozen=True)
class PostRef:
    """One post held today: a role, where it counts and for which department."""

    role: str
    place_id: int
    department_id: int | None = None
    title: str = ""


@dataclass(frozen=True)
class Actor:
    """A person (or the system) at a moment: identity, proof and posts, all that rules may ask about."""

    account_id: int | None = None
    resident_id: int | None = None
    town_id: int | None = None
    home_id: int | None = None  # dong the person lives in, proved or declared
    public_name: str = ""
    proof: Proof = Proof.VISITOR
    proof_expires_on: date | None = None
    birth_year: int | None = None
    posts: tuple[PostRef, ...] = ()
    organisation_ids: tuple[int, ...] = ()
    desk_id: int | None = None  # an open desk session: only with it does an official act as one
    desk_until: datetime | None = None
    on_behalf_of_id: int | None = None  # resident for whom an official enters something
    is_system: bool = False

    @property
    def is_signed_in(self) -> bool:
        return self.account_id is not None

    @property
    def is_official(self) -> bool:
        """Holds a post (desk open or not)."""
        return bool(self.posts)

    @property
    def desk_open(self) -> bool:
        return self.desk_id is not None

    def holds(self, *roles: str, place_ids: tuple[int, ...] = ()) -> bool:
        """Holds one of the roles with the desk open; with `place_ids`, in one of these places. The system holds every role."""
        if self.is_system:
            return True
        return self.desk_open and any(p.role in roles and (not place_ids or p.place_id in place_ids) for p in self.posts)

    def for_resident(self, resident_id: int) -> "Actor":
        """The same official, acting on behalf of a resident (proxy entry). Both are recorded."""
        return replace(self, on_behalf_of_id=resident_id)

    def for_the_town(self) -> "Actor":
        """The same person, for what follows from a deed that its own rule has let through. The record still names who did it."""
        return replace(self, is_system=True)

    @property
    def person_id(self) -> int | None:
        """The resident whose deed this is: the one acted for, or the actor."""
        return self.on_behalf_of_id or self.resident_id


ANYONE = Actor()
SYSTEM = Actor(is_system=True)
