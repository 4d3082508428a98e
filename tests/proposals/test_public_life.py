"""What everybody sees of a proposal: its whole way, and its files for as long as it stands in public."""

from importlib import import_module
from io import BytesIO

import pytest
from django.apps import apps
from django.urls import reverse

from madang.ballots.models import BallotItem
from madang.comments import actions as comments
from madang.ground import clock, files, search
from madang.ground.actor import SYSTEM
from madang.ground.models import SearchText, StoredFile
from madang.methods.partial_dates import PartialDate
from madang.projects import actions as projects
from madang.proposals import actions
from madang.proposals.models import Draft, Proposal
from tests import NOON
from tests.comments.makers import a_comment
from tests.projects.makers import a_project
from tests.proposals.makers import a_picture, a_proposal, a_proposal_step, a_stored_picture
from tests.reports.makers import AFTER, a_published_paper, an_assembly
from tests.residents.makers import a_resident, a_town, actor_of, an_official, sign_in

pytestmark = pytest.mark.django_db


def page_of(client, name, proposal):
    return client.get(reverse(f"proposals:{name}", args=[proposal.pk])).content.decode()


class TestTrail:
    @pytest.fixture
    def winner(self):
        """A proposal that went through a vote, into the budget, had news and stands in a published paper."""
        with clock.fixed(AFTER):
            ballot = an_assembly()
            item = BallotItem.objects.select_related("ballot__tally", "place", "proposal__department").get(ballot=ballot, number=1)
            project = a_project(item, at=AFTER)
            for percent in (10, 20, 30):
                projects.report_progress(
                    project=project, on=PartialDate(2021, 7), body="나무를 심었습니다.", percent=percent, actor=SYSTEM, at=AFTER
                )
                project.refresh_from_db()
            projects.stop(project=project, why="장마", actor=SYSTEM, at=AFTER)
            projects.resume(project=project, actor=SYSTEM, at=AFTER)
            a_published_paper(ballot)
            yield item

    @pytest.mark.parametrize("name", ["detail", "trail"])
    def test_the_vote_the_money_and_the_paper_are_on_it(self, client, winner, name):
        html = page_of(client, name, winner.proposal)
        for told in (
            "주민투표 결과: ", "사업이 되었습니다: ", f"예산 {winner.cost_won:,}원", "지금까지 30% 했습니다", "사업을 멈췄습니다: 장마",
            "사업을 다시 시작했습니다.", "결과 문서가 나왔습니다: ",
        ):  # fmt: skip
            assert told in html, told

    def test_all_of_it_is_on_its_own_page_and_told_once(self, client, winner):
        html = page_of(client, "trail", winner.proposal)
        assert f"투표에 올렸습니다: {winner.ballot.title}, 1번" in html
        for told in ("지금까지 10%", "지금까지 20%", "지금까지 30%", "사업이 되었습니다", "사업을 멈췄습니다", "결과 문서가 나왔습니다"):
            assert html.count(told) == 1, told

    def test_of_the_same_deed_again_and_again_the_proposals_page_shows_the_last(self, client, winner):
        html = page_of(client, "detail", winner.proposal)
        assert "지금까지 20%" not in html
        answer = client.get(reverse("proposals:detail", args=[winner.proposal_id]))
        assert answer.context["trail_count"] > len([d for d in answer.context["trail"] if d.state == "done"])

    def test_the_talk_is_looked_after_on_the_trail_but_not_on_the_page(self, client):
        proposal = a_proposal()
        comment = a_comment(thread=comments.Thread.objects.get(subject=f"proposal/{proposal.pk}"))
        comments.hide(comment=comment, why="욕설", actor=SYSTEM, at=NOON)
        assert "이야기를 가렸습니다: 욕설" in page_of(client, "trail", proposal)
        assert "이야기를 가렸습니다: 욕설" not in page_of(client, "detail", proposal)


