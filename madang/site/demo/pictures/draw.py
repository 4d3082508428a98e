"""Draw the demo town's pictures: flat, calm, in the palette of the look.

Run `python -m madang.site.demo.pictures.draw [name ...]`. Every picture is drawn
at twice its size and shrunk, then reduced to few colours, so each PNG stays under
40 KB. The pictures stand in for photographs and show no real place or person.
"""

import math
import random
import sys
from pathlib import Path

from madang.site.demo.pictures.brush import (
    BARK,
    BLUE,
    BLUE_2,
    CLAY,
    CLAY_2,
    CREAM,
    GOLD,
    GOLD_2,
    INK,
    LEAF,
    LEAF_2,
    LEAF_3,
    NIGHT,
    NIGHT_2,
    NIGHT_3,
    PERSIMMON,
    PINE,
    PINE_2,
    PINE_3,
    PINE_4,
    SAND,
    SAND_2,
    SAND_3,
    SAND_4,
    SCALE,
    SKY,
    WHITE,
    Canvas,
    H,
    W,
    bench,
    bush,
    hill,
    house,
    lamp,
    person,
    pine,
    pot,
    sky,
    tree,
)


def alley():
    c = Canvas(NIGHT)
    sky(c, (NIGHT, 170), (NIGHT_2, 300), (NIGHT_3, 420))
    rng = random.Random(1)
    for _ in range(26):
        c.dot(rng.randint(280, 690), rng.randint(20, 220), 1.8, CREAM)
    hill(c, 430, 110, "#2b3a58", 0.6)
    house(c, 330, 470, 130, 150, "#3d4a68", "#2a3450", {1, 2})
    house(c, 520, 470, 120, 190, "#46526f", "#2a3450", {0, 3})
    c.poly((360, 450), (600, 450), (860, H), (110, H), fill="#3a435a")
    c.poly((0, 150), (300, 330), (360, 450), (110, H), (0, H), fill="#5b5560")
    c.poly((W, 120), (650, 320), (600, 450), (860, H), (W, H), fill="#4c4f68")
    for x, y, s in ((60, 300, 90), (190, 370, 60)):
        c.poly((x, y), (x + s, y + s * 0.5), (x + s, y + s * 1.5), (x, y + s * 1.3), fill=GOLD_2 if x == 60 else NIGHT_3)
    for x, y, s in ((840, 270, 80), (710, 350, 50)):
        c.poly((x, y + s * 0.5), (x + s, y), (x + s, y + s * 1.2), (x, y + s * 1.4), fill=NIGHT_3 if x == 840 else GOLD_2)
    for step in range(5):
        near = step / 4
        for side in (-1, 1):
            x = 480 + side * (124 + near * 208)
            y, size = 470 + near * 190, 16 + near * 26
            c.pool(x - side * size * 0.9, y + size * 0.1, size * 2.3, size * 0.75)
            c.rect(x - size / 2, y - size * 0.4, size, size * 0.4, GOLD, 3)
    person(c, 470, 600, 110, PERSIMMON, NIGHT, NIGHT)
    person(c, 520, 602, 82, PINE_3, NIGHT, NIGHT)
    return c


def slope():
    c = Canvas(SKY)
    sky(c, (SKY, 260), (SAND, H))
    hill(c, 330, 180, PINE_3, 2.2)
    house(c, 60, 430, 190, 170, CLAY_2, PERSIMMON, None, 2, 2)
    house(c, 300, 360, 150, 140, SAND_2, PINE_2, None, 2, 1)
    house(c, 700, 300, 190, 150, CLAY_2, BARK, None, 2, 2)
    c.poly((0, 500), (400, 420), (960, 300), (960, H), (0, H), fill=LEAF_3)
    c.poly((180, H), (760, H), (690, 300), (640, 300), fill=SAND_3)
    for step in range(13):
        t = step / 12
        y = 690 - 380 * t**0.86
        left, right = 205 + 440 * t**0.9, 745 - 60 * t
        c.rect(left, y, right - left, 9 - 5 * t, SAND_4, 2)
        c.rect(left, y - 3 + 2 * t, right - left, 4 - 2 * t, GOLD if step % 3 == 0 else WHITE, 1)
    rail = [(190 + 452 * t**0.9, 640 - 376 * t**0.86) for t in (i / 12 for i in range(13))]
    for i, (x, y) in enumerate(rail):
        c.rect(x - 3, y, 6, 54 - 3.4 * i, PINE, 2)
    c.line(*rail, fill=PINE, w=9)
    bench(c, 770, 560, 150)
    bush(c, 70, 620, 60)
    tree(c, 900, 470, 150)
    person(c, 520, 560, 130, BLUE)
    return c


