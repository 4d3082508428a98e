"""Recomputes every seal of the audit trail and says what does not hold."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from madang.ground import audit
from madang.ground.models import AuditEntry, AuditSeal


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--head", help="the digest of the newest seal as noted elsewhere; must be found in the chain")

    def handle(self, *args: Any, head: str | None = None, **options: Any) -> None:
        faults = list(audit.verify())
        for fault in faults:
            self.stderr.write(f"seal {fault.seal}: {fault.what}")
        last = AuditSeal.objects.order_by("-number").first()
        waiting = AuditEntry.objects.filter(seal__isnull=True).count()
        self.stdout.write(f"{last.number if last else 0} seals, {AuditEntry.objects.count()} entries, {waiting} not sealed yet")
        self.stdout.write(f"head {last.digest if last else audit.GENESIS}")
        if head and not AuditSeal.objects.filter(digest=head).exists():
            faults.append(audit.Fault(0, "head not found"))
            self.stderr.write("the given head is not in the chain: seals were replaced")
        if faults:
            raise CommandError(f"{len(faults)} faults")
