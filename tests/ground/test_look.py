"""The look: every part draws, nothing in a template breaks the content security policy, every file named is there."""

import gzip
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import include, path
from django.utils import translation
from django.utils.safestring import mark_safe

from madang.ground import templatetags
from madang.ground.templatetags import look, look_samples, look_words

HOME = Path(templatetags.__file__).resolve().parent.parent
TEMPLATES = HOME / "templates"
STATIC = HOME / "static" / "madang"
KST = ZoneInfo("Asia/Seoul")
AT = datetime(2026, 7, 20, 10, 42, tzinfo=KST)
ALL = sorted(p for p in TEMPLATES.rglob("*") if p.suffix in {".html", ".svg"})
PARTS = sorted(p.name for p in (TEMPLATES / "parts").glob("*.html") if p.name != "index.html")


def _page(request, **kwargs):
    return HttpResponse("")


def _names(space: str, *names: str):
    return include(([path(f"{name}/", _page, name=name) for name in names] + [path("page/<slug:slug>/", _page, name="page")], space))


urlpatterns = [
    path(
        "site/",
        _names(
            "site",
            "home",
            "search",
            "my",
            "view_settings",
            "parts",
            "preview",
            "extend",
            "desk",
            "desk_search",
            "audit",
            "language",
            "glossary",
        ),
    ),
    path("residents/", _names("residents", "close_desk")),
    path("proposals/", _names("proposals", "list", "desk_list")),
]
pytestmark = pytest.mark.urls("tests.ground.test_look")

TOWN = {
    "name": "금천구",
    "site_name": "금천 마당",
    "organ": "금천구청",
    "phone": "02-0000-0000",
    "address": "시흥대로73길 70",
    "department": "마을자치과",
}
RESIDENT = {"is_signed_in": True, "public_name": "새벽반", "is_official": False}
OFFICER = {"is_signed_in": True, "public_name": "담당", "is_official": True, "desk_open": True, "posts": [{"title": "마을자치과 담당"}]}


def draw(template: str, /, _request=None, **context) -> str:
    return Template(template).render(Context({"request": _request, **context}))


def page(name: str, **context) -> str:
    shared = {
        "town": TOWN,
        "actor": RESIDENT,
        "at": AT,
        "today": AT.date(),
        "nav": [("/", "지금 우리 동네", True)],
        "view": {},
        "demo": False,
    }
    return render_to_string(name, {**shared, **context, "request": RequestFactory().get("/proposals/desk_list/?q=그늘&page=2")})


# The policy: no inline style, script or handler


@pytest.mark.parametrize("template", ALL, ids=lambda p: str(p.relative_to(TEMPLATES)))
def test_a_template_keeps_the_content_security_policy(template: Path) -> None:
    source = template.read_text()
    assert not re.search(r"\sstyle\s*=", source)
    assert not re.search(r"<style\b", source)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", source)
    assert not re.search(r"<script\b(?![^>]*\ssrc=)", source)
    assert "javascript:" not in source
    assert not re.search(r"(?:src|href)=[\"']https?://", source)


@pytest.mark.parametrize("template", ALL, ids=lambda p: str(p.relative_to(TEMPLATES)))
def test_every_static_file_named_is_there(template: Path) -> None:
    named = re.findall(r"\{% static [\"']([^\"']+)[\"'] %\}", template.read_text())
    named += [found.removeprefix("/static/") for found in re.findall(r"/static/[\w/.-]+", template.read_text())]
    assert [name for name in named if not finders.find(name)] == []


def test_a_comment_of_several_lines_is_not_printed() -> None:
    for template in ALL:
        for comment in re.findall(r"\{#.*?#\}", template.read_text(), flags=re.DOTALL):
            assert "\n" not in comment, template.name


