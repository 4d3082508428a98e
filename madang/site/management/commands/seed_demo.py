"""Makes the demo town; keeps it when it is there already."""

import sys
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from madang.ground.models import Place
from madang.site.demo.play import TICKS, play


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Set MADANG_DEMO=1: the demo is never mixed with a real town.")
        if Place.objects.towns().exists():
            self.stdout.write("시범 동네가 이미 있습니다. (The demo town is there already; make demo-reset starts over.)")
            return
        self.done, self.began = 0, time.monotonic()
        play(self.tick)
        self.stdout.write(f"\n시범 동네를 만들었습니다: {time.monotonic() - self.began:.0f}초")

    def tick(self, words: str) -> None:
        """One step of the progress bar; a line every tenth where nobody watches."""
        self.done += 1
        part = min(self.done / TICKS, 1)
        if sys.stdout.isatty():
            bar = "█" * int(part * 30)
            self.stdout.write(f"\r{bar:<30} {part:4.0%} {words}        ", ending="")
            self.stdout.flush()
        elif self.done % 40 == 0:
            self.stdout.write(f"{part:4.0%} {words}")
