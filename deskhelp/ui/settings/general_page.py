"""How the program looks and behaves on this computer; every change counts at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QSpinBox,
    QWidget,
)

from deskhelp.settings import Settings
from deskhelp.ui import theme


class GeneralPage(QWidget):
    """Emits `changed(Settings)` at each change."""

    changed = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        self._form = QFormLayout(self)
        self._form.setVerticalSpacing(10)
        self._choice(
            "language",
            self.tr("Language"),
            [("system", self.tr("As the system")), ("en", "English"), ("ru", "Русский")],
        )
        self._choice(
            "theme",
            self.tr("Appearance"),
            [("system", self.tr("As the system")), ("light", self.tr("Light")), ("dark", self.tr("Dark"))],
        )
        self._choice(
            "density",
            self.tr("List"),
            [("comfortable", self.tr("Comfortable")), ("compact", self.tr("Compact"))],
        )
        self._flag("paper", self.tr("Show HTML mail on a light card in the dark appearance too"))
        self._flag("notify", self.tr("Tell me about new mail"))
        self._number("undo_send_s", self.tr("Sending can be undone for"), self.tr(" s"))
        self._choice(
            "send_and",
            self.tr("“Send” also"),
            [
                ("keep", self.tr("leaves the status")),
                ("solve", self.tr("solves the ticket")),
                ("pending", self.tr("waits for the customer")),
            ],
        )
        self._number("poll_interval_s", self.tr("Look for mail every"), self.tr(" s"))
        self._choice(
            "remote_images",
            self.tr("Pictures from the network"),
            [("ask", self.tr("only when I ask for them")), ("never", self.tr("never"))],
        )
        self._senders()

    def _choice(self, field: str, label: str, choices: list[tuple[str, str]]) -> None:
        box = QComboBox(self)
        for value, text in choices:
            box.addItem(text, value)
        box.setCurrentIndex(max(0, box.findData(getattr(self._settings, field))))
        box.activated.connect(lambda _index: self._set(field, box.currentData()))
        box.setAccessibleName(label)
        self._form.addRow(label, box)

    def _number(self, field: str, label: str, unit: str) -> None:
        rule = next(spec for spec in Settings.__dataclass_fields__.values() if spec.name == field).metadata
        box = QSpinBox(self)
        box.setRange(rule["low"], rule["high"])
        box.setSuffix(unit)
        box.lineEdit().setTextMargins(theme.XS, 0, 0, 0)
        box.setValue(getattr(self._settings, field))
        box.editingFinished.connect(lambda: self._set(field, box.value()))
        box.setAccessibleName(label)
        box.lineEdit().setAccessibleName(label)
        self._form.addRow(label, box)

    def _flag(self, field: str, label: str) -> None:
        box = QCheckBox(label, self)
        box.setChecked(getattr(self._settings, field))
        box.toggled.connect(lambda on: self._set(field, on))
        self._form.addRow("", box)

    def _senders(self) -> None:
        """Whose pictures are always shown; who is taken off is asked about again."""
        label = self.tr("Always show pictures of")
        self.senders = QListWidget(self)
        self.senders.setObjectName("entities")
        self.senders.setAccessibleName(label)
        self.senders.addItems(sorted(self._settings.pictures_from))
        self.senders.setMaximumHeight(self.fontMetrics().height() * 5)
        self.ask_again = QPushButton(self.tr("Ask again"), self)
        self.ask_again.setEnabled(False)
        self.ask_again.clicked.connect(self._distrust)
        self.senders.currentRowChanged.connect(lambda row: self.ask_again.setEnabled(row >= 0))
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        row.addWidget(self.senders, 1)
        row.addWidget(self.ask_again, 0, Qt.AlignmentFlag.AlignTop)
        self._form.addRow(label, row)

    def _distrust(self) -> None:
        address = self.senders.takeItem(self.senders.currentRow()).text()
        self._set("pictures_from", self._settings.with_pictures_of(address, is_wanted=False).pictures_from)

    def _set(self, field: str, value: Any) -> None:
        changes: dict[str, Any] = {field: value}
        changed = replace(self._settings, **changes)
        if changed != self._settings:
            self._settings = changed
            self.changed.emit(changed)
