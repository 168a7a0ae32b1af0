"""The Qt window. It speaks to `deskhelp.services`, never to the database or to mail."""

from __future__ import annotations

import contextlib
from types import ModuleType

with contextlib.suppress(ImportError):
    import PySide6.QtCore  # noqa: F401  # brings the package below
    from shibokensupport import feature  # type: ignore[import-not-found, unused-ignore]

    def _uses_pyside(module: ModuleType) -> bool:
        return module.__name__.startswith("deskhelp.ui")

    # PySide reads the source of every module imported after it, to see whether it might switch snake_case names on:
    # a tenth of the start. Nobody here does, and where this private name is gone all is as it was.
    feature._mod_uses_pyside = _uses_pyside