def test_every_icon_used_is_drawn() -> None:
    drawn = set(re.findall(r'id="i-(\w+)"', (STATIC / "img" / "icons.svg").read_text()))
    used = {name for template in ALL for name in re.findall(r'\{% icon "(\w+)" %\}', template.read_text())}
    used |= {symbol for _name, symbol, _label in look.PATH_OF_TABS} | {row[1] for _heading, rows in look_words.RAIL for row in rows}
    assert used <= drawn
    assert set(look_samples.ICONS) == drawn


def test_the_fonts_cover_hangul_and_every_slice_is_there() -> None:
    sheet = (STATIC / "css" / "fonts.css").read_text()
    slices = re.findall(r"url\(\.\./fonts/(s\d+\.woff2)\)", sheet)
    assert len(slices) == 120
    assert [name for name in slices if not (STATIC / "fonts" / name).is_file()] == []
    assert (STATIC / "fonts" / "LICENSE.txt").is_file()


def test_a_first_visit_stays_small() -> None:
    files = [*(STATIC / "css").glob("*.css"), *(STATIC / "js").glob("*.js")]
    assert sum(len(gzip.compress(f.read_bytes(), 9)) for f in files) <= 120 * 1024
    for own in (f for f in (STATIC / "js").glob("*.js") if f.name != "htmx.min.js"):
        assert len(gzip.compress(own.read_bytes(), 9)) < 3 * 1024, own.name


# Pages and parts


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_page_of_all_parts_draws(language: str) -> None:
    with translation.override(language):
        html = page("parts/index.html")
    assert "{#" not in html
    assert "{%" not in html
    assert "{{" not in html
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted({i for i in ids if ids.count(i) > 1}) == []


def test_every_part_is_shown_or_belongs_to_the_frame() -> None:
    frame = {"banners.html", "desk_header.html", "rail.html", "messages.html", "part_head.html", "tools.html"}
    sources = {p.name: p.read_text() for p in ALL}
    shown = " ".join([*sources.values(), Path(look.__file__).read_text()])
    assert [name for name in PARTS if f"parts/{name}" not in shown and name not in frame] == []


def test_pages_draw_without_any_context() -> None:
    for name in ("400.html", "403.html", "403_csrf.html", "404.html", "500.html", "parts/index.html", "refused.html", "desk.html"):
        assert "<main" in render_to_string(name), name


def test_the_residents_frame() -> None:
    html = page(
        "404.html",
        crumbs=[("/", "지금 우리 동네"), ("", "없음")],
        notice_count=3,
        preview_at=date(2026, 8, 1),
        view={"size": "large", "theme": "dark"},
    )
    assert html.index('class="masthead"') < html.index('class="top"') < html.index('class="eave"') < html.index('class="crumbs"')
    assert html.index('class="crumbs"') < html.index("<h1>") < html.index('class="foot__id"') < html.index('class="foot__links"')
    assert "대한민국 공식 전자정부 누리집" in html
    assert "<b>금천구청</b> 누리집입니다." in html
    assert 'data-size="large" data-theme="dark"' in html
    assert "2026. 8. 1.(토)" in html
    assert html.count('aria-current="page"') == 2


@pytest.mark.parametrize("name", ["404.html", "desk.html"])
def test_a_demonstration_does_not_call_itself_official(name) -> None:
    html = page(name, demo=True, actor=OFFICER)
    assert "공식 전자정부" not in html
    assert "금천구청의 누리집이 아니라 <b>시범 누리집</b>입니다." in html
    assert html.index("공식이 아닌 시범 누리집입니다.") < html.index('class="top"')


def test_the_officials_frame() -> None:
    html = page("desk.html", actor=OFFICER, rail_counts={"proposals:desk_list": 9})
    assert '<body class="desk">' in html
    assert "마을자치과 담당" in html
    assert "업무 마치기" in html
    assert re.search(r'href="/proposals/desk_list/" aria-current="page">.*?<span class="num">9', html)


