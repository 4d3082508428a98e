"""The hand-written content of the demo town holds together, without a database."""

import csv
import json
import re
import struct
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

DEMO = Path(__file__).parents[2] / "madang" / "site" / "demo"
CONTENT, PICTURES = DEMO / "content", DEMO / "pictures"
DONG = ("가산동", "독산1동", "독산2동", "독산3동", "독산4동", "시흥1동", "시흥2동", "시흥3동", "시흥4동", "시흥5동")
ACTIVITY, PLANNED = "주민자치활동 지원 사업", "동단위계획형 시민참여예산 사업"
CATEGORIES = {"안전·교통", "환경·공원", "복지·건강", "문화·교육", "청년·일자리", "마을·공동체", "경제·시장"}
FATES = {
    2020: {"adopted_funded", "adopted_not_funded", "rejected", "expired", "merged", "transferred", "withdrawn"},
    2021: {
        "new",
        "collecting",
        "threshold_met",
        "review",
        "supplement",
        "answered_adopted",
        "answered_rejected",
        "shortlisted",
    },
}
SILENT = {"withdrawn", "new", "collecting", "threshold_met", "review"}
# As printed in the work plan of 2021: lines 673–676 (carried out in 2020) and 666–669 (chosen for 2021).
PRINTED = {
    2020: {ACTIVITY: (4, 6, 2, 1, 2, 2, 2, 3, 8, 2), PLANNED: (1, 5, 4, 3, 4, 3, 1, 1, 3, 4), "총계": (5, 11, 6, 4, 6, 5, 3, 4, 11, 6)},
    2021: {ACTIVITY: (4, 6, 2, 5, 3, 5, 2, 2, 2, 2), PLANNED: (3, 1, 4, 2, 2, 2, 3, 6, 2, 3), "총계": (7, 7, 6, 7, 5, 7, 5, 8, 4, 5)},
}


def load(name):
    return json.loads((CONTENT / f"{name}.json").read_text(encoding="utf-8"))


