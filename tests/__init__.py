"""Everything the tests share by import: the one moment they all happen at."""

from datetime import datetime
from zoneinfo import ZoneInfo

KST = ZoneInfo("Asia/Seoul")
# A Wednesday in the second assembly year of the demo town, no holiday near.
NOON = datetime(2021, 4, 7, 12, 0, tzinfo=KST)