def stream():
    c = Canvas(SKY)
    sky(c, (SKY, 210), ("#eaf0ea", 330), (SAND, H))
    c.dot(770, 130, 54, GOLD_2)
    hill(c, 330, 150, PINE_3, 0.3)
    for i, (x, h) in enumerate(((40, 120), (130, 170), (215, 140), (300, 110), (620, 130), (700, 170), (800, 140), (880, 110))):
        c.rect(x, 330 - h, 66, h, (SAND_2, SAND_3, CLAY_2)[i % 3])
    c.rect(0, 330, W, 60, LEAF_3)
    c.poly((0, 390), (W, 380), (W, 520), (0, 450), fill=BLUE_2)
    for x, y, w in ((90, 414, 120), (330, 432, 160), (620, 424, 130), (760, 470, 150), (480, 470, 90)):
        c.rect(x, y, w, 5, SKY, 3)
    c.poly((0, 450), (W, 520), (W, H), (0, H), fill=LEAF_2)
    c.poly((0, 560), (W, 600), (W, 690), (0, 640), fill=CLAY_2)
    c.line((0, 600), (W, 645), fill=SAND, w=4)
    for x in range(30, W, 74):
        c.line((x, 470 + x * 0.07), (x - 8, 420 + x * 0.07), fill=LEAF, w=3)
        c.line((x + 12, 474 + x * 0.07), (x + 18, 430 + x * 0.07), fill=PINE_2, w=3)
    c.dot(560, 400, 18, WHITE, 11)
    c.line((572, 394), (584, 374), fill=WHITE, w=5)
    c.line((584, 374), (598, 378), fill=PERSIMMON, w=4)
    tree(c, 150, 590, 230)
    tree(c, 850, 600, 180, LEAF, LEAF_3)
    person(c, 430, 640, 120, PERSIMMON)
    person(c, 486, 640, 112, PINE_2)
    return c


def shade():
    c = Canvas(SKY)
    sky(c, (SKY, 300), (PINE_4, 430), (LEAF_3, H))
    c.dot(150, 120, 64, GOLD)
    c.halo(150, 120, 120, GOLD_2, 0.22)
    hill(c, 430, 110, PINE_3, 1.2)
    c.poly((0, 500), (W, 470), (W, H), (0, H), fill=LEAF_2)
    c.poly((120, H), (860, H), (700, 560), (260, 560), fill=SAND_3)
    for x in (250, 720):
        c.rect(x, 270, 18, 320, BARK, 3)
    c.poly((180, 276), (800, 250), (830, 212), (150, 240), fill=PINE)
    c.poly((180, 276), (800, 250), (800, 264), (180, 292), fill=PINE_2)
    c.glow(lambda pen, up, level: pen.polygon(up((250, 590), (740, 590), (820, 660), (190, 660)), fill=level), INK, 0.14)
    bench(c, 300, 590, 170)
    bench(c, 510, 590, 170)
    c.rect(120, 500, 26, 100, PINE_2, 8)
    c.rect(112, 492, 42, 14, PINE, 6)
    c.line((146, 515), (166, 515), (166, 528), fill=BLUE, w=6)
    tree(c, 860, 540, 230)
    bush(c, 60, 560, 50)
    return c


