"""Cutting the line to the server for outgoing mail at a byte, and what must be true then and after some more rounds.

A line is cut at a byte of what TLS carries, as a server that falls over, or at one of the wire, as a network that does.
"""

from __future__ import annotations

import shutil
import ssl
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from deskhelp.db import details
from deskhelp.domain.entities import Mailbox
from deskhelp.domain.identity import mailbox_id
from deskhelp.domain.status import Delivery
from deskhelp.domain.views import Person
from deskhelp.services import catalog, drafts, outbox, sending, sync, writing
from deskhelp.services.incoming import Incoming
from deskhelp.services.intake import take_in
from deskhelp.services.office import Office
from deskhelp.settings import Profile, open_profile
from tests.support.proxy import Direction, Proxy
from tests.support.smtp_server import SmtpServer

from .scene import mail, message_id

WAYS: Final = ("clear", "tls", "starttls")
"""At which bytes a line is cut: those within TLS, those of TLS, those of STARTTLS."""
DIRECTIONS: Final[tuple[Direction, Direction]] = ("up", "down")
LONGER: Final = 16
"""A handshake is some bytes longer or shorter each time."""
GONE: Final = "gone@customer.example"
_START_MS: Final = 1_790_000_000_000
_HOUR_MS: Final = 3_600_000


@dataclass
class Clock:
    now_ms: int = _START_MS

    def __call__(self) -> int:
        return self.now_ms


@dataclass(frozen=True, slots=True)
class Lengths:
    """A whole conversation in bytes, and where its payload begins and the word on it ends."""

    whole: Mapping[Direction, int]
    before_payload: Mapping[Direction, int]
    after_word: int