def test_a_refusal_says_why_and_gives_back_what_was_typed() -> None:
    class Verdict:
        sentence = "이 투표는 7. 24.에 끝났어요."

    html = page("refused.html", verdict=Verdict, typed=[("title", "<b>그늘막</b>을 놓아 주세요")])
    assert "<h1>이 투표는 7. 24.에 끝났어요.</h1>" in html
    assert "&lt;b&gt;그늘막&lt;/b&gt;을 놓아 주세요" in html


# Fields


class Form(forms.Form):
    title = forms.CharField(label="제목", max_length=120, help_text="한 줄로 적어요.")
    dong = forms.ChoiceField(label="동", choices=[("", "고르기"), ("a", "가산동")])
    way = forms.ChoiceField(label="방법", choices=[("a", "온라인"), ("b", "종이")], widget=forms.RadioSelect)
    on = forms.DateField(label="날", required=False)
    count = forms.IntegerField(label="수", error_messages={"required": "몇 명인지 적어 주세요."})

    def clean(self) -> None:
        raise forms.ValidationError("두 칸이 서로 맞지 않아요.")


def test_a_field_in_error_is_told_and_keeps_what_was_typed() -> None:
    form = Form({"title": "", "dong": "", "count": "", "on": "2026-07-20"})
    html = draw("{% field form.title %}{% field form.way %}{% field form.on %}", form=form)
    assert "field--bad" in html
    assert "제목을 적어 주세요." in html
    assert 'aria-describedby="id_title_hint id_title_error"' in html
    assert 'aria-invalid="true"' in html
    assert html.index("제목을 적어 주세요.") < html.index('name="title"')
    assert 'aria-describedby="id_way_error"' in html
    assert "방법을 골라 주세요." in html
    assert re.search(r'<input type="date" name="on" value="2026-07-20"', html)


def test_the_error_summary_leads_to_the_fields() -> None:
    form = Form({"title": "", "dong": "", "count": ""})
    html = draw("{% error_summary form %}", form=form)
    assert "5가지를 고쳐 주세요" in html
    assert re.findall(r'href="([^"]+)"', html) == ["#id_title", "#id_dong", "#id_way_0", "#id_count"]
    assert "두 칸이 서로 맞지 않아요." in html
    assert "몇 명인지 적어 주세요." in html
    assert draw("{% error_summary form %}", form=Form()).strip() == ""
    assert draw("{% error_summary nothing %}").strip() == ""


# Words, days, ways


@pytest.mark.parametrize(
    ("closes", "words"),
    [
        (AT.replace(hour=18, minute=0), "오늘 18시까지"),
        (AT.replace(hour=0, minute=0) + timedelta(days=1), "오늘 밤 12시까지"),
        (AT + timedelta(days=4), "4일 남았어요"),
        (AT - timedelta(minutes=1), "끝났어요"),
        (date(2026, 7, 20), "오늘 끝나요"),
        (None, ""),
    ],
)
def test_days_left_in_words(closes, words: str) -> None:
    assert look.days_left(closes, AT) == words


def test_the_leaf_of_days_left() -> None:
    assert "count--last" in draw("{% count x at %}", x=AT.replace(hour=18), at=AT)
    assert "count--far" in draw("{% count x at %}", x=AT + timedelta(days=25), at=AT)
    assert "count--done" in draw("{% count x at %}", x=AT - timedelta(days=1), at=AT)
    assert draw("{% count x at %}", x=None, at=AT).strip() == ""


def test_numbers_and_particles() -> None:
    assert draw("{{ n|won }} {{ t|thousands }} {{ c|commas }} {{ a|share:b }}", n=64_000_000, t=76_000_000, c=10499, a=1, b=8) == (
        "6,400만원 76,000 10,499 12.5%"
    )
    assert draw('{{ a|josa:"이/가" }} {{ b|josa:"을/를" }}', a="독산2동", b="금천구") == "독산2동이 금천구를"
    assert draw("[{{ n|won }}{{ n|day }}{{ n|moment }}{{ n|percent:0 }}]", n=None) == "[]"


