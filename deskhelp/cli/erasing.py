"""erase, erasures: taking a person's data out, and proving that it was done."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from .context import Commands, Shared, command, office_of
from .output import Output

if TYPE_CHECKING:
    from deskhelp.services.erasing import Found


def register(commands: Commands, shared: Shared) -> None:
    erase = command(commands, shared, "erase", "take out what is kept of a person, everywhere and for good", _erase)
    erase.add_argument("address", metavar="ADDRESS")
    erase.add_argument("--others", action="store_true", help="messages between other people that name the address too")
    erase.add_argument("--yes", action="store_true", help="do it; without this it is only said what would go")
    command(commands, shared, "erasures", "what was erased, and which computers have done it", _erasures)


def _erase(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services import erasing

    with office_of(options) as office:
        found = erasing.find(office, options.address)
        is_wanted = options.yes and not found.is_empty
        erasure = erasing.erase(office, found, with_others=options.others) if is_wanted else None
        if erasure is not None:
            erasing.settle(office)
    output.show({**_value(found), "erasure": erasure}, *_lines(found, is_erased=erasure is not None))


def _value(found: Found) -> dict[str, Any]:
    return {
        "address": found.address,
        "tickets": len(found.tickets),
        "messages": len(found.messages),
        "others": len(found.others),
        "waiting": found.waiting,
    }


def _lines(found: Found, *, is_erased: bool) -> list[str]:
    if found.is_empty:
        return [f"Nothing is kept of {found.address}."]
    words = "were erased" if is_erased else "would be erased; --yes does it"
    lines = [f"{len(found.tickets)} tickets and {len(found.messages)} messages of {found.address} {words}."]
    if found.others:
        lines.append(f"{len(found.others)} messages of other people name the address; --others takes them out too.")
    if found.waiting:
        lines.append(f"{found.waiting} of the messages have not left yet, and will not.")
    if is_erased:
        lines.append(
            "The mails on the server of the mailbox are still there, and so are backups that were made before."
        )
    return lines


def _erasures(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services import erasing
    from deskhelp.services.presenting import moment

    with office_of(options) as office:
        found = erasing.listed(office)
    values, lines = [], []
    for one in found:
        value: dict[str, Any] = {
            "id": one.id,
            "at": moment(one.at_ms),
            "agent": one.agent,
            "tickets": one.tickets,
            "messages": one.messages,
            "done": list(one.done),
            "missing": list(one.missing),
            "is_place_clean": one.is_place_clean,
        }
        values.append(value)
        missing = f"; not yet on {len(one.missing)}" if one.missing else ""
        lines.append(
            f"{value['at']}  {one.tickets} tickets, {one.messages} messages: on {len(one.done)} computers{missing}"
        )
    output.show(values, *(lines or ["Nothing was erased."]))