def market():
    c = Canvas(SAND)
    sky(c, ("#e9ede9", 200), (SAND, H))
    for i, x in enumerate(range(-10, W, 120)):
        c.poly((x, 120), (x + 60, 70), (x + 120, 120), fill=(PINE_3, BLUE_2)[i % 2])
    c.rect(0, 120, W, 16, PINE)
    for x in (70, 470, 870):
        c.rect(x, 136, 16, 384, SAND_4)
    for i, x in enumerate((96, 496)):
        c.rect(x, 260, 364, 200, (CLAY_2, SAND_2)[i])
        awning = (PERSIMMON if i else PINE_2, WHITE)
        for j in range(7):
            left = x + j * 52
            c.poly((left, 240), (left + 52, 240), (left + 52, 292), (left + 26, 306), (left, 292), fill=awning[j % 2])
        c.rect(x - 6, 440, 376, 22, BARK, 3)
        c.rect(x + 4, 462, 356, 64, CLAY)
    rng = random.Random(4)
    for x in range(116, 440, 27):
        c.dot(x, 428, 14, rng.choice((PERSIMMON, GOLD, LEAF_2, "#b8503a")))
    for x in range(520, 840, 27):
        c.dot(x, 428, 14, rng.choice((LEAF, LEAF_3, GOLD, PERSIMMON)))
    c.poly((0, 520), (W, 520), (W, H), (0, H), fill=SAND_3)
    for x in range(-60, W, 150):
        c.line((x + 120, 530), (x, 720), fill=SAND_2, w=3)
    c.rect(392, 168, 176, 74, WHITE, 10)
    c.rect(398, 174, 164, 62, PINE, 8)
    for x, coat in ((440, WHITE), (520, GOLD)):
        c.dot(x - 14, 190, 7, coat)
        c.rect(x - 22, 200, 16, 26, coat, 5)
    c.line((548, 205), (530, 205), fill=WHITE, w=5)
    c.poly((549, 196), (557, 205), (549, 214), fill=WHITE)
    c.line((420, 150), (420, 170), fill=INK, w=4)
    c.line((540, 150), (540, 170), fill=INK, w=4)
    person(c, 240, 660, 150, BLUE)
    person(c, 720, 640, 140, PERSIMMON)
    c.rect(752, 590, 30, 36, PINE_3, 6)
    return c


def library():
    c = Canvas(NIGHT)
    sky(c, (NIGHT_2, 200), (NIGHT_3, 320), (CLAY, 400), (CLAY_2, 470))
    hill(c, 470, 130, NIGHT_2, 1.8)
    c.rect(220, 240, 520, 330, "#8d6b55")
    c.poly((180, 250), (780, 250), (740, 200), (220, 200), fill=NIGHT)
    for i, x in enumerate((250, 370, 490, 610)):
        c.rect(x, 290, 100, 150, GOLD_2, 4)
        c.rect(x + 46, 290, 8, 150, "#8d6b55")
        rng = random.Random(i)
        for shelf in range(2):
            left = x + 6
            while left < x + 84:
                width = rng.choice((8, 10, 12))
                c.rect(left, 388 + shelf * 4 - rng.randint(20, 34), width, 40, rng.choice((PERSIMMON, PINE, BLUE, BARK, PINE_2)), 1)
                left += width + 2
        c.rect(x, 424, 100, 18, "#8d6b55")
    c.rect(450, 470, 60, 100, GOLD_2, 4)
    c.rect(482, 470, 4, 100, BARK)
    c.poly((0, 570), (W, 570), (W, H), (0, H), fill="#3b4a45")
    c.cone((440, 570), (520, 570), (640, 720), (320, 720), colour=GOLD_2, strength=0.28)
    tree(c, 120, 590, 200, "#2f5147", "#3d6557")
    tree(c, 850, 600, 240, "#2f5147", "#3d6557")
    lamp(c, 776, 610, 170)
    bench(c, 560, 640, 130, CLAY)
    person(c, 470, 650, 110, PERSIMMON, NIGHT, NIGHT)
    return c


