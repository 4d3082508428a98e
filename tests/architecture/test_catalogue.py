"""English says everything Korean says."""

import subprocess
import sys

from tests.architecture.source import ROOT


def test_every_sentence_has_its_english():
    done = subprocess.run([sys.executable, "scripts/messages.py", "complete"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
