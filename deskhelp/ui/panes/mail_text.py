"""The text of one mail, as high as it needs to be; it loads nothing but pictures that came inside this mail."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QEvent, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QContextMenuEvent, QImage, QResizeEvent, QTextDocument, QTextOption, QWheelEvent
from PySide6.QtWidgets import QApplication, QFrame, QSizePolicy, QTextBrowser, QWidget

from deskhelp.ui import theme

MAX_PICTURE_BYTES: Final = 20_000_000
_LINK = re.compile(r"(?P<url>https?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]}»])|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)")


class MailText(QTextBrowser):
    """Emits `link_wanted` with the address a link really leads to; `highlighted` (Qt's) while one hovers it."""

    link_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures: Mapping[str, bytes] = {}
        self._width = -1
        self._html = self._plain = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Text of the message"))
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.anchorClicked.connect(lambda url: self.link_wanted.emit(url.toString()))

    # -- content -----------------------------------------------------------------------------

    def show_text(self, text: str) -> None:
        """Plain text, its addresses made into links."""
        self._plain, self._html = text, ""
        self._show(f'<div style="white-space: pre-wrap">{linked(text.strip())}</div>')

    def show_html(self, cleaned: str, pictures: Mapping[str, bytes]) -> None:
        """Markup that `mail.html` has cleaned; `pictures` by Content-ID."""
        self._html, self._pictures = cleaned, pictures
        self._show(cleaned)

    def _show(self, markup: str) -> None:
        on_paper = self.objectName() == "paperText"
        accent = theme.Tokens(is_dark=False).hex("accent") if on_paper else theme.current().hex("accent")
        self.document().setDefaultStyleSheet(
            f"a {{ color: {accent}; text-decoration: none; }} img {{ max-width: 100%; }}"
        )
        self.setHtml(markup)
        self._width = -1
        self._fit()

    def restyle(self) -> None:
        """Colours of links belong to the document: make it anew after the theme changed."""
        if self._html:
            self.show_html(self._html, self._pictures)
        else:
            self.show_text(self._plain)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Only pictures of this mail; everything else gets an empty one, kept so that it is asked for once."""
        image, url = QImage(), QUrl(name)
        if kind == QTextDocument.ResourceType.ImageResource.value and url.scheme() == "cid":
            data = self._pictures.get(url.path(), b"")
            if len(data) <= MAX_PICTURE_BYTES:
                image.loadFromData(data)
        if image.isNull():
            image = QImage(1, 1, QImage.Format.Format_ARGB32)
            image.fill(Qt.GlobalColor.transparent)
        self.document().addResource(kind, name, image)
        return image

    # -- size --------------------------------------------------------------------------------

    def _fit(self) -> None:
        """As high as the text is at this width, so that the conversation scrolls and not the card."""
        width = self.viewport().width()
        if width == self._width:
            return
        self._width = width
        self.document().setTextWidth(width)
        height = self.document().size().height()
        bar = self.horizontalScrollBar().sizeHint().height() if self.document().idealWidth() > width + 1 else 0
        self.setFixedHeight(max(int(height + 0.999) + bar, self.fontMetrics().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._width = -1
            self._fit()

    def sizeHint(self) -> QSize:
        return QSize(320, self.height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turning the wheel scrolls the conversation; sideways, this text."""
        if abs(event.angleDelta().x()) > abs(event.angleDelta().y()):
            super().wheelEvent(event)
        else:
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu(event.pos())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if link := self.anchorAt(event.pos()):
            copy = menu.addAction(self.tr("Copy the link's address"))
            copy.triggered.connect(lambda: QApplication.clipboard().setText(link))
        menu.popup(event.globalPos())


def linked(text: str) -> str:
    """`text` as markup, with web and mail addresses as links."""
    parts, at = [], 0
    for found in _LINK.finditer(text):
        parts.append(html.escape(text[at : found.start()]))
        target = found["url"] or "mailto:" + found["mail"]
        parts.append(f'<a href="{html.escape(target)}">{html.escape(found[0])}</a>')
        at = found.end()
    parts.append(html.escape(text[at:]))
    return "".join(parts)
