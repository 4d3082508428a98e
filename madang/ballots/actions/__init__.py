from madang.ballots.actions.casting import cast, cast_for, enter_paper, mark_voter
from madang.ballots.actions.counting import close, count
from madang.ballots.actions.preparing import announce, change_ballot, drop_item, fill, make_ballot, set_cost

__all__ = [
    "announce", "cast", "cast_for", "change_ballot", "close", "count", "drop_item", "enter_paper", "fill", "make_ballot", "mark_voter",
    "set_cost",
]  # fmt: skip