def bus_stop():
    c = Canvas(SKY)
    sky(c, ("#e6edf0", 260), (PINE_4, 420), (SAND_3, H))
    for i, (x, w, h) in enumerate(((0, 160, 210), (160, 130, 260), (300, 180, 190), (640, 150, 240), (800, 160, 200))):
        house(c, x, 430, w, h, (SAND_2, CLAY_2, SAND)[i % 3], PINE_3, None, 3, 3, 0)
    c.rect(0, 430, W, 60, SAND_2)
    c.rect(0, 560, W, 160, "#8f8d86")
    for x in range(20, W, 160):
        c.rect(x, 640, 84, 8, WHITE, 3)
    c.rect(0, 540, W, 24, SAND_4)
    c.rect(300, 250, 16, 300, PINE)
    c.rect(560, 250, 16, 300, PINE)
    c.rect(270, 224, 340, 26, PINE, 8)
    c.glow(lambda pen, up, level: pen.rectangle([v * SCALE for v in (316, 280, 560, 470)], fill=level), BLUE_2, 0.45)
    bench(c, 350, 540, 180)
    c.rect(640, 300, 10, 250, INK)
    c.rect(610, 260, 70, 90, PERSIMMON, 10)
    c.rect(622, 274, 46, 8, WHITE, 3)
    c.rect(622, 292, 46, 8, WHITE, 3)
    c.rect(622, 310, 30, 8, WHITE, 3)
    person(c, 690, 555, 120, BLUE)
    person(c, 250, 550, 110, PINE_2)
    tree(c, 90, 520, 190)
    tree(c, 890, 520, 160)
    return c


def park():
    c = Canvas(SKY)
    sky(c, (SKY, 250), (PINE_4, 380), (LEAF_3, H))
    c.dot(800, 110, 46, GOLD_2)
    hill(c, 400, 160, PINE_3, 2.6)
    hill(c, 430, 90, LEAF_2, 0.9, 2.0)
    c.poly((0, 500), (W, 480), (W, H), (0, H), fill=LEAF_2)
    c.poly((380, H), (620, H), (560, 500), (500, 490), fill=SAND_3)
    c.poly((0, 600), (380, 560), (470, 590), (0, 680), fill=SAND_3)
    c.rect(670, 520, 10, 110, PERSIMMON)
    c.rect(840, 520, 10, 110, PERSIMMON)
    c.rect(660, 512, 200, 12, PERSIMMON, 4)
    for x in (720, 790):
        c.line((x, 522), (x, 590), fill=INK, w=4)
        c.rect(x - 26, 588, 52, 10, GOLD, 4)
    for x, s in ((120, 240), (300, 180), (560, 150), (900, 210)):
        tree(c, x, 540 - s * 0.08, s)
    bench(c, 110, 640, 150)
    rng = random.Random(7)
    for _ in range(34):
        c.dot(rng.randint(30, 930), rng.randint(640, 705), 5, rng.choice((GOLD, WHITE, PERSIMMON)))
    person(c, 520, 600, 120, PINE)
    return c


def school_road():
    c = Canvas(SKY)
    sky(c, (SKY, 280), (SAND, H))
    c.rect(80, 180, 560, 260, CLAY_2)
    c.rect(60, 164, 600, 26, PERSIMMON, 4)
    c.rect(310, 120, 100, 60, CLAY_2)
    c.dot(360, 150, 20, WHITE)
    c.line((360, 150), (360, 138), fill=INK, w=3)
    c.line((360, 150), (370, 152), fill=INK, w=3)
    for row in range(2):
        for x in range(110, 620, 86):
            c.rect(x, 220 + row * 100, 58, 58, BLUE_2, 3)
            c.rect(x + 27, 220 + row * 100, 4, 58, CLAY_2)
    c.rect(0, 400, W, 60, LEAF_2)
    for x in range(20, W, 46):
        c.rect(x, 376, 8, 84, WHITE, 2)
    c.rect(0, 388, W, 8, WHITE)
    c.rect(0, 460, W, 60, SAND_3)
    c.rect(0, 520, W, 200, "#8f8d86")
    for x in range(330, 640, 62):
        c.poly((x, 520), (x + 38, 520), (x + 20, H), (x - 30, H), fill=WHITE)
    c.rect(690, 330, 200, 140, GOLD)
    c.poly((690, 470), (890, 470), (930, 530), (690, 530), fill=GOLD)
    for x in (730, 780, 830):
        c.dot(x, 500, 14, PERSIMMON, 8)
    tree(c, 60, 440, 210)
    tree(c, 920, 400, 190)
    person(c, 760, 506, 110, BLUE)
    person(c, 812, 508, 100, PINE_2)
    c.rect(746, 424, 28, 34, PERSIMMON, 6)
    c.rect(798, 430, 28, 32, GOLD_2, 6)
    person(c, 660, 520, 150, PERSIMMON)
    c.line((676, 440), (706, 400), fill=PERSIMMON, w=10)
    c.poly((700, 402), (742, 378), (746, 404), fill=GOLD)
    return c


