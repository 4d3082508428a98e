"""The pages that are measured, by the name they have in the tables."""

from typing import Any
from urllib.parse import quote

CSRF = "b" * 32  # a token a browser might hold; Django takes the plain secret of the cookie as the form's token


def addresses(town: dict[str, Any]) -> dict[str, list[str]]:
    """Name of a page and the addresses asked for in turn."""
    seen = [f"/proposals/{pk}/" for pk in town["seen"]]
    return {
        "home": ["/"],
        "list": ["/proposals/"],
        "list, page 20": ["/proposals/?page=20"],
        "list, two-letter word": [f"/proposals/?q={quote(word)}" for word in ("의자", "쉼터", "텃밭", "꽃밭")],
        "list, one dong": ["/proposals/?dong=doksan2", "/proposals/?dong=gasan"],
        "search": [f"/search/?q={quote(word)}" for word in ("가로등", "보행로", "어르신", "그늘막")],
        "proposal": seen,
        "proposal with its answer": [f"/proposals/{pk}/" for pk in town["answered"]],
        "proposal with 20 comments": [f"/proposals/{town['talked']}/"],
        "proposal with 2,000 endorsements": [f"/proposals/{town['popular']}/"],
    }


SIGNED_IN = ("proposal", "list")  # also asked for by a resident


def cookies(session: str) -> str:
    return f"sessionid={session}; csrftoken={CSRF}"


def endorsement(town: dict[str, Any], n: int) -> tuple[str, str]:
    """Address and cookies of the n-th endorsement: every one another resident than the one before, never the same pair twice."""
    voters, proposals = town["sessions"], town["open"]
    return f"/proposals/{proposals[(n * 7 + n // len(voters)) % len(proposals)]}/endorse/", cookies(voters[n % len(voters)])


def most_endorsements(town: dict[str, Any]) -> int:
    """How many pairs there are before one comes again."""
    return len(town["sessions"]) * len(town["open"])


ENDORSE_BODY = f"csrfmiddlewaretoken={CSRF}"
