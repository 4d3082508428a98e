"""A paper as a Hangul file (HWPX). The one module that knows python-hwpx: it lends the empty file, its parts, pictures and packing."""

import io
import struct
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from typing import Any

from hwpx.document import HwpxDocument
from lxml import etree

from .blocks import FigureBlock, Paper, plain
from .hwpx_body import Body
from .hwpx_sheet import Sheet, dressed, mm
from .hwpx_table import HP, Writer, node
from .letters import safe
from .pdf import picture_kind

A4 = (59528, 84186)
EDGE, BAND = mm(20), mm(10)


def draw(paper: Paper, at: datetime, pictures: Mapping[str, bytes]) -> bytes:
    """The file's bytes, with `at` as creation date. ValueError when a picture is missing or neither PNG nor JPEG."""
    document = HwpxDocument.new()
    header = document.oxml.headers[0]
    sheet = Sheet(header.element)
    writer, looks = Writer(), dressed(sheet)
    groups = [(wide, list(sections)) for wide, sections in groupby(paper.sections, key=lambda one: one.landscape)] or [(False, [])]
    for number, (wide, sections) in enumerate(groups):
        part = document.sections[0] if number == 0 else document.add_section()
        body = Body(sheet, looks, writer, width=(A4[1] if wide else A4[0]) - 2 * EDGE)
        opening = opened(part.element)
        home = part.element
        if number == 0:
            body.head(home, paper)
        embed = partial(picture, document, pictures, part, body)
        for section in sections:
            body.section(home, section, embed)
        if number == len(groups) - 1:
            body.tail(home, paper)
        settle(home, opening, wide=wide, numbered=number == 0, cover=paper.cover and number == 0)
        part.mark_dirty()
    header.mark_dirty()
    label(document, paper, at)
    return repacked(document.to_bytes(), at)


def opened(section: Any) -> Any:
    """Take the run with the page settings out of the empty section and clear the rest."""
    opening = next(run for run in section.iter(f"{HP}run") if run.find(f"{HP}secPr") is not None)
    for child in list(section):
        section.remove(child)
    return opening


def settle(section: Any, opening: Any, *, wide: bool, numbered: bool, cover: bool) -> None:
    """Page size, margins and page number into the first paragraph, which must carry them."""
    first = section[0] if len(section) else node(section, "p", id=0, paraPrIDRef=0, styleIDRef=0, pageBreak=0, columnBreak=0, merged=0)
    for spare in opening.findall(f"{HP}t"):
        opening.remove(spare)
    page = opening.find(f"{HP}secPr/{HP}pagePr")
    page.attrib.update({"landscape": "NARROWLY" if wide else "WIDELY", "width": str(A4[0]), "height": str(A4[1])})
    margins = {"left": EDGE, "right": EDGE, "top": BAND, "bottom": BAND, "header": BAND, "footer": BAND, "gutter": 0}
    page.find(f"{HP}margin").attrib.update({name: str(value) for name, value in margins.items()})
    node(node(opening, "ctrl"), "pageNum", pos="BOTTOM_CENTER", formatType="DIGIT", sideChar="-")
    if cover:
        node(node(opening, "ctrl"), "pageHiding", hideHeader=0, hideFooter=0, hideMasterPage=0, hideBorder=0, hideFill=0, hidePageNum=1)
    first.insert(0, opening)


def picture(document: HwpxDocument, pictures: Mapping[str, bytes], part: Any, body: Body, block: FigureBlock) -> None:
    """The library embeds the picture and draws its element; numbers that it draws by lot are replaced by running ones."""
    kind = picture_kind(block.key, pictures)
    data = pictures[block.key]
    wide, high = size_of(data, kind)
    width = int(body.width * block.width)
    look = body.looks["center"]
    made = document.add_picture(
        data, kind, section=part, width=width, height=int(width * high / wide), para_pr_id_ref=look.para, style_id_ref=look.style
    )
    element: Any = made.element
    pixels = {"right": str(wide * 75), "bottom": str(high * 75)}
    element.find(f"{HP}imgClip").attrib.update({"left": "0", "top": "0"} | pixels)
    element.find(f"{HP}imgDim").attrib.update({"dimwidth": pixels["right"], "dimheight": pixels["bottom"]})
    comment = element.find(f"{HP}shapeComment")
    if comment is None:
        comment = node(element, "shapeComment")
    comment.text = safe(block.alt)
    for name in ("id", "instid"):
        if name in element.attrib:
            element.set(name, str(800_000 + body.writer.next_id()))
    paragraph = next(one for one in element.iterancestors(f"{HP}p"))
    paragraph.set("id", str(body.writer.next_id()))
    for lines in paragraph.findall(f"{HP}linesegarray"):
        paragraph.remove(lines)


def size_of(data: bytes, kind: str) -> tuple[int, int]:
    """Width and height in pixels from the head of a PNG or JPEG. ValueError when a JPEG has no frame."""
    if kind == "png":
        wide, high = struct.unpack(">II", data[16:24])
        return wide, high
    at = 2
    while at + 9 < len(data):
        marker, length = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            high, wide = struct.unpack(">HH", data[at + 5 : at + 9])
            return wide, high
        at += 2 + length
    raise ValueError("a JPEG without a frame")


def label(document: HwpxDocument, paper: Paper, at: datetime) -> None:
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    document.parts.clear_document_metadata()
    document.parts.set_document_metadata(title=safe(paper.title), creator=safe(paper.organ), created_date=moment, modified_date=moment)
    document.parts.clear_preview()
    lines = [paper.title, paper.organ, *(f"{one.mark} {one.heading}" for one in paper.sections), *(plain(note) for note in paper.notes)]
    document.package.write("Preview/PrvText.txt", safe("\r\n".join(lines)).encode("utf-8"))


def repacked(data: bytes, at: datetime) -> bytes:
    """The same parts in the same order with one date, so that the checksum follows from the paper and the moment alone."""
    moment = max(at.astimezone(UTC).timetuple()[:6], (1980, 1, 1, 0, 0, 0))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, moment)
            info.compress_type = zipfile.ZIP_STORED if entry.filename == "mimetype" else zipfile.ZIP_DEFLATED
            info.create_system = 0
            new.writestr(info, old.read(entry.filename))
    return out.getvalue()


def parts_of(data: bytes) -> dict[str, Any]:
    """The section parts of a file as elements, by name: for reading back."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: etree.fromstring(file.read(name)) for name in file.namelist() if name.startswith("Contents/section")}
