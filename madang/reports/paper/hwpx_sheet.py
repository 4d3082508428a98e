"""The look of a Hangul file: letters, paragraphs, borders and named styles, written into its header part.

Lengths are HWPUNIT (1/7200 inch); sizes of letters are hundredths of a point.
"""

import copy
from dataclasses import dataclass
from typing import Any

from lxml import etree

HH = "{http://www.hancom.co.kr/hwpml/2011/head}"
HP = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"
UNIT_CHAR = "http://www.hancom.co.kr/hwpml/2016/HwpUnitChar"
HC = "{http://www.hancom.co.kr/hwpml/2011/core}"
MM = 7200 / 25.4
GOTHIC, BATANG = "0", "1"
RULE, INK, SHADE, PALE, PINE = "#555555", "#111111", "#EFEEE9", "#F7F6F2", "#1F6B4F"


def mm(length: float) -> int:
    return round(length * MM)


@dataclass(frozen=True)
class Look:
    """A named style with the letter and the paragraph behind it."""

    style: str
    char: str
    para: str


class Sheet:
    """Adds shapes to a header part and hands out their numbers; the same wish gets the same number."""

    def __init__(self, header: Any) -> None:
        self.lists = {
            name: header.find(f"{HH}refList/{HH}{name}") for name in ("borderFills", "charProperties", "paraProperties", "styles")
        }
        self.tabs = header.find(f"{HH}refList/{HH}tabProperties")
        self.known: dict[tuple, str] = {}
        self.looks: dict[str, Look] = {}

    def _add(self, name: str, element: Any) -> str:
        home = self.lists[name]
        number = str(max((int(one.get("id")) for one in home), default=-1) + 1)
        element.set("id", number)
        home.append(element)
        home.set("itemCnt", str(len(home)))
        return number

    def char(self, points: float, *, bold: bool = False, face: str = GOTHIC, color: str = "#000000") -> str:
        key = ("char", points, bold, face, color)
        if key not in self.known:
            made = copy.deepcopy(self.lists["charProperties"][0])
            made.set("height", str(round(points * 100)))
            made.set("textColor", color)
            fonts = made.find(f"{HH}fontRef")
            for script in fonts.attrib:
                fonts.set(script, face)
            if bold:
                made.insert(list(made).index(made.find(f"{HH}underline")), etree.Element(f"{HH}bold"))
            self.known[key] = self._add("charProperties", made)
        return self.known[key]

    def para(
        self,
        align: str,
        *,
        left: int = 0,
        indent: int = 0,
        before: int = 0,
        after: int = 0,
        spacing: int = 160,
        keep: bool = False,
        tab: str = "0",
    ) -> str:
        """A paragraph shape; `keep` holds it to the next paragraph, a negative `indent` hangs the first line out."""
        key = ("para", align, left, indent, before, after, spacing, keep, tab)
        if key not in self.known:
            made = copy.deepcopy(self.lists["paraProperties"][0])
            made.set("tabPrIDRef", tab)
            made.find(f"{HH}align").set("horizontal", align)
            made.find(f"{HH}breakSetting").set("keepWithNext", "1" if keep else "0")
            made.find(f"{HH}breakSetting").set("breakNonLatinWord", "KEEP_WORD")
            given = {"intent": indent, "left": left, "prev": before, "next": after}
            for name, value in given.items():
                for one in made.iter(f"{HC}{name}"):  # the older reading (`default`) counts in halves of our unit
                    one.set("value", str(value * 2 if one.getparent().getparent().tag == f"{HP}default" else value))
            for one in made.iter(f"{HH}lineSpacing"):
                one.set("value", str(spacing))
            self.known[key] = self._add("paraProperties", made)
        return self.known[key]

    def right_tab(self, at: int) -> str:
        key = ("tab", at)
        if key not in self.known:
            number = str(max(int(one.get("id")) for one in self.tabs) + 1)
            made = etree.SubElement(self.tabs, f"{HH}tabPr", id=number, autoTabLeft="0", autoTabRight="0")
            choice = etree.SubElement(made, f"{HP}switch")
            new = etree.SubElement(choice, f"{HP}case", {f"{HP}required-namespace": UNIT_CHAR})
            etree.SubElement(new, f"{HH}tabItem", pos=str(at), type="RIGHT", leader="NONE", unit="HWPUNIT")
            etree.SubElement(etree.SubElement(choice, f"{HP}default"), f"{HH}tabItem", pos=str(at * 2), type="RIGHT", leader="NONE")
            self.tabs.set("itemCnt", str(len(self.tabs)))
            self.known[key] = number
        return self.known[key]

    def border(self, *, top: str = "", bottom: str = "", left: str = "", right: str = "", fill: str = "") -> str:
        """A border from sides written "kind width color", e.g. "SOLID 0.12 #555555"; an empty side has no line."""
        key = ("border", top, bottom, left, right, fill)
        if key not in self.known:
            made = copy.deepcopy(self.lists["borderFills"][0])
            for name, wish in (("left", left), ("right", right), ("top", top), ("bottom", bottom)):
                side = made.find(f"{HH}{name}Border")
                if wish:
                    kind, width, color = wish.split()
                    side.attrib.update({"type": kind, "width": f"{width} mm", "color": color})
            if fill:
                brush = etree.SubElement(made, f"{HC}fillBrush")
                etree.SubElement(brush, f"{HC}winBrush", faceColor=fill, hatchColor="#999999", alpha="0")
            self.known[key] = self._add("borderFills", made)
        return self.known[key]

    def boxed(self, fill: str = "", *, top: str = "") -> str:
        thin = f"SOLID 0.12 {RULE}"
        return self.border(top=top or thin, bottom=thin, left=thin, right=thin, fill=fill)

    def style(self, name: str, english: str, *, char: str, para: str) -> Look:
        if name not in self.looks:
            given = {"type": "PARA", "name": name, "engName": english, "paraPrIDRef": para, "charPrIDRef": char}
            made = etree.Element(f"{HH}style", id="0", **given, nextStyleIDRef="0", langID="1042", lockForm="0")
            number = self._add("styles", made)
            made.set("nextStyleIDRef", number)
            self.looks[name] = Look(number, char, para)
        return self.looks[name]


