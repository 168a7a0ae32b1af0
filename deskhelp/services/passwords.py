"""Passwords of mailboxes: in the operating system's keyring, or in memory for this run; never in a file."""

from __future__ import annotations

import os
import threading
from typing import Final

_SERVICE: Final = "DeskHelp"
# Backends that keep secrets where others can read them, or nowhere.
_REFUSED: Final = ("keyrings.alt", "keyring.backends.null", "keyring.backends.fail", "PlaintextKeyring")
_session: dict[str, str] = {}
_lock = threading.Lock()


def backend_name() -> str:
    """The keyring in use, "" if there is none that can be trusted."""
    import keyring

    try:
        backend = keyring.get_keyring()
    except (ImportError, RuntimeError):
        return ""
    backends = [*getattr(backend, "backends", ()), backend]
    names = [f"{type(one).__module__}.{type(one).__name__}" for one in backends]
    sound = [name for name in names if not any(word in name for word in _REFUSED) and "chainer" not in name]
    return sound[0] if sound else ""


def keep(mailbox: str, password: str, *, remember: bool = True) -> bool:
    """Keep a password; True if the keyring has it, False if it is known for this run only."""
    with _lock:
        _session[mailbox] = password
    if not remember or not backend_name():
        return False
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(_SERVICE, mailbox, password)
        return bool(keyring.get_password(_SERVICE, mailbox) == password)
    except (KeyringError, RuntimeError, OSError):
        return False


def find(mailbox: str) -> str | None:
    """The password of a mailbox; None if nobody has given it yet."""
    with _lock:
        if mailbox in _session:
            return _session[mailbox]
    given = os.environ.get("DESKHELP_PASSWORD")
    if given:
        return given
    if not backend_name():
        return None
    import keyring
    from keyring.errors import KeyringError

    try:
        found = keyring.get_password(_SERVICE, mailbox)
    except (KeyringError, RuntimeError, OSError):
        return None
    if found is not None:
        with _lock:
            _session[mailbox] = found
    return found


def forget(mailbox: str) -> None:
    """Remove a password from memory and keyring."""
    with _lock:
        _session.pop(mailbox, None)
    if not backend_name():
        return
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.delete_password(_SERVICE, mailbox)
    except (KeyringError, RuntimeError, OSError):
        return
