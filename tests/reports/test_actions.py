"""Frozen, signed by two, published with files that read back, replaced by a paper that says what changed."""

import hashlib
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hwpx.tools.validator import validate_document

from madang.archive.figures import checked_files
from madang.ballots.models import BallotItem
from madang.ground import files, search
from madang.ground.actor import SYSTEM
from madang.ground.models import AuditEntry
from madang.ground.verdict import Refused
from madang.processes.kinds import documents_of
from madang.reports import actions
from madang.reports.comparing import CHANGED
from madang.reports.figures import papers_about, waiting_count
from madang.reports.models import OfficialPaper
from madang.reports.paper.blocks import from_json
from madang.reports.printing import as_printed, digest
from madang.residents.models import PostHolding
from tests.proposals.makers import a_proposal
from tests.reports.makers import AFTER, a_paper, a_published_paper, a_signed_paper, acting, an_assembly, an_officer
from tests.reports.paper import test_hwpx, test_pdf
from tests.reports.paper.reading import missing
from tests.residents.makers import a_town

pytestmark = pytest.mark.django_db


def draw(ballot, actor=None, at=AFTER, **over):
    return actions.draw_up(kind="assembly_result", subject_pk=ballot.pk, actor=actor or acting(an_officer()), at=at, **over)


def refused(code, call, **given):
    with pytest.raises(Refused) as found:
        call(**given)
    assert found.value.verdict.code == code
    assert found.value.verdict.sentence


class TestDrawingUp:
    def test_numbers_run_by_department_and_year(self):
        town, officer = a_town(), acting(an_officer())
        first, second = draw(an_assembly(town), officer), draw(an_assembly(town, "gasan", titles=("가", "나", "다", "라")), officer)
        year = actions.draw_up(kind="assembly_year", subject_pk=2021, actor=officer, at=AFTER)
        assert [p.number for p in (first, second, year)] == ["마을자치과-2021-1", "마을자치과-2021-2", "마을자치과-2021-3"]
        dong = draw(an_assembly(town, "siheung1", titles=("마", "바", "사", "아")), acting(an_officer("dong_officer", "siheung1")))
        assert dong.number == "시흥1동 주민센터-2021-1"
        assert (first.place, year.place) == (town.dong("doksan2"), town.place)

    def test_one_paper_on_one_thing(self):
        ballot = an_assembly()
        draw(ballot)
        refused("paper_exists", draw, ballot=ballot)

    def test_the_database_has_the_last_word(self):
        paper = a_paper()
        paper.pk, paper.number, paper.serial = None, "다른-2021-1", 1
        with pytest.raises(IntegrityError), transaction.atomic():
            paper.save(force_insert=True)

    def test_nothing_to_report_on(self):
        officer = acting(an_officer())
        for kind, pk, code in (
            ("assembly_result", 999_999, "paper_subject_unknown"), ("assembly_year", 1999, "paper_subject_unknown"),
            ("x", 1, "paper_kind_unknown"),
        ):  # fmt: skip
            refused(code, actions.draw_up, kind=kind, subject_pk=pk, actor=officer, at=AFTER)
        refused("paper_subject_unknown", actions.draw_up, kind="assembly_year", subject_pk=2021, actor=SYSTEM, at=AFTER)

    def test_the_wrong_office(self):
        refused("paper_role_needed", draw, ballot=an_assembly(), actor=acting(an_officer("dong_officer", "gasan")))

    def test_the_drafting_line_begins_with_the_drafter(self):
        paper = a_paper(drafter=an_officer(title="마을자치과 담당"))
        assert [(one["deed"], one["as"], one["sha256"]) for one in paper.signatures] == [
            ("drafted", "마을자치과 담당", digest(paper.frozen))
        ]
        assert from_json(paper.frozen).footer == "작성자 : 마을자치과 담당"
        assert [box.role for box in as_printed(paper).sign] == ["마을자치과 담당", "결재"]

    def test_only_what_the_kind_asks_is_taken_and_cleaned(self):
        paper = a_paper(publicity="현수막\u202e 12곳", other="x", where="  ")
        assert paper.typed == {"publicity": "현수막 12곳"}


