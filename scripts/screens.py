"""Photograph pages of the demo town (make demo first). Without names: those worth keeping; `--all`: every page, into var/screens.

make screens                       docs/screens/<page>-390.webp and -1280.webp
make screens ARGS="--all"          every page anybody reaches, to look at
make screens ARGS="proposals:list" only these
"""

import os
import socket
import subprocess
import sys
import time
from dataclasses import replace
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from tests.browser.walk import Sight, Walk

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "madang.site.settings")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

WIDTHS = {390: 844, 1280: 900}
# A long list says nothing more after a while.
TALLEST_PX = 2400
COLOURS = 128
SHOWN = (
    "site:home", "site:dong", "site:my", "site:calendar", "site:results", "site:search", "site:parts", "site:desk", "site:audit",
    "proposals:list", "proposals:detail", "proposals:write", "proposals:draft", "proposals:desk_list", "proposals:desk_detail",
    "ballots:list", "ballots:detail", "ballots:vote", "ballots:result", "processes:detail", "processes:desk_new", "processes:desk_make",
    "projects:list", "projects:detail", "reports:detail", "deliberation:detail", "comments:desk_list", "residents:open_desk",
    "account_login", "residents:join", "residents:proof", "notices:inbox", "notices:preferences", "site:glossary", "site:demo_login",
    "proposals:trail", "ballots:review", "ballots:compare", "ballots:notice", "ballots:desk_list", "ballots:desk_detail", "processes:list",
    "processes:desk_detail", "projects:funnel", "projects:desk_list", "projects:desk_detail", "reports:list", "reports:desk_list",
    "reports:desk_detail", "archive:list", "archive:detail", "deliberation:list", "deliberation:desk_detail", "residents:desk_list",
    "residents:desk_person", "notices:desk_list", "site:desk_settings", "site:error",
)  # fmt: skip
# No link leads there.
NOWHERE = "/there/is/no/such/page/"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def shrink(png: bytes) -> bytes:
    """The picture in few colours as lossless WebP: a sixth of the size, and letters stay sharp."""
    from PIL import Image

    out = BytesIO()
    few = Image.open(BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.convert("RGB").save(out, "WEBP", lossless=True, quality=70, method=4)
    return out.getvalue()


def photograph(home: str, town: "Walk", wanted: "list[Sight]", folder: Path) -> None:
    from playwright.sync_api import sync_playwright

    from tests.browser.chromium import ARGUMENTS, find_chromium

    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
        for username, theirs in groupby(wanted, key=lambda sight: sight.username):
            mine = list(theirs)
            for width, height in WIDTHS.items():
                context = browser.new_context(
                    base_url=home,
                    locale="ko-KR",
                    timezone_id="Asia/Seoul",
                    viewport={"width": width, "height": height},
                    reduced_motion="reduce",
                )
                context.add_cookies(town.cookies_for(username, home))
                page = context.new_page()
                for sight in mine:
                    page.goto(sight.address, wait_until="networkidle")
                    tall = min(TALLEST_PX, page.evaluate("document.documentElement.scrollHeight"))
                    # As tall as the picture, or what sticks to the bottom of a phone would lie across its middle.
                    page.set_viewport_size({"width": width, "height": tall})
                    png = page.screenshot()
                    page.set_viewport_size({"width": width, "height": height})
                    (folder / f"{file_name(sight)}-{width}.webp").write_bytes(shrink(png))
                context.close()
            print(f"{username or 'visitor'}: {', '.join(file_name(sight) for sight in mine)}", flush=True)
        browser.close()


def better_addresses() -> dict[str, str]:
    """For each page whose first address is empty or odd: one that shows what the page is for."""
    from django.urls import reverse

    from madang.ballots.models import Ballot
    from madang.processes.models import Process

    ballot = Ballot.objects.get(title="2020년 독산4동 주민총회 투표").pk
    process = Process.objects.get(title="2021년 독산2동 주민총회").pk
    return {
        "ballots:result": reverse("ballots:result", args=[ballot]),
        "ballots:compare": reverse("ballots:compare") + f"?ballot={ballot}",
        "processes:detail": reverse("processes:detail", args=[process]),
        "site:results": reverse("site:results") + "?year=2020",
        "site:search": reverse("site:search") + "?q=공원",
    }


def file_name(sight: "Sight") -> str:
    """`ballots-vote`; what is seen besides the first of a page says by whom and where."""
    name = sight.name.replace(":", "-")
    return (
        name if sight.is_first else f"{name}_{sight.username or 'visitor'}{sight.address.partition('?')[0].replace('/', '-').rstrip('-')}"
    )


def main() -> int:
    django.setup()
    from django.conf import settings

    from tests.browser.walk import Sight, walk

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    town = walk()
    for fault in town.faults:
        print(f"! {fault}")
    town.seen.append(Sight("site:error", "", NOWHERE))
    everything = "--all" in sys.argv
    names = [argument for argument in sys.argv[1:] if not argument.startswith("--")] or list(SHOWN)
    wanted = [sight for sight in town.seen if everything or (sight.is_first and sight.name in names)]
    if not everything:
        better = better_addresses()
        wanted = [replace(sight, address=better.get(sight.name, sight.address)) for sight in wanted]
    port = free_port()
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "madang.site.wsgi:application",
            "--port",
            str(port),
            "--log-level",
            "warning",
        ],
        cwd=ROOT,
    )
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        photograph(f"http://127.0.0.1:{port}", town, wanted, ROOT / ("var/screens" if everything else "docs/screens"))
    finally:
        server.terminate()
        server.wait()
    missing = [name for name in names if name not in {sight.name for sight in town.seen}] if not everything else []
    if missing:
        print(f"Not reached: {', '.join(missing)}")
    return 1 if town.faults or missing else 0


if __name__ == "__main__":
    sys.exit(main())
