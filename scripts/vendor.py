#!/usr/bin/env python3
"""Renew the files of others that live in madang/ground/static: the htmx script and the Pretendard GOV font slices.

    python scripts/vendor.py            # both
    python scripts/vendor.py htmx       # one of them
    python scripts/vendor.py fonts

Needs npm on the machine that runs it, because both come from npm packages; running Madang needs neither npm nor Node.
Versions are exact. To renew, change the number below, run, look at /parts/ in a browser, commit what changed.
Not run by the tests.
"""

import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

HTMX = "htmx.org@2.0.11"
FONT = "pretendard-gov@1.3.9"
STATIC = Path(__file__).resolve().parent.parent / "madang" / "ground" / "static" / "madang"

FACE = re.compile(r"@font-face\s*\{(?P<body>.*?)\}", re.DOTALL)
SLICE = re.compile(r"url\([^)]*subset\.(?P<number>\d+)\.woff2\)")
RANGE = re.compile(r"unicode-range:\s*(?P<range>[^;]+);")


def unpack(package: str, folder: Path) -> Path:
    """Fetch one npm package into `folder` and return the path of its files."""
    packed = subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True)
    with tarfile.open(folder / packed.stdout.strip().splitlines()[-1]) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def renew_htmx(folder: Path) -> None:
    source = unpack(HTMX, folder)
    shutil.copyfile(source / "dist" / "htmx.min.js", STATIC / "js" / "htmx.min.js")
    shutil.copyfile(source / "LICENSE", STATIC / "js" / "htmx.LICENSE.txt")


def renew_fonts(folder: Path) -> None:
    """Copy every unicode-range slice under a short name and write css/fonts.css, which names them."""
    source = unpack(FONT, folder) / "dist"
    web = source / "web" / "variable"
    sheet = (web / "pretendardvariable-gov-dynamic-subset.css").read_text()
    rules = [
        f"/* Pretendard GOV Variable, {FONT}, OFL-1.1 (fonts/LICENSE.txt). Written by scripts/vendor.py; a page fetches only its slices. */"
    ]
    for face in FACE.finditer(sheet):
        number = SLICE.search(face["body"])["number"]
        covers = RANGE.search(face["body"])["range"].replace(" ", "")
        shutil.copyfile(
            web / "woff2-dynamic-subset" / f"PretendardGOVVariable.subset.{number}.woff2", STATIC / "fonts" / f"s{number}.woff2"
        )
        rules.append(
            "@font-face{font-family:'Pretendard GOV Variable';font-weight:45 920;font-display:swap;"
            f"src:url(../fonts/s{number}.woff2) format('woff2-variations');unicode-range:{covers}}}"
        )
    shutil.copyfile(source / "LICENSE.txt", STATIC / "fonts" / "LICENSE.txt")
    (STATIC / "css" / "fonts.css").write_text("\n".join(rules) + "\n")


RENEW = {"htmx": renew_htmx, "fonts": renew_fonts}


def main(wanted: list[str]) -> None:
    for name in wanted or list(RENEW):
        with tempfile.TemporaryDirectory() as folder:
            RENEW[name](Path(folder))
        print(f"{name}: renewed")


if __name__ == "__main__":
    main(sys.argv[1:])
