"""The few words a paper carries that no caller passes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Labels:
    sign: str
    attached: str
    end: str
    continued: str
    unprintable: str
    table: str
    paper: str
    blank: str


LABELS = {
    "ko": Labels(
        sign="결재", attached="붙임", end="끝.", continued="다음", unprintable="※ 〓 : 이 문서의 글꼴에 없는 글자", table="표",
        paper="문서", blank="미입력",
    ),
    "en": Labels(
        sign="Approval", attached="Attached", end="End.", continued="then", unprintable="※ 〓 : a character the typeface lacks",
        table="Table", paper="Paper", blank="not entered",
    ),
}  # fmt: skip
