"""The account a person signs in with. What the town knows of the person stands in `residents`."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class Account(AbstractUser):
    """Sign-in only: no name, no address. `username` is a sign-in word, never shown in public."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    phone = models.CharField(_("휴대전화"), max_length=20, blank=True, default="")
    language = models.CharField(_("언어"), max_length=5, default="ko")
    is_erased = models.BooleanField(default=False)

    REQUIRED_FIELDS = ["email"]

    def __str__(self) -> str:
        return self.username
