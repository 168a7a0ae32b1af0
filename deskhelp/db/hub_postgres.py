"""A hub in PostgreSQL, or in CockroachDB, which speaks the same wire (decision 0016).

The connection is kept between transactions, as making one takes several ways to the server and back. This module loads
psycopg and is imported only where a team meets so.
"""

from __future__ import annotations

import contextlib
import random
import selectors
import socket
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Final

import psycopg
from peewee import SQL, PeeweeException, PostgresqlDatabase, Psycopg3Adapter

from .hub_sql import TABLES, Result, SqlHub, tables_of
from .postgres_address import Address, address_of
from .postgres_troubles import failure_of, no_table, trouble_of

_CHANNEL: Final = TABLES[0]
_STATEMENT_TIMEOUT_MS: Final = 120_000
_ERRORS: Final = (PeeweeException, psycopg.Error)
_FORBIDDEN: Final = ("42501", "3F000")
# What came in between, so that the transaction is run again after these pauses: another transaction, as CockroachDB
# demands, a deadlock, another program that made the table (the last two).
_AGAIN: Final = ("40001", "40P01", "23505", "42P07")
_PAUSES_S: Final = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6)


class _BinaryCursor(psycopg.Cursor[Any]):
    """Takes results as they are: as text, each byte of a mail would come as two."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.format = psycopg.pq.Format.BINARY


class _Adapter(Psycopg3Adapter):  # type: ignore[misc, unused-ignore]
    """peewee's own, for a peewee that was imported without psycopg."""

    txn_idle = psycopg.pq.TransactionStatus.IDLE
    txn_inerror = psycopg.pq.TransactionStatus.INERROR
    txn_unknown = psycopg.pq.TransactionStatus.UNKNOWN

    def check_driver(self) -> None:
        """It is here: this module has imported it."""

    def get_binary_type(self) -> Any:
        return psycopg.Binary

    def connect(self, db: Any, **parameters: Any) -> Any:
        return psycopg.connect(
            dbname=db.database,
            cursor_factory=_BinaryCursor,
            prepare_threshold=None,  # poolers hand each transaction to any of their connections
            **parameters,
        )


class _Database(PostgresqlDatabase):  # type: ignore[misc, unused-ignore]
    psycopg2_adapter = psycopg3_adapter = _Adapter

    is_cockroach = False
    skew_ms = 0

    def _initialize_connection(self, connection: Any) -> None:
        self.is_cockroach = bool(connection.pgconn.parameter_status(b"crdb_version"))
        # Not as a parameter of the connection, which poolers refuse.
        told = connection.execute(
            f"SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT), "
            f"set_config('statement_timeout', '{_STATEMENT_TIMEOUT_MS}', false)"
        ).fetchone()
        self.skew_ms = int(told[0]) - time.time_ns() // 1_000_000


