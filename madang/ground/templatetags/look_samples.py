"""Made-up values for the page of all parts (/parts/). Nothing here is about a real person or a real proposal."""

# ruff: noqa: E501  rows of samples read best as rows

from datetime import date, datetime, timedelta, timezone
from typing import Any

from django import forms
from django.core.paginator import Paginator

KST = timezone(timedelta(hours=9))
AT = datetime(2026, 7, 20, 10, 42, tzinfo=KST)
TODAY = date(2026, 7, 20)
LONG = "독산초 뒤 골목, 밤길이 어두워요. 가로등 사이가 멀어 서른 걸음쯤 캄캄하니 바닥 조명을 달아 주세요"
ICONS = [
    "yard",
    "idea",
    "vote",
    "won",
    "me",
    "people",
    "search",
    "view",
    "calendar",
    "clock",
    "pin",
    "check",
    "plus",
    "close",
    "right",
    "left",
    "heart",
    "talk",
    "share",
    "bell",
    "paper",
    "down",
    "print",
    "filter",
    "photo",
    "warn",
    "info",
    "good",
    "edit",
    "link",
    "phone",
    "recount",
    "compare",
    "lock",
    "table",
    "desk",
    "next",
    "help",
]
DONG = [("", "고르기"), ("gasan", "가산동"), ("doksan2", "독산2동")]


def at(month: int, day: int, hour: int = 18) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=KST)


