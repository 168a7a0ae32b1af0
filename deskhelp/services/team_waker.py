"""Waking the exchange where a hub tells that somebody put something; elsewhere it looks again and again."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

from deskhelp.domain.segments import HubTrouble

from .team_places import WakingHub, waking_hub

LISTENS_S: Final = 60.0
RESTS_S: Final = 30.0
_log = logging.getLogger(__name__)


class TeamWaker:
    """A thread that listens at a team's hub, for as long as it is the same; `wake` is called in it."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._url = ""
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._hub: WakingHub | None = None

    def listen_at(self, url: str) -> None:
        """Listen at this hub from now on, if it tells; "" for none."""
        if url != self._url:
            self.stop()
            self._url, self._stopped = url, threading.Event()
            if url:
                threading.Thread(target=self._run, args=(url, self._stopped), name="team waker", daemon=True).start()

    def stop(self) -> None:
        """Listen no more."""
        self._url = ""
        with self._lock:
            self._stopped.set()
            if self._hub is not None:
                self._hub.close()

    def _run(self, url: str, stopped: threading.Event) -> None:
        while not stopped.is_set():
            try:
                hub = waking_hub(url)
                if hub is None:
                    return
                self._listen(hub, stopped)
            except HubTrouble as trouble:  # the exchange meets it too, and says so
                _log.info("nobody can wake the exchange: %s", trouble)
                stopped.wait(RESTS_S)
            except Exception:
                _log.exception("the thread that listens to the team failed")
                return

    def _listen(self, hub: WakingHub, stopped: threading.Event) -> None:
        with self._lock:
            self._hub = hub
        try:
            while not stopped.is_set():
                if hub.wait(LISTENS_S) and not stopped.is_set():
                    self._wake()
        finally:
            with self._lock:
                self._hub = None
            hub.close()
