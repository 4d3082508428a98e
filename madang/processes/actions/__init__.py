"""Verbs of this area, cut by what they do: making and planning, running, changing dates."""

from madang.processes.actions.dates import change_dates
from madang.processes.actions.making import (
    add_step,
    change_process,
    change_step,
    copy_process,
    discard_process,
    drop_step,
    make_process,
    plan_dates,
)
from madang.processes.actions.running import archive_process, close_process, close_step, open_process, reopen_process

__all__ = [
    "add_step",
    "archive_process",
    "change_dates",
    "change_process",
    "change_step",
    "close_process",
    "close_step",
    "copy_process",
    "discard_process",
    "drop_step",
    "make_process",
    "open_process",
    "plan_dates",
    "reopen_process",
]