def texts(thing):
    """Every piece of text inside a JSON value."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict):
        for part in thing.values():
            yield from texts(part)
    elif isinstance(thing, list):
        for part in thing:
            yield from texts(part)


@pytest.fixture(scope="module")
def proposals():
    return load("proposals")["proposals"]


@pytest.fixture(scope="module")
def departments():
    return {department["name"] for department in load("town")["departments"]}


class TestProposals:
    def test_there_are_enough_and_none_twice(self, proposals):
        assert len(proposals) >= 140
        for field in ("slug", "title", "body", "public_name"):
            assert [value for value, times in Counter(p[field] for p in proposals).items() if times > 1] == []
        assert sum(p["form"] == "idea" for p in proposals) >= 20

    def test_every_dong_has_its_share(self, proposals):
        count = Counter(p["dong"] for p in proposals)
        assert set(count) == {*DONG, "금천구"}
        assert min(count[dong] for dong in DONG) >= 8

    def test_seasons_dates_and_fates_agree(self, proposals):
        assert sum(p["season"] == 2020 for p in proposals) >= 45
        for p in proposals:
            submitted = date.fromisoformat(p["submitted_on"])
            first, last = {2020: ("2020-01-01", "2020-06-30"), 2021: ("2021-02-01", "2021-06-10")}[p["season"]]
            assert date.fromisoformat(first) <= submitted <= date.fromisoformat(last), p["slug"]
            assert p["fate"] in FATES[p["season"]], p["slug"]
        for season, fates in FATES.items():
            assert {p["fate"] for p in proposals if p["season"] == season} == fates

    def test_fields_are_of_their_kind(self, proposals, departments):
        for p in proposals:
            assert re.fullmatch(r"[a-z0-9-]+", p["slug"])
            assert p["category"] in CATEGORIES, p["slug"]
            assert p["department"] in departments, p["slug"]
            assert p["channel"] in {"online", "paper", "phone", "visit", "postit"}
            assert p["cost_won"] is None or (isinstance(p["cost_won"], int) and p["cost_won"] > 0)
            assert len(p["title"]) <= 120
            if p["form"] == "proposal":
                across, down = p["map_xy"]
                assert 0 <= across <= 1000, p["slug"]
                assert 0 <= down <= 1000, p["slug"]

    def test_an_answer_comes_when_due_and_not_before(self, proposals):
        for p in proposals:
            assert (p["answer"] is None) == (p["fate"] in SILENT), p["slug"]
            if p["answer"]:
                days = (date.fromisoformat(p["answer"]["answered_on"]) - date.fromisoformat(p["submitted_on"])).days
                assert 0 < days <= 31, p["slug"]
                assert len(p["answer"]["text"]) >= 40, p["slug"]
            if p["fate"] in {"adopted_funded", "shortlisted", "answered_adopted"}:
                assert re.fullmatch(r"202[0-9]-(0[1-9]|1[0-2])", p["answer"]["plan_month"]), p["slug"]
            assert (p["outcome"] is not None) == (p["fate"] == "adopted_not_funded"), p["slug"]

    def test_likeness_points_at_something(self, proposals):
        slugs = {p["slug"] for p in proposals}
        alike = [p for p in proposals if p["similar_to"]]
        assert len(alike) >= 10
        assert all(p["similar_to"] in slugs - {p["slug"]} for p in alike)
        assert all(p["merged_into"] in slugs for p in proposals if p["fate"] == "merged")

    def test_hard_cases_are_there(self, proposals):
        assert max(len(p["title"]) for p in proposals) == 120
        assert any(re.search("[\U0001f300-\U0001faff]", p["title"]) for p in proposals)
        assert any(len(re.findall(r"[A-Za-z]{4,}", p["body"])) >= 3 for p in proposals)
        assert any(len(p["body"]) > 250 and p["body"].count(".") == 1 for p in proposals)


class TestProjects:
    @pytest.mark.parametrize(("name", "year"), [("projects_2020", 2020), ("projects", 2021)])
    def test_counts_are_those_of_the_document(self, name, year):
        counted = Counter((p["programme"], p["dong"]) for p in load(name)["projects"])
        for programme in (ACTIVITY, PLANNED):
            assert tuple(counted[programme, dong] for dong in DONG) == PRINTED[year][programme]
        assert sum(counted.values()) == 61

    @pytest.mark.parametrize("year", [2020, 2021])
    def test_the_copied_table_is_the_printed_one(self, year):
        with (CONTENT / f"golden_dong_{year}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        copied = {(row["programme"], row["dong"]): int(row["count"]) for row in rows}
        for programme, values in PRINTED[year].items():
            assert tuple(copied[programme, dong] for dong in DONG) == values
        for dong in DONG:
            assert copied[ACTIVITY, dong] + copied[PLANNED, dong] == copied["총계", dong]
        assert all(row["source"] for row in rows)

    def test_each_comes_from_a_funded_proposal(self, proposals):
        funded = {p["slug"]: p for p in proposals if p["fate"] == "adopted_funded"}
        projects = load("projects")["projects"]
        assert {p["proposal"] for p in projects} == set(funded)
        assert all(p["dong"] == funded[p["proposal"]]["dong"] for p in projects)
        assert len({p["title"] for p in projects}) == 61

    @pytest.mark.parametrize("name", ["projects_2020", "projects"])
    def test_money_adds_up(self, name):
        spent_on_plans = Counter()
        for p in load(name)["projects"]:
            assert 0 <= p["spent_won"] <= p["budget_won"], p["slug"]
            assert sum(fund["amount_won"] for fund in p["funds"]) == p["budget_won"]
            if p["programme"] == PLANNED:
                spent_on_plans[p["dong"]] += p["budget_won"]
        ceiling = load("town")["settings"]["dong_budget_cap_won"]
        assert all(amount <= ceiling for amount in spent_on_plans.values())

    def test_progress_goes_forward(self):
        for p in load("projects")["projects"]:
            months = [entry["month"] for entry in p["progress"]]
            assert months == sorted(months), p["slug"]
            assert len(months) >= 2, p["slug"]
            assert all("2020-09" <= month <= "2021-05" for month in months), p["slug"]


class TestComments:
    def test_there_are_enough(self):
        content = load("comments")
        written = [c for n in content["named"] for top in n["comments"] for c in (top, *top["replies"])]
        pool = [text for texts_ in content["pool"].values() for text in texts_]
        assert len(written) + len(pool) >= 260
        assert len(set(pool)) == len(pool)
        assert set(content["pool"]) == CATEGORIES
        assert sum("official" in c for c in written) >= 8
        assert sum(bool(top["moderation"]) for n in content["named"] for top in n["comments"]) >= 5

    def test_they_stand_under_a_proposal_and_after_it(self, proposals, departments):
        submitted = {p["slug"]: p["submitted_on"] for p in proposals}
        for n in load("comments")["named"]:
            for top in n["comments"]:
                assert submitted[n["proposal"]] <= top["posted_on"] <= "2021-06-10"
                for reply in top["replies"]:
                    assert top["posted_on"] <= reply["posted_on"] <= "2021-06-10"
                    assert reply.get("department") in departments | {None}


class TestTown:
    def test_places(self):
        town = load("town")
        assert tuple(dong["name"] for dong in town["dongs"]) == DONG
        assert len({dong["code"] for dong in town["dongs"]}) == 10
        assert all(dong["electorate_invented"] <= dong["residents_invented"] for dong in town["dongs"])

    def test_council_and_budget_sums(self):
        town = load("town")
        council, budgets = town["council"], town["budgets"]
        assert sum(d["private"] for d in council["divisions"]) + council["co_chair"] == council["private_members"]
        assert sum(d["extended"] for d in council["divisions"]) == council["extended_members"]
        assert len(budgets["projects_2021"]) == 15
        rows = budgets["residents_council_044"]["rows"].values()
        assert sum(row["total"] for row in rows) == budgets["residents_council_044"]["sum"]
        assert all((row["시비"] or 0) + row["구비"] == row["total"] for row in rows)
        village = budgets["village_democracy_064"]
        assert [sum(year) for year in zip(*village["rows"].values(), strict=True)] == village["total"]
        assert sum(village["total"]) == village["sum"]

    def test_assemblies_run_in_order(self):
        for assembly in load("town")["assemblies"]:
            assert all(step["opens"] <= step["closes"] for step in assembly["steps"])
            assert set(assembly["onsite"]) == set(DONG)


def test_questions_are_neutral_lists_and_the_vote_has_eighteen():
    content = load("questions")
    assert len(content["questions"]) == 3
    assert all(len(q["options"]) >= 3 and q["opens"] < q["closes"] for q in content["questions"])
    vote = content["napul"]
    assert Counter(item["kind"] for item in vote["items"]) == {"협치": 8, "구단위계획형": 10}
    assert (vote["opens"], vote["closes"], vote["picks"]) == ("2020-07-17", "2020-07-23", 6)
    assert all(item["title_source"] for item in vote["items"])


def test_glossary_and_names():
    words = load("glossary")["words"]
    assert len({word["word"] for word in words}) == len(words) >= 60
    assert all(word["plain"] and word["english"] for word in words)
    names = load("names")
    assert len(set(names["nicknames"])) == len(names["nicknames"]) >= 400
    assert len(set(names["organisations"])) == len(names["organisations"]) >= 60


def test_pictures_are_small_and_described(proposals):
    listed = load("pictures")["pictures"]
    assert {picture["file"] for picture in listed} == {path.name for path in PICTURES.glob("*.png")}
    slugs = {p["slug"] for p in proposals}
    for picture in listed:
        data = (PICTURES / picture["file"]).read_bytes()
        assert struct.unpack(">II", data[16:24]) == (960, 720)
        assert len(data) <= 40 * 1024
        assert picture["alt"]
        assert picture["alt_en"]
        assert set(picture["fits"]) <= slugs


@pytest.mark.parametrize("path", sorted(CONTENT.glob("*.json")), ids=lambda path: path.stem)
def test_nothing_looks_like_a_number_of_a_person(path):
    for text in texts(json.loads(path.read_text(encoding="utf-8"))):
        assert not re.search(r"\d{6}\s*-?\s*[1-8]\d{6}", text), text
        assert not re.search(r"\b0\d{1,2}[-. ]?\d{3,4}[-. ]?\d{4}\b", text), text
        assert not re.search(r"[\w.]+@[\w.]+", text), text
