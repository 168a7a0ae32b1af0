"""The command line, a contract for scripts (DESIGN section 8); nothing of Qt is loaded here."""

from __future__ import annotations

from collections.abc import Sequence


def main(argv: Sequence[str]) -> int:
    """Run one command; 0 done, 1 refused or failed, 2 usage."""
    from .commands import run

    return run(list(argv))
