"""The verbs of this area, by noun."""

from madang.proposals.actions.answering import (
    adopt,
    answer_interim,
    ask_reconsideration,
    close_repeat,
    end_expert_opinion,
    give_opinion,
    redate_implementation,
    reject,
    start_expert_opinion,
)
from madang.proposals.actions.drafts import MOST_LETTERS, attach, claim_drafts, detach, discard_draft, forget_drafts, save_draft
from madang.proposals.actions.endorsing import endorse, withdraw_endorsement
from madang.proposals.actions.handling import assign, convert_class, merge, request_supplement, screen_open, supplement, transfer, withdraw
from madang.proposals.actions.intake import open_to_public, report, submit, take_in
from madang.proposals.actions.onward import finish_implementing, shortlist, start_implementing, unshortlist
from madang.proposals.actions.postits import take_in_postits
from madang.proposals.actions.watching import dismiss_reports, hide, keep_clocks, remind_due, show

__all__ = [
    "MOST_LETTERS",
    "adopt",
    "answer_interim",
    "ask_reconsideration",
    "assign",
    "attach",
    "claim_drafts",
    "close_repeat",
    "convert_class",
    "detach",
    "discard_draft",
    "dismiss_reports",
    "end_expert_opinion",
    "endorse",
    "finish_implementing",
    "forget_drafts",
    "give_opinion",
    "hide",
    "keep_clocks",
    "merge",
    "open_to_public",
    "redate_implementation",
    "reject",
    "remind_due",
    "report",
    "request_supplement",
    "save_draft",
    "screen_open",
    "shortlist",
    "show",
    "start_expert_opinion",
    "start_implementing",
    "submit",
    "supplement",
    "take_in",
    "take_in_postits",
    "transfer",
    "unshortlist",
    "withdraw",
    "withdraw_endorsement",
]
