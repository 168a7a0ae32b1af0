"""The command palette: every action of the window by name, with its key; and tickets, found as one types."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from deskhelp.ui.pickers.choices import Choice
from deskhelp.ui.pickers.popup import PickerPopup


def action_choices(actions: Sequence[QAction]) -> list[Choice]:
    """The actions that can run now; their menu is searched too."""
    choices = []
    for action in actions:
        label = action.text().replace("&", "").rstrip("…")
        if label and action.isEnabled() and action.isVisible() and not action.isSeparator():
            key = action.property("keys") or action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            choices.append(Choice(label, action, hint=str(key or ""), words=action.toolTip()))
    return choices


class CommandPalette(PickerPopup):
    """Runs the chosen action itself; a chosen ticket (its id) is emitted through `chosen` like anything else."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(QCoreApplication.translate("Palette", "What would you like to do?"), parent, width=600)
        self.set_choices(action_choices(actions))
        self._tickets: tuple[Choice, ...] = ()
        self._tickets_for = ""
        self.model.extra = lambda typed: self._tickets if typed == self._tickets_for else ()
        self.chosen.connect(self._run)

    def show_tickets(self, typed: str, found: Sequence[tuple[str, str, str]]) -> None:
        """Tickets (id, subject, code) for what was typed; older answers are dropped."""
        if typed == self.typed.text().strip():
            self._tickets_for = typed
            self._tickets = tuple(Choice(subject, ticket, hint=code) for ticket, subject, code in found)
            self.model.set_typed(typed)

    def _run(self, choice: Choice) -> None:
        if isinstance(choice.value, QAction):
            choice.value.trigger()
