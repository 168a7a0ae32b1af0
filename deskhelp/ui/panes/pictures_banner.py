"""The line over a mail whose pictures lie on the network: show them once, always for this sender, or not at all."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout, QWidget

from deskhelp.domain.conversation import MessageView
from deskhelp.settings import Settings
from deskhelp.ui import theme
from deskhelp.ui.labels import ElidedLabel
from deskhelp.ui.panes.flow_layout import FlowLayout


class PicturesBanner(QFrame):
    """Emits `wanted` with ``pictures``, ``pictures_always``, ``pictures_ask`` or ``browser``, and the message."""

    wanted = Signal(str, object)

    def __init__(self, message: MessageView, count: int, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._message, self._count = message, count
        self.setObjectName("banner")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.XS, theme.S, theme.XS)
        self._row = FlowLayout(spacing=theme.XS)
        column.addLayout(self._row)
        self._label = ElidedLabel("", self)
        self._label.setContentsMargins(0, theme.XS, 0, theme.XS)
        self._row.addWidget(self._label)
        self._buttons: list[QToolButton] = []
        self.is_trusted = settings.shows_pictures_of(message.sender.address)
        self._ask(is_allowed=settings.remote_images != "never")

    def _ask(self, *, is_allowed: bool) -> None:
        entries = [("browser", self.tr("Open in the browser…"))]
        if is_allowed:
            name = self._message.sender.shown
            always = self.tr("Always from %1").replace("%1", name[:40])
            entries = [("pictures", self.tr("Show them")), ("pictures_always", always), *entries]
        text = self.tr("%n picture(s) from the network were not loaded.", "", self._count)
        self._say(text, entries if self._message.sender.address or not is_allowed else entries[::2])

    def tell_loading(self) -> None:
        self._say(self.tr("Pictures are being loaded…"), [])

    def tell_done(self, missing: int, *, is_trusted: bool) -> None:
        """What became of it; a sender who is trusted can be asked about again."""
        self.is_trusted = is_trusted
        name = self._message.sender.shown[:40]
        text = self.tr("%n picture(s) could not be loaded.", "", missing) if missing else ""
        if is_trusted:
            always = self.tr("Pictures of %1 are always shown.").replace("%1", name)
            self._say(f"{always} {text}".strip(), [("pictures_ask", self.tr("Ask again"))])
        else:
            self._say(text, [("pictures", self.tr("Try again"))] if missing else [])
        self.setVisible(bool(missing or is_trusted))

    def _say(self, text: str, entries: list[tuple[str, str]]) -> None:
        self._label.setText(text)
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = [self._button(what, title) for what, title in entries]

    def _button(self, what: str, title: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("link")
        button.setText(title.replace("&", "&&"))
        button.clicked.connect(lambda: self.wanted.emit(what, self._message))
        self._row.addWidget(button)
        return button
