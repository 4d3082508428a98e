"""manage.py erase_resident: forgets a person and prints the proof of it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from madang.ground import clock
from madang.ground.actor import SYSTEM
from madang.ground.verdict import Refused
from madang.residents.actions import erase_resident
from madang.residents.models import Resident


class Command(BaseCommand):
    help = "Erases the personal data of a resident; prints what was removed and what remained without a name."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--resident", type=int, required=True, help="number of the resident")
        parser.add_argument("--reason", required=True, help="why, e.g. the number of the request; goes into the audit trail")

    def handle(self, *args: Any, resident: int, reason: str, **options: Any) -> None:
        row = Resident.objects.filter(pk=resident).first()
        if row is None:
            raise CommandError(f"There is no resident {resident}.")
        try:
            proof = erase_resident(resident=row, reason=reason, actor=SYSTEM, at=clock.now())
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"Resident {proof.resident_id} was erased.")
        for title, counts in (("Removed or made nameless", proof.removed), ("Remained, without a name", proof.remained)):
            self.stdout.write(f"{title}:")
            for key, count in counts.items():
                self.stdout.write(f"  {key:<20}{count:>8}")
            if not counts:
                self.stdout.write("  nothing")