def recycling():
    c = Canvas(SKY)
    sky(c, ("#e6edf0", 300), (PINE_4, 420), (SAND_3, H))
    house(c, 40, 430, 230, 230, CLAY_2, PERSIMMON, None, 2, 3)
    house(c, 690, 430, 230, 260, SAND_2, PINE_2, None, 2, 3)
    c.rect(0, 430, W, 120, LEAF_3)
    c.rect(0, 550, W, 170, SAND_3)
    for x in (180, 780):
        c.rect(x, 230, 14, 360, BARK)
    c.poly((140, 246), (820, 226), (846, 190), (116, 206), fill=PINE)
    for i, colour in enumerate((PINE_2, BLUE, GOLD, PERSIMMON)):
        x = 214 + i * 142
        c.poly((x, 430), (x + 120, 430), (x + 110, 600), (x + 10, 600), fill=colour)
        c.rect(x - 6, 416, 132, 22, INK, 6)
        c.rect(x + 30, 422, 60, 8, SAND, 3)
        c.dot(x + 60, 505, 34, WHITE)
        if i == 0:
            c.rect(x + 44, 488, 32, 36, PINE_2, 3)
            c.line((x + 50, 500), (x + 70, 500), fill=WHITE, w=3)
            c.line((x + 50, 510), (x + 64, 510), fill=WHITE, w=3)
        elif i == 1:
            c.rect(x + 53, 480, 14, 12, BLUE)
            c.rect(x + 46, 490, 28, 38, BLUE, 7)
        elif i == 2:
            c.rect(x + 46, 486, 28, 40, BARK, 5)
            c.rect(x + 46, 496, 28, 4, WHITE)
        else:
            c.poly((x + 42, 490), (x + 78, 490), (x + 72, 524), (x + 48, 524), fill=PERSIMMON)
    c.poly((60, 640), (170, 640), (160, 700), (70, 700), fill=CLAY)
    c.line((60, 640), (115, 622), fill=BARK, w=6)
    c.line((170, 640), (115, 622), fill=BARK, w=6)
    person(c, 880, 660, 150, PINE)
    return c


def rooftop():
    c = Canvas(SKY)
    sky(c, (SKY, 260), ("#f3e9dc", 400))
    c.dot(180, 150, 50, GOLD)
    hill(c, 400, 130, PINE_3, 1.1)
    for i, (x, h) in enumerate(((0, 70), (90, 120), (180, 90), (560, 110), (650, 150), (760, 80), (860, 130))):
        c.rect(x, 420 - h, 80, h, (SAND_3, CLAY_2, SAND_2)[i % 3])
    c.rect(0, 420, W, 30, SAND_4)
    c.rect(0, 450, W, 270, SAND_2)
    for x in range(0, W, 120):
        c.line((x + 40, 450), (x - 40, 720), fill=SAND_3, w=3)
    for row, y in enumerate((520, 620)):
        for i, x in enumerate(range(60 + row * 40, 680, 160)):
            c.rect(x, y - 10, 130, 50, BARK, 4)
            c.rect(x + 6, y - 16, 118, 14, "#54432f", 4)
            for j in range(4):
                px = x + 22 + j * 29
                c.line((px, y - 14), (px, y - 44), fill=LEAF, w=4)
                c.dot(px, y - 48, 13, LEAF_2 if (i + j) % 2 else LEAF)
                if (i + j + row) % 3 == 0:
                    c.dot(px + 8, y - 36, 6, PERSIMMON)
    c.rect(740, 300, 12, 320, INK)
    c.rect(920, 300, 12, 320, INK)
    c.poly((700, 310), (950, 290), (960, 330), (710, 350), fill=PINE_2)
    bench(c, 760, 640, 160)
    c.rect(20, 500, 30, 120, BLUE, 6)
    c.line((50, 560), (100, 660), fill=BLUE, w=5)
    person(c, 480, 540, 120, PERSIMMON)
    return c


