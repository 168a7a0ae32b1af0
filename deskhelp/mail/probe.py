"""The connection test: step by step, in plain words, with what to do."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from deskhelp.domain.errors import DeskTrouble, fill

from . import sign_in
from .imap import ImapSession
from .smtp_connect import log_in_smtp, open_smtp
from .tls import client_context
from .troubles import MailTrouble, TlsTrouble, network_trouble
from .urls import Endpoint

IMAP_STEPS: Final = ("name", "connection", "certificate", "login", "folders", "idle")
SMTP_STEPS: Final = ("smtp_connection", "smtp_login")

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ProbeStep:
    """One line of the checklist. `ok` is None if the step was not tried or does not matter much.

    `template` and `advice_template` are English with ``{name}`` fields, for translation, as in DeskTrouble.
    """

    name: str
    ok: bool | None
    template: str
    advice_template: str = ""
    detail: str = ""
    fields: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        return fill(self.template, dict(self.fields))

    @property
    def advice(self) -> str:
        return fill(self.advice_template, dict(self.fields))


def probe(
    imap: Endpoint, smtp: Endpoint | None, password: str, ca_file: Path | None = None, timeout_s: float = 15.0
) -> Iterator[ProbeStep]:
    """Try `imap`, then `smtp`, and tell about each of IMAP_STEPS and SMTP_STEPS as it is known.

    After a failure the steps that build on it come as not tried; SMTP is tried in any case. Never raises
    for the world's troubles.
    """
    try:
        context = client_context(ca_file)
    except DeskTrouble as trouble:
        yield _failed("certificate", trouble)
        return
    yield from _with_the_rest(IMAP_STEPS, _probe_imap(imap, password, context, timeout_s))
    if smtp is not None:
        yield from _with_the_rest(SMTP_STEPS, _probe_smtp(smtp, password, context, timeout_s))


def _probe_imap(endpoint: Endpoint, password: str, context: ssl.SSLContext, timeout_s: float) -> Iterator[ProbeStep]:
    host: dict[str, object] = {"host": endpoint.shown_host, "port": endpoint.port, "user": endpoint.user}
    try:
        _reach(endpoint, timeout_s, lambda: socket.getaddrinfo(endpoint.host, endpoint.port))
    except MailTrouble as trouble:
        yield _failed("name", trouble)
        return
    yield ProbeStep("name", True, "The server {host} was found.", fields=host)
    try:
        where = (endpoint.host, endpoint.port)
        _reach(endpoint, timeout_s, lambda: socket.create_connection(where, timeout_s).close())
    except MailTrouble as trouble:
        yield _failed("connection", trouble)
        return
    yield ProbeStep("connection", True, "It answers on port {port}.", fields=host)
    try:
        session = ImapSession.open(endpoint, context, timeout_s)
    except MailTrouble as trouble:
        yield _failed("certificate" if isinstance(trouble, TlsTrouble) else "connection", trouble)
        return
    with session:
        yield ProbeStep("certificate", True, "Its certificate is valid for {host}.", fields=host)
        yield from _probe_mailbox(session, password, host)


def _probe_mailbox(session: ImapSession, password: str, host: Mapping[str, object]) -> Iterator[ProbeStep]:
    step = "login"
    try:
        session.log_in(password)
        yield ProbeStep("login", True, "{user} is logged in.", fields=host)
        step = "folders"
        folders = session.list_folders()
        state = session.select("INBOX")
        fields = {**host, "folders": len(folders), "mails": state.exists}
        yield ProbeStep("folders", True, "{folders} folders; {mails} mails in the inbox.", fields=fields)
        step = "idle"
        yield _idle_step(session)
    except MailTrouble as trouble:
        yield _failed(step, trouble)


def _idle_step(session: ImapSession) -> ProbeStep:
    if session.can_idle:
        return ProbeStep("idle", True, "The server tells of new mail at once.")
    return ProbeStep(
        "idle",
        None,
        "The server does not tell of new mail by itself.",
        "DeskHelp asks it every minute instead.",
    )


def _probe_smtp(endpoint: Endpoint, password: str, context: ssl.SSLContext, timeout_s: float) -> Iterator[ProbeStep]:
    fields: dict[str, object] = {"host": endpoint.shown_host, "user": endpoint.user}
    try:
        smtp = open_smtp(endpoint, context, timeout_s)
    except MailTrouble as trouble:
        yield _failed("smtp_connection", trouble)
        return
    try:
        yield ProbeStep("smtp_connection", True, "The server for sending, {host}, answers.", fields=fields)
        log_in_smtp(smtp, endpoint, password, timeout_s)
        yield ProbeStep("smtp_login", True, "{host} takes mail for sending.", fields=fields)
    except MailTrouble as trouble:
        yield _failed("smtp_login", trouble)
    finally:
        smtp.close()


def _reach(endpoint: Endpoint, timeout_s: float, attempt: Callable[[], _T]) -> _T:
    try:
        return attempt()
    except (OSError, UnicodeError) as error:
        cause = error if isinstance(error, OSError) else socket.gaierror(str(error))
        raise network_trouble(cause, endpoint, None, timeout_s) from error


def _with_the_rest(names: tuple[str, ...], steps: Iterator[ProbeStep]) -> Iterator[ProbeStep]:
    told = set()
    for step in steps:
        if step.name not in told or step.ok is False:
            yield step
        told.add(step.name)
    for name in names:
        if name not in told:
            yield ProbeStep(name, None, "Not tried.")


def _failed(name: str, trouble: DeskTrouble) -> ProbeStep:
    fields = dict(trouble.fields)
    advice = trouble.advice_template
    return ProbeStep(name, False, trouble.template, advice, trouble.detail, fields)


def sign_in_hint(endpoint: Endpoint) -> str:
    """What to know before typing a password for `endpoint`'s provider, in English; empty if unknown."""
    return sign_in.advice_for(endpoint.host)