def dressed(sheet: Sheet) -> dict[str, Look]:
    """The styles of an official paper, by the name this package uses for them."""
    body, text = sheet.char(11, face=BATANG), sheet.style
    looks = {
        "title": text("문서 제목", "Paper Title", char=sheet.char(18, bold=True), para=sheet.para("CENTER", spacing=130)),
        "cover": text("표지 제목", "Cover Title", char=sheet.char(26, bold=True), para=sheet.para("CENTER", spacing=140)),
        "cover_line": text("표지 글", "Cover Line", char=sheet.char(18, bold=True), para=sheet.para("CENTER", before=mm(10))),
        "subtitle": text("문서 부제", "Paper Subtitle", char=sheet.char(12), para=sheet.para("CENTER", spacing=130)),
        "h1": text(
            "큰 제목", "Paper Heading 1", char=sheet.char(14, bold=True), para=sheet.para("LEFT", before=1400, after=400, keep=True)
        ),
        "h2": text(
            "작은 제목", "Paper Heading 2", char=sheet.char(12, bold=True), para=sheet.para("LEFT", before=900, after=300, keep=True)
        ),
        "body": text("문서 본문", "Paper Body", char=body, para=sheet.para("JUSTIFY", after=300)),
        "note": text("주석", "Paper Note", char=sheet.char(9), para=sheet.para("LEFT", left=2400, indent=-1200, before=200, spacing=130)),
        "caption": text(
            "표 제목",
            "Table Caption",
            char=sheet.char(10, bold=True),
            para=sheet.para("LEFT", before=700, after=150, spacing=130, keep=True),
        ),
        "gap": text("사이", "Gap", char=sheet.char(5), para=sheet.para("LEFT", spacing=100)),
        "attached": text("붙임", "Attached", char=body, para=sheet.para("LEFT", before=1000, spacing=150)),
        "attached_more": text("붙임 이어서", "Attached More", char=body, para=sheet.para("LEFT", left=2900, spacing=150)),
        "right": text("오른쪽 글", "Right Line", char=sheet.char(10), para=sheet.para("RIGHT", before=300, after=400, spacing=130)),
        "line": text("표 자리", "Table Place", char=sheet.char(2), para=sheet.para("LEFT", spacing=100)),
        "center": text("가운데 글", "Center Line", char=sheet.char(10), para=sheet.para("CENTER", before=200, spacing=130)),
    }
    for depth in range(4):
        left = (1400, 2300, 3400, 4500)[depth]
        para = sheet.para("JUSTIFY", left=left, indent=-1400 if depth < 2 else -1100, before=400 if depth == 0 else 160, spacing=150)
        looks[f"item{depth}"] = text(f"개조식 {depth + 1}", f"Clause {depth + 1}", char=body, para=para)
    for align, name in (("LEFT", "왼쪽"), ("CENTER", "가운데"), ("RIGHT", "숫자")):
        para = sheet.para(align, spacing=120)
        looks[f"cell_{align.lower()}"] = text(f"표 {name}", f"Table {align.title()}", char=sheet.char(9.5), para=para)
    return looks
