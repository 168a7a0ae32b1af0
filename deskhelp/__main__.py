"""The one entry point: the window without a command, the command line with one.

``--version`` answers before anything heavy is imported, and nothing of Qt is loaded unless a window opens.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from deskhelp import __version__

DONE, FAILED, INTERRUPTED = 0, 1, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run DeskHelp with `argv` (the process's arguments without); returns the exit status.

    0 done, 1 refused or failed (one line on stderr), 2 usage (argparse exits by itself).
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    options, rest = _parser().parse_known_args(arguments)
    if options.version and not rest:
        print(f"DeskHelp {__version__}")
        return DONE
    if rest:
        return _guarded(lambda: _command_line(arguments), options.profile)
    if options.self_check:
        return _guarded(_self_check, options.profile)
    return _guarded(lambda: _window(options.profile, options.demo), options.profile)


def _parser() -> argparse.ArgumentParser:
    """Only what opens no command; `deskhelp.cli` knows, checks and explains the rest."""
    parser = argparse.ArgumentParser(
        "deskhelp",
        add_help=False,
        allow_abbrev=False,
        usage="deskhelp [--profile DIR] [--demo] [COMMAND ...]",
    )
    parser.add_argument("--profile", type=Path, metavar="DIR")
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--self-check", action="store_true")
    parser.add_argument("--version", action="store_true")
    return parser


def _guarded(work: Callable[[], int], root: Path | None) -> int:
    """Do `work`; what goes wrong becomes one line for the user, and a bug's traceback goes to the log."""
    from deskhelp.domain.errors import DeskTrouble
    from deskhelp.logs import start_log
    from deskhelp.settings import Profile, default_profile

    log = start_log(Profile(root.absolute()) if root else default_profile())
    try:
        return work()
    except DeskTrouble as trouble:
        _tell(f"deskhelp: {trouble}")
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _forget_stdout()
    except Exception:
        import logging

        logging.getLogger(__name__).critical("a bug ended the program", exc_info=True)
        _tell(f"deskhelp: Something went wrong inside DeskHelp; the details are in {log.path}")
    return FAILED


def _tell(text: str) -> None:
    """One line on stderr; a Windows program without a console shows it in a box."""
    if sys.stderr is not None:
        print(" ".join(text.split()), file=sys.stderr)
    elif sys.platform == "win32":  # pragma: no cover
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, text, "DeskHelp", 0x10)


def _forget_stdout() -> None:
    """The reader left (``deskhelp tickets | head``): Python must not complain when it flushes at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _command_line(arguments: list[str]) -> int:
    from deskhelp.cli import main as command_line

    return command_line(arguments)


def _self_check() -> int:
    from deskhelp.selfcheck import run

    return run()


def _window(root: Path | None, demo: bool) -> int:
    gc.disable()  # until the window's own collector begins: loading leaves no garbage, and looking for it takes long
    from deskhelp.settings import open_profile
    from deskhelp.ui.app import run

    if not demo or root:
        return run(open_profile(root), demo=demo)
    with tempfile.TemporaryDirectory(prefix="deskhelp-demo-", ignore_cleanup_errors=True) as folder:
        return run(open_profile(Path(folder)), demo=demo)


if __name__ == "__main__":
    if getattr(sys, "frozen", False):  # a packaged program starts itself anew for each worker process
        import multiprocessing

        multiprocessing.freeze_support()
    sys.exit(main())
