"""How allauth meets Madang: where people land, and what it sends."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in pages in Madang's own hand; who has just signed up says which dong they live in."""

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return reverse("residents:join")

    def get_email_verification_redirect_url(self, email_address: object) -> str:
        return reverse("residents:proof")

    def format_email_subject(self, subject: str) -> str:
        return f"[마당] {subject}"