def kitchen():
    c = Canvas(CREAM)
    sky(c, (CREAM, 440), (CLAY_2, H))
    c.rect(0, 90, W, 12, CLAY)
    c.rect(80, 130, 250, 220, BLUE_2, 6)
    c.rect(200, 130, 8, 220, WHITE)
    c.rect(80, 234, 250, 8, WHITE)
    hill_points = [(84, 348)] + [(84 + i * 24, 320 - 26 * math.sin(i * 0.9)) for i in range(5)] + [(196, 348)]
    c.poly(*hill_points, fill=PINE_3)
    c.rect(400, 160, 480, 14, BARK, 3)
    for i, x in enumerate(range(430, 860, 72)):
        c.rect(x, 112, 40, 48, (PINE_3, GOLD_2, PERSIMMON, BLUE_2, LEAF_2, SAND_3)[i % 6], 8)
        c.rect(x + 8, 104, 24, 10, BARK, 3)
    for x in (440, 530, 620, 710, 800):
        c.line((x, 174), (x, 214), fill=INK, w=3)
        c.dot(x, 236, 24, SAND_4)
    for x in (300, 660):
        c.line((x, 0), (x, 50), fill=INK, w=4)
        c.poly((x - 50, 96), (x + 50, 96), (x + 24, 48), (x - 24, 48), fill=PINE)
        c.halo(x, 110, 70, GOLD_2, 0.2)
    c.rect(0, 440, W, 26, BARK)
    c.rect(0, 466, W, 120, CLAY)
    for x in (90, 330, 570, 800):
        c.rect(x, 486, 130, 84, "#d8a982", 5)
        c.dot(x + 65, 500, 5, BARK)
    c.rect(420, 350, 190, 90, PINE_2, 16)
    c.rect(404, 344, 222, 18, PINE, 8)
    c.rect(496, 326, 38, 20, PINE, 8)
    for x, y in ((470, 300), (515, 280), (560, 302)):
        c.halo(x, y, 26, WHITE, 0.45, 2)
    c.poly((690, 400), (850, 400), (826, 440), (714, 440), fill=WHITE)
    for x, colour in ((716, LEAF), (744, PERSIMMON), (772, GOLD), (800, LEAF_2), (826, PERSIMMON)):
        c.dot(x, 392, 19, colour)
    c.rect(120, 424, 220, 16, "#d8a982", 5)
    for x in range(140, 320, 26):
        c.dot(x, 416, 11, WHITE if x % 4 else LEAF_3)
    c.line((330, 416), (378, 408), fill=SAND_4, w=9)
    c.rect(0, 586, W, 134, SAND_2)
    for x in range(0, W, 96):
        c.line((x, 586), (x - 50, 720), fill=SAND_3, w=3)
    return c