class TestFiles:
    @pytest.fixture
    def with_photo(self):
        """A public proposal with a photo and a text, and the addresses of both."""
        author = a_resident()
        acting = actor_of(author)
        draft = actions.save_draft(place=a_town().place, data={}, actor=acting, at=NOON)
        actions.attach(draft=draft, upload=BytesIO(a_picture()), name="a.png", actor=acting, at=NOON)
        actions.attach(draft=draft, upload=BytesIO("글".encode()), name="a.txt", actor=acting, at=NOON)
        proposal = a_proposal(author=author, draft=draft)
        urls = [one.file.url for one in proposal.files.order_by("order")]
        return proposal, author, urls

    def test_they_close_when_it_is_hidden_and_open_when_it_is_shown(self, client, with_photo):
        proposal, author, urls = with_photo
        assert [client.get(url).status_code for url in urls] == [200, 200]
        assert all("immutable" not in client.get(url)["Cache-Control"] for url in urls)
        actions.hide(proposal=proposal, why="얼굴이 나옴", actor=SYSTEM, at=NOON)
        assert [client.get(url).status_code for url in urls] == [404, 404]
        sign_in(client, author)
        assert [client.get(url).status_code for url in urls] == [200, 200]
        client.logout()
        actions.show(proposal=proposal, why="가렸음", actor=SYSTEM, at=NOON)
        assert [client.get(url).status_code for url in urls] == [200, 200]

    def test_they_close_when_its_author_takes_it_back(self, client, with_photo):
        proposal, author, urls = with_photo
        actions.withdraw(proposal=proposal, actor=actor_of(author), at=NOON)
        assert [client.get(url).status_code for url in urls] == [404, 404]
        sign_in(client, an_official(a_town()))
        assert [client.get(url).status_code for url in urls] == [200, 200]

    def test_the_picture_of_a_paper_never_opens(self, client):
        town = a_town()
        paper = a_stored_picture(town)
        files.open_to_all([paper.pk], is_public=False)
        proposal = actions.take_in(
            step=a_proposal_step(town), place=town.dong("doksan2"), title="종이로 낸 제안", body="", category="환경·공원", channel="paper",
            received_on=NOON.date(), original=paper, actor=SYSTEM, at=NOON,
        )  # fmt: skip
        actions.open_to_public(proposal=proposal, actor=SYSTEM, at=NOON)
        assert client.get(paper.url).status_code == 404

    def test_what_was_hidden_before_closes_with_the_upgrade(self, with_photo):
        proposal, _author, _urls = with_photo
        actions.hide(proposal=proposal, why="광고", actor=SYSTEM, at=NOON)
        ids = list(proposal.files.values_list("file_id", flat=True))
        files.open_to_all(ids, is_public=True)
        waiting = a_stored_picture()
        import_module("madang.proposals.migrations.0002_close_files_of_the_hidden").close(apps, None)
        assert not StoredFile.objects.filter(pk__in=ids, is_public=True).exists()
        waiting.refresh_from_db()
        assert waiting.is_public


class TestFinding:
    def test_the_departments_answer_is_found_with_its_proposal(self, client):
        proposal = a_proposal(title="골목 그늘막")
        actions.answer_interim(
            proposal=proposal, body="가로수지킴이와 함께 살펴봅니다.", signed_as="공원녹지과장", actor=SYSTEM, at=NOON
        )  # fmt: skip
        found = client.get(reverse("site:search"), {"q": "가로수지킴이"}).content.decode()
        assert reverse("proposals:detail", args=[proposal.pk]) in found
        listed = client.get(reverse("proposals:list"), {"q": "가로수지킴이"}).content.decode()
        assert proposal.title in listed

    def test_the_answer_to_one_that_is_hidden_is_not(self, client):
        proposal = a_proposal(title="골목 그늘막")
        actions.hide(proposal=proposal, why="광고", actor=SYSTEM, at=NOON)
        actions.answer_interim(proposal=proposal, body="가로수지킴이", signed_as="공원녹지과장", actor=SYSTEM, at=NOON)
        assert not SearchText.objects.exists()
        search.make_anew(at=NOON)
        assert not SearchText.objects.filter(kind="proposal").exists()


NUMBER = "900101-1234568"
AUTOSAVE = {"X-Requested-With": "autosave"}


