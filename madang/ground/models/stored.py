"""Stored files, the search index's rows and the rate limiter's counters."""

from django.db import models

from madang.ground.models.account import Account
from madang.ground.models.place import Place


class StoredFile(models.Model):
    """A file taken in: sniffed, bounded, images re-encoded. Served under its token by ground.files."""

    token = models.CharField(max_length=32, unique=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    name = models.CharField(max_length=160)
    mime = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    is_public = models.BooleanField(default=True)  # otherwise only with an open desk
    is_erased = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        return self.mime.startswith("image/")

    @property
    def url(self) -> str:
        from django.urls import reverse

        return reverse("file", args=[self.token, self.name])


class SearchText(models.Model):
    """One findable public thing. `tokens` is the bigram text; the full-text index beside it is kept by the database (migration 0002)."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="+")  # the town or dong the thing belongs to
    kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=200, blank=True, default="")
    url = models.CharField(max_length=200)
    at = models.DateTimeField()
    tokens = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject_id"], name="one_search_row_per_thing")]

    def __str__(self) -> str:
        return self.title


class RateWindow(models.Model):
    """How often something was done within one window of time."""

    key = models.CharField(max_length=120)
    window = models.BigIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="one_count_per_window")]

    def __str__(self) -> str:
        return self.key
