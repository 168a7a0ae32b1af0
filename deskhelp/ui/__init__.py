"""The Qt window. It speaks to `deskhelp.services`, never to the database or to mail."""

from __future__ import annotations

import contextlib
import sys
from types import ModuleType

with contextlib.suppress(ImportError):
    import PySide6.QtCore  # noqa: F401  # brings the module below


def _uses_pyside(module: ModuleType) -> bool:
    return module.__name__.startswith("deskhelp.ui")


# PySide reads the source of every module imported after it, to see whether it might switch snake_case names on:
# a tenth of the start. Nobody here does, and where this private name is gone all is as it was.
if _feature := sys.modules.get("shibokensupport.feature"):
    vars(_feature)["_mod_uses_pyside"] = _uses_pyside