class TestResidentNumbers:
    """None stands in a draft, however it was sent; the rest of what was typed is kept."""

    @pytest.fixture
    def token(self, client):
        a_proposal_step()
        return client.get(reverse("proposals:write")).context["token"]

    def part(self, name, token):
        return reverse("proposals:draft", args=[token, name])

    @pytest.mark.parametrize("field", ["title", "body", "cost"])
    @pytest.mark.parametrize("typed", [NUMBER, "９００１０１－１２３４５６８", "9001\u200b01-1234568", "900101 -   1234568"])
    def test_refused_at_once_beside_the_field(self, client, token, field, typed):
        values = {"title": "그늘 쉼터", "body": "덥습니다.", "cost": "3,000만원", field: f"{typed}"}
        answer = client.post(self.part("what", token), values, headers=AUTOSAVE)
        assert answer.status_code == 422
        assert list(answer.json()["refused"]) == [field]
        assert "주민등록번호" in answer.json()["refused"][field]
        data = Draft.objects.get(token=token).data
        assert field not in data
        assert {name: data[name] for name in values if name != field} == {n: v for n, v in values.items() if n != field}

    def test_what_was_kept_before_stays(self, client, token):
        client.post(self.part("what", token), {"title": "그늘 쉼터", "body": "덥습니다."}, headers=AUTOSAVE)
        client.post(self.part("what", token), {"title": "그늘 쉼터 둘", "body": f"제 번호는 {NUMBER}"}, headers=AUTOSAVE)
        data = Draft.objects.get(token=token).data
        assert (data["title"], data["body"]) == ("그늘 쉼터 둘", "덥습니다.")

    def test_sent_on_it_is_told_and_the_words_stand_in_the_form(self, client, token):
        answer = client.post(self.part("what", token), {"title": "그늘 쉼터", "body": f"제 번호는 {NUMBER}"})
        assert answer.status_code == 422
        html = answer.content.decode()
        assert "주민등록번호처럼 보이는 숫자가 있어요" in html
        assert NUMBER in html
        assert NUMBER not in str(Draft.objects.get(token=token).data)

    def test_thirteen_digits_are_no_amount(self, client, token):
        answer = client.post(self.part("what", token), {"title": "그늘 쉼터", "body": "덥습니다.", "cost": "9001011234568"})
        assert answer.status_code == 422
        assert "cost" not in Draft.objects.get(token=token).data

    def test_the_one_line_form(self, client):
        a_proposal_step()
        url = reverse("proposals:idea")
        token = client.get(url).context["token"]
        answer = client.post(url, {"token": token, "title": NUMBER, "dong": "gasan"}, headers=AUTOSAVE)
        assert (answer.status_code, list(answer.json()["refused"])) == (422, ["title"])
        assert client.post(url, {"token": token, "title": NUMBER, "dong": "gasan"}).status_code == 422
        data = Draft.objects.get(token=token).data
        assert (data.get("title"), data["dong"]) == (None, "gasan")

    def test_a_spot_pressed_on_the_map_with_a_number_beside_it(self, client, token):
        client.post(self.part("what", token), {"title": "그늘 쉼터", "body": "덥습니다."})
        press = {"dong": "doksan2", "spot": NUMBER, "map.x": "160", "map.y": "80"}
        answer = client.post(self.part("where", token), press, follow=True)
        assert "주민등록번호처럼 보이는 숫자가 있어요" in answer.content.decode()
        data = Draft.objects.get(token=token).data
        assert ("spot" in data, data["map_x"]) == (False, "500")

    def test_what_a_photo_shows_and_what_a_file_is_called(self, client, token):
        client.post(self.part("what", token), {"title": "그늘 쉼터", "body": "덥습니다."})
        upload = BytesIO(a_picture())
        upload.name = f"{NUMBER}.png"
        html = client.post(self.part("files", token), {"uploads": upload, "upload": "1"}, follow=True).content.decode()
        assert "파일 이름에 주민등록번호처럼 보이는 숫자가 있어요" in html
        assert NUMBER not in html
        draft = Draft.objects.get(token=token)
        assert not draft.files.exists()
        upload = BytesIO(a_picture())
        upload.name = "a.png"
        client.post(self.part("files", token), {"uploads": upload, "upload": "1"})
        one = draft.files.get()
        html = client.post(self.part("files", token), {f"alt-{one.pk}": f"신분증 {NUMBER}"}, follow=True).content.decode()
        assert "주민등록번호처럼 보이는 숫자가 있어요" in html
        one.refresh_from_db()
        assert one.alt == ""

    def test_a_phone_number_may_stand_in_a_draft_and_not_in_a_proposal(self, client, token):
        sign_in(client, a_resident())
        assert client.post(self.part("what", token), {"title": "010-1234-5678"}, headers=AUTOSAVE).status_code == 204
        assert not Proposal.objects.exists()

    def test_an_officers_kept_filter(self, client):
        sign_in(client, an_official(a_town()))
        client.post(f"{reverse('proposals:desk_keep')}?q={NUMBER}")
        assert NUMBER not in str(dict(client.session))
        client.post(f"{reverse('proposals:desk_keep')}?q=그늘")
        assert "q=" in str(dict(client.session))
