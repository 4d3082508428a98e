"""Blueprints: what a process of one kind usually looks like, as data. Every date and setting can be changed in the process itself.

Months and days follow 금천구's year (domain reference, "Year at a glance" and §2(e), 2(f)): agenda January to April, review in May,
assembly in May or June, result report in July; the district's advisory vote on 17–23 July 2020, seven days, six picks."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from madang.ground.clock import KST

SATURDAY = 5


@dataclass(frozen=True)
class Offset:
    """A moment counted from the day a process starts: so many calendar months, then days, then on to a weekday, at a time in Korea."""

    months: int = 0
    days: int = 0
    hour: int = 0
    minute: int = 0
    weekday: int | None = None  # 0 Monday … 6 Sunday: the first such day on or after

    def of(self, start: date) -> datetime:
        """The moment for a process that starts on `start`."""
        month = start.month - 1 + self.months
        year, month = start.year + month // 12, month % 12 + 1
        day = date(year, month, min(start.day, monthrange(year, month)[1])) + timedelta(days=self.days)
        if self.weekday is not None:
            day += timedelta(days=(self.weekday - day.weekday()) % 7)
        return datetime.combine(day, time(self.hour, self.minute), tzinfo=KST)


@dataclass(frozen=True)
class StepTemplate:
    """A step of a blueprint. Without `closes` it has no end."""

    kind: str
    title: Any
    summary: Any = ""
    opens: Offset = Offset()
    closes: Offset | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Blueprint:
    """A process as it usually runs. `title` takes %(year)s and %(place)s; `requires` names what its process must have before opening."""

    slug: str
    label: Any
    about: Any
    title: Any
    steps: tuple[StepTemplate, ...]
    summary: Any = ""
    level: str = "district"  # whose it is: "district" or "dong"
    starts: tuple[int, int] = (1, 1)  # month and day it usually starts
    requires: frozenset[str] = frozenset()  # of "department", "council"
    source: Any = ""

    def title_for(self, *, year: int, place: str) -> str:
        """The title a process gets when nobody writes another."""
        return str(self.title) % {"year": year, "place": place}


ALWAYS_OPEN = Blueprint(
    slug="always_open",
    label=_("늘 열린 제안"),
    about=_("한 해 내내 누구나 제안하고 공감합니다. 공감이 모자라도 답변은 꼭 나갑니다."),
    title=_("금천1번가 %(year)s"),
    summary=_("동네에 필요한 일을 언제든 제안해 주세요. 이웃이 공감하고, 맡은 부서가 살펴 답합니다."),
    steps=(
        StepTemplate(
            kind="proposals",
            title=_("제안 받기"),
            summary=_("떠오른 생각을 적으면 이웃이 공감하고 맡은 부서가 살펴 답해요."),
        ),
    ),
    requires=frozenset({"department"}),
    source=_("국민 제안 규정, 금천1번가"),
)

ASSEMBLY_YEAR = Blueprint(
    slug="assembly_year",
    label=_("동 주민총회 한 해"),
    about=_("한 동의 의제를 찾고, 살피고, 투표로 정해 답을 받기까지 한 해 일정입니다."),
    title=_("%(year)s년 %(place)s 주민총회"),
    summary=_("우리 동에 필요한 일을 주민이 찾고, 다듬고, 투표로 정해요. 정한 일은 다음 해 자치계획과 예산에 담아요."),
    level="dong",
    requires=frozenset({"department", "council"}),
    source=_("주민자치회 시범실시 및 설치·운영 조례, 동 주민총회 운영 기준"),
    steps=(
        StepTemplate(
            kind="proposals",
            title=_("생각 모으기"),
            summary=_("우리 동에 필요한 일을 적어 주세요. 종이와 전화로도 받아요."),
            closes=Offset(months=4),
            settings={"propose_proof": 1, "endorse_proof": 1, "only_here": True},
        ),
        StepTemplate(
            kind="work",
            title=_("부서와 맞추기"),
            summary=_("할 수 있는 일인지, 얼마가 드는지 맡은 부서가 의제마다 살펴요."),
            opens=Offset(months=3, days=14),
            closes=Offset(months=5),
        ),
        StepTemplate(
            kind="gathering",
            title=_("정책검토회"),
            summary=_("주민자치회와 부서가 의제를 하나씩 놓고 이야기해요."),
            opens=Offset(months=4, days=11, hour=14, weekday=2),
            closes=Offset(months=4, days=11, hour=17, weekday=2),
        ),
        StepTemplate(
            kind="work",
            title=_("총회 알리기"),
            summary=_("투표에 올릴 의제와 투표 기준을 미리 알려요. 알린 뒤에는 의제와 금액을 바꾸지 않아요."),
            opens=Offset(months=4, days=20),
            closes=Offset(months=5, days=4),
            settings={"is_law": True, "least_days": 14},
        ),
        StepTemplate(
            kind="ballot",
            title=_("주민투표"),
            summary=_("온라인으로, 동주민센터 투표함에서, 총회 날 그 자리에서 투표해요. 한 사람이 한 번만 할 수 있어요."),
            opens=Offset(months=5, days=4, hour=9),
            closes=Offset(months=5, days=11, hour=15, weekday=SATURDAY),
            settings={"picks_max": 3},
        ),
        StepTemplate(
            kind="gathering",
            title=_("주민총회"),
            summary=_("지난해 한 일을 듣고, 의제를 함께 이야기하고, 그 자리에서 표를 세어 알려요."),
            opens=Offset(months=5, days=11, hour=14, weekday=SATURDAY),
            closes=Offset(months=5, days=11, hour=17, weekday=SATURDAY),
        ),
        StepTemplate(
            kind="work",
            title=_("결과 알리기"),
            summary=_("총회 결과를 문서로 적어 구청에 내고 누구나 보게 올려요."),
            opens=Offset(months=6),
            closes=Offset(months=7),
        ),
        StepTemplate(
            kind="work",
            title=_("구청이 답하기"),
            summary=_("의제마다 할지, 언제, 얼마로 할지 구청이 답해요."),
            opens=Offset(months=7),
            closes=Offset(months=9),
        ),
    ),
)

DISTRICT_VOTE = Blueprint(
    slug="district_vote",
    label=_("나풀나풀 온라인 투표"),
    about=_("구 전체에서 이레 동안 다음 해 사업을 고릅니다. 결과는 협치회의와 예산에 넘깁니다."),
    title=_("%(year)s 나풀나풀 주민투표"),
    summary=_("내년에 먼저 할 일을 골라 주세요. 금천구에 살면 누구나 여섯 개까지 고를 수 있어요."),
    starts=(7, 17),
    requires=frozenset({"department"}),
    source=_("2020년 나풀나풀 운영: 7. 17.~7. 23., 한 사람 여섯 표"),
    steps=(
        StepTemplate(
            kind="work",
            title=_("후보 알리기"),
            summary=_("투표에 올릴 사업과 드는 돈을 미리 보여 드려요."),
            opens=Offset(days=-14),
            closes=Offset(),
        ),
        StepTemplate(
            kind="ballot",
            title=_("온라인 투표"),
            summary=_("이레 동안 여섯 개까지 고를 수 있어요."),
            closes=Offset(days=7),
            settings={"picks_max": 6},
        ),
        StepTemplate(
            kind="work",
            title=_("결과 알리기"),
            summary=_("몇 명이 투표했고 무엇이 뽑혔는지, 어디에 쓰는지 알려요."),
            opens=Offset(days=7),
            closes=Offset(days=37),
        ),
    ),
)

QUESTION = Blueprint(
    slug="question",
    label=_("금나래가 묻습니다"),
    about=_("구청이 묻고 주민이 답합니다. 끝나면 답을 어디에 썼는지 알립니다."),
    title=_("금나래가 묻습니다 %(year)s"),
    summary=_("구청이 정하기 전에 먼저 여쭤봐요. 답을 어떻게 썼는지 꼭 알려 드려요."),
    starts=(3, 1),
    requires=frozenset({"department"}),
    source=_("공직선거법 제86조: 정당이나 후보자 지지를 묻지 않음"),
    steps=(
        StepTemplate(
            kind="question",
            title=_("묻고 듣기"),
            summary=_("자료를 읽고 고르거나 적어 주세요. 결과는 끝난 뒤에 보여 드려요."),
            closes=Offset(days=21),
        ),
        StepTemplate(
            kind="work",
            title=_("어떻게 썼는지 알리기"),
            summary=_("들은 답을 어디에 어떻게 썼는지 맡은 부서가 적어요."),
            opens=Offset(days=21),
            closes=Offset(days=51),
        ),
    ),
)

BLUEPRINTS: Mapping[str, Blueprint] = {b.slug: b for b in (ALWAYS_OPEN, ASSEMBLY_YEAR, DISTRICT_VOTE, QUESTION)}


def blueprint_of(slug: str) -> Blueprint:
    """The blueprint of a process. Raises KeyError when there is none of that name."""
    return BLUEPRINTS[slug]
