"""Who one can be in the demo town."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

PASSWORD = "madang-demo-2021"  # printed for everybody: the demo holds no real person


@dataclass(frozen=True)
class DemoPerson:
    """One person of the demo: sign-in word, who they are, what to try as them."""

    username: str
    who: Any
    tries: Any
    dong: str = ""  # slug
    role: str = ""


def people() -> tuple[DemoPerson, ...]:
    """The people to log in as, in the order a newcomer would try them."""
    return (
        DemoPerson("resident", _("주민 (독산2동)"), _("제안을 쓰고, 공감하고, 투표해요"), "doksan2"),
        DemoPerson("neighbour", _("주민 (시흥4동)"), _("다른 동 사람은 무엇을 할 수 없는지 봐요"), "siheung4"),
        DemoPerson("council", _("주민자치위원 (독산2동)"), _("주민자치회 의제를 살펴봐요"), "doksan2"),
        DemoPerson("officer", _("담당 주무관 (마을자치과)"), _("제안을 검토하고 답하고, 사업을 챙겨요"), "", "department_officer"),
        DemoPerson("parks", _("담당 주무관 (공원녹지과)"), _("다른 부서의 눈으로 검토해요"), "", "department_officer"),
        DemoPerson(
            "coordinator", _("총괄 담당 (마을자치과)"), _("과정을 만들고, 투표를 열고, 결과보고서를 써요"), "", "coordinating_officer"
        ),
        DemoPerson("dong", _("동주민센터 담당 (독산2동)"), _("종이와 전화로 온 제안을 대신 접수해요"), "doksan2", "dong_officer"),
        DemoPerson("mayor", _("구청장실"), _("약속이 어떻게 되었는지 보고 문서에 결재해요"), "", "mayor_office"),
        DemoPerson("moderator", _("이야기 돌봄이"), _("신고된 이야기를 살펴봐요"), "", "moderator"),
        DemoPerson("admin", _("누리집 관리자"), _("사람·부서·설정·감사 기록과 시범 시계를 다뤄요"), "", "site_admin"),
    )


def table(language: str = "ko") -> str:
    """The list as text for the terminal."""
    from django.utils.translation import override

    with override(language):
        rows = [f"  {p.username:<12} {p.who} : {p.tries}" for p in people()]
    return "\n".join([*rows, f"  비밀번호 password: {PASSWORD}"])