class TestFrozen:
    def test_stays_when_the_records_change(self):
        ballot = an_assembly()
        paper = a_paper(ballot)
        before, printed = paper.frozen, as_printed(paper)
        BallotItem.objects.filter(ballot=ballot).update(title="바뀐 제목", cost_won=1)
        a_proposal(title="나중 제안", at=AFTER)
        paper.refresh_from_db()
        assert paper.frozen == before
        assert as_printed(paper) == printed

    def test_no_personal_word_in_audit_or_paper(self):
        paper = a_paper()
        entry = AuditEntry.objects.get(verb="paper.drawn_up")
        assert entry.personal is None
        assert entry.kept["sha256"] == digest(paper.frozen)
        assert not entry.is_public


class TestSigning:
    def test_an_approver_completes_the_line(self):
        paper = a_paper()
        actions.sign(paper=paper, actor=acting(an_officer("dong_officer", "doksan2", title="독산2동 담당")), at=AFTER)
        assert paper.state == "drawn_up"
        actions.sign(paper=paper, actor=acting(an_officer("mayor_office", title="구청장실")), at=AFTER + timedelta(hours=1))
        assert paper.state == "signed"
        assert [(one["deed"], one["as"]) for one in paper.signatures][1:] == [("checked", "독산2동 담당"), ("approved", "구청장실")]

    def test_it_follows_the_post_of_the_day(self):
        paper, signer = a_paper(), an_officer("mayor_office")
        PostHolding.objects.filter(account=signer).update(to_on=AFTER.date())
        refused("officials_only", actions.sign, paper=paper, actor=acting(signer), at=AFTER)


class TestPublishing:
    def test_needs_a_signature(self):
        refused("paper_not_signed", actions.publish, paper=a_paper(), actor=acting(an_officer()), at=AFTER)

    def test_files_are_stored_deposited_and_whole(self):
        paper = a_published_paper()
        assert paper.state == "published"
        kept = {one.format: one for one in paper.files.select_related("file")}
        assert set(kept) == {"pdf", "hwpx", "xlsx"}
        for one in kept.values():
            assert hashlib.sha256(files.read(one.file)).hexdigest() == one.file.sha256
        assert paper.record.number == paper.number
        assert [row.is_whole for row in checked_files(paper.record)] == [True, True, True]
        assert paper.record.subject == paper.subject

    def test_pdf_and_hwpx_say_what_the_paper_says(self):
        paper = a_published_paper()
        kept = {one.format: files.read(one.file) for one in paper.files.select_related("file")}
        said = as_printed(paper)
        assert missing(said, test_hwpx.text_of(kept["hwpx"])) == []
        assert missing(said, test_pdf.text_of(kept["pdf"])) == []
        assert validate_document(kept["hwpx"]).ok
        assert "초안" not in test_hwpx.text_of(kept["hwpx"])
        assert kept["xlsx"].startswith(b"PK")

    def test_told_on_every_trail_it_concerns(self):
        ballot = an_assembly()
        paper = a_published_paper(ballot)
        told = {e.trail for e in AuditEntry.objects.filter(verb="paper.told")}
        listed = {f"proposal/{pk}" for pk in ballot.items.exclude(proposal=None).values_list("proposal_id", flat=True)}
        assert listed
        assert told == {f"ballot/{ballot.pk}", f"process/{ballot.step.process_id}"} | listed
        assert all(e.is_public for e in AuditEntry.objects.filter(verb__in=["paper.told", "paper.published"]))
        assert paper.number in AuditEntry.objects.filter(verb="paper.told").first().sentence

    def test_found_by_search_and_on_the_process(self):
        ballot = an_assembly()
        paper = a_published_paper(ballot)
        assert [row.subject_id for row in search.matching("그늘막 결과").filter(kind="paper")] == [paper.pk]
        assert [(d.title, d.kind) for d in documents_of(ballot.step.process, at=AFTER)] == [(paper.title, "PDF"), (paper.title, "HWPX")]
        assert [one.pk for one in papers_about(f"ballot/{ballot.pk}")] == [paper.pk]

    def test_refuses_what_is_not_as_signed(self):
        paper = a_signed_paper()
        frozen = {**paper.frozen, "paper": {**paper.frozen["paper"], "title": "다른 제목"}}
        OfficialPaper.objects.filter(pk=paper.pk).update(frozen=frozen)
        refused("paper_not_as_signed", actions.publish, paper=paper, actor=acting(an_officer()), at=AFTER)
        assert OfficialPaper.objects.get(pk=paper.pk).state == "signed"
        assert not paper.files.exists()

    def test_twice_is_refused(self):
        paper = a_published_paper()
        refused("paper_not_signed", actions.publish, paper=paper, actor=acting(an_officer()), at=AFTER)
        assert paper.files.count() == 3


