"""What a message says: its text or its markup on paper, the folded history below, and pictures when they are wanted."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout, QWidget

from deskhelp.services.shown import ShownBody
from deskhelp.ui import theme
from deskhelp.ui.link_words import host_line
from deskhelp.ui.panes.mail_text import MailText, written


class MessageBody(QWidget):
    """Shows a `ShownBody`; `text` stands where it has no markup, and in its place on demand."""

    link_wanted = Signal(str, object)
    """An address and the `ShownLink` it belongs to, None for one in plain text."""
    hovered = Signal(str)

    def __init__(self, body: ShownBody, text: str, parent: QWidget, *, is_on_paper: bool) -> None:
        super().__init__(parent)
        self._body, self._text, self._is_on_paper = body, text, is_on_paper
        self._readers: list[MailText] = []
        self._fetched: dict[str, bytes] = {}
        self._quote: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.S)
        self._main = self._paper(body.html) if body.html else self._plain(text)
        self._column.addWidget(self._main)
        self._add_fold()

    # -- text --------------------------------------------------------------------------------

    def _plain(self, text: str) -> MailText:
        reader = self._new_reader(self)
        reader.show_text(text)
        return reader

    def _new_reader(self, parent: QWidget) -> MailText:
        reader = MailText(parent)
        reader.link_wanted.connect(self._link)
        reader.link_hovered.connect(lambda address: self.hovered.emit(host_line(address)))
        self._readers.append(reader)
        return reader

    def _paper(self, markup: str) -> QWidget:
        """Markup brings colours of its own, made for white paper; who wants no paper has them turned over at night."""
        if not self._is_on_paper:
            reader = self._new_reader(self)
            self._fill(reader, markup)
            return reader
        frame = QFrame(self)
        frame.setObjectName("paper")
        inner = QVBoxLayout(frame)
        margin = theme.M if theme.current().is_dark else 0
        inner.setContentsMargins(margin, margin, margin, margin)
        reader = self._new_reader(frame)
        reader.setObjectName("paperText")
        self._fill(reader, markup)
        inner.addWidget(reader)
        return frame

    def _fill(self, reader: MailText, markup: str) -> None:
        body = self._body
        sources = {f"cid:{name}": data for name, data in body.pictures.items()}
        sources |= {f"embedded:{number}": data for number, data in body.embedded.items()}
        fetched = ((at, self._fetched.get(place.url)) for at, place in enumerate(body.remote))
        sources |= {f"remote:{at}": data for at, data in fetched if data}
        reader.show_html(markup, sources, body.remote)

    def show_as_text(self) -> None:
        """The plain text in place of the markup, which has an end of its own."""
        plain = self._plain(self._text)
        self._column.replaceWidget(self._main, plain)
        self._main.hide()
        self._main = plain

    # -- the history -------------------------------------------------------------------------

    def _add_fold(self) -> None:
        """Earlier messages stand above already: their copy is folded away, one click from here."""
        if not (self._body.quoted.strip() or self._body.quoted_html):
            return
        button = QToolButton(self)
        button.setObjectName("chip")
        button.setText("•••")
        button.setCheckable(True)
        button.setAccessibleName(self.tr("Show the quoted text"))
        button.setToolTip(self.tr("Show the quoted text"))
        button.toggled.connect(self._toggle_quote)
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _toggle_quote(self, on: bool) -> None:
        if self._quote is None:
            quoted = self._body.quoted_html
            self._quote = self._paper(quoted) if quoted else self._plain(self._body.quoted)
            self._column.addWidget(self._quote)
        self._quote.setVisible(on)

    # -- pictures ----------------------------------------------------------------------------

    def show_pictures(self, fetched: Mapping[str, bytes]) -> int:
        """Put pictures of the network, by address, in their places; returns how many are still missing."""
        self._fetched |= fetched
        for reader in self._readers:
            if reader.markup:
                self._fill(reader, reader.markup)
        return sum(place.url not in self._fetched for place in self._body.remote)

    # -- links -------------------------------------------------------------------------------

    def _link(self, address: str) -> None:
        """Of several links to one address the most doubtful counts."""
        found = [link for link in self._body.links if written(QUrl(link.target)) == address]
        self.link_wanted.emit(address, max(found, key=lambda link: link.is_suspicious, default=None))

    def restyle(self) -> None:
        for reader in self._readers:
            reader.restyle()
