"""Erasing what is kept of a person: found and shown first, then gone here, from the team's place and with everybody.

The mails on the server of the mailbox stay there: that is for whoever looks after the mailbox.
"""

from __future__ import annotations

import contextlib
import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from deskhelp.db import erasing
from deskhelp.db.asking import chunks, marks
from deskhelp.db.segments import count
from deskhelp.db.troubles import translated
from deskhelp.domain.entities import EntityKind
from deskhelp.domain.erasure import DONE, PLACE, about_erasure, person_hash
from deskhelp.domain.errors import DeskTrouble, Refused
from deskhelp.domain.events import ERASED, ITEM_ADDED, EventDraft, about_entity, about_message, about_ticket
from deskhelp.domain.senders import rule_id
from deskhelp.domain.status import Direction
from deskhelp.domain.views import Change
from deskhelp.settings import Profile, load_settings, save_settings

from . import rights
from .desk import Done
from .locks import Busy, exclusive
from .office import Office

_ORDERS: Final = "about > 'entity:erasure:' AND about < 'entity:erasure;'"


@dataclass(frozen=True, slots=True)
class Found:
    """What there is of a person: their tickets, the messages in these and theirs elsewhere, and `others` by name.

    `others` are messages between other people that name the address. `waiting` of the messages have not left yet.
    """

    address: str
    tickets: tuple[str, ...]
    messages: tuple[str, ...]
    others: tuple[str, ...]
    waiting: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.tickets or self.messages or self.others)


@dataclass(frozen=True, slots=True)
class Erasure:
    """An erasure as it is proven: when, by whom, how much, and which replicas have done it and which have not."""

    id: str
    at_ms: int
    agent: str
    tickets: int
    messages: int
    done: tuple[str, ...]
    missing: tuple[str, ...]
    is_place_clean: bool


def find(office: Office, address: str) -> Found:
    """What is kept of the person with this address; DeskTrouble if it is none, Refused if it is ours."""
    wanted = address.strip().strip("<>").casefold()
    if "@" not in wanted.strip("@"):
        raise DeskTrouble("“{name}” is no mail address.", name=address.strip())
    if wanted in office.own_addresses | office.agents_addresses:
        raise Refused("{address} is an address of the desk: it is not erased.", address=wanted)
    rows = office.replica.database.execute_sql("SELECT id, requester_address FROM ticket")
    tickets = [ticket for ticket, requester in rows if requester.casefold() == wanted]
    messages = set(_of_tickets(office, tickets))
    others: set[str] = set()
    for message, is_theirs in _naming(office, wanted):
        (messages if is_theirs else others).add(message)
    unsent = "SELECT COUNT(*) FROM outbox WHERE state NOT IN ('sent', 'dropped') AND message"
    waiting = _count_in(office, unsent, messages)
    return Found(wanted, tuple(tickets), tuple(sorted(messages)), tuple(sorted(others - messages)), waiting)


def _of_tickets(office: Office, tickets: Sequence[str]) -> Iterator[str]:
    for part in chunks(tickets):
        yield from _ids(office, f"SELECT id FROM message WHERE ticket IN ({marks(part)})", part)


def _naming(office: Office, address: str) -> Iterator[tuple[str, bool]]:
    """Messages that name an address, and whether they are from or to that person."""
    rows = office.replica.database.execute_sql(
        "SELECT id, direction, sender_address, people, instr(lower(subject || ' ' || text), ?) FROM message", (address,)
    )
    for message, direction, sender, people, is_named in rows:
        in_heads = address in people.casefold()
        if direction == Direction.OUT:
            is_theirs = in_heads and address in [pair[1].casefold() for pair in json.loads(people).get("to", ())]
        else:
            is_theirs = sender.casefold() == address
        if is_theirs or in_heads or is_named:
            yield message, is_theirs


def erase(office: Office, found: Found, *, with_others: bool = False) -> str:
    """Erase what was found, for good; returns the id of the erasure. `settle` then cleans the files.

    Refused while an answer to them is being handed over, and to whom `rights` does not give it.
    """
    rights.require(office, rights.LEAD)
    messages = [*found.messages, *(found.others if with_others else ())]
    if _count_in(office, "SELECT COUNT(*) FROM outbox WHERE state = 'sending' AND message", messages):
        raise Refused("An answer to them is just being sent.", advice="Erase again when it has left.")
    erasure, now = secrets.token_hex(16), office.now()
    order = {
        "persons": [person_hash(found.address, office.replica.team_key)],
        "tickets": len(found.tickets),
        "messages": len(messages),
    }
    abouts = [about_message(message) for message in messages]
    abouts += [about_ticket(ticket) for ticket in _all_ids(office, found.tickets)]
    abouts.append(about_entity(str(EntityKind.SENDER), rule_id(found.address)))
    drafts = [EventDraft(ERASED, about, now, office.agent_id, {"erasure": erasure}) for about in abouts]
    drafts.append(EventDraft(ERASED, about_erasure(erasure), now, office.agent_id, order))
    office.announce(office.replica.append(drafts))
    return erasure


