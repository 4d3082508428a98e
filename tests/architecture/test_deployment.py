"""A production set up as the README says passes Django's own deployment check without a warning."""

import os
import secrets
import subprocess
import sys

from tests.architecture.source import ROOT


def test_deployment_check_is_clean(tmp_path):
    env = {name: value for name, value in os.environ.items() if not name.startswith(("MADANG_", "DJANGO_")) and name != "DATABASE_URL"}
    env |= {"MADANG_SECRET_KEY": secrets.token_urlsafe(60), "MADANG_HOSTS": "madang.example.kr", "MADANG_VAR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_nothing_runs_without_a_secret(tmp_path):
    """A forgotten secret stops the installation; it is never replaced by a known one."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("MADANG_", "DJANGO_")) and name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=env | {"MADANG_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "MADANG_SECRET_KEY" in done.stderr