class SampleForm(forms.Form):
    """Every kind of field once."""

    name = forms.CharField(label="별명", help_text="이름 대신 보여요.", max_length=20)
    title = forms.CharField(label="제목", max_length=120)
    story = forms.CharField(label="자세한 이야기", required=False, max_length=2000, widget=forms.Textarea)
    dong = forms.ChoiceField(label="동", choices=DONG)
    number = forms.CharField(label="접수번호", disabled=True, required=False)
    cost = forms.CharField(
        label="어림한 돈", help_text="예: 60,000", required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    on = forms.DateField(label="하고 싶은 날", required=False)
    photo = forms.FileField(label="사진", required=False, help_text="10MB까지 올릴 수 있어요.")
    where = forms.ChoiceField(label="투표할 곳", choices=[("web", "온라인"), ("office", "동주민센터")], widget=forms.RadioSelect)
    news = forms.MultipleChoiceField(
        label="소식 받기", choices=[("text", "문자"), ("mail", "이메일")], required=False, widget=forms.CheckboxSelectMultiple
    )
    size = forms.ChoiceField(label="글자 크기", choices=[("a", "보통"), ("b", "크게"), ("c", "아주 크게")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="적은 내용을 누구나 볼 수 있다는 것을 알아요", help_text="전화번호와 주소는 공개하지 않아요.")


def _forms() -> dict[str, SampleForm]:
    typed = {"name": "안양천새벽반", "title": "", "dong": "", "cost": "육천", "news": ["text"], "size": "a"}
    good = {"name": "안양천새벽반", "number": "2026-제안-0147", "news": ["text"], "where": "web", "size": "a"}
    bad = SampleForm(typed, auto_id="bad_%s")
    bad.is_valid()
    return {"form": SampleForm(initial=good, auto_id="ok_%s"), "bad_form": bad}


def _cards() -> list[dict[str, Any]]:
    shared = {"url": "#", "dong": "독산2동", "category": "환경·공원", "threshold": 20, "on": date(2026, 7, 2)}
    return [
        {
            **shared, "title": "안양천 산책로 들머리에 그늘 쉼터와 물 마시는 곳을 놓아 주세요", "tone": "info", "state": "부서 검토", "side": "답변까지 12일",
            "summary": "여름이면 들머리에서 다리까지 600m 동안 앉을 그늘이 없어요.", "endorsements": 1412, "author": "안양천새벽반", "comments": 34,
        },
        {**shared, "title": LONG, "tone": "open", "state": "공감 모으는 중", "side": "11일 남음", "endorsements": 18, "author": "두아이엄마", "comments": 6},
        {**shared, "title": "재활용 정거장을 토요일에도", "tone": "bad", "state": "하지 않아요", "endorsements": 6, "author": "3단지 통장", "comments": 0},
    ]  # fmt: skip


def _lists() -> dict[str, Any]:
    return {
        "opens": [
            {"closes_at": at(7, 20), "tone": "info", "kind": "의견 묻기", "where": "금천구 전체", "title": "안양천 들머리 쉼터, 어느 자리가 좋을까요?",
             "text": "두 자리 가운데 하나를 고르고 까닭을 적어 주세요.", "url": "#", "act": "의견 남기기"},
            {"closes_at": at(7, 24), "tone": "open", "kind": "투표", "where": "금천구 전체", "title": "나풀나풀 주민투표: 42개 사업 가운데 6개까지",
             "text": "내년 예산 12억원을 어디에 쓸지 고릅니다.", "url": "#", "act": "투표하기", "is_main": True},
            {"closes_at": at(8, 14), "tone": "plain", "kind": "모집", "where": "독산2동", "title": "주민자치회 위원을 모집해요", "url": "#", "act": "신청하기"},
            {"closes_at": None, "tone": "open", "kind": "제안", "title": LONG, "url": "#", "act": "제안 쓰기"},
        ],
        "trail": [
            {"title": "제안이 올라왔어요", "at": at(7, 2, 7), "who": "안양천새벽반"},
            {"title": "담당 부서가 정해졌어요", "at": at(7, 6, 9), "who": "공원녹지과", "note": "하천 구역이라 치수과와 함께 살펴봅니다.", "url": "#"},
            {"title": "부서가 살펴보는 중", "state": "now", "when": "8. 1.(토)까지 · 12일 남음"},
            {"title": "할지 말지 답변", "state": "next"},
        ],
        "path": [("제안", False), ("공감", False), ("부서 검토", True), ("투표", False), ("예산", False)],
        "steps": ["사는 곳 확인", "사업 고르기", "고른 것 확인하기", "표 내기"],
        "facts": [
            {"term": "올해 들어온 제안", "value": "186건", "url": "#"},
            {"term": "30일 안에 답한 제안", "value": "160건", "url": "#", "note": "답할 때가 된 171건 가운데"},
            {"term": "쓰기로 한 돈", "value": "9억 8,400만원", "note": "쓴 돈 5억 1,270만원"},
        ],
        "chips": [{"url": "#", "label": "모두", "count": 42, "is_current": True}, {"url": "#", "label": "안전·교통", "count": 9}],
        "filters": [{"url": "#", "label": "독산2동"}, {"url": "#", "label": "부서 검토"}],
        "tabs": [{"url": "#", "label": "한눈에", "is_current": True}, {"url": "#", "label": "내 제안", "count": 3}, {"url": "#", "label": "투표"}],
        "crumbs": [("#", "지금 우리 동네"), ("#", "제안"), ("", "안양천 산책로 그늘 쉼터")],
        "docs": [{"url": "#", "title": "자치계획안 1차", "kind": "PDF", "size": "1.2MB"}, {"url": "#", "title": "의제 목록", "kind": "CSV"}],
        "similar": [{"url": "#", "title": "시흥2동 산책로 쉼터", "note": "마쳤어요 · 2025년 · 5,840만원"}, {"url": "#", "title": "가산동 둔치에 물 마시는 곳"}],
    }  # fmt: skip


def _desk() -> dict[str, Any]:
    return {
        "tally": [
            {"figure": 2, "label": "기한 지남·오늘", "url": "#", "tone": "bad", "is_current": True},
            {"figure": 4, "label": "3일 안", "url": "#", "tone": "time"},
            {"figure": 1204, "label": "그 뒤", "url": "#"},
            {"figure": "94%", "label": "올해 기한 지킴 (160/171)"},
        ],
        "todo": [
            {"state": "missing", "title": "총회 끝나는 시각", "why": "표를 받는 때가 정해지지 않아요", "url": "#"},
            {"state": "maybe", "title": "8. 16. 대체공휴일", "why": "투표함을 여는 주민센터가 쉽니다", "url": "#", "link": "보기"},
            {"state": "done", "title": "공고 기간 20일", "why": "조례 제9조 14일 이상"},
        ],
        "due": [
            {"left": -2, "on": date(2026, 7, 18), "title": "독산4동 골목 쓰레기 그물 고치기", "tone": "bad", "state": "답변 초안", "n": 38},
            {"left": 0, "on": TODAY, "title": "시흥5동 놀이터 물 빠짐", "tone": "time", "state": "현장 확인", "n": 0},
            {"left": 3, "on": date(2026, 7, 23), "title": LONG, "tone": "warn", "state": "보완 기다림", "n": 57},
            {"left": 12, "on": date(2026, 8, 1), "title": "안양천 산책로 그늘 쉼터", "tone": "info", "state": "중간 답변함", "n": 412},
            {
                "left": None,
                "note": "전문가 의견 7. 31.까지",
                "title": "시흥3동 하천길 냄새 줄이기",
                "tone": "plain",
                "state": "시계 멈춤",
                "n": 204,
            },
        ],
        "keys": [("A", "부서 정하기"), ("R", "답변 쓰기")],
        "heads": [("쓴 곳", ""), ("예산", "n"), ("쓴 돈", "n")],
        "rows": [["설계", "620만원", "620만원"], ["손잡이 공사", "4,180만원", "3,310만원"]],
        "foot": ["모두", "4,800만원", "3,930만원"],
    }


def _talk() -> dict[str, Any]:
    reply = {
        "pk": 3,
        "author": "안양천새벽반",
        "is_author": True,
        "at": at(7, 6, 20),
        "text": "좋은 생각이에요. 접이식으로 고쳐서 적었습니다.",
        "likes": 10,
        "like_url": "#",
    }
    return {
        "answer": {
            "title": "공원녹지과의 답변", "tone": "warn", "label": "고치면 할 수 있음", "who": "공원녹지과 담당 주무관", "at": at(7, 15),
            "text": "의자와 그늘막은 **내년 5월까지** 놓겠습니다.", "reasons": ["들머리 빈터는 하천 구역이라 점용 허가가 필요합니다.", "겨울 동파 때문에 물 마시는 곳은 더 살펴야 합니다."],
            "next": "30일 안에 다시 살펴 달라고 할 수 있어요.",
        },
        "comments": [
            {"pk": 1, "author": "은행나무집", "dong": "독산2동", "at": at(7, 4, 9), "text": "유모차 끌고 나오면 햇볕이 제일 힘들어요.\n팔걸이 의자 꼭 부탁합니다.",
             "likes": 5, "is_liked": True, "like_url": "#", "reply_url": "#", "report_url": "#", "replies": [reply]},
            {"pk": 2, "author": "물길지기", "dong": "가산동", "at": at(7, 6, 8), "text": "", "hidden_why": "다른 사람의 전화번호가 적혀 있었어요"},
        ],
    }  # fmt: skip


def _figures() -> dict[str, Any]:
    return {
        "rank": [
            {
                "number": 1,
                "title": "시흥4동 비탈길 손잡이와 쉼 의자",
                "url": "#",
                "votes": 3214,
                "won": 64_000_000,
                "link_url": "#",
                "link": "지금 모습 보기",
            },
            {
                "number": 2,
                "title": "독산1동 작은도서관 토요일 밤 열기",
                "url": "#",
                "votes": 2987,
                "won": 52_000_000,
                "link_url": "#",
                "link": "지금 모습 보기",
            },
        ],
        "lost": [
            {"number": 3, "title": "호암산 유아 숲 쉼터", "url": "#", "votes": 1790, "won": 280_000_000, "note": "262표 더 필요했어요"}
        ],
        "funnel": [
            {"label": "들어온 생각", "value": 374, "words": "374건", "url": "#"},
            {"label": "검토 통과", "value": 126, "words": "126건", "url": "#", "note": "합침 142, 다른 일 61, 어려움 45"},
            {"label": "하기로 함", "value": 11, "words": "11건", "url": "#", "note": "주민이 고름"},
        ],
        "bars": [
            {"label": "시흥4동", "value": 72, "words": "7.2%"},
            {"label": "금천구", "value": 49, "words": "4.9%", "quiet": True},
            {"label": "시흥2동", "value": 39, "words": "3.9%"},
        ],
        "gantt": [
            {"label": "생각 모으기", "opens_on": date(2026, 1, 15), "closes_on": date(2026, 3, 31), "text": "126건"},
            {"label": "공감 모으기", "opens_on": date(2026, 6, 20), "closes_on": date(2026, 8, 10), "text": "열림"},
            {"label": "주민총회", "opens_on": date(2026, 8, 29), "closes_on": date(2026, 8, 29), "text": "8. 29.(토)"},
            {"label": "구청이 답하기", "opens_on": date(2026, 9, 1), "closes_on": date(2026, 10, 30), "text": "60일 안에", "is_law": True},
            {"label": "예산에 담기", "opens_on": date(2026, 11, 1), "closes_on": date(2026, 12, 31), "text": "구의회 심의"},
        ],
        "events": [
            {"on": date(2026, 7, 14), "text": "투표 시작"},
            {"on": TODAY, "text": "안양천 쉼터 자리, 의견 묻기 끝", "is_end": True},
            {"on": date(2026, 7, 24), "text": "나풀나풀 주민투표 끝", "hour": "18:00", "is_end": True, "link": "#"},
            {"on": date(2026, 7, 29), "text": "예산학교: 우리 동네 예산 읽기", "hour": "19:00"},
        ],
        "photos": [
            {
                "url": "/static/madang/img/stream.svg",
                "alt": "그림: 안양천 산책로 들머리 빈터에 그린 쉼터 모습",
                "caption": "7. 2. 들머리 왼쪽 빈터",
            },
            {
                "url": "/static/madang/img/slope.svg",
                "alt": "그림: 비탈길 계단 옆에 손잡이와 나무 의자가 놓인 모습",
                "caption": "7. 17. 손잡이 150m",
            },
        ],
        "items": [
            {
                "pk": 1,
                "number": 1,
                "title": "독산초 뒤 골목 바닥 조명",
                "cost_won": 48_000_000,
                "where": "독산2동",
                "url": "#",
                "is_picked": True,
            },
            {
                "pk": 2,
                "number": 2,
                "title": "가산디지털단지역 앞 건널목 바닥 신호등과 어르신 쉬어 가는 의자 열두 곳",
                "cost_won": 180_000_000,
                "where": "가산동",
                "url": "#",
            },
        ],
        "item_off": {"pk": 3, "number": 3, "title": "고를 수 없는 사업", "cost_won": 320_000_000, "where": "시흥5동"},
        "slots": [True, True, False, False, False, False],
    }


def samples() -> dict[str, Any]:
    """One of everything, at one fixed moment."""
    everything: dict[str, Any] = {
        "at": AT,
        "today": TODAY,
        "long": LONG,
        "cards": _cards(),
        "page": Paginator(range(160), 20).page(3),
        "icons": ICONS,
    }
    everything["hints"] = {"web": "7. 24. 18:00까지", "office": "평일 9시부터 18시까지"}
    everything["counts"] = [at(7, 20), at(7, 24), at(8, 14), at(7, 19)]
    for group in (_forms(), _lists(), _desk(), _talk(), _figures()):
        everything.update(group)
    return everything
