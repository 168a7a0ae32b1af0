"""What our dialogs share: never blocking, closed by Escape, one primary button, troubles told inside."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)


class Sheet(QDialog):
    """A dialog over its window: `form` takes the rows, `primary` does the work; open it with ``open()``."""

    def __init__(self, title: str, primary: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(title)
        self.form = QFormLayout()
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.form.setVerticalSpacing(8)
        self.trouble = QLabel(self)
        self.trouble.setObjectName("inlineTrouble")
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.primary = QPushButton(primary, self)
        self.primary.setObjectName("primary")  # before the box measures it, which is when the style sheet looks
        self.primary.setDefault(True)
        self.buttons.addButton(self.primary, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(self.form)
        layout.addWidget(self.trouble)
        layout.addWidget(self.buttons)

    def say(self, sentence: str) -> None:
        """Show what is wrong; an empty sentence takes it away."""
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def heading(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setObjectName("heading")
        label.setWordWrap(True)
        return label

    def muted(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setObjectName("muted")
        label.setWordWrap(True)
        return label
