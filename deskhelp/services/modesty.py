"""How a worker process begins: apart from its work, so that already loading that is done modestly."""

from __future__ import annotations

import multiprocessing
import os
import threading
from typing import Final

STEPS: Final = 10
"""How much the window comes first, in steps of ``nice``: it must stay smooth while thousands of mails are read."""


def begin() -> None:
    """In a worker process, first of all: be modest, and end with the program."""
    if hasattr(os, "nice"):
        os.nice(STEPS)
    _end_with_parent()


def _end_with_parent() -> None:
    """Leave when the program is gone, however it went; the pool's own workers would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os._exit(0)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()
