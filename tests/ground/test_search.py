"""Search: two letters are enough, whatever people type breaks nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.ground import search
from madang.ground.models import SearchText
from tests import NOON
from tests.residents.makers import a_town

pytestmark = pytest.mark.django_db


def put(number, title, body="", kind="proposal"):
    search.index(kind=kind, subject_id=number, place_id=a_town().pk, title=title, body=body, url=f"/{number}/", at=NOON)


def hits(query, **over):
    return sorted(search.matching(query, **over).values_list("subject_id", flat=True))


@pytest.fixture
def _three():
    put(1, "안양천 산책로에 그늘막을", "여름 한낮에 앉을 곳이 없습니다.")
    put(2, "골목 조명을 밝게", "밤길이 어두워요. LED 가로등 30개.")
    put(3, "그늘 벤치와 조명", "쉼터에 놓아 주세요.")


@pytest.mark.usefixtures("_three")
class TestFinding:
    @pytest.mark.parametrize(
        ("query", "found"),
        [("그늘", [1, 3]), ("조명", [2, 3]), ("그늘 조명", [3]), ("산책로", [1]), ("led", [2]), ("LED 가로등", [2]), ("30개", [2]),
         ("없는말씀", []), ("", []), ("   ", []), ("!!! ???", [])],
    )  # fmt: skip
    def test_every_word_must_be_there(self, query, found):
        assert hits(query) == found

    def test_or_one_of_them(self):
        assert hits("산책로 가로등", any_word=True) == [1, 2]

    def test_renewed_things_are_found_by_their_new_words_only(self):
        put(1, "정자를 고쳐 주세요")
        assert hits("그늘") == [3]
        assert hits("정자") == [1]
        assert SearchText.objects.filter(subject_id=1).count() == 1

    def test_forgotten_things_are_not_found(self):
        search.forget(kind="proposal", subject_id=3)
        assert hits("그늘") == [1]

    def test_kinds_are_kept_apart(self):
        put(3, "그늘 투표", kind="ballot")
        assert list(search.ids_matching("ballot", "그늘").values_list("subject_id", flat=True)) == [3]
        assert hits("그늘") == [1, 3, 3]


@pytest.mark.parametrize(
    "query",
    ['"', "' OR 1=1 --", "그늘*", "NEAR(가 나)", "a AND b", "(", "그늘 & 조명", "가:나", "\\", "-그늘", "😀", "그늘\ufeff", "^가", "{a b}"],
)
def test_signs_of_the_index_are_only_signs(query):
    put(1, "그늘막")
    assert isinstance(hits(query), list)
    assert isinstance(hits(query, any_word=True), list)


@given(st.text(max_size=30))
def test_nothing_typed_breaks_it(query):
    hits(query)


def test_long_titles_are_cut_for_the_index_only():
    put(1, "가" * 300, "나" * 500)
    row = SearchText.objects.get()
    assert (len(row.title), len(row.summary)) == (200, 200)
    assert hits("나나") == [1]
