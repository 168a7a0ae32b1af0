"""The text of one mail, as high as it needs to be; it loads nothing but pictures that came inside this mail."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import unquote

from PySide6.QtCore import QEvent, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontInfo,
    QHelpEvent,
    QResizeEvent,
    QTextDocument,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QSizePolicy, QTextBrowser, QToolTip, QWidget

from deskhelp.services.shown import RemotePicture
from deskhelp.ui import theme
from deskhelp.ui.labels import plain_tip
from deskhelp.ui.link_words import host_line
from deskhelp.ui.panes.night import darkened
from deskhelp.ui.pictures import Gallery

NARROW_STEP: Final = 24
SIGNS_IN_A_LINE: Final = 110
MOST_LINES_AT_FIRST: Final = 60
MAX_SHOWN: Final = 150_000
NARROWINGS: Final = 3
ANYWHERE: Final = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
WRAPPED_TWICE, TABLES_TWICE = 40_000, 50
ORDINARY_PX: Final = 14
# An address begins where a word does, and has an end: looked for at each letter of an endless word it takes minutes.
_LINK = re.compile(
    r"(?P<url>https?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]}»])"
    r"|(?<![\w.+-])(?P<mail>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,20})"
)
_WIDTH = re.compile(r"(?<=\bwidth=\")(?P<plain>\d+)(?=(?:px)?\")|(?<=\bwidth: )(?P<styled>\d+)(?:\.\d+)?(?=px)")

_RUN = re.compile(r"\S{500}")
_TYPE = re.compile(r"(?<=\bfont-size: )\d+(?:\.\d+)?(?=px|pt)")


class MailText(QTextBrowser):
    """Emits `link_wanted` with the address a link really leads to; `link_hovered` while the mouse is over one."""

    link_wanted = Signal(str)
    link_hovered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sources: Mapping[str, bytes] = {}
        self._places: Sequence[RemotePicture] = ()
        self._gallery: Gallery | None = None
        self._width = self._natural = self._fitted_for = -1
        self._html = self._plain = self._markup = ""
        self._has_room = False  # before it stands in a window its width means nothing
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setWordWrapMode(ANYWHERE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Text of the message"))
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.anchorClicked.connect(lambda url: self.link_wanted.emit(written(url)))
        self.highlighted.connect(lambda url: self.link_hovered.emit(written(url)))

    # -- content -----------------------------------------------------------------------------

    def show_text(self, text: str) -> None:
        """Plain text, its addresses made into links."""
        self.setWordWrapMode(ANYWHERE)
        self._plain, self._html = text, ""
        self._show(f'<div style="white-space: pre-wrap">{linked(shortened(text.strip()))}</div>')

    def show_html(self, cleaned: str, pictures: Mapping[str, bytes], places: Sequence[RemotePicture] = ()) -> None:
        """Markup that `mail.html` has cleaned; `pictures` by their sources (``cid:…``), `places` of those that lie on
        the network."""
        self._html = cleaned
        self._sources = pictures
        self._places = places
        self._show(cleaned)

    @property
    def markup(self) -> str:
        """The markup that is shown, "" for plain text."""
        return self._html

    def _show(self, markup: str) -> None:
        on_paper = self.objectName() == "paperText"
        tokens = theme.Tokens(is_dark=False) if on_paper else theme.current()
        self._gallery = Gallery(self._sources, self._places, tokens)
        self.document().setDefaultStyleSheet(
            f"a {{ color: {tokens.hex('accent')}; text-decoration: none; }} img {{ max-width: 100%; }}"
            " pre { white-space: pre-wrap; }"
        )
        self._markup = self._in_type(darkened(markup) if self._html and tokens.is_dark else markup)
        self.document().setDocumentMargin(theme.S if markup.startswith("<body") else 0)
        self._natural = self._fitted_for = self._width = -1
        self.setHtml(self._markup)
        if self._has_room:
            self._fit()
        else:
            self.setFixedHeight(self.fontMetrics().height() * guessed_lines(markup))

    def _in_type(self, markup: str) -> str:
        """Sizes that the sender gave grow with the agent's own; mails are written for text of 14 pixels."""
        factor = QFontInfo(self.font()).pixelSize() / ORDINARY_PX
        if factor <= 1 or not self._html:
            return markup
        return _TYPE.sub(lambda found: f"{round(float(found[0]) * factor)}", markup)

    def restyle(self) -> None:
        """Colours of links belong to the document: make it anew after the theme changed."""
        if self._html or not self._plain:
            self._show(self._html)
        else:
            self.show_text(self._plain)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Only pictures of this mail; everything else gets an empty one, kept so that it is asked for once."""
        url = QUrl(name)
        is_picture = kind == QTextDocument.ResourceType.ImageResource.value and self._gallery is not None
        source = f"{url.scheme()}:{unquote(written(url).partition(':')[2])}" if is_picture else ""
        image = (self._gallery or Gallery({}, (), theme.current())).image(source)
        self.document().addResource(kind, name, image)
        return image

    # -- size --------------------------------------------------------------------------------

    def _fit(self) -> None:
        """As high as the text is at this width, so that the conversation scrolls and not the card."""
        width = self.viewport().width()
        if width == self._width:
            return
        self._width = width
        document = self.document()
        if self._html:
            self._wrap(width)
        else:
            document.setTextWidth(width)
        height = document.size().height()
        is_wider = document.idealWidth() > width + 1
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if is_wider else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(policy)
        bar = self.horizontalScrollBar().sizeHint().height() if is_wider else 0
        self.setFixedHeight(max(int(height + 0.999) + bar, self.fontMetrics().height()))

    def _wrap(self, width: int) -> None:
        """Columns of tables are as wide as their words where the page has the room; else words are broken anywhere."""
        is_quick = len(self._markup) <= WRAPPED_TWICE and self._markup.count("<table") <= TABLES_TWICE
        modes = [QTextOption.WrapMode.WordWrap, ANYWHERE] if is_quick else [ANYWHERE]
        for mode in modes:
            if mode != self.wordWrapMode():
                self.setWordWrapMode(mode)
                self._natural = -1
                if self._fitted_for > 0:
                    self._fitted_for = -1
                    self.setHtml(self._markup)
            self.document().setTextWidth(width)
            self._narrow(width)
            if self.document().idealWidth() <= width + 1:
                break

    def _narrow(self, width: int) -> None:
        """Tables made for a wider page get narrower columns; in steps, as a page is laid out anew for each."""
        if self._natural < 0:
            self._natural = int(self.document().idealWidth() + 0.999)
        wanted = 0 if self._natural <= width + 1 else width // NARROW_STEP * NARROW_STEP
        if wanted == max(self._fitted_for, 0):
            return
        self._fitted_for = wanted
        factor = wanted / self._natural if wanted else 1.0
        for _ in range(NARROWINGS):
            self.setHtml(narrowed(self._markup, factor) if wanted else self._markup)
            self.document().setTextWidth(width)
            if not wanted or (left := self.document().idealWidth()) <= width + 1:
                break
            factor *= wanted / left  # rooms and gaps do not shrink with the columns

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._has_room = True
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.restyle()

    def sizeHint(self) -> QSize:
        return QSize(320, self.height())

    # -- mouse -------------------------------------------------------------------------------

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            link = self.anchorAt(event.pos())
            tip = plain_tip(host_line(written(QUrl(link)))) if link else ""
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return bool(super().viewportEvent(event))

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
            copy.triggered.connect(lambda: QApplication.clipboard().setText(written(QUrl(link))))
        menu.popup(event.globalPos())


def guessed_lines(markup: str) -> int:
    """About how many lines it takes, before it is laid out: a card that is nearly right moves its neighbours less."""
    blocks = sum(markup.count(tag) for tag in ("<p", "<div", "<tr", "<br", "<li", "\n"))
    return min(MOST_LINES_AT_FIRST, 1 + blocks + len(markup) // SIGNS_IN_A_LINE)


def written(url: QUrl) -> str:
    """An address as it goes over the network: nothing of it is decoded for the eye."""
    return bytes(url.toEncoded().data()).decode("ascii", "replace")


def narrowed(markup: str, factor: float) -> str:
    """Markup whose widths in pixels are `factor` of what they were."""
    return _WIDTH.sub(lambda found: str(max(1, int(int(found[0].partition(".")[0]) * factor))), markup)


def shortened(text: str) -> str:
    """As much of a text as a window can lay out at once."""
    return text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN].rstrip() + " […]"


def breakable(text: str) -> str:
    """A text with places to break words without end, escaped."""
    return html.escape(_RUN.sub(lambda found: found[0] + "\u200b", text))


def linked(text: str) -> str:
    """`text` as markup, with web and mail addresses as links."""
    parts, at = [], 0
    for found in _LINK.finditer(text):
        parts.append(breakable(text[at : found.start()]))
        target = found["url"] or "mailto:" + found["mail"]
        parts.append(f'<a href="{html.escape(target)}">{breakable(found[0])}</a>')
        at = found.end()
    parts.append(breakable(text[at:]))
    return "".join(parts)
