"""What psycopg says, told to an agent: a sentence, what to do, and the server's own words as detail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from deskhelp.domain.segments import HubBusy, HubTrouble, PasswordWanted

from .hub_sql import TABLES
from .postgres_address import Address

_WAITS: Final = "Nothing is lost; DeskHelp tries again."
_GIVE: Final = (
    "Give it in the settings of the team or with: deskhelp team password; for one run, in DESKHELP_TEAM_PASSWORD."
)
# The server's own sentences may be in its language; libpq's are English.
_NAMELESS: Final = ("could not translate host name", "failed to resolve host")
_SHUT: Final = ("not permitted to log in", "no pg_hba.conf entry", "permission denied for database")
_WRONG: Final = ("password authentication failed", "authentication failed")
_MISSING: Final = ("no password supplied",)
_TLS: Final = ("certificate", "SSL", "TLS", "tls")
_BROKEN: Final = ("closed", "consuming input failed", "no connection to the server", "timed out")
_BREAKS: Final = ("57P01", "57P02", "57P03", "57P05")


@dataclass(frozen=True, slots=True)
class Failure:
    """The part of a driver's error that may be kept: it holds the parameters of the connection, the password too."""

    state: str
    text: str
    is_connecting: bool
    has_used_password: bool = False


def failure_of(error: BaseException, *, is_connecting: bool) -> Failure:
    """What went wrong first: rolling back on a broken connection raises once more, and says less."""
    found, first = error, error
    while True:
        state = getattr(found, "sqlstate", None)
        if state or found.__context__ is None:
            break
        found = found.__context__
        first = found if hasattr(found, "sqlstate") else first
    kept = found if hasattr(found, "sqlstate") else first
    connection = getattr(kept, "pgconn", None)
    used = bool(getattr(connection, "used_password", False))
    return Failure(state or "", " ".join(str(kept).split()), is_connecting, used)


def trouble_of(failure: Failure, address: Address) -> HubTrouble:
    """The failure in a sentence."""
    fields = {"database": address.database, "user": address.user or "?", "host": address.host or "localhost"}
    known = _known_by_state(failure, fields)
    if known is None and failure.is_connecting:
        known = _connecting(failure, address, fields)
    return known or HubTrouble(
        "The team's database cannot be used: {reason}.",
        advice=_WAITS,
        detail=f"{address} {failure.state}".rstrip(),
        reason=failure.text,
    )


def _known_by_state(failure: Failure, fields: dict[str, str]) -> HubTrouble | None:
    state, detail = failure.state, failure.text
    if state in _BREAKS or any(words in detail for words in ("is shutting down", "is starting up")):
        return HubTrouble(
            "The database server at {host} is stopping or starting.", advice=_WAITS, detail=detail, **fields
        )
    if state == "53300":
        return HubBusy("The database server at {host} has no connection left.", advice=_WAITS, detail=detail, **fields)
    if state in ("57014", "55P03"):
        return HubTrouble("The database server at {host} took too long.", advice=_WAITS, detail=detail, **fields)
    if state == "25006":
        return HubTrouble(
            "The team's database {database} takes no changes.",
            advice="It may be a copy for reading; name the main server in the address of the team.",
            detail=detail,
            **fields,
        )
    if not state and not failure.is_connecting and any(words in detail for words in _BROKEN):
        return HubTrouble("The connection to {host} broke.", advice=_WAITS, detail=detail, **fields)
    if state in ("40001", "40P01"):
        return HubBusy("The team's database is busy.", advice=_WAITS, detail=detail)
    if state == "42501":
        return HubTrouble(
            "{user} may not read and write the team's tables in the database {database}.",
            advice='Its owner allows it with: GRANT SELECT, INSERT, UPDATE ON {tables} TO "{user}";',
            detail=detail,
            tables=", ".join(TABLES),
            **fields,
        )
    return None


def no_table(failure: Failure, address: Address, schema: str) -> HubTrouble:
    """A table is missing and may not be made."""
    return HubTrouble(
        "{user} may not make tables in the database {database}.",
        advice='Its owner allows it with: GRANT USAGE, CREATE ON SCHEMA {schema} TO "{user}";',
        detail=failure.text,
        user=address.user or "?",
        database=address.database,
        schema=schema,
    )


def _connecting(failure: Failure, address: Address, fields: dict[str, str]) -> HubTrouble:
    detail = failure.text

    def said(words: tuple[str, ...]) -> bool:
        return any(one in detail for one in words)

    if said(_NAMELESS):
        return HubTrouble(
            "There is no computer named {host}.",
            advice="Check the address of the team and the network; DeskHelp goes on without it.",
            detail=detail,
            **fields,
        )
    if said(_MISSING):
        return PasswordWanted(
            "The password of {user} for the team's database is not known on this computer.",
            advice=_GIVE,
            detail=detail,
            **fields,
        )
    if said(_SHUT):
        return HubTrouble(
            "The database server at {host} does not let {user} into {database} from this computer.",
            advice="Whoever runs it allows it in pg_hba.conf, or with GRANT CONNECT and LOGIN.",
            detail=detail,
            **fields,
        )
    if said((f'database "{address.database}" does not exist',)):
        return HubTrouble(
            "There is no database {database} at {host}.",
            advice='Whoever runs the server makes it with: CREATE DATABASE "{database}" OWNER "{user}";',
            detail=detail,
            **fields,
        )
    if said(_WRONG):
        return _wrong_password(detail, fields)
    if said(_TLS):
        return HubTrouble(
            "{host} could not be proven to be the team's database server.",
            advice="Name the authority's file with ?sslrootcert=FILE in the address; nothing is sent to it unproven.",
            detail=detail,
            **fields,
        )
    if failure.has_used_password:  # what the server said of it may be in any language
        return _wrong_password(detail, fields)
    return HubTrouble(
        "{host} cannot be reached on port {port}.",
        advice="DeskHelp goes on without it and exchanges changes when it is back.",
        detail=detail,
        port=address.port,
        **fields,
    )


def _wrong_password(detail: str, fields: dict[str, str]) -> PasswordWanted:
    return PasswordWanted(
        "The database server at {host} refuses {user} or the password.",
        advice=_GIVE,
        detail=detail,
        **fields,
    )
