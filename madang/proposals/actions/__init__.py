"""The verbs of this area, by noun."""

from madang.proposals.actions.drafts import attach, claim_drafts, describe, detach, discard_draft, forget_drafts, save_draft
from madang.proposals.actions.endorsing import endorse, withdraw_endorsement
from madang.proposals.actions.intake import open_to_public, report, submit, take_in
from madang.proposals.actions.onward import finish_implementing, shortlist, start_implementing, unshortlist

__all__ = [
    "attach",
    "claim_drafts",
    "describe",
    "detach",
    "discard_draft",
    "endorse",
    "finish_implementing",
    "forget_drafts",
    "open_to_public",
    "report",
    "save_draft",
    "shortlist",
    "start_implementing",
    "submit",
    "take_in",
    "unshortlist",
    "withdraw_endorsement",
]
