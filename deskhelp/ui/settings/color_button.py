"""A button that shows a colour and offers a calm palette of twelve, and any other."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QColorDialog, QMenu, QToolButton, QWidget

CALM_COLORS = (
    "#C2504A",
    "#C9743A",
    "#B38A1E",
    "#6E8B3D",
    "#3F8F5F",
    "#2E8C8C",
    "#3B7DB8",
    "#5566C3",
    "#7D5BB5",
    "#A8518F",
    "#8A6A52",
    "#6B7480",
)


def swatch(color: str, size: int = 16) -> QIcon:
    """A filled circle as an icon."""
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawEllipse(1, 1, size - 2, size - 2)
    painter.end()
    return QIcon(pixmap)


def color_names() -> dict[str, str]:
    """The palette's colours in words."""
    translate = QCoreApplication.translate
    names = (
        translate("Colors", "Red"),
        translate("Colors", "Orange"),
        translate("Colors", "Ochre"),
        translate("Colors", "Olive"),
        translate("Colors", "Green"),
        translate("Colors", "Teal"),
        translate("Colors", "Blue"),
        translate("Colors", "Indigo"),
        translate("Colors", "Violet"),
        translate("Colors", "Plum"),
        translate("Colors", "Brown"),
        translate("Colors", "Grey"),
    )
    return dict(zip(CALM_COLORS, names, strict=True))


class ColorButton(QToolButton):
    color_changed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._color = CALM_COLORS[0]
        self.setObjectName("withMenu")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        menu = QMenu(self)
        for color, name in color_names().items():
            menu.addAction(swatch(color), name, lambda chosen=color: self._choose(chosen))
        menu.addSeparator()
        menu.addAction(self.tr("Another…"), self._ask)
        self.setMenu(menu)
        self.set_color(self._color)

    def color(self) -> str:
        return self._color

    def set_color(self, color: str) -> None:
        self._color = color if QColor.isValidColorName(color) else CALM_COLORS[-1]
        self.setIcon(swatch(self._color))
        self.setText(color_names().get(self._color.upper(), self._color))

    def _choose(self, color: str) -> None:
        self.set_color(color)
        self.color_changed.emit(self._color)

    def _ask(self) -> None:
        dialog = QColorDialog(QColor(self._color), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(lambda color: self._choose(color.name().upper()))
        dialog.open()
