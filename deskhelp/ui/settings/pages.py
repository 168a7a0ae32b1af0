"""The pages for what an office sets up: canned replies, tags, agents, departments."""

from __future__ import annotations

import uuid
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from deskhelp.domain.entities import Agent, CannedReply, Department, Tag
from deskhelp.domain.hours import parse_hours
from deskhelp.domain.words import fold
from deskhelp.ui.panes.composer_text import PlaceholderHighlighter
from deskhelp.ui.pickers.ticket_pickers import status_choices
from deskhelp.ui.settings.color_button import CALM_COLORS
from deskhelp.ui.settings.entity_page import EntityPage
from deskhelp.ui.settings.placeholder_menu import PlaceholderButton


def _new_id() -> str:
    return uuid.uuid4().hex


class CannedPage(EntityPage):
    """Canned replies with folders, languages and placeholders; whole files of them come in and go out."""

    import_wanted = Signal(str)
    export_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", "", parent)
        self.empty.setText(
            self.tr("Canned replies save typing what is asked every day. Make one, or bring in a file of them.")
        )
        self.new_button.setText(self.tr("New reply"))
        self.list.setAccessibleName(self.tr("Canned replies"))
        self.add_line("name", self.tr("Name"))
        self.add_line("folder", self.tr("Folder"), self.tr("Printing/Office"))
        self.add_choice("language", self.tr("Language"), [("", self.tr("Any")), ("ru", "Русский"), ("en", "English")])
        self.text: QPlainTextEdit = self.add_text("text", self.tr("Text"))
        self.highlighter = PlaceholderHighlighter(self.text.document(), expects=True)
        self.add_line("keywords", self.tr("Also found by"), self.tr("words separated by blanks"))
        none = ("", self.tr("Leave as it is"))
        self.add_choice(
            "status", self.tr("Then set status"), [none, *((str(c.value), c.label) for c in status_choices())]
        )
        self.add_line("tags", self.tr("Then add tags"), self.tr("names separated by commas"))
        help_text = QLabel(
            self.tr("A fallback stands behind a bar: {customer.first_name|colleague}."),
            self.editor,
        )
        help_text.setObjectName("muted")
        help_text.setTextFormat(Qt.TextFormat.PlainText)
        help_text.setWordWrap(True)
        self.placeholders = PlaceholderButton(self.text, self.editor)
        under = QVBoxLayout()
        under.addWidget(self.placeholders, 0, Qt.AlignmentFlag.AlignLeft)
        under.addWidget(help_text)
        self.form.insertRow(self.form.getWidgetPosition(self.text)[0] + 1, "", under)  # type: ignore[index, operator]
        self._add_transfer()

    def _add_transfer(self) -> None:
        row = QHBoxLayout()
        for text, slot in ((self.tr("Import…"), self._import), (self.tr("Export…"), self._export)):
            button = QPushButton(text, self)
            button.setObjectName("flat")
            button.clicked.connect(slot)
            row.addWidget(button)
        row.addStretch(1)
        self._left_column.addLayout(row)

    def _import(self) -> None:
        dialog = QFileDialog(self, self.tr("Bring in canned replies"))
        dialog.setNameFilters([self.tr("Canned replies (*.toml)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.import_wanted)
        dialog.open()

    def _export(self) -> None:
        dialog = QFileDialog(self, self.tr("Save canned replies"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("toml")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.export_wanted)
        dialog.open()

    def make_new(self) -> CannedReply:
        return CannedReply(_new_id(), name=self.tr("New reply"))

    def label_of(self, entity: Any) -> str:
        return f"{entity.folder} / {entity.name}" if entity.folder else str(entity.name)

    def searched_in(self, entity: Any) -> str:
        return f"{self.label_of(entity)} {entity.keywords} {entity.text}"


class TagPage(EntityPage):
    def __init__(self, parent: QWidget) -> None:
        super().__init__("", "", parent)
        self.empty.setText(self.tr("Tags sort tickets by topic. Make one here, or while tagging a ticket."))
        self.new_button.setText(self.tr("New tag"))
        self.list.setAccessibleName(self.tr("Tags"))
        self.add_line("name", self.tr("Name"))
        self.add_color("color", self.tr("Color"))
        self.add_line("description", self.tr("Description"))

    def objection(self, entity: Any) -> str:
        wanted = fold(entity.name)
        if any(fold(other.name) == wanted for other in self._entities.values() if other.id != entity.id):
            return self.tr("There is a tag of this name already.")
        return super().objection(entity)

    def make_new(self) -> Tag:
        return Tag(_new_id(), name=self.tr("New tag"), color=CALM_COLORS[len(self._entities) % len(CALM_COLORS)])


class AgentPage(EntityPage):
    """`me_chosen` carries the agent who works at this computer from now on."""

    me_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", "", parent)
        self._me = ""
        self.empty.setText(self.tr("Agents are the people who answer: tickets are assigned to them."))
        self.new_button.setText(self.tr("New agent"))
        self.list.setAccessibleName(self.tr("Agents"))
        self.add_line("name", self.tr("Name"))
        self.add_line("address", self.tr("Address"))
        self.add_choice(
            "role",
            self.tr("Role"),
            [
                ("agent", self.tr("Agent")),
                ("lead", self.tr("Team lead")),
                ("admin", self.tr("Administrator")),
            ],
        )
        self.add_line("hours", self.tr("At work"), self.tr("Mo-Fr 9:00-18:00"))
        self.add_color("color", self.tr("Color"))
        self.add_text("signature", self.tr("Signature"), is_short=True)
        self.me_button = QPushButton(self.tr("I work as this agent"), self.editor)
        self.me_button.clicked.connect(lambda: self.me_chosen.emit(self._current))
        self.me = QLabel(self.tr("You work as this agent."), self.editor)
        self.me.setObjectName("good")
        self.form.addRow("", self.me_button)
        self.form.addRow("", self.me)
        self.list.currentItemChanged.connect(lambda *_: self._show_me())

    def set_me(self, agent_id: str) -> None:
        """Who works at this computer."""
        self._me = agent_id
        self._show_me()

    def _show_me(self) -> None:
        is_me = self._current is not None and self._current.id == self._me
        self.me.setVisible(is_me)
        self.me_button.setVisible(not is_me)

    def objection(self, entity: Any) -> str:
        try:
            parse_hours(entity.hours)
        except ValueError:
            return self.tr("Hours are written like this: Mo-Fr 9:00-18:00, Sa 10-14.")
        return super().objection(entity)

    def make_new(self) -> Agent:
        return Agent(_new_id(), name=self.tr("New agent"), color=CALM_COLORS[len(self._entities) % len(CALM_COLORS)])


class DepartmentPage(EntityPage):
    def __init__(self, parent: QWidget) -> None:
        super().__init__("", "", parent)
        self.empty.setText(self.tr("Departments are where a ticket can be sent on or escalated to."))
        self.new_button.setText(self.tr("New department"))
        self.list.setAccessibleName(self.tr("Departments"))
        self.add_line("name", self.tr("Name"))
        self.add_line("address", self.tr("Address"), self.tr("where a forward goes"))

    def make_new(self) -> Department:
        return Department(_new_id(), name=self.tr("New department"))
