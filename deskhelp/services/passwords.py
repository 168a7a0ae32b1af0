"""Passwords of mailboxes and of a team's database: in the system's keyring, or in memory for this run; never a file."""

from __future__ import annotations

import contextlib
import os
import threading
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_SERVICE: Final = "DeskHelp"
# The systems' own keyrings. Others (keyrings.alt's files, a test's, none) keep secrets where others can read them.
_TRUSTED: Final = frozenset({"SecretService", "libsecret", "kwallet", "macOS", "Windows"})
_session: dict[str, str] = {}
_lock = threading.Lock()


def backend_name() -> str:
    """The keyring in use, "" if there is none that can be trusted."""
    backend = _backend()
    return "" if backend is None else f"{type(backend).__module__}.{type(backend).__name__}"


def _backend() -> KeyringBackend | None:
    """The first trusted keyring; asked itself, since keyring's chain could hand a secret to any other of its links."""
    import keyring

    try:
        chosen = keyring.get_keyring()
    except (ImportError, RuntimeError):
        return None
    candidates = [*getattr(chosen, "backends", ()), chosen]
    return next((one for one in candidates if _is_trusted(type(one).__module__)), None)


def _is_trusted(module: str) -> bool:
    package, _, name = module.rpartition(".")
    return package == "keyring.backends" and name in _TRUSTED


def keep(mailbox: str, password: str, *, remember: bool = True) -> bool:
    """Keep a password; True if the keyring has it, False if it is known for this run only."""
    with _lock:
        _session[mailbox] = password
    backend = _backend() if remember else None
    if backend is None:
        return False
    try:
        backend.set_password(_SERVICE, mailbox, password)
        return backend.get_password(_SERVICE, mailbox) == password
    except _errors():
        return False


def find(mailbox: str, variable: str = "DESKHELP_PASSWORD") -> str | None:
    """The password of a mailbox; None if nobody has given it yet, in the environment's `variable` or before."""
    with _lock:
        if mailbox in _session:
            return _session[mailbox]
    given = os.environ.get(variable)
    if given:
        return given
    backend = _backend()
    if backend is None:
        return None
    try:
        found = backend.get_password(_SERVICE, mailbox)
    except _errors():
        return None
    if found is not None:
        with _lock:
            _session[mailbox] = found
    return found


def is_remembered(mailbox: str) -> bool:
    """Whether the keyring has a password for the next run."""
    backend = _backend()
    if backend is None:
        return False
    try:
        return backend.get_password(_SERVICE, mailbox) is not None
    except _errors():
        return False


def forget(mailbox: str) -> None:
    """Remove a password from memory and keyring."""
    with _lock:
        _session.pop(mailbox, None)
    backend = _backend()
    if backend is not None:
        with contextlib.suppress(*_errors()):
            backend.delete_password(_SERVICE, mailbox)


def _errors() -> tuple[type[Exception], ...]:
    """What keyrings raise when they are locked, denied or gone."""
    from keyring.errors import KeyringError

    return (KeyringError, RuntimeError, OSError)
