"""DeskHelp: a support inbox for small teams on an ordinary IMAP mailbox."""

from __future__ import annotations

__version__ = "0.1.0"
