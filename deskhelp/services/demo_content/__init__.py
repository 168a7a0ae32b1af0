"""The demonstration's content (`resources/demo`): read into frozen values, and written as mails."""

from __future__ import annotations

from .loading import DemoContentError, load_demo, parse_age
from .mails import header_id, raw_mail, travels, written_at
from .pack import (
    DemoAgent,
    DemoCanned,
    DemoConversation,
    DemoDepartment,
    DemoEscalation,
    DemoFile,
    DemoMailbox,
    DemoMessage,
    DemoPack,
    DemoTag,
)

__all__ = [
    "DemoAgent",
    "DemoCanned",
    "DemoContentError",
    "DemoConversation",
    "DemoDepartment",
    "DemoEscalation",
    "DemoFile",
    "DemoMailbox",
    "DemoMessage",
    "DemoPack",
    "DemoTag",
    "header_id",
    "load_demo",
    "parse_age",
    "raw_mail",
    "travels",
    "written_at",
]
