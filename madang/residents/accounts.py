"""How allauth meets Madang."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in pages in Madang's own hand."""