def erase_and_settle(office: Office, found: Found, *, with_others: bool = False) -> Done:
    """As `erase`, and then `settle`."""
    erase(office, found, with_others=with_others)
    settle(office)
    return Done(Change(), "erased")


def _all_ids(office: Office, tickets: Sequence[str]) -> set[str]:
    """The ids of these tickets and of all that were merged into them."""
    found = set(tickets)
    for part in chunks(tickets):
        found.update(_ids(office, f"SELECT id FROM alias WHERE ticket IN ({marks(part)})", part))
    return found


# -- afterwards ----------------------------------------------------------------------------------


def settle(office: Office) -> None:
    """Clean the files of this installation if something was erased, and tell the team that it is done."""
    if not office.replica.meta(erasing.DUE):
        return
    with contextlib.suppress(Busy), exclusive(office.profile.snapshot_lock):  # else when the copy has been made
        _settle(office)


def _settle(office: Office) -> None:
    mark = office.replica.meta(erasing.DUE)
    _forget_in_settings(office)
    for file in _copies(office.profile):
        with contextlib.suppress(OSError):  # one that is open in another program goes when this one ends
            file.unlink()
    with translated(office.profile.database):
        erasing.clean(office.replica.database)
    with office.replica.transaction():
        _tell(office, DONE)
        if office.replica.meta(erasing.DUE) == mark:
            office.replica.set_meta(erasing.DUE, "")


def _copies(profile: Profile) -> Iterator[Path]:
    """What else holds texts: attachments that were opened, databases as they were before an upgrade or restore, copies
    for the team.

    And what a program that was killed left half written of a database, of a backup or of the settings.
    """
    for folder in (profile.attachments_dir, profile.snapshot_dir):
        yield from (path for path in folder.rglob("*") if path.is_file())
    for begun in (
        f"{profile.database.name}.before-*",
        f"{profile.database.name}.part*",
        f".{profile.settings_file.name}.*",
    ):
        yield from profile.root.glob(begun)


def nothing_was_here(office: Office) -> None:
    """Tell the team of erasures from before this installation had anything, if nothing is to be cleaned."""
    if not office.replica.meta(erasing.DUE):
        with office.replica.transaction():
            _tell(office, DONE)


def place_is_clean(office: Office) -> Change:
    """Tell the team that its place was looked through."""
    with office.replica.transaction():
        return _tell(office, PLACE)


def _tell(office: Office, done: str) -> Change:
    replica, now = office.replica.replica_id, office.now()
    drafts = []
    for erasure in _orders(office):
        about = about_erasure(erasure)
        if replica not in office.replica.fields(about).sets.get(done, {}):
            drafts.append(EventDraft(ITEM_ADDED, about, now, "", {"set": done, "item": replica}))
    return office.replica.append(drafts) if drafts else Change()


def _forget_in_settings(office: Office) -> None:
    persons = {row[0] for row in office.replica.database.execute_sql("SELECT person FROM erased_person")}
    key = office.replica.team_key
    settings = load_settings(office.profile)  # as they are now: the window writes them too
    kept = tuple(address for address in settings.pictures_from if person_hash(address, key) not in persons)
    if kept != settings.pictures_from:
        save_settings(office.profile, replace(settings, pictures_from=kept))


def listed(office: Office) -> tuple[Erasure, ...]:
    """All erasures, the newest first, with who has done them."""
    replicas = count(office.replica).replicas | {office.replica.replica_id}
    found = []
    for erasure, (at_ms, agent, body) in _orders(office).items():
        sets = office.replica.fields(about_erasure(erasure)).sets
        done = set(sets.get(DONE, {}))
        found.append(
            Erasure(
                erasure,
                at_ms,
                agent,
                int(body.get("tickets", 0)),
                int(body.get("messages", 0)),
                tuple(sorted(done)),
                tuple(sorted(replicas - done)),
                bool(sets.get(PLACE)),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.at_ms, one.id)))


def _orders(office: Office) -> dict[str, tuple[int, str, dict[str, Any]]]:
    query = f"SELECT about, at_ms, agent, body FROM event WHERE {_ORDERS} AND kind = ?"
    rows = office.replica.database.execute_sql(query, (ERASED,))
    return {about.rpartition(":")[2]: (at_ms, agent, json.loads(body)) for about, at_ms, agent, body in rows}


def _ids(office: Office, query: str, values: Iterable[str]) -> list[str]:
    return [row[0] for row in office.replica.database.execute_sql(query, tuple(values))]


def _count_in(office: Office, query: str, values: Iterable[str]) -> int:
    database = office.replica.database
    return sum(
        int(database.execute_sql(f"{query} IN ({marks(part)})", part).fetchone()[0]) for part in chunks(sorted(values))
    )
