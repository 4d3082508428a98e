"""The few shapes and colours from which `draw.py` makes the demo town's pictures."""

import math
from collections import Counter

from PIL import Image, ImageDraw

W, H = 960, 720
SCALE = 2
EXACT, BLENDED = 72, 120

PINE, PINE_2, PINE_3, PINE_4 = "#0d5b43", "#3f8a6d", "#94cbb3", "#e2f2ea"
LEAF, LEAF_2, LEAF_3 = "#4f8059", "#79a678", "#a9c79b"
SAND, SAND_2, SAND_3, SAND_4 = "#f6f5f1", "#eeece6", "#d9d7cf", "#b9b5a8"
PERSIMMON, CLAY, CLAY_2 = "#d9773f", "#c98f6b", "#e9d3bd"
GOLD, GOLD_2, CREAM = "#f5d55e", "#f9e6a0", "#fff6da"
INDIGO, BLUE, BLUE_2, SKY = "#27405f", "#5b8ad6", "#a9c4e0", "#dfe9ef"
NIGHT, NIGHT_2, NIGHT_3 = "#232f4a", "#35456a", "#506188"
INK, BARK, WHITE = "#3a382f", "#7a5d46", "#ffffff"


class Canvas:
    """A drawing surface in picture coordinates (0–960, 0–720)."""

    def __init__(self, background):
        self.image = Image.new("RGB", (W * SCALE, H * SCALE), background)
        self.pen = ImageDraw.Draw(self.image)

    @staticmethod
    def _up(points):
        return [(x * SCALE, y * SCALE) for x, y in points]

    def poly(self, *points, fill):
        self.pen.polygon(self._up(points), fill=fill)

    def rect(self, x, y, w, h, fill, r=0):
        self.pen.rounded_rectangle([x * SCALE, y * SCALE, (x + w) * SCALE, (y + h) * SCALE], r * SCALE, fill=fill)

    def dot(self, x, y, rx, fill, ry=None):
        ry = rx if ry is None else ry
        self.pen.ellipse([(x - rx) * SCALE, (y - ry) * SCALE, (x + rx) * SCALE, (y + ry) * SCALE], fill=fill)

    def line(self, *points, fill, w=4):
        self.pen.line(self._up(points), fill=fill, width=int(w * SCALE), joint="curve")
        for x, y in points:
            self.dot(x, y, w / 2, fill)

    def glow(self, shape, colour, strength):
        """Lighten an area with a see-through shape: shape(pen, up) draws on a mask."""
        mask = Image.new("L", self.image.size, 0)
        shape(ImageDraw.Draw(mask), lambda *points: self._up(points), int(255 * strength))
        self.image.paste(Image.new("RGB", self.image.size, colour), (0, 0), mask)
        self.pen = ImageDraw.Draw(self.image)

    def halo(self, x, y, r, colour=GOLD, strength=0.16, rings=3):
        for ring in range(rings):
            radius = r * (1 - ring / rings)

            def disc(pen, _up, level, radius=radius):
                pen.ellipse([(x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE], fill=level)

            self.glow(disc, colour, strength)

    def pool(self, x, y, rx, ry, colour=GOLD, strength=0.2):
        """Light lying on the ground: two flat ellipses, the inner one brighter."""
        for part in (1, 0.6):
            across, along = rx * part, ry * part
            corners = self._up([(x - across, y - along), (x + across, y + along)])
            self.glow(lambda pen, _up, level, corners=corners: pen.ellipse(corners, fill=level), colour, strength)

    def cone(self, *points, colour=GOLD, strength=0.2):
        self.glow(lambda pen, up, level: pen.polygon(up(*points), fill=level), colour, strength)

    def save(self, path):
        """Write a PNG of few colours: the commonest ones exactly, their blends at edges nearly."""
        small = self.image.resize((W, H), Image.LANCZOS)
        counts = Counter({colour: count for count, colour in small.getcolors(W * H)})
        palette = [colour for colour, _ in counts.most_common(EXACT)]
        blends = small.quantize(BLENDED, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).getpalette()[: BLENDED * 3]
        table = Image.new("P", (1, 1))
        table.putpalette([part for colour in palette for part in colour] + blends)
        small.quantize(palette=table, dither=Image.Dither.NONE).save(path, optimize=True)


def sky(c, *bands):
    """Horizontal bands from the top; each band is (colour, y where it ends)."""
    top = 0
    for colour, bottom in bands:
        c.rect(0, top, W, bottom - top, colour)
        top = bottom


def hill(c, base, height, fill, shift=0.0, waves=1.4):
    points = [(x, base - height * (0.62 + 0.38 * math.sin(shift + x / W * math.tau * waves))) for x in range(0, W + 1, 12)]
    c.poly((0, H), *points, (W, H), fill=fill)


def tree(c, x, y, size, leaf=LEAF, light=LEAF_2, trunk=BARK):
    c.rect(x - size * 0.06, y - size * 0.55, size * 0.12, size * 0.55, trunk, 3)
    for dx, dy, r in ((-0.24, -0.72, 0.28), (0.24, -0.7, 0.27), (0, -0.98, 0.33), (0, -0.7, 0.3)):
        c.dot(x + dx * size, y + dy * size, r * size, leaf)
    for dx, dy, r in ((-0.12, -1.04, 0.17), (-0.28, -0.78, 0.13), (0.14, -0.84, 0.12)):
        c.dot(x + dx * size, y + dy * size, r * size, light)


def pine(c, x, y, size, fill=PINE_2, trunk=BARK):
    c.rect(x - size * 0.05, y - size * 0.3, size * 0.1, size * 0.3, trunk)
    for step, half in ((0.18, 0.3), (0.46, 0.24), (0.74, 0.17)):
        c.poly((x - half * size, y - step * size), (x + half * size, y - step * size), (x, y - (step + 0.48) * size), fill=fill)


def bush(c, x, y, size, fill=LEAF, light=LEAF_2):
    for dx, r in ((-0.6, 0.42), (0, 0.58), (0.6, 0.44)):
        c.dot(x + dx * size, y - r * size * 0.7, r * size, fill)
    c.dot(x - 0.15 * size, y - 0.6 * size, 0.24 * size, light)
    c.rect(x - size, y - size * 0.1, size * 2, size * 0.14, fill, 4)


def bench(c, x, y, w, wood=CLAY, iron=INK):
    for leg in (0.1, 0.9):
        c.rect(x + w * leg - 4, y - 44, 8, 44, iron)
        c.rect(x + w * leg - 4, y - 92, 8, 60, iron)
    c.rect(x, y - 52, w, 12, wood, 4)
    c.rect(x, y - 94, w, 11, wood, 4)
    c.rect(x, y - 76, w, 11, wood, 4)
    for arm in (0.02, 0.9):
        c.rect(x + w * arm, y - 70, w * 0.08, 7, iron, 3)


def lamp(c, x, y, height, lit=True, colour=INK):
    if lit:
        c.cone((x + 34, y - height + 12), (x - 120, y), (x + 190, y), strength=0.16)
        c.halo(x + 36, y - height + 14, 70)
    c.rect(x - 4, y - height, 8, height, colour, 3)
    c.rect(x - 4, y - height - 4, 56, 8, colour, 4)
    c.rect(x + 22, y - height, 34, 10, GOLD if lit else SAND_3, 4)


def house(c, x, y, w, h, wall, roof, lights=None, columns=2, rows=2, eave=14):
    """A block with a flat or tiled roof; windows shine where lights names them."""
    c.rect(x, y - h, w, h, wall)
    c.poly((x - eave, y - h), (x + w + eave, y - h), (x + w + eave - 10, y - h - 22), (x - eave + 10, y - h - 22), fill=roof)
    gap_x, gap_y = w / (columns + 1), h / (rows + 0.6)
    for column in range(columns):
        for row in range(rows):
            left, top = x + gap_x * (column + 0.68), y - h + gap_y * (row + 0.4)
            shine = lights is not None and (column + row * columns) in lights
            c.rect(left, top, gap_x * 0.64, gap_y * 0.54, GOLD_2 if shine else BLUE_2 if lights is None else NIGHT_3, 2)
            c.rect(left + gap_x * 0.3, top, 3, gap_y * 0.54, wall)


def person(c, x, y, size, coat, hair=INK, trousers=NIGHT_2):
    """A small figure seen from behind."""
    c.rect(x - 0.12 * size, y - 0.36 * size, 0.1 * size, 0.36 * size, trousers, 3)
    c.rect(x + 0.02 * size, y - 0.36 * size, 0.1 * size, 0.36 * size, trousers, 3)
    c.rect(x - 0.17 * size, y - 0.76 * size, 0.34 * size, 0.46 * size, coat, 0.12 * size)
    c.dot(x, y - 0.88 * size, 0.13 * size, hair)


def pot(c, x, y, size, flower=PERSIMMON):
    c.poly((x - size * 0.5, y - size * 0.6), (x + size * 0.5, y - size * 0.6), (x + size * 0.36, y), (x - size * 0.36, y), fill=CLAY)
    for dx, dy in ((-0.3, -0.95), (0, -1.15), (0.3, -0.92)):
        c.line((x, y - size * 0.6), (x + dx * size, y + dy * size), fill=LEAF, w=3)
        c.dot(x + dx * size, y + dy * size, size * 0.17, flower)