class Line:
    """One answer and the line it goes over, `way` of `WAYS`. With `has_refused` one of two recipients is refused."""

    def __init__(self, folder: Path, server: SmtpServer, proxy: Proxy, way: str, *, has_refused: bool = False) -> None:
        self._server, self._proxy, self._way = server, proxy, way
        self._has_refused = has_refused
        self._right = Delivery.PARTLY if has_refused else Delivery.SENT
        self._start, self._profile = folder / "start.sqlite", open_profile(folder / "desk")
        security = "smtp+starttls" if way == "starttls" else "smtps"
        smtp = f"{security}://support@127.0.0.1:{proxy.port}"
        self._box = Mailbox(mailbox_id("support@desk.example"), "Support", "support@desk.example", smtp=smtp)
        self._box = replace(self._box, ca_file=str(server.ca_file))
        self._context = ssl.create_default_context(cafile=str(server.ca_file))
        self._prepare()
        self.lengths = self._measured()

    def _prepare(self) -> None:
        with Office.open(self._profile, clock=Clock()) as office:
            catalog.save(office, self._box)
            (ticket,) = take_in(office, self._box, [Incoming(mail(1), _START_MS)]).change.tickets
            copies = (Person("", GONE),) if self._has_refused else ()
            draft = replace(writing.start(office, ticket, "reply"), text="Solved.", cc=copies)
            sending.send(office, draft, send_now=True)
            office.replica.backup(self._start)

    @contextmanager
    def _begun(self) -> Iterator[tuple[Office, Clock]]:
        """The office with the answer in its outbox, and a server that has seen nothing."""
        self._server.wait_until_idle()
        self._server.reset()
        self._server.refuse_recipient(GONE)
        self._proxy.reset()
        _put_in_place(self._start, self._profile)
        clock = Clock(_START_MS + 1000)
        # The system's trust store takes long to read; what becomes of a file when the power goes is tested elsewhere.
        with (
            patch.object(sync, "context_of", lambda _: self._context),
            Office.open(self._profile, clock=clock) as office,
        ):
            office.replica.database.execute_sql("PRAGMA synchronous = OFF")
            yield office, clock

    def _measured(self) -> Lengths:
        payload: dict[Direction, int] = {}
        with self._begun() as (office, _):

            def call(fn: Callable[..., Any], *args: Any) -> Any:
                if fn is outbox.mark_phase:
                    payload.update(self._proxy.plan.passed)
                if fn is outbox.finish:
                    self._server.wait_until_idle()
                return fn(office, *args)

            sync.send_due(call, self._box, "secret-support", sync.Round())
            assert _state(office) is self._right
        whole = dict(self._proxy.plan.passed)
        # After the word on the mail only the answer to QUIT comes down.
        return Lengths(whole, payload, whole["down"] - len(b"221 Bye\r\n"))

    def offsets(self, direction: Direction) -> range:
        more = 0 if self._way == "clear" else LONGER
        return range(self.lengths.whole[direction] + more)

    def cut_at(self, direction: Direction, offset: int) -> Delivery:
        """Send over a line that is cut after so many bytes, then over a whole one; what the answer had become first."""
        with self._begun() as (office, clock):
            self._proxy.cut_after(direction, offset)
            first = self._round(office)
            self._assert_right(direction, offset, first)
            for _ in range(3):
                clock.now_ms += _HOUR_MS
                self._proxy.reset()
                last = self._round(office)
            arrived = Counter(message_id(one.raw) for one in self._server.mails)
            assert list(arrived.values()) in ([], [1]), "it was sent twice"
            if first in (Delivery.UNCERTAIN, self._right):
                assert last is first, f"{first} became {last}"
            if last is self._right:
                assert sum(arrived.values()) == 1, "it is called sent, and nobody has it"
            else:
                assert last is Delivery.UNCERTAIN, last
            self._assert_recipients(office, last)
        return first

    def _round(self, office: Office) -> Delivery:
        def call(fn: Callable[..., Any], *args: Any) -> Any:
            return fn(office, *args)

        outbox.recover(office)
        sync.send_due(call, self._box, "secret-support", sync.Round())
        self._server.wait_until_idle()
        return _state(office)

    def _assert_right(self, direction: Direction, offset: int, state: Delivery) -> None:
        """What may be said of the answer right after the cut."""
        arrived = len(self._server.mails)
        assert state in (Delivery.DEFERRED, Delivery.UNCERTAIN, self._right), state
        if state is Delivery.DEFERRED:
            assert arrived == 0, "it has arrived, and will be sent again"
        if state is self._right:
            assert arrived == 1, "it is called sent, and nobody has it"
        if self._way != "clear":
            return
        if offset < self.lengths.before_payload[direction]:
            wanted = Delivery.DEFERRED
        elif direction == "up":
            wanted = Delivery.UNCERTAIN if offset <= self._up_to_dot() else self._right
            if offset == self.lengths.before_payload["up"]:
                wanted = Delivery.DEFERRED  # it was cut before the server could say "go on"
        else:
            wanted = Delivery.UNCERTAIN if offset < self.lengths.after_word else self._right
        assert state is wanted, f"{state} in place of {wanted}"

    def _up_to_dot(self) -> int:
        return self.lengths.whole["up"] - len(b"quit\r\n")

    def _assert_recipients(self, office: Office, state: Delivery) -> None:
        """Who has got it gets it no more; who has not may."""
        (row,) = _rows(office)
        if state is Delivery.PARTLY:
            assert row.recipients == (GONE,)
        (message,) = [one for one in details.messages_of(office.replica, _ticket(office)) if one.id == row.message]
        assert message.delivery is row.state
        assert drafts.load_draft(office, message.ticket) is None


@contextmanager
def line_to(folder: Path, server: SmtpServer, way: str, *, has_refused: bool = False) -> Iterator[Line]:
    """A `Line` with a proxy of its own."""
    opened = None
    if way == "clear":
        near = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        near.load_cert_chain(server.ca_file.parent / "server.pem", server.ca_file.parent / "server.key")
        far = ssl.create_default_context(cafile=str(server.ca_file))
        far.check_hostname = False
        opened = (near, far)
    port = server.port if way == "starttls" else server.tls_port
    with Proxy(port, opened) as proxy:
        yield Line(folder, server, proxy, way, has_refused=has_refused)


def _put_in_place(start: Path, profile: Profile) -> None:
    for end in ("-wal", "-shm"):
        profile.database.with_name(profile.database.name + end).unlink(missing_ok=True)
    shutil.copyfile(start, profile.database)


def _rows(office: Office) -> list[outbox.Outgoing]:
    query = "SELECT message FROM outbox"
    return [outbox.find(office, row[0]) for row in office.replica.database.execute_sql(query)]


def _state(office: Office) -> Delivery:
    (row,) = _rows(office)
    return row.state


def _ticket(office: Office) -> str:
    (row,) = office.replica.database.execute_sql("SELECT id FROM ticket").fetchall()
    return str(row[0])
