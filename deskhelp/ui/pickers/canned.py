"""The canned reply picker: type-ahead over names, texts and keywords, with the filled-in text beside the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from deskhelp.domain.entities import CannedReply
from deskhelp.ui import theme
from deskhelp.ui.pickers.choices import CHOICE_ROLE, Choice
from deskhelp.ui.pickers.popup import PickerPopup

ROWS, LIST_PX = 8, 320
Fill = Callable[[str], str]


class CannedPicker(PickerPopup):
    """Chooses a canned reply; `fill` gives the text as it would be inserted, for the preview."""

    def __init__(self, replies: Sequence[CannedReply], fill: Fill, parent: QWidget, *, language: str = "") -> None:
        super().__init__("", parent, width=760)
        title = self.tr("Insert a canned reply")
        for widget in (self, self.typed, self.list):
            widget.setAccessibleName(title)
        self.typed.setPlaceholderText(title)
        self._fill = fill
        self.preview = QPlainTextEdit(self)
        self.preview.setReadOnly(True)
        self.preview.setObjectName("cannedPreview")
        self.preview.setAccessibleName(self.tr("Preview"))
        self.preview.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows_shown = ROWS
        self._split()
        self.list.selectionModel().currentChanged.connect(self._show_preview)
        self.set_choices(canned_choices(replies, language))
        if not replies:
            self.empty.setText(self.tr("There are no canned replies yet. Settings → Canned replies makes one."))

    def _split(self) -> None:
        self.column.removeWidget(self.list)
        row = QHBoxLayout()
        self.list.setFixedWidth(theme.wide(self.fontMetrics(), LIST_PX))
        row.addWidget(self.list, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.preview, 1)
        self.column.insertLayout(1, row)

    def _show_preview(self, current: QModelIndex, _previous: QModelIndex) -> None:
        choice = current.data(CHOICE_ROLE)
        self.preview.setPlainText(self._fill(choice.value.text) if isinstance(choice, Choice) else "")


def canned_choices(replies: Sequence[CannedReply], language: str = "") -> list[Choice]:
    """Choices for all replies that are not deleted; those of the ticket's language come first."""
    kept = [reply for reply in replies if not reply.is_deleted]
    kept.sort(
        key=lambda reply: (
            bool(language and reply.language and reply.language != language),
            reply.folder.casefold(),
            reply.name.casefold(),
        )
    )
    return [
        Choice(
            label=reply.name,
            value=reply,
            hint=reply.folder,
            words=f"{reply.keywords} {reply.folder} {reply.text[:300]}",
        )
        for reply in kept
    ]
