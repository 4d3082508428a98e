"""Makes the fonts that official papers embed.

They come from the npm package `pretendard-gov` (SIL Open Font License 1.1, licence beside this file). That licence reserves
the name "Pretendard" for unchanged copies, so the cut-down faces here carry the family name "Madang Paper".

Run it where the network is, in an environment of its own with `fonttools` installed:

    npm pack pretendard-gov@1.3.9 && tar xzf pretendard-gov-1.3.9.tgz
    python madang/reports/fonts/renew.py package/dist/public/static

What is kept: Latin, every one of the 11,172 Hangul syllables, the symbols official papers use (□ ○ ※ ▸ Ⅰ ① ㎡ …), and, as a
fallback face of its own, the hanja. What is drawn new: ▸ ◎ ☑ 〓 from the shapes of ▶ ○ ● □ ✓ ＝; ❍ and ☐ share ○ and □.
`coverage.txt` lists what the faces can print; the PDF renderer reads it, because a PDF/UA file may not hold an unknown glyph.
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
FAMILY = "Madang Paper"
WEIGHTS = {"Regular": "MadangPaper-Regular.otf", "Bold": "MadangPaper-Bold.otf"}
HANJA = [ord(bytes([high, low]).decode("euc_kr")) for high in range(0xCA, 0xFE) for low in range(0xA1, 0xFF)]  # KS X 1001, rows 42 to 93
KEPT = [
    *range(0x20, 0x7F), *range(0xA0, 0x100), 0x152, 0x153, 0x160, 0x161, 0x178,
    *range(0x2010, 0x2028), *range(0x2030, 0x2037), 0x203B, 0x20A9, 0x20AC, 0x2103, 0x2109, 0x2113, 0x2116, 0x2121, 0x2122, 0x2126,
    *range(0x2153, 0x215F), *range(0x2160, 0x2180), *range(0x2190, 0x2200), *range(0x2200, 0x2300), *range(0x2460, 0x2500),
    *range(0x25A0, 0x2600), *range(0x2600, 0x2700), *range(0x2700, 0x27C0), *range(0x3000, 0x3040), 0x30FB,
    *range(0x3131, 0x318F), *range(0x3200, 0x3400), *range(0xAC00, 0xD7A4), *range(0xFF01, 0xFFEF),
]  # fmt: skip


def main(source: Path) -> None:
    """Write both weights, the hanja face and the list of printable characters from the OTF files in `source`."""
    printable: set[int] = set()
    for weight, name in WEIGHTS.items():
        font = drawn_new(open_font(source, weight))
        cut(font, KEPT, family=FAMILY, weight=weight).save(HERE / name)
        printable = covered(HERE / name) if not printable else printable & covered(HERE / name)
    cut(open_font(source, "Regular"), HANJA, family=f"{FAMILY} Hanja", weight="Regular").save(HERE / "MadangPaper-Hanja.otf")
    (HERE / "coverage.txt").write_text(ranges(printable | covered(HERE / "MadangPaper-Hanja.otf")), encoding="ascii")


def open_font(source: Path, weight: str):
    from fontTools.ttLib import TTFont

    return TTFont(source / f"PretendardGOV-{weight}.otf", recalcTimestamp=False)


def covered(path: Path) -> set[int]:
    from fontTools.ttLib import TTFont

    return set(TTFont(path).getBestCmap())


def ranges(points: set[int]) -> str:
    """`20-7E` lines, sorted, hexadecimal."""
    lines, start, last = [], None, None
    for point in sorted(points):
        if last is not None and point == last + 1:
            last = point
            continue
        if start is not None:
            lines.append(f"{start:X}-{last:X}")
        start = last = point
    lines.append(f"{start:X}-{last:X}")
    return "\n".join(lines) + "\n"


def drawn_new(font):
    """Add the marks of official papers which the source face lacks, made of shapes it has."""
    has = font.getBestCmap()
    ring, disc, box, tick, wedge, equal = (has[ord(c)] for c in "○●□✓▶＝")
    add_glyph(font, 0x25B8, [(wedge, 0.62)])
    add_glyph(font, 0x25CE, [(ring, 1.0), (disc, 0.5)])
    add_glyph(font, 0x2611, [(box, 1.0), (tick, 0.8)])
    add_glyph(font, 0x3013, [(equal, 1.0), (equal, 1.2)])
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.setdefault(0x274D, ring)
            table.cmap.setdefault(0x2610, box)
    return font


def add_glyph(font, point: int, shapes: list) -> None:
    """Add a glyph laid together from (glyph, scale) pairs, each scaled about the middle of the first one."""
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.pens.t2CharStringPen import T2CharStringPen
    from fontTools.pens.transformPen import TransformPen

    glyphs, cff = font.getGlyphSet(), font["CFF "].cff
    advance = font["hmtx"][shapes[0][0]][0]
    width = round(advance * 0.75) if len(shapes) == 1 else advance
    pen, (middle_x, middle_y) = T2CharStringPen(width, glyphs), middle(glyphs, shapes[0][0], BoundsPen)
    for glyph, scale in shapes:
        x, y = middle(glyphs, glyph, BoundsPen)
        aim_x = width / 2 if len(shapes) == 1 else middle_x
        glyphs[glyph].draw(TransformPen(pen, (scale, 0, 0, scale, aim_x - x * scale, middle_y - y * scale)))
    top = cff.topDictIndex[0]
    fd = top.FDSelect[font.getGlyphID(shapes[0][0])]
    private = top.FDArray[fd].Private
    name = f"cid{max(int(one[3:]) for one in top.charset[1:]) + 1:05d}"  # the face is keyed by number, so is a new glyph
    top.CharStrings.charStringsIndex.append(pen.getCharString(private, cff.GlobalSubrs))
    top.CharStrings.charStrings[name] = len(top.CharStrings.charStringsIndex) - 1
    if name not in top.charset:
        top.charset.append(name)
    top.FDSelect.append(fd)
    font.setGlyphOrder(top.charset)
    font["hmtx"][name] = (width, 0)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[point] = name


def middle(glyphs, name: str, pen_class) -> tuple[float, float]:
    pen = pen_class(glyphs)
    glyphs[name].draw(pen)
    left, low, right, high = pen.bounds
    return (left + right) / 2, (low + high) / 2


def cut(font, points: list[int], *, family: str, weight: str):
    """Keep the given code points, tabular figures and kerning; drop hinting; name the face as ours."""
    from fontTools.subset import Options, Subsetter

    options = Options(layout_features=["kern", "tnum", "ccmp", "mark", "mkmk"], hinting=False, name_IDs=["*"], notdef_outline=True)
    options.drop_tables += ["vmtx", "vhea", "VORG"]
    maker = Subsetter(options)
    maker.populate(unicodes=points)
    maker.subset(font)
    plain = family.replace(" ", "")
    ours = {1: family, 2: weight, 3: f"{plain}-{weight};1.3.9", 4: f"{family} {weight}", 6: f"{plain}-{weight}"}
    names = font["name"]
    names.names = [row for row in names.names if row.nameID in (0, 13, 14) and row.langID in (0, 0x409)]
    for number, text in ours.items():
        names.setName(text, number, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames[0] = ours[6]
    top = cff.topDictIndex[0]
    top.FullName, top.FamilyName = ours[4], family
    return font


if __name__ == "__main__":
    main(Path(sys.argv[1]))
