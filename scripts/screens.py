"""Photograph pages of the demo town (make demo first). Without names: those worth keeping; `--all`: every page, into var/screens.

make screens                       docs/screens/<page>-390.png and -1280.png
make screens ARGS="--all"          every page anybody reaches, to look at
make screens ARGS="proposals:list" only these
"""

import os
import socket
import subprocess
import sys
import time
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
TALLEST_PX = 2600
SHOWN = (
    "site:home", "site:dong", "site:my", "site:calendar", "site:results", "site:search", "site:parts", "site:desk", "site:audit",
    "proposals:list", "proposals:detail", "proposals:write", "proposals:draft", "proposals:desk_list", "proposals:desk_detail",
    "ballots:list", "ballots:detail", "ballots:vote", "ballots:result", "processes:detail", "processes:desk_new", "processes:desk_make",
    "projects:list", "projects:detail", "reports:detail", "deliberation:detail", "comments:desk_list", "residents:open_desk",
)  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def shrink(png: bytes) -> bytes:
    """The picture in 256 colours: a quarter of the size, and nobody sees it."""
    from PIL import Image

    out = BytesIO()
    Image.open(BytesIO(png)).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
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
                    png = page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": width, "height": tall})
                    (folder / f"{file_name(sight)}-{width}.png").write_bytes(shrink(png))
                context.close()
            print(f"{username or 'visitor'}: {', '.join(file_name(sight) for sight in mine)}", flush=True)
        browser.close()


def file_name(sight: "Sight") -> str:
    """`ballots-vote`; what is seen besides the first of a page says by whom and where."""
    name = sight.name.replace(":", "-")
    return (
        name if sight.is_first else f"{name}_{sight.username or 'visitor'}{sight.address.partition('?')[0].replace('/', '-').rstrip('-')}"
    )


def main() -> int:
    django.setup()
    from django.conf import settings

    from tests.browser.walk import walk

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    town = walk()
    for fault in town.faults:
        print(f"! {fault}")
    everything = "--all" in sys.argv
    names = [argument for argument in sys.argv[1:] if not argument.startswith("--")] or list(SHOWN)
    wanted = [sight for sight in town.seen if everything or (sight.is_first and sight.name in names)]
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