def flower_bed():
    c = Canvas(SAND)
    sky(c, (SKY, 180), (SAND_2, H))
    c.rect(0, 120, 430, 400, "#c97d5a")
    for row in range(9):
        for x in range(-40 + (row % 2) * 42, 420, 84):
            c.rect(x, 128 + row * 44, 78, 36, "#d48d6a", 3)
    c.rect(430, 120, 530, 400, CLAY_2)
    c.rect(410, 100, 30, 430, BARK)
    c.rect(560, 220, 200, 300, PINE)
    c.rect(576, 236, 168, 284, PINE_2)
    c.rect(656, 236, 8, 284, PINE)
    c.dot(640, 380, 7, GOLD)
    c.dot(680, 380, 7, GOLD)
    c.rect(0, 520, W, 200, SAND_3)
    c.rect(0, 512, W, 16, SAND_4)
    for x in (60, 290):
        c.rect(x, 520, 190, 90, BARK, 6)
        c.rect(x + 8, 510, 174, 20, "#54432f", 6)
    rng = random.Random(11)
    for x in range(76, 480, 20):
        if 246 < x < 300:
            continue
        height = rng.randint(40, 96)
        c.line((x, 514), (x + rng.randint(-6, 6), 514 - height), fill=LEAF, w=4)
        c.dot(x - 8, 514 - height * 0.4, 8, LEAF_2, 5)
        colour = rng.choice((PERSIMMON, GOLD, WHITE, "#c96a80"))
        for angle in range(0, 360, 72):
            c.dot(x + 8 * math.cos(math.radians(angle)), 514 - height + 8 * math.sin(math.radians(angle)), 7, colour)
        c.dot(x, 514 - height, 5, GOLD if colour != GOLD else PERSIMMON)
    pot(c, 530, 600, 60)
    pot(c, 800, 600, 72, GOLD)
    pot(c, 872, 610, 54, "#c96a80")
    c.poly((620, 640), (690, 640), (684, 690), (626, 690), fill=BLUE)
    c.line((690, 655), (740, 630), fill=BLUE, w=10)
    c.line((622, 645), (600, 668), (624, 684), fill=BLUE, w=8)
    return c


def forest_path():
    c = Canvas(PINE_4)
    sky(c, ("#edf3ea", 260), (PINE_4, H))
    hill(c, 340, 150, PINE_3, 0.8)
    hill(c, 430, 120, LEAF_2, 2.4)
    for x, y, s in ((70, 420, 200), (180, 400, 150), (300, 420, 210), (700, 410, 200), (800, 400, 160), (900, 430, 230), (600, 400, 130)):
        pine(c, x, y, s, PINE_2 if s > 160 else LEAF)
    c.poly((0, 470), (W, 450), (W, H), (0, H), fill=LEAF)
    c.poly((240, H), (720, H), (560, 430), (500, 430), fill="#c9a57f")
    for step in range(15):
        t = step / 14
        y = 712 - 278 * t**0.8
        left, right = 246 + 256 * t**0.8, 714 - 154 * t**0.8
        c.line((left, y), (right, y), fill="#a97f58", w=4 - 2.6 * t)
    for side in (0, 1):
        points = [((206 + 288 * t**0.8) if side == 0 else (756 - 192 * t**0.8), 640 - 250 * t**0.8) for t in (i / 7 for i in range(8))]
        for i, (x, y) in enumerate(points):
            c.rect(x - 4, y, 8 - i * 0.6, 62 - i * 5, BARK, 2)
        c.line(*points, fill=BARK, w=8)
    pine(c, 120, 690, 420, PINE)
    pine(c, 880, 700, 440, PINE)
    c.dot(478, 604, 26, INK)
    c.dot(478, 604, 18, "#c9a57f")
    c.dot(528, 606, 26, INK)
    c.dot(528, 606, 18, "#c9a57f")
    c.rect(478, 560, 52, 34, NIGHT_2, 6)
    c.rect(486, 506, 38, 62, PERSIMMON, 14)
    c.dot(505, 494, 18, SAND_4)
    person(c, 560, 610, 150, BLUE)
    return c


