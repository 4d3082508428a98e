"""The how-to is true: its code is the code of the survey, its files are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOWTO = (ROOT / "docs/howto/add-a-step.md").read_text("utf-8")
SURVEYS = ROOT / "tests/fixtures/surveys"


def test_every_block_of_code_stands_in_its_file() -> None:
    blocks = re.findall(r"```\w+ file=(\S+)\n(.*?)```", HOWTO, re.DOTALL)
    assert len(blocks) >= 8
    for name, code in blocks:
        assert code in (SURVEYS / name).read_text("utf-8"), f"{name} has changed; the how-to still says:\n{code}"


def test_every_file_of_the_survey_is_in_the_how_to() -> None:
    named = {p.name for p in SURVEYS.rglob("*") if p.is_file() and p.suffix in {".py", ".md", ".html"} and "migrations" not in p.parts}
    unsaid = {name for name in named - {"__init__.py", "forms.py", "detail.html"} if f"`{name}`" not in HOWTO and f"{name}\n" not in HOWTO}
    assert not unsaid


def test_every_field_of_a_step_kind_is_explained() -> None:
    from madang.processes.kinds import StepKind

    table = HOWTO.split("| 칸 | 무엇 |")[1].split("\n\n")[0]
    assert not [name for name in StepKind.__dataclass_fields__ if f"`{name}" not in table and f" `{name}`" not in table]
