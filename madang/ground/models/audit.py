"""The audit trail: append-only rows, sealed in batches. See madang/ground/audit.py for the verbs."""

from typing import Self

from django.db import models

from madang.ground.deeds import tell
from madang.ground.models.place import Place


class AuditSeal(models.Model):
    """A batch of entries bound together: Merkle root of their digests, chained to the seal before."""

    number = models.PositiveBigIntegerField(unique=True)
    sealed_at = models.DateTimeField()
    count = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"


class AuditEntryQuerySet(models.QuerySet):
    def of_trail(self, trail: str) -> Self:
        return self.filter(trail=trail)

    def in_town(self, town_id: int) -> Self:
        return self.filter(models.Q(place_id=town_id) | models.Q(place__parent_id=town_id))


class AuditEntry(models.Model):
    """One deed. Identifiers of people are plain numbers: the row outlives the person's data and never changes."""

    verb = models.CharField(max_length=60)
    at = models.DateTimeField()
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    account_id = models.BigIntegerField(null=True)
    resident_id = models.BigIntegerField(null=True)
    on_behalf_of_id = models.BigIntegerField(null=True)
    desk_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=80, blank=True, default="")  # post title or public name class at that time, never a name
    subject = models.CharField(max_length=60, blank=True, default="")
    trail = models.CharField(max_length=60, blank=True, default="")
    is_public = models.BooleanField(default=False)
    kept = models.JSONField(default=dict)  # facts that may stay for ever
    personal = models.JSONField(null=True)  # facts that go when the person's data is erased
    salt = models.CharField(max_length=32, null=True)
    personal_digest = models.CharField(max_length=64, blank=True, default="")
    seal = models.ForeignKey(AuditSeal, models.PROTECT, null=True, related_name="+")

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["trail", "id"], name="audit_trail"),
            models.Index(fields=["subject", "id"], name="audit_subject"),
            models.Index(fields=["place", "verb", "id"], name="audit_place_verb"),
            models.Index(fields=["resident_id", "id"], name="audit_resident"),
            models.Index(fields=["account_id", "id"], name="audit_account"),
            models.Index(fields=["id"], condition=models.Q(seal__isnull=True), name="audit_unsealed"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"

    @property
    def sentence(self) -> str:
        """What happened, in the reader's language; an erased fact reads as a dash."""
        return tell(self.verb, {**self.kept, **(self.personal or {})})
