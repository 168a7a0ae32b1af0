"""An exchange in a process of its own, which may be killed; and snapshots that are worth while for few changes."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from deskhelp.db import adopting, snapshots
from deskhelp.domain import snapshots as pure
from deskhelp.domain.exchange import Exchanged
from deskhelp.services import team_exchange, team_snapshots
from deskhelp.services.office import Office
from deskhelp.services.team_snapshots import Snapshots
from deskhelp.settings import open_profile

SLICE_BYTES: Final = 32 * 1024


def make_small(patch: Callable[[Any, str, Any], None]) -> None:
    """A snapshot is worth while with few changes already, is made at once, and has several parts."""
    patch(pure, "FEW_EVENTS", 20)
    patch(team_snapshots, "chance", lambda replicas: 1.0)
    for module in (snapshots, adopting):
        patch(module, "SLICE_BYTES", SLICE_BYTES)


def exchange(office: Office, told: Callable[[int], None] = lambda _percent: None) -> Exchanged:
    """Exchange once, and see to the snapshots at once."""

    def call(fn: Callable[..., Any], *args: Any) -> Any:
        return fn(office, *args)

    done = team_exchange.exchange_with_team(call, snapshots=Snapshots(at_once=True), tell=told)
    assert done is not None
    return done


def exchange_alone(root: Path, said: Connection) -> None:
    """What the process does; it says when it begins."""
    make_small(setattr)
    with Office.open(open_profile(root)) as office:
        said.send("begun")
        exchange(office)
