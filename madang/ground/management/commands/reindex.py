"""Makes the search index anew from what is public, after an upgrade that finds more; safe at any time, changes nothing else."""

from typing import Any

from django.core.management.base import BaseCommand

from madang.ground import clock, search


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        for kind, count in search.make_anew(at=clock.now()).items():
            self.stdout.write(f"{kind} {count}")