class PostgresHub(SqlHub):
    """Items as rows of a table, notes as rows of another. Whoever puts a segment wakes those who `wait`."""

    _database: Any  # peewee's types end where one of its classes is derived from

    def __init__(self, address: Address, password: str | None) -> None:
        self._address = address
        # Not a connection a thread: whoever closes the hub closes all of it.
        told = address.parameters() | {"password": password or ""}
        database = _Database(address.database, thread_safe=False, autoconnect=False, **told)
        self._listener = _Listener(database)
        try:
            super().__init__(database, str(address))
        except BaseException:
            self.close()
            raise

    @property
    def skew_ms(self) -> int:
        """How far the server's clock was ahead of ours when we connected."""
        return int(self._database.skew_ms)

    def _run(self, work: Callable[[Any], Result]) -> Result:
        return self._insist(work, self._database.atomic)

    def _read(self, work: Callable[[Any], Result]) -> Result:
        """One statement needs no transaction around it: a third of the ways to the server."""
        return self._insist(work, contextlib.nullcontext)

    def _insist(self, work: Callable[[Any], Result], frame: Callable[[], AbstractContextManager[Any]]) -> Result:
        pauses = iter(_PAUSES_S)
        while True:
            is_connecting = True
            try:
                self._database.connect(reuse_if_open=True)
                is_connecting = False
                with frame():
                    return work(self._items)
            except _ERRORS as error:
                failure = failure_of(error, is_connecting=is_connecting)
            pause_s = next(pauses, None) if failure.state in _AGAIN else None
            if pause_s is None:
                self._let_go()
                # Outside of the except, so that the driver's error, which knows the password, does not hang on it.
                raise trouble_of(failure, self._address)
            time.sleep(pause_s * random.uniform(0.5, 1.5))

    def _begin(self) -> None:
        self._run(self._make_tables)

    def _make_tables(self, items: Any) -> None:
        """Only those that are missing: "if not exists" asks for the right to make one even then."""
        asked = "SELECT to_regclass(%s) IS NOT NULL, to_regclass(%s) IS NOT NULL, current_schema()"
        *are_there, schema = self._database.execute_sql(asked, TABLES).fetchone()
        # So that its key finds what a name begins with. CockroachDB compares bytes anyway and has no such word.
        how = () if self._database.is_cockroach else (SQL('COLLATE "C"'),)
        tables = zip(tables_of(self._database, *how), are_there, strict=True)
        try:
            self._database.create_tables([table for table, is_there in tables if not is_there])
            return
        except PeeweeException as error:
            failure = failure_of(error, is_connecting=False)
            if failure.state not in _FORBIDDEN:
                raise
        raise no_table(failure, self._address, schema or "public")

    def _put(self, items: Any, name: str, data: bytes) -> bool:
        is_new = super()._put(items, name, data)
        if is_new and name.startswith("seg/") and not self._database.is_cockroach:
            self._database.execute_sql("SELECT pg_notify(%s, %s)", (_CHANNEL, name))  # leaves with the commit
        return is_new

    def _begins(self, name: Any, prefix: str) -> Any:
        """By LIKE: what lies between two names is another thing in each collation. Names have no signs of LIKE's."""
        return name % f"{prefix}%"

    def wait(self, timeout_s: float) -> bool:
        """Whether somebody may have put a segment since the last call, at once or within the time; raises HubTrouble.

        The first call begins to listen and says yes, as nobody heard what came before. Where nobody is notified
        (CockroachDB, a pooler), the time passes and it says no: look all the same. `close` in another thread ends it.
        The hub is not to be used otherwise meanwhile.
        """
        self._let_go()
        if self._database.is_cockroach:
            return self._listener.rest(timeout_s)
        try:
            return self._listener.wait(timeout_s)
        except psycopg.Error as error:
            failure = failure_of(error, is_connecting=not self._listener.was_connected)
        raise trouble_of(failure, self._address)

    def _let_go(self) -> None:
        with contextlib.suppress(*_ERRORS):
            self._database.close()

    def close(self) -> None:
        self._listener.stop()
        self._let_go()


class _Listener:
    """A connection that hears what others put. One thread waits, any other may stop it."""

    def __init__(self, database: _Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._is_waiting = False
        self._line: psycopg.Connection[Any] | None = None
        self._bell: tuple[socket.socket, socket.socket] | None = None
        self.was_connected = False

    def rest(self, timeout_s: float) -> bool:
        """Wait for nothing; False."""
        self._stopped.wait(timeout_s)
        return False

    def wait(self, timeout_s: float) -> bool:
        """As the hub's, but raises psycopg.Error."""
        with self._lock:
            if self._stopped.is_set():
                return False
            self._is_waiting = True
        is_sound = False
        try:
            heard = self._heard(time.monotonic() + timeout_s)
            is_sound = True
            return heard
        finally:
            with self._lock:
                self._is_waiting = False
                if self._stopped.is_set() or not is_sound:
                    self._hang_up()

    def stop(self) -> None:
        with self._lock:
            self._stopped.set()
            if not self._is_waiting:
                self._hang_up()
            elif self._bell:
                self._bell[1].send(b"!")

    def _heard(self, end: float) -> bool:
        if self._line is None:
            self._call_up()
            return not self._stopped.is_set()
        assert self._bell is not None
        with selectors.DefaultSelector() as selector:
            selector.register(self._line, selectors.EVENT_READ)
            selector.register(self._bell[0], selectors.EVENT_READ)
            while not self._stopped.is_set():
                if list(self._line.notifies(timeout=0)):
                    return True
                if not selector.select(max(0.0, end - time.monotonic())):
                    return False
        return False

    def _call_up(self) -> None:
        self.was_connected = False
        line = psycopg.connect(dbname=self._database.database, autocommit=True, **self._database.connect_params)
        with self._lock:
            self._line, self._bell = line, socket.socketpair()
        self.was_connected = True
        line.execute(f"LISTEN {_CHANNEL}")

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
        for end in self._bell or ():
            end.close()
        self._line = self._bell = None


def postgres_hub(url: str, password: str | None) -> PostgresHub:
    """The hub in the database at ``postgresql://USER@HOST:PORT/DATABASE``; HubTrouble if it cannot be used."""
    return PostgresHub(address_of(url), password)
