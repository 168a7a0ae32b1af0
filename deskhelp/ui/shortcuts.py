"""Keys that work in both keyboard layouts.

A shortcut for J is dead under a Russian-only layout, and twin keys on a `QAction` are ambiguous where both layouts are
loaded. A `QShortcut` with both keys whose two signals lead to the action works in all three cases.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

_LATIN = "QWERTYUIOP[]ASDFGHJKL;'ZXCVBNM,"
_CYRILLIC = "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБ"
_TWINS = dict(zip(_LATIN, _CYRILLIC, strict=True))
_SHIFTED_TWINS = {"#": "№"}


def twin(keys: str) -> str:
    """The same physical keys on ЙЦУКЕН: "Ctrl+K" gives "Ctrl+Л"; "" where nothing differs."""
    parts = [_twin_of_one(part) for part in keys.split(", ")]
    result = ", ".join(parts)
    return "" if result == keys else result


def _twin_of_one(keys: str) -> str:
    head, plus, last = keys.rpartition("+")
    if not last:  # the plus key itself
        return keys
    return head + plus + _SHIFTED_TWINS.get(last, _TWINS.get(last, last) if len(last) == 1 else last)


def bind_keys(action: QAction, keys: Sequence[str], window: QWidget) -> None:
    """Let `keys` trigger `action` in `window`; menus, tooltips and the key sheet show the first."""
    if not keys:
        return
    # Shown only: in this context it fires while a menu has the focus, which never is.
    action.setShortcut(QKeySequence(keys[0]))
    action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    native = [QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys]
    action.setProperty("keys", " · ".join(native))
    shortcut = QShortcut(window)
    shortcut.setKeys([QKeySequence(key) for keys_ in keys for key in (keys_, twin(keys_)) if key])
    shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
    shortcut.activated.connect(action.trigger)
    shortcut.activatedAmbiguously.connect(action.trigger)