def ginkgo():
    c = Canvas(SKY)
    sky(c, ("#e8eef2", 300), (CREAM, 470), (SAND_3, H))
    house(c, 40, 470, 200, 150, CLAY_2, PINE_2, None, 2, 2)
    house(c, 730, 470, 190, 170, SAND_2, BARK, None, 2, 2)
    c.rect(0, 470, W, 30, LEAF_3)
    rng = random.Random(5)
    crown = [(480, 130, 120), (370, 190, 105), (590, 190, 108), (300, 250, 76), (664, 248, 78)]
    crown += [(430, 240, 92), (540, 246, 92), (480, 60, 84)]
    for x, y, r in crown:
        c.dot(x, y, r, "#e3b63c")
    for _ in range(70):
        x, y, r = rng.choice(crown)
        a, d = rng.random() * math.tau, rng.random() * r * 0.85
        c.dot(x + d * math.cos(a), y + d * math.sin(a), rng.randint(8, 20), rng.choice((GOLD, GOLD, "#d9a52f", GOLD_2)))
    c.dot(480, 588, 330, "#d9c58a", 66)
    c.dot(480, 580, 300, "#e6d59d", 56)
    for _ in range(90):
        a, d = rng.random() * math.tau, math.sqrt(rng.random())
        c.dot(480 + 310 * d * math.cos(a), 585 + 60 * d * math.sin(a), 5, rng.choice((GOLD, "#d9a52f")), 3)
    c.poly((452, 320), (508, 320), (520, 520), (560, 592), (505, 578), (480, 596), (452, 578), (400, 592), (440, 520), fill=BARK)
    for branch in (((470, 340), (420, 262)), ((492, 340), (552, 256)), ((480, 340), (480, 236))):
        c.line(*branch, fill=BARK, w=16)
    bench(c, 190, 640, 170)
    bench(c, 600, 640, 170)
    person(c, 410, 650, 120, PINE)
    person(c, 452, 652, 84, PERSIMMON)
    return c


def underpass():
    c = Canvas("#cfd5d6")
    sky(c, (SKY, 150), (SAND_3, H))
    c.rect(0, 60, W, 100, "#8d938f")
    c.rect(0, 48, W, 18, PINE)
    for x in range(20, W, 60):
        c.rect(x, 14, 6, 36, PINE)
    c.rect(0, 12, W, 8, PINE)
    c.poly((0, 160), (270, 250), (270, 520), (0, H), fill="#f0d7a3")
    c.poly((W, 160), (690, 250), (690, 520), (W, H), fill=PINE_3)
    c.poly((0, 160), (W, 160), (690, 250), (270, 250), fill="#a5aaa6")
    c.rect(270, 250, 420, 270, SKY)
    hill_base = [(270, 440), (340, 400), (420, 430), (520, 386), (610, 426), (690, 400), (690, 520), (270, 520)]
    c.poly(*hill_base, fill=LEAF_2)
    tree(c, 350, 500, 120)
    tree(c, 610, 500, 130)
    c.poly((0, H), (270, 520), (690, 520), (W, H), fill="#9c9a92")
    c.poly((470, 520), (490, 520), (530, H), (430, H), fill=SAND_2)
    for i, (x, y, r) in enumerate(((70, 420, 56), (150, 360, 38), (210, 420, 30), (130, 500, 34))):
        c.dot(x, y, r, (PERSIMMON, GOLD, BLUE, WHITE)[i], r * 1.2)
    for i, (x, y, r) in enumerate(((890, 420, 54), (800, 370, 36), (740, 410, 24), (830, 500, 36))):
        c.dot(x, y, r, (GOLD, PERSIMMON, WHITE, PINE)[i], r * 1.2)
    for x, y, w in ((180, 192, 90), (435, 208, 90), (700, 192, 90)):
        c.rect(x, y, w, 14, CREAM, 6)
        c.halo(x + w / 2, y + 8, 80, GOLD_2, 0.16)
    person(c, 400, 600, 130, PERSIMMON)
    c.rect(384, 510, 32, 42, BLUE, 8)
    person(c, 450, 592, 118, PINE)
    return c


SCENES = {
    "alley-night": alley,
    "slope-stairs": slope,
    "stream-path": stream,
    "bench-shade": shade,
    "market-sign": market,
    "library-dusk": library,
    "bus-stop": bus_stop,
    "park": park,
    "school-road": school_road,
    "recycling": recycling,
    "rooftop-garden": rooftop,
    "community-kitchen": kitchen,
    "flower-bed": flower_bed,
    "forest-path": forest_path,
    "ginkgo": ginkgo,
    "underpass": underpass,
}


def main(names):
    for name in names or SCENES:
        SCENES[name]().save(Path(__file__).parent / f"{name}.png")


if __name__ == "__main__":
    main(sys.argv[1:])
