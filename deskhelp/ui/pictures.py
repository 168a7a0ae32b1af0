"""Pictures of mails as they may be drawn: known kinds, bounded sizes, and a quiet frame where one is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QImage, QImageReader, QPainter

from deskhelp.services.shown import RemotePicture
from deskhelp.ui.theme import Tokens

MAX_BYTES: Final = 20_000_000
MAX_PIXELS: Final = 25_000_000
MAX_ALL_PIXELS: Final = 40_000_000
MAX_SHOWN: Final = QSize(1_600, 4_000)
MAX_PLACE: Final = QSize(800, 400)
# SVG and the rest of Qt's plugins are programs for strangers' bytes; these four are what mails carry.
KINDS: Final = (
    (b"\x89PNG\r\n\x1a\n", b"png"),
    (b"\xff\xd8\xff", b"jpeg"),
    (b"GIF8", b"gif"),
    (b"RIFF", b"webp"),
)


class Gallery:
    """The pictures of one page by their sources (``cid:``, ``embedded:`` and ``remote:`` addresses), decoded when they
    are first drawn; beyond what a window bears they are left out, so that no page of pictures freezes it."""

    def __init__(self, sources: Mapping[str, bytes], places: Sequence[RemotePicture], tokens: Tokens) -> None:
        self._sources, self._places, self._tokens = sources, places, tokens
        self._room = MAX_ALL_PIXELS

    def image(self, source: str) -> QImage:
        """The picture of a source, a frame with its name where it lies on the network, else nothing that is seen."""
        reader = _reader(self._sources.get(source, b""))
        if reader is not None and 0 < reader.pixels <= min(MAX_PIXELS, self._room):
            self._room -= reader.pixels
            image = reader.image()
            if not image.isNull():
                return image
        scheme, _, number = source.partition(":")
        if scheme == "remote" and number.isdecimal() and int(number) < len(self._places):
            return _place(self._places[int(number)], self._tokens)
        return _nothing()


def _reader(data: bytes) -> _Reader | None:
    """A reader of one of the known kinds by its first bytes, whatever the mail says it is."""
    kind = next((name for magic, name in KINDS if data.startswith(magic)), b"")
    if not kind or len(data) > MAX_BYTES:
        return None
    return _Reader(data, kind)


class _Reader:
    """Qt's reader with the buffer it reads from, which it does not keep alive itself."""

    def __init__(self, data: bytes, kind: bytes) -> None:
        self._buffer = QBuffer()
        self._buffer.setData(data)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._reader = QImageReader(self._buffer, QByteArray(kind))
        self.size = self._reader.size()
        self.pixels = max(0, self.size.width()) * max(0, self.size.height())

    def image(self) -> QImage:
        size, reader = self.size, self._reader
        if size.width() > MAX_SHOWN.width() or size.height() > MAX_SHOWN.height():
            reader.setScaledSize(size.scaled(MAX_SHOWN, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
        return reader.read()


def _nothing() -> QImage:
    """One pixel that is not seen."""
    image = QImage(1, 1, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    return image


def _place(picture: RemotePicture, tokens: Tokens) -> QImage:
    """Where a picture would be: its size, and what it is called; nothing at all where neither is known."""
    words, width, height = picture.alt, picture.width, picture.height
    metrics = QFontMetrics(QGuiApplication.font())
    if not words and width < metrics.height() * 2:
        return _nothing()
    wanted = QSize(width or metrics.horizontalAdvance(words[:60]) + 16, height or metrics.height() + 8)
    size = wanted.boundedTo(MAX_PLACE).expandedTo(QSize(8, 8))
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(tokens.color("sidebar"))
    painter = QPainter(image)
    painter.setFont(QGuiApplication.font())
    painter.setPen(tokens.color("border"))
    painter.drawRect(0, 0, size.width() - 1, size.height() - 1)
    painter.setPen(tokens.color("muted"))
    if size.height() >= metrics.height():
        room = QRect(6, 2, size.width() - 12, size.height() - 4)
        text = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), text)
    painter.end()
    return image