class TestRedrawing:
    def changed(self):
        a_proposal(title="늦게 온 종이 제안", at=AFTER - timedelta(days=1))

    def test_says_what_changed_and_takes_the_place_of_a_draft(self):
        ballot, officer = an_assembly(), acting(an_officer())
        old = draw(ballot, officer)
        self.changed()
        new = actions.redraw(paper=old, why="늦은 종이 제안 더함", actor=officer, at=AFTER + timedelta(days=1))
        old.refresh_from_db()
        assert (old.state, new.state, new.replaces_id, new.number) == ("withdrawn", "drawn_up", old.pk, "마을자치과-2021-2")
        section = from_json(new.frozen).sections[-1]
        assert section.heading == CHANGED
        rows = [tuple("".join(r.text for r in cell.text) for cell in row.cells) for row in section.blocks[1].rows]
        assert ("독산2동 · 제안 접수", "4", "5") in rows

    def test_a_published_one_stays_until_the_new_one_is_out(self):
        ballot = an_assembly()
        old = a_published_paper(ballot)
        self.changed()
        new = actions.redraw(paper=old, why="늦은 종이 제안", actor=acting(an_officer()), at=AFTER)
        old.refresh_from_db()
        assert old.state == "published"
        assert [one.pk for one in papers_about(f"ballot/{ballot.pk}")] == [old.pk]
        refused("paper_has_newer", actions.redraw, paper=old, why="또", actor=acting(an_officer()), at=AFTER)
        actions.sign(paper=new, actor=acting(an_officer("mayor_office")), at=AFTER)
        actions.publish(paper=new, actor=acting(an_officer()), at=AFTER)
        assert [one.pk for one in papers_about(f"ballot/{ballot.pk}")] == [new.pk]
        assert new.record.replaces_id == old.record_id
        assert [row.subject_id for row in search.matching("주민총회").filter(kind="paper")] == [new.pk]

    def test_needs_a_reason_and_something_new(self):
        paper, officer = a_paper(), acting(an_officer())
        refused("paper_needs_why", actions.redraw, paper=paper, why="  ", actor=officer, at=AFTER)
        refused("paper_unchanged", actions.redraw, paper=paper, why="그냥", actor=officer, at=AFTER)
        new = actions.redraw(paper=paper, why="홍보를 적음", typed={"publicity": "현수막 12곳"}, actor=officer, at=AFTER)
        assert new.typed == {"publicity": "현수막 12곳"}

    def test_a_withdrawn_paper_makes_room(self):
        ballot = an_assembly()
        paper = a_paper(ballot)
        assert waiting_count(a_town().pk) == 1
        actions.withdraw(paper=paper, why="잘못 고름", actor=acting(an_officer()), at=AFTER)
        assert waiting_count(a_town().pk) == 0
        assert draw(ballot).number == "마을자치과-2021-2"