def test_what_people_write_is_made_safe() -> None:
    html = look.markdown(
        "# 큰 제목\n\n<script>alert(1)</script> [가기](javascript:alert(1)) [집](https://example.kr)\n\n![그림](https://example.kr/a.png)"
    )
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "<img" not in html
    assert "<h1" not in html
    assert 'rel="nofollow ugc noopener"' in html


def test_a_query_string_keeps_the_filters() -> None:
    request = RequestFactory().get("/?q=그늘&dong=a&page=3")
    assert draw('{% qs page=4 dong="" %}', request) == "?q=%EA%B7%B8%EB%8A%98&amp;page=4"
    html = draw("{% pages page %}", request, page=Paginator(range(160), 20).page(3))
    assert 'aria-current="page">3' in html
    assert "dong=a&amp;page=4" in html
    assert draw("{% pages page %}", request, page=Paginator(range(5), 20).page(1)).strip() == ""


def test_a_head_sorts_both_ways() -> None:
    assert 'aria-sort="ascending"' in draw('{% sort_head "기한" "due" %}', RequestFactory().get("/?sort=due"))
    assert "?sort=-due" in draw('{% sort_head "기한" "due" %}', RequestFactory().get("/?sort=due&page=2"))
    assert "aria-sort" not in draw('{% sort_head "기한" "due" %}', RequestFactory().get("/"))


def test_a_gloss_opens_without_a_script_once_a_page() -> None:
    html = draw('{% gloss "협치" %} {% gloss "협치" %} {% gloss "숙의" "깊이 이야기하기" %} {% gloss "모르는 말" %}')
    keys = re.findall(r' id="([^"]+)"', html)
    assert len(set(keys)) == len(keys) == 2
    assert re.findall(r'popovertarget="([^"]+)"', html) == keys
    assert ">깊이 이야기하기<" in html
    assert html.endswith("모르는 말")


def test_the_hard_words_of_a_sentence_are_explained() -> None:
    html = draw("{% easy said %}", said="주민총회에서 의제를 정하고, 주민총회 <뒤에> 공감 기준을 봅니다. 부분과 전체.")
    assert re.findall(r'<button class="gloss"[^>]*>([^<]+)<', html) == ["주민총회", "의제", "공감 기준"]
    assert "&lt;뒤에&gt;" in html
    linked = draw("{% easy said %}", said=mark_safe('<a href="/">의제</a> <b>의제</b>'))
    assert linked.startswith('<a href="/">의제</a> <b><button')


def test_the_months_grid_and_the_years_bars() -> None:
    html = draw("{% month today events %}", today=date(2026, 7, 20), events=[{"on": date(2026, 7, 24), "text": "투표 끝", "is_end": True}])
    assert html.count("<tr>") == 6
    assert 'href="#d24" class="is-end"' in html
    assert 'aria-current="date"' in html
    rows = [{"label": "모으기", "opens_on": date(2025, 12, 1), "closes_on": date(2026, 1, 10), "text": "12건"}]
    html = draw('{% gantt "일정" rows today %}', rows=rows, today=date(2026, 7, 20))
    assert '<td colspan="1" class="is-past">' in html
    spans = [int(n) for n in re.findall(r'<td colspan="(\d+)"', html)]
    assert sum(spans) == 24


def test_the_town_map_shows_one_dong_and_a_pin() -> None:
    html = render_to_string("maps/geumcheon.svg", {"here": "독산2동", "pin_x": 438, "pin_y": 400})
    assert html.count('id="dong-') == 10
    assert re.findall(r'id="([^"]+)" class="land here"', html) == ["dong-doksan2"]
    assert "translate(438 400)" in html
    assert "land here" not in render_to_string("maps/geumcheon.svg")
    assert 'class="pin"' not in render_to_string("maps/geumcheon.svg")
