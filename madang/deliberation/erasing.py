"""What goes from this area when a person's data is erased, and what stays without them."""

from datetime import datetime

from madang.deliberation.models import Reply
from madang.residents.models import Resident


def forget_replier(resident: Resident, at: datetime) -> dict[str, int]:
    """Part of `erase_resident`: the words go, the answer stays without a person beside it, because published counts may not change."""
    rows = Reply.objects.filter(resident=resident)
    worded = rows.exclude(words="").update(words="", hidden_why="")
    return {"reply_words": worded, "kept.replies": rows.update(resident=None)}
