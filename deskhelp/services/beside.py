"""Noticing what another program writes into the same profile: a command, or a script beside `sync --watch`."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any, Final

from .office import Office

EVERY_S: Final = 0.5
_log = logging.getLogger(__name__)


class Beside:
    """A thread that calls `noticed` when somebody else has written; `call` runs a function where the office lives."""

    def __init__(self, call: Callable[..., Any], noticed: Callable[[], None]) -> None:
        self._call, self._noticed = call, noticed
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="beside", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, patience_s: float) -> None:
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(patience_s)

    def _run(self) -> None:
        try:
            known = self._call(_version)
            while not self._stopped.wait(EVERY_S):
                found = self._call(_version)
                if found != known:
                    known = found
                    self._noticed()
        except Exception:
            if not self._stopped.is_set():  # else the office was closed over it
                _log.exception("the thread that looks for other programs failed")


def _version(office: Office) -> int:
    """Another one whenever somebody else has written, by another connection than this one."""
    return int(office.replica.database.execute_sql("PRAGMA data_version").fetchone()[0])
