"""The written content of the demo town, read from content/."""

import json
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SEED = 20210610  # everything generated follows from this number


@cache
def content(name: str) -> Any:
    """One file of content/ as it stands."""
    return json.loads((HERE / "content" / f"{name}.json").read_text("utf-8"))


def picture(file: str) -> bytes:
    """The bytes of one of pictures/."""
    return (HERE / "pictures" / file).read_bytes()


SLUGS = {
    "가산동": "gasan", "독산1동": "doksan1", "독산2동": "doksan2", "독산3동": "doksan3", "독산4동": "doksan4",
    "시흥1동": "siheung1", "시흥2동": "siheung2", "시흥3동": "siheung3", "시흥4동": "siheung4", "시흥5동": "siheung5",
}  # fmt: skip
ENGLISH = {
    "가산동": "Gasan-dong", "독산1동": "Doksan 1-dong", "독산2동": "Doksan 2-dong", "독산3동": "Doksan 3-dong", "독산4동": "Doksan 4-dong",
    "시흥1동": "Siheung 1-dong", "시흥2동": "Siheung 2-dong", "시흥3동": "Siheung 3-dong", "시흥4동": "Siheung 4-dong",
    "시흥5동": "Siheung 5-dong",
}  # fmt: skip
