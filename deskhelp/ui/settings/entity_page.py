"""A page that edits one kind of entity: a list at the left, the chosen one's fields at the right.

What is deleted can be taken back as long as the page is open; what cannot be kept is said under the fields.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSpacerItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from deskhelp.domain.entities import Entity
from deskhelp.ui import theme
from deskhelp.ui.labels import ElidedLabel
from deskhelp.ui.settings.color_button import ColorButton, swatch

SHORT_LINES, LONG_LINES = 4, 8
Editor = QLineEdit | QPlainTextEdit | QComboBox | ColorButton


class EntityPage(QWidget):
    """Emits `saved(entity)` and `deleted(entity)`; a field is saved when it is left, there is no "Apply"."""

    saved = Signal(object)
    deleted = Signal(object)

    def __init__(self, empty: str, new_text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._entities: dict[str, Entity] = {}
        self._current: Entity | None = None
        self._gone: Entity | None = None
        self._editors: dict[str, Editor] = {}
        self.list = QListWidget(self)
        self.list.setObjectName("entities")
        self.list.setAccessibleName(new_text)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(lambda item, _old: self._show(item))
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setAccessibleName(self.tr("Search"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.new_button = QPushButton(new_text, self)
        self.new_button.clicked.connect(self._new)
        self.delete_button = QPushButton(self.tr("Delete"), self)
        self.delete_button.setObjectName("flat")
        self.delete_button.clicked.connect(self._delete)
        self.empty = QLabel(empty, self)
        self.empty.setObjectName("muted")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.gone = ElidedLabel("", self)
        self.gone.setObjectName("muted")
        self.restore_button = QPushButton(self.tr("Take back"), self)
        self.restore_button.setObjectName("link")
        self.restore_button.clicked.connect(self._restore)
        self.trouble = QLabel(self)
        self.trouble.setObjectName("inlineTrouble")
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        self.trouble.setWordWrap(True)
        self.editor = QWidget(self)
        self.form = QFormLayout()
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.form.setVerticalSpacing(8)
        self._filler = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)
        self._lay_out()
        self._say("")
        self._show_gone(None)

    def _lay_out(self) -> None:
        left, right = QWidget(self), QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.search, self.list):
            column.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(self.new_button)
        row.addStretch(1)
        row.addWidget(self.delete_button)
        column.addLayout(row)
        gone = QHBoxLayout()
        gone.addWidget(self.gone, 1)
        gone.addWidget(self.restore_button)
        column.addLayout(gone)
        self._left_column, self._button_row = column, row
        inside = QVBoxLayout(self.editor)
        inside.setContentsMargins(0, 0, theme.S, 0)
        inside.addLayout(self.form)
        inside.addItem(self._filler)
        self.fields = QScrollArea(right)
        self.fields.setFrameShape(QFrame.Shape.NoFrame)
        self.fields.setWidgetResizable(True)
        self.fields.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.fields.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.fields.setWidget(self.editor)
        side = QVBoxLayout(right)
        side.setContentsMargins(12, 0, 0, 0)
        side.addWidget(self.empty, 1)
        side.addWidget(self.fields, 1)
        side.addWidget(self.trouble)
        splitter = QSplitter(self)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([240, 420])
        splitter.setChildrenCollapsible(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(splitter)

    # -- fields ------------------------------------------------------------------------------

    def add_line(self, field: str, label: str, placeholder: str = "") -> QLineEdit:
        line = QLineEdit(self.editor)
        line.setPlaceholderText(placeholder)
        line.editingFinished.connect(self.save_current)
        self._add(field, label, line)
        return line

    def add_text(self, field: str, label: str, *, is_short: bool = False) -> QPlainTextEdit:
        text = _LeavingText(self.editor)
        text.setTabChangesFocus(True)
        if is_short:
            text.setFixedHeight(self.fontMetrics().height() * SHORT_LINES + theme.L)
        else:
            text.setMinimumHeight(self.fontMetrics().height() * LONG_LINES)
            self._filler.changeSize(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Minimum)
        text.left.connect(self.save_current)
        self._add(field, label, text)
        return text

    def add_choice(self, field: str, label: str, choices: Sequence[tuple[str, str]]) -> QComboBox:
        box = QComboBox(self.editor)
        for value, name in choices:
            box.addItem(name, value)
        box.activated.connect(lambda _index: self.save_current())
        self._add(field, label, box)
        return box

    def add_color(self, field: str, label: str) -> ColorButton:
        button = ColorButton(self.editor)
        button.color_changed.connect(lambda _color: self.save_current())
        self._add(field, label, button)
        return button

    def _add(self, field: str, label: str, editor: Editor) -> None:
        editor.setAccessibleName(label)
        self._editors[field] = editor
        self.form.addRow(label, editor)

    # -- what a kind of entity says of itself --------------------------------------------------

    def make_new(self) -> Entity:
        raise NotImplementedError

    def label_of(self, entity: Any) -> str:
        return str(entity.name)

    def searched_in(self, entity: Any) -> str:
        """What the search line looks through."""
        return self.label_of(entity)

    def objection(self, entity: Any) -> str:
        """Why this cannot be kept as it is, or ""."""
        return "" if entity.name else self.tr("It needs a name.")

    # -- showing -----------------------------------------------------------------------------

    def set_entities(self, entities: Sequence[Entity]) -> None:
        """Show these; the chosen one stays chosen, a field that is being typed into is left alone."""
        self._entities = {entity.id: entity for entity in entities if not entity.is_deleted}
        chosen = self._current.id if self._current else ""
        self.list.blockSignals(True)
        self.list.clear()
        for entity in sorted(self._entities.values(), key=lambda e: self.label_of(e).casefold()):
            item = self._add_item(entity)
            if entity.id == chosen:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        if chosen in self._entities:
            self._current = self._entities[chosen]
        else:
            self._current = None
            self.list.setCurrentRow(0 if self._entities else -1)
        self._show(self.list.currentItem())
        self._filter(self.search.text())

    def _add_item(self, entity: Entity) -> QListWidgetItem:
        item = QListWidgetItem()
        item.setData(Qt.ItemDataRole.UserRole, entity.id)
        self._label_item(item, entity)
        self.list.addItem(item)
        return item

    def _label_item(self, item: QListWidgetItem, entity: Entity) -> None:
        item.setText(self.label_of(entity) or self.tr("(no name)"))
        if color := getattr(entity, "color", ""):
            item.setIcon(swatch(color))

    def _show(self, item: QListWidgetItem | None) -> None:
        entity = self._entities.get(item.data(Qt.ItemDataRole.UserRole)) if item else None
        is_same = entity is not None and self._current is not None and entity.id == self._current.id
        self._current = entity
        if not is_same:
            self._say("")
        self.fields.setVisible(entity is not None)
        self.empty.setVisible(entity is None)
        self.delete_button.setEnabled(entity is not None)
        if entity is None:
            return
        for field, editor in self._editors.items():
            if not (is_same and editor.hasFocus()):
                _set(editor, getattr(entity, field))

    def _filter(self, typed: str) -> None:
        wanted = typed.casefold()
        for row in range(self.list.count()):
            item = self.list.item(row)
            entity = self._entities.get(item.data(Qt.ItemDataRole.UserRole))
            item.setHidden(entity is not None and wanted not in self.searched_in(entity).casefold())

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    # -- changing ----------------------------------------------------------------------------

    def save_current(self) -> None:
        if self._current is None:
            return
        values: dict[str, Any] = {field: _get(editor) for field, editor in self._editors.items()}
        changed = replace(self._current, **values)
        objection = self.objection(changed) if changed != self._current else ""
        self._say(objection)
        if objection:
            return
        if changed != self._current:
            self._current = self._entities[changed.id] = changed
            if item := self.list.currentItem():
                self._label_item(item, changed)
            self.saved.emit(changed)

    def _new(self) -> None:
        self.save_current()
        entity = self.make_new()
        self._entities[entity.id] = entity
        self.search.clear()
        self.list.setCurrentItem(self._add_item(entity))
        self.saved.emit(entity)
        first = next(iter(self._editors.values()))
        first.setFocus()
        if isinstance(first, QLineEdit):
            first.selectAll()

    def _delete(self) -> None:
        if self._current is not None:
            gone, self._current = self._current, None
            self._entities.pop(gone.id, None)
            self.set_entities(tuple(self._entities.values()))
            self._show_gone(gone)
            self.deleted.emit(gone)

    def _show_gone(self, entity: Entity | None) -> None:
        self._gone = entity
        for widget in (self.gone, self.restore_button):
            widget.setVisible(entity is not None)
        if entity is not None:
            self.gone.setText(self.tr("“%1” deleted").replace("%1", self.label_of(entity)))

    def _restore(self) -> None:
        back = self._gone
        if back is not None:
            self._show_gone(None)
            self._current = back
            self.set_entities((*self._entities.values(), back))
            self.saved.emit(back)


class _LeavingText(QPlainTextEdit):
    left = Signal()

    def focusOutEvent(self, event: Any) -> None:
        super().focusOutEvent(event)
        self.left.emit()


def _get(editor: Editor) -> str:
    if isinstance(editor, QLineEdit):
        return editor.text().strip()
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    if isinstance(editor, QComboBox):
        return str(editor.currentData())
    return editor.color()


def _set(editor: Editor, value: str) -> None:
    if isinstance(editor, QLineEdit):
        editor.setText(value)
        editor.setCursorPosition(0)
    elif isinstance(editor, QPlainTextEdit):
        editor.setPlainText(value)
    elif isinstance(editor, QComboBox):
        editor.setCurrentIndex(max(0, editor.findData(value)))
    else:
        editor.set_color(value)
