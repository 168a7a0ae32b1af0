"""Mailboxes: connecting one, testing it in plain words, removing it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from deskhelp.domain.entities import Mailbox
from deskhelp.domain.errors import DeskTrouble, NotFound
from deskhelp.domain.identity import mailbox_id
from deskhelp.domain.words import fold
from deskhelp.mail.probe import ProbeStep, probe
from deskhelp.mail.urls import Endpoint, format_endpoint, parse_endpoint

from . import catalog, passwords, rights
from .office import Office
from .providers import provider_for


@dataclass(frozen=True, slots=True)
class AccountForm:
    """What is asked for a mailbox. `imap` and `smtp` are URLs; `since` is the first day to load."""

    name: str
    address: str
    imap: str
    smtp: str = ""
    ca_file: str = ""
    since: datetime | None = None
    signature: str = ""
    folder: str = "INBOX"


def add(office: Office, form: AccountForm) -> Mailbox:
    """Connect a mailbox (or connect it again); DeskTrouble for a URL or address that cannot be."""
    local, at, domain = form.address.strip().rpartition("@")
    if not (local and at and domain):
        raise DeskTrouble("“{address}” is not a mail address.", address=form.address)
    box = Mailbox(
        mailbox_id(form.address),
        form.name.strip() or form.address.strip(),
        form.address.strip(),
        _with_user(form.imap, form.address),
        _with_user(form.smtp, form.address) if form.smtp else "",
        str(Path(form.ca_file).expanduser().absolute()) if form.ca_file else "",
        form.folder,
        since_ms=int(form.since.timestamp() * 1000) if form.since else 0,
        signature=form.signature,
        files_sent=provider_for(form.address).files_sent,
    )
    catalog.save(office, box)
    return box


def _with_user(url: str, address: str) -> str:
    """The URL in its full form, with the address as user where none is named."""
    endpoint = parse_endpoint(url)
    return format_endpoint(endpoint if endpoint.user else replace(endpoint, user=address.strip()))


def find(office: Office, reference: str) -> Mailbox:
    """A mailbox in use by its name, address or id."""
    wanted = fold(reference.strip())
    for box in office.mailboxes:
        if wanted in (fold(box.name), fold(box.address), box.id):
            return box
    raise NotFound("There is no mailbox “{name}”.", name=reference)


def remove(office: Office, box: Mailbox) -> None:
    """Stop reading a mailbox: its tickets stay, its password goes, and connecting it again asks for a date anew.

    In a team it goes for all. Refused to whom `rights` does not give it.
    """
    rights.require(office, rights.ADMIN)
    passwords.forget(box.id)
    with office.replica.transaction():
        office.replica.database.execute_sql("DELETE FROM cursor WHERE mailbox = ?", (box.id,))
        catalog.delete(office, box)


def endpoints(box: Mailbox) -> tuple[Endpoint, Endpoint | None]:
    """Where a mailbox is read, and where it sends (None if it only reads)."""
    return parse_endpoint(box.imap), parse_endpoint(box.smtp) if box.smtp else None


def test(box: Mailbox, password: str) -> Iterator[ProbeStep]:
    """Try a mailbox step by step; touches no state, blocks while it connects."""
    imap, smtp = endpoints(box)
    return probe(imap, smtp, password, Path(box.ca_file) if box.ca_file else None)


def test_form(form: AccountForm, password: str) -> Iterator[ProbeStep]:
    """Try what has been filled in before it is saved."""
    imap = parse_endpoint(_with_user(form.imap, form.address))
    smtp = parse_endpoint(_with_user(form.smtp, form.address)) if form.smtp else None
    return probe(imap, smtp, password, Path(form.ca_file) if form.ca_file else None)


def password_of(box: Mailbox) -> str:
    """The password; DeskTrouble that says how to give it where it is not known."""
    found = passwords.find(box.id)
    if found is None:
        raise DeskTrouble(
            "The password of {address} is not known on this computer.",
            advice="Type it in the settings of the mailbox; reading and sending wait until then.",
            address=box.address,
        )
    return found
