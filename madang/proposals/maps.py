"""Plain maps of one dong, cut out of the town's drawn map.

A position is told in thousandths of the cut-out, so it survives another size."""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.template import TemplateDoesNotExist
from django.template.loader import get_template

FULL = 1000  # a position runs from 0 to FULL in both directions
_DONG = re.compile(r'<path id="dong-(?P<slug>[\w-]+)"[^>]*\sd="(?P<d>[^"]+)"')
_SHAPE = re.compile(r'<path class="(?P<kind>hill|water|road)"(?: stroke-width="(?P<width>\d+)")?[^>]*?\sd="(?P<d>[^"]+)"')
_TEXT = re.compile(r'<text(?: class="(?P<css>[\w-]+)")? x="(?P<x>-?\d+)" y="(?P<y>-?\d+)">(?P<words>[^<]+)</text>')
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
MARGIN = 30


@dataclass(frozen=True)
class Shape:
    kind: str
    d: str
    width: int = 0


@dataclass(frozen=True)
class DongMap:
    """A square cut-out of the town's map: what to draw and where its corner lies. Pin and text sizes are in map units."""

    slug: str
    left: float
    top: float
    side: float
    dongs: tuple[tuple[str, str], ...]  # slug, outline
    shapes: tuple[Shape, ...]
    texts: tuple[tuple[float, float, str, bool], ...]  # x, y, words, quiet

    @property
    def view_box(self) -> str:
        return f"{self.left:g} {self.top:g} {self.side:g} {self.side:g}"

    @property
    def wide_box(self) -> str:
        """The same cut-out in the shape of a photo (4:3): a little more of the neighbours on both sides."""
        return f"{self.left - self.side / 6:g} {self.top:g} {self.side * 4 / 3:g} {self.side:g}"

    @property
    def text_scale(self) -> str:
        """How much the sheet's text size, made for the whole town, shrinks on the cut-out."""
        return f"{self.side * 1.6 / FULL:g}"

    @property
    def text_size(self) -> str:
        return f"{self.side * 0.05:g}"

    @property
    def thin(self) -> str:
        return f"{self.side * 0.004:g}"

    @property
    def bold(self) -> str:
        return f"{self.side * 0.01:g}"

    def pin(self, x: int, y: int) -> str:
        """The transform that puts the pin's tip on a position."""
        return f"translate({self.left + self.side * x / FULL:g} {self.top + self.side * y / FULL:g}) scale({self.side / FULL:g})"

    @property
    def is_cut(self) -> bool:
        return bool(self.slug)


@lru_cache(maxsize=64)
def map_of(town: str, dong: str = "") -> DongMap | None:
    """The map of a dong, or of the whole town for an unknown dong; None when nobody has drawn this town (`maps/<town slug>.svg`)."""
    try:
        source = get_template(f"maps/{town}.svg").template.source  # type: ignore[attr-defined]
    except TemplateDoesNotExist:
        return None
    dongs = tuple((m["slug"], m["d"]) for m in _DONG.finditer(source))
    left, top, side = _box(dict(dongs).get(dong, ""))
    return DongMap(
        slug=dong if dong in dict(dongs) else "",
        left=left,
        top=top,
        side=side,
        dongs=dongs,
        shapes=tuple(Shape(m["kind"], m["d"], int(m["width"] or 0)) for m in _SHAPE.finditer(source)),
        texts=tuple((float(m["x"]), float(m["y"]), m["words"], m["css"] == "t-quiet") for m in _TEXT.finditer(source)),
    )


def _box(outline: str) -> tuple[float, float, float]:
    """Corner and side of the square around an outline of absolute points; the whole map for none."""
    numbers = [float(n) for n in _NUMBER.findall(outline)]
    if not numbers:
        return 0, 0, FULL
    xs, ys = numbers[::2], numbers[1::2]
    side = max(max(xs) - min(xs), max(ys) - min(ys)) + 2 * MARGIN
    return (min(xs) + max(xs) - side) / 2, (min(ys) + max(ys) - side) / 2, side
