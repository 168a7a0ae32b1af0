"""All scenes. Whoever adds a way of writing adds one."""

from __future__ import annotations

from .scene import Scene
from .scenes_mail import Acknowledge, Fetch, FirstImport, Import, Restore, Send, SendRefused, Upgrade
from .scenes_team import (
    Erase,
    EraseAfterOther,
    Found,
    Join,
    Sweep,
    SweepSqlite,
    SyncFolder,
    SyncSqlite,
    SyncThenErase,
)

SCENES: tuple[type[Scene], ...] = (
    FirstImport,
    Import,
    Upgrade,
    Restore,
    Fetch,
    Send,
    SendRefused,
    Acknowledge,
    SyncFolder,
    SyncSqlite,
    Found,
    Join,
    Erase,
    Sweep,
    SweepSqlite,
    SyncThenErase,
    EraseAfterOther,
)
