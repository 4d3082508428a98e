"""Where the browser of this machine is."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No sandbox: tests run as root in containers. The rest keeps the browser from calling home.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)


def find_chromium() -> str | None:
    """Path of an installed Chromium or Chrome, or None. CHROMIUM names another one, CHROMIUM=none says there is none."""
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        return None if chosen == "none" else shutil.which(chosen)
    return next((path for name in NAMES if (path := shutil.which(name))), None)
