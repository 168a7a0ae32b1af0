"""Our own icons in the colours of the theme, drawn anew when the theme changes."""

from __future__ import annotations

import weakref
from functools import cache, lru_cache
from typing import Protocol

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from deskhelp.settings import resource_path
from deskhelp.ui import theme

SIZES = (16, 20)


class HasIcon(Protocol):
    def setIcon(self, icon: QIcon, /) -> None: ...


_bound: weakref.WeakKeyDictionary[object, tuple[str, str]] = weakref.WeakKeyDictionary()


def bind(target: HasIcon, name: str, color: str = "text", sizes: tuple[int, ...] = SIZES) -> None:
    """Give `target` an icon that follows the theme; where it is sure to be shown in one size only, in that one."""
    _follow_theme()
    _bound[target] = (name, color)
    target.setIcon(icon(name, color, sizes))


@cache
def _follow_theme() -> None:
    theme.theme().changed.connect(_redraw)


def _redraw() -> None:
    for target, (name, color) in list(_bound.items()):
        try:
            target.setIcon(icon(name, color))  # type: ignore[attr-defined]
        except RuntimeError:  # Qt deleted the widget before Python forgot it
            del _bound[target]


def icon(name: str, color: str = "text", sizes: tuple[int, ...] = SIZES) -> QIcon:
    """The icon `name` in the theme's colour `color`, sharp on the finest screen there is."""
    result = QIcon()
    finest = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    for size in sizes:
        result.addPixmap(pixmap(name, size, color, finest))
    return result


def pixmap(name: str, size: int, color: str = "text", scale: float = 1) -> QPixmap:
    """The icon `name`, `size` logical pixels wide, for a screen with `scale` pixels per logical one."""
    return _drawn(name, size, theme.current().hex(color), scale)


@lru_cache(maxsize=512)
def _drawn(name: str, size: int, color: str, scale: float) -> QPixmap:
    side = round(size * scale)
    result = QPixmap(side, side)
    result.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_source(name).replace(b"currentColor", color.encode())))
    painter = QPainter(result)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    result.setDevicePixelRatio(scale)
    return result


@lru_cache(maxsize=256)
def _source(name: str) -> bytes:
    """The file's bytes; a missing icon is a mistake of ours and shows at once."""
    return resource_path("icons", f"{name}.svg").read_bytes()


def window_icon() -> QIcon:
    """The program's own icon."""
    return QIcon(str(resource_path("icons", "deskhelp.svg")))
