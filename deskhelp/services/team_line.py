"""The way to the team's place, held open from one exchange to the next while those follow at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from deskhelp.domain.segments import Hub

from .team_places import MeetingPlace


class Line:
    """Belongs to the thread that exchanges. Connecting costs a database more than a small change does.

    A mailbox is let go each time: its server has few connections, and colleagues wait for them.
    """

    def __init__(self) -> None:
        self._place: MeetingPlace | None = None
        self._hub: Hub | None = None
        self._goes_on = False

    @contextmanager
    def open(self, place: MeetingPlace) -> Iterator[Hub]:
        """The hub at a place for an exchange; closed after it, unless `go_on` was called. Raises HubTrouble."""
        if place != self._place:
            self.close()
        self._goes_on = False
        hub = self._hub or place.open()
        self._place, self._hub = place, hub
        try:
            yield hub
        finally:
            if not self._goes_on:
                self.close()

    def go_on(self) -> None:
        """Another exchange follows this one at once."""
        self._goes_on = self._place is not None and self._place.box is None

    def close(self) -> None:
        hub, self._hub, self._place = self._hub, None, None
        if hub is not None:
            hub.close()
