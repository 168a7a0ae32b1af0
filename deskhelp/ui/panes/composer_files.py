"""The attachments of a message being written: chips with name, size and a button to take them off."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QToolButton, QWidget

from deskhelp.domain.errors import DeskTrouble
from deskhelp.ui import icons
from deskhelp.ui.labels import plain_tip
from deskhelp.ui.panes.flow_layout import FlowLayout

MAX_TOTAL_BYTES = 25_000_000
LINES_SHOWN = 3
NAME_CHARS = 40


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A file to be sent: its bytes are read when it is added, so that a draft outlives the file."""

    name: str
    content_type: str
    data: bytes


def read_file(path: Path) -> DraftFile:
    """The file at `path`; DeskTrouble if it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DeskTrouble(
            "{name} could not be attached.",
            advice="Check that the file exists and may be read: {why}.",
            name=path.name,
            why=error.strerror or str(error),
        ) from error
    guess, _ = mimetypes.guess_type(path.name)
    return DraftFile(path.name, guess or "application/octet-stream", data)


class FilesBar(QScrollArea):
    """Hidden while there is nothing attached; as high as its lines of chips, the fourth and further ones scroll."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filesBar")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._files: list[DraftFile] = []
        self._chips = QWidget(self)
        self._layout = FlowLayout(self._chips, spacing=6)
        self.setWidget(self._chips)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        first = self._layout.itemAt(0)
        if first is not None:
            line = first.sizeHint().height() + self._layout.spacing()
            self.setFixedHeight(min(self._layout.heightForWidth(self.width()), LINES_SHOWN * line))

    def files(self) -> tuple[DraftFile, ...]:
        return tuple(self._files)

    def total_bytes(self) -> int:
        return sum(len(file.data) for file in self._files)

    def set_files(self, files: tuple[DraftFile, ...]) -> None:
        self._files = list(files)
        self._rebuild()

    def add(self, file: DraftFile) -> None:
        """Attach a file; DeskTrouble if the message would grow too large to be accepted anywhere."""
        if self.total_bytes() + len(file.data) > MAX_TOTAL_BYTES:
            raise DeskTrouble(
                "{name} is too large to be sent by mail.",
                advice="Together the attachments may have {limit} MB; put the file on a share and send the link.",
                name=file.name,
                limit=MAX_TOTAL_BYTES // 1_000_000,
            )
        self._files.append(file)
        self._rebuild()
        self.changed.emit()

    def _remove(self, file: DraftFile) -> None:
        self._files = [kept for kept in self._files if kept is not file]
        self._rebuild()
        self.changed.emit()

    def _rebuild(self) -> None:
        self._layout.clear()
        for file in self._files:
            self._layout.addWidget(self._chip(file))
        self.setVisible(bool(self._files))
        self._fit()

    def _chip(self, file: DraftFile) -> QWidget:
        chip = QFrame(self)
        chip.setObjectName("chip")
        size = QLocale().formattedDataSize(len(file.data), 0, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
        metrics = chip.fontMetrics()
        shown = metrics.elidedText(file.name, Qt.TextElideMode.ElideMiddle, metrics.averageCharWidth() * NAME_CHARS)
        label = QLabel(f"{shown}  {size}", chip)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setToolTip(plain_tip(file.name))
        remove = QToolButton(chip)
        remove.setObjectName("takeOff")
        icons.bind(remove, "edit-clear", "muted")
        remove.setIconSize(QSize(12, 12))
        remove.setAutoRaise(True)
        remove.setAccessibleName(self.tr("Take %1 off").replace("%1", file.name))
        remove.setToolTip(self.tr("Take off"))
        remove.clicked.connect(lambda: self._remove(file))
        layout = QHBoxLayout(chip)
        layout.setContentsMargins(8, 2, 2, 2)
        layout.addWidget(label)
        layout.addWidget(remove)
        return chip
