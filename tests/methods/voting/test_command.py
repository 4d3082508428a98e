"""The researcher's door: python -m madang.methods.count."""

import hashlib
import json
from pathlib import Path

import pytest

from madang.methods.count import main
from tests.methods.voting.test_pabulib import a_file

VOTES = "voter_id;vote;sex\n" + "".join(f"{n};a,c;F\n" for n in range(6)) + "".join(f"m{n};b;M\n" for n in range(4))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "vote.pb"
    path.write_bytes(a_file(VOTES, budget="90"))
    return path


def test_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = "--rule equal_shares --utility cost --completion add1 --step 1 --exhaustive-stop --ties name --group sex --json"
    assert main([str(file), *options.split()]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["winners"] == ["a", "b"]
    assert (said["spent"], said["left"]) == (50, 40)
    assert said["input_sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert (
        said["rule"] | {"name": "equal_shares", "utility": "cost", "completion": "add1", "step": "1", "exhaustive_stop": True}
        == said["rule"]
    )
    assert said["votes_needed"].keys() == {"c"}
    assert [(g["name"], g["voters"], g["with_one"], g["share"], g["weight"]) for g in said["groups"]["sex"]] == [
        ("F", 6, 6, "3/5", "3/5"), ("M", 4, 4, "2/5", "2/5"),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    "options",
    [
        "--rule greedy", "--rule greedy --stop --threshold 5", "--rule greedy --exclusive a,c --most 1",
        "--rule greedy --utility cardinality",
        "--rule equal_shares", "--rule equal_shares --completion add1u --step 0.5% --compare", "--rule phragmen", "--rule best_total",
        "--rule top --top 1", "--rule greedy --ties cost,lot --seed 2021-가산동-주민총회-씨앗", "--rule equal_shares --exact",
    ],
)  # fmt: skip
def test_explained(file: Path, capsys: pytest.CaptureFixture[str], options: str, language: str) -> None:
    assert main([str(file), *options.split(), "--explain", language]) == 0
    told = capsys.readouterr().out
    assert "{" not in told
    assert len(told.splitlines()) >= 3
    assert ("projects" in told) == (language == "en")


def test_winners_alone(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(file)]) == 0
    assert capsys.readouterr().out.split() == ["a", "c"]


def test_what_cannot_be_counted_says_why(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none.pb")]) == 2
    assert "none.pb" in capsys.readouterr().err
    file.write_bytes(a_file("voter_id;vote\n1;z\n"))
    assert main([str(file)]) == 2
    assert "line 13, column 2: no such project: 'z'" in capsys.readouterr().err
    file.write_bytes(a_file(VOTES))
    assert main([str(file), "--ties", "cost"]) == 2
    assert "tie keys" in capsys.readouterr().err


def test_pots_and_numbers_of_a_field(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    projects = "PROJECTS\nproject_id;cost;name;category\na;30;가로등;길\nb;20;꽃밭;숲\nc;50;의자;길\n"
    file.write_bytes(a_file(VOTES, projects=projects))
    assert main([str(file), "--pot", "길=60", "--pot", "숲=40", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["winners"], said["spent"], said["left"]) == (["a", "b"], 50, 50)
    assert said["pots"]["길"]["left"] == 30
    assert main([str(file), "--pot", "길=60", "--pot", "숲=40", "--explain"]) == 0
    assert "[숲]" in capsys.readouterr().out
    assert main([str(file), "--most-of", "길=1", "--least", "숲=1"]) == 0
    assert capsys.readouterr().out.split() == ["b", "a"]
    assert main([str(file), "--pot", "길=lots"]) == 2
    assert "NAME=NUMBER" in capsys.readouterr().err
    assert main([str(file), "--pot", "길=60"]) == 2
    assert "no pot for the project" in capsys.readouterr().err
