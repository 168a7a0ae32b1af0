"""imaplib's and the system's errors during an IMAP conversation, turned into MailTrouble."""

from __future__ import annotations

import contextlib
import imaplib
import ssl
from collections.abc import Iterator, Sequence

from .troubles import (
    FolderTrouble,
    MailTrouble,
    ProtocolTrouble,
    asks_to_come_later,
    dropped,
    network_trouble,
    throttled,
    unprintable_removed,
)
from .urls import Endpoint


@contextlib.contextmanager
def translated(endpoint: Endpoint, timeout_s: float, context: ssl.SSLContext | None = None) -> Iterator[None]:
    """Around every exchange with the server: what comes out is MailTrouble, or a bug of ours."""
    try:
        yield
    except OSError as error:
        raise network_trouble(error, endpoint, context, timeout_s) from error
    except imaplib.IMAP4.abort as error:
        raise _ended(endpoint, error) from error
    except imaplib.IMAP4.error as error:
        raise refused(endpoint, str(error)) from error


def refused(endpoint: Endpoint, answer: str) -> MailTrouble:
    """The server said NO or BAD to something that it normally allows."""
    answer = unprintable_removed(answer)
    if asks_to_come_later(answer):
        return throttled(endpoint, answer)
    return ProtocolTrouble(
        "{host} refused a request: {answer}",
        advice="If this repeats, tell the server's administrator.",
        detail=answer,
        host=endpoint.shown_host,
        answer=answer,
    )


def folder_missing(folder: str, endpoint: Endpoint, answer: str) -> MailTrouble:
    """EXAMINE or APPEND was refused."""
    answer = unprintable_removed(answer)
    if asks_to_come_later(answer):
        return throttled(endpoint, answer)
    return FolderTrouble(
        "The folder {folder} on {host} is gone, or may not be opened.",
        advice="Choose another folder in the account's settings. Mail that was loaded stays here.",
        detail=answer,
        folder=folder,
        host=endpoint.shown_host,
    )


def checked(endpoint: Endpoint, status: str, data: Sequence[object]) -> None:
    """Raise for an answer that is not OK."""
    if status != "OK":
        raise refused(endpoint, answer_text(data))


def answer_text(data: Sequence[object]) -> str:
    """The words of a tagged answer."""
    return unprintable_removed(b" ".join(part for part in data if isinstance(part, bytes)))


def _ended(endpoint: Endpoint, error: imaplib.IMAP4.abort) -> MailTrouble:
    text = unprintable_removed(str(error))
    return throttled(endpoint, text) if asks_to_come_later(text) else dropped(endpoint, text)
