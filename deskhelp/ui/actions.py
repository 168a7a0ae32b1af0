"""Everything one can do in the window: its words, icon, keys and menu, in one table.

Menus, toolbar, command palette and key sheet are made of it, so none of them can lag behind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu

from deskhelp.ui import icons
from deskhelp.ui.shortcuts import bind_keys

SEPARATOR = "-"
TOOLBAR_SIZES = (20,)
ON_TOOLBAR = ("new_ticket", "reply", "note", "assign", "tag", "snooze", "escalate", "close")


@dataclass(frozen=True, slots=True)
class Spec:
    """One action. `needs`: ``ticket`` where one must be shown, ``tickets`` where one or more must be selected."""

    name: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    needs: str = ""
    is_checkable: bool = False
    short: str = ""
    """What stands on a button, if it is another word than in the menu."""


def menus() -> Mapping[str, list[Spec]]:
    """The menus in order, by their titles."""
    translate = QCoreApplication.translate
    return {
        translate("Menus", "&File"): _file(),
        translate("Menus", "&Edit"): _edit(),
        translate("Menus", "&View"): _view(),
        translate("Menus", "&Ticket"): _ticket(),
        translate("Menus", "&Go"): _go(),
        translate("Menus", "T&ools"): _tools(),
        translate("Menus", "&Help"): _help(),
    }


def _file() -> list[Spec]:
    translate = QCoreApplication.translate
    return [
        Spec("new_ticket", translate("Menus", "New ticket…"), ("Ctrl+N", "C"), "list-add"),
        Spec("check_mail", translate("Menus", "Check mail now"), ("F5",), "view-refresh"),
        Spec(SEPARATOR, ""),
        Spec("add_account", translate("Menus", "Add a mailbox…")),
        Spec("settings", translate("Menus", "Settings…"), ("Ctrl+,",), "settings"),
        Spec(SEPARATOR, ""),
        Spec("back_up", translate("Menus", "Back up…")),
        Spec("restore", translate("Menus", "Restore a backup…")),
        Spec(SEPARATOR, ""),
        Spec("print", translate("Menus", "Print…"), ("Ctrl+P",), "document-print", "ticket"),
        Spec("quit", translate("Menus", "Quit"), ("Ctrl+Q",)),
    ]


def _edit() -> list[Spec]:
    translate = QCoreApplication.translate
    return [
        Spec("undo", translate("Menus", "Undo the last action"), ("Ctrl+Z",), "edit-undo"),
        Spec("copy_code", translate("Menus", "Copy the ticket's code"), ("Ctrl+Shift+C",), "edit-copy", "ticket"),
        Spec(SEPARATOR, ""),
        Spec("search", translate("Menus", "Search"), ("Ctrl+F", "/"), "edit-find"),
        Spec("save_view", translate("Menus", "Keep this search as a view…"), ("Ctrl+Shift+S",), "view"),
        Spec(SEPARATOR, ""),
        Spec("select", translate("Menus", "Select or unselect"), ("X",)),
        Spec("extend_down", translate("Menus", "Select downwards"), ("Shift+J", "Shift+Down")),
        Spec("extend_up", translate("Menus", "Select upwards"), ("Shift+K", "Shift+Up")),
    ]


def _view() -> list[Spec]:
    translate = QCoreApplication.translate
    return [
        Spec("show_sidebar", translate("Menus", "Queues"), ("F9",), is_checkable=True),
        Spec("show_context", translate("Menus", "About the ticket"), ("F10",), is_checkable=True),
        Spec("compact", translate("Menus", "Compact list"), is_checkable=True),
        Spec(SEPARATOR, ""),
        Spec("next_pane", translate("Menus", "Next pane"), ("F6",)),
        Spec("previous_pane", translate("Menus", "Previous pane"), ("Shift+F6",)),
    ]


def _ticket() -> list[Spec]:
    translate = QCoreApplication.translate
    return [
        Spec("reply", translate("Menus", "Reply"), ("R",), "mail-reply-sender", "ticket"),
        Spec("reply_all", translate("Menus", "Reply to all"), ("Shift+R",), "mail-reply-all", "ticket"),
        Spec("forward", translate("Menus", "Forward"), ("F",), "mail-forward", "ticket"),
        Spec("note", translate("Menus", "Note"), ("M",), "note", "ticket"),
        Spec(SEPARATOR, ""),
        Spec("assign", translate("Menus", "Assign…"), ("A",), "assign", "tickets"),
        Spec("assign_me", translate("Menus", "Assign to me"), ("I",), "user", "tickets"),
        Spec("department", translate("Menus", "Department…"), (), "department", "tickets"),
        Spec("tag", translate("Menus", "Tag…"), ("T", "L"), "tag", "tickets"),
        Spec("priority", translate("Menus", "Priority…"), ("+",), "priority-high", "tickets"),
        Spec("due", translate("Menus", "Due date…"), ("D",), "calendar", "tickets"),
        Spec("snooze", translate("Menus", "Snooze…"), ("H",), "snooze", "tickets"),
        Spec("escalate", translate("Menus", "Escalate…"), ("!",), "escalate", "tickets"),
        Spec("deescalate", translate("Menus", "End the escalation"), (), "", "tickets"),
        Spec(SEPARATOR, ""),
        Spec("status", translate("Menus", "Status…"), ("S",), "task-done", "tickets"),
        Spec(
            "close",
            translate("Menus", "Solve / open again"),
            ("E",),
            "task-done",
            "tickets",
            short=translate("Menus", "Solve"),
        ),
        Spec(
            "spam",
            translate("Menus", "Spam / not spam"),
            ("#",),
            "spam",
            "tickets",
            short=translate("Menus", "Spam"),
        ),
        Spec("block", translate("Menus", "Block the sender…"), (), "", "tickets"),
        Spec("unread", translate("Menus", "Mark as unread"), ("U",), "mail-mark-unread", "tickets"),
        Spec(SEPARATOR, ""),
        Spec("merge", translate("Menus", "Merge…"), (), "merge", "tickets"),
        Spec(SEPARATOR, ""),
        Spec("erase", translate("Menus", "Erase the customer's data…"), (), "", "ticket"),
    ]


def _go() -> list[Spec]:
    translate = QCoreApplication.translate
    return [
        Spec("palette", translate("Menus", "Do anything…"), ("Ctrl+K",), "edit-find"),
        Spec(SEPARATOR, ""),
        Spec("next", translate("Menus", "Next ticket"), ("J",)),
        Spec("previous", translate("Menus", "Previous ticket"), ("K",)),
        Spec("next_message", translate("Menus", "Next message"), ("N",)),
        Spec("previous_message", translate("Menus", "Previous message"), ("P",)),
        Spec("back", translate("Menus", "Back to the list"), ("Esc",)),
        Spec(SEPARATOR, ""),
        Spec("go_mine", translate("Menus", "Go to mine"), ("G, M",), "user"),
        Spec("go_unassigned", translate("Menus", "Go to unassigned"), ("G, U",), "user-unassigned"),
        Spec("go_escalated", translate("Menus", "Go to escalated"), ("G, E",), "escalate"),
        Spec("go_overdue", translate("Menus", "Go to overdue"), ("G, O",), "overdue"),
        Spec("go_active", translate("Menus", "Go to all open"), ("G, A",), "inbox"),
        Spec("go_snoozed", translate("Menus", "Go to snoozed"), ("G, S",), "snooze"),
    ]


def _tools() -> list[Spec]:
    translate = QCoreApplication.translate
    return [
        Spec("outbox", translate("Menus", "Outbox…"), (), "outbox"),
        Spec("canned", translate("Menus", "Canned replies…"), (), "note"),
        Spec("tags", translate("Menus", "Tags…"), (), "tag"),
        Spec("accounts", translate("Menus", "Mailboxes…"), (), "mailbox"),
    ]


def _help() -> list[Spec]:
    translate = QCoreApplication.translate
    return [
        Spec("shortcuts", translate("Menus", "Keyboard"), ("?", "F1"), "help"),
        Spec("open_log", translate("Menus", "Open the log folder"), (), "folder"),
        Spec("about", translate("Menus", "About DeskHelp")),
    ]


class Actions:
    """The window's actions by name."""

    def __init__(self, window: QMainWindow, handlers: Mapping[str, Callable[[], None]]) -> None:
        """`handlers` has one function for each action that is not checkable; KeyError where one is missing."""
        self._actions: dict[str, QAction] = {}
        self._specs: dict[str, Spec] = {}
        bar = window.menuBar()
        for title, specs in menus().items():
            menu = bar.addMenu(title)
            for spec in specs:
                self._add(spec, menu, window, handlers)
        self._window, self._handlers = window, handlers

    def _add(self, spec: Spec, menu: QMenu, window: QMainWindow, handlers: Mapping[str, Callable[[], None]]) -> None:
        if spec.name == SEPARATOR:
            menu.addSeparator()
            return
        action = QAction(spec.text, window)
        action.setObjectName(spec.name)
        action.setCheckable(spec.is_checkable)
        if not spec.is_checkable:
            handler = handlers[spec.name]
            action.triggered.connect(lambda _on=False: handler())
        if spec.name in ON_TOOLBAR:
            icons.bind(action, spec.icon, sizes=TOOLBAR_SIZES)
        if spec.short:
            action.setIconText(spec.short)
        action.setIconVisibleInMenu(False)
        roles = {"quit": "QuitRole", "about": "AboutRole", "settings": "PreferencesRole"}
        action.setMenuRole(QAction.MenuRole[roles.get(spec.name, "NoRole")])
        menu.addAction(action)
        self._actions[spec.name] = action
        self._specs[spec.name] = spec

    def bind_keys(self) -> None:
        """Let the keys trigger the actions: the first paint need not wait for it, the first key must."""
        for name, spec in self._specs.items():
            bind_keys(self._actions[name], spec.keys, self._window)
        for number in range(1, 10):
            action = QAction(self._window)
            action.triggered.connect(lambda _on=False, number=number: handlers_nth(self._handlers, number))
            bind_keys(action, (f"Ctrl+{number}",), self._window)

    def draw_icons(self) -> None:
        """All icons in all sizes, those of menus and lists too."""
        for name, spec in self._specs.items():
            if spec.icon:
                icons.bind(self._actions[name], spec.icon)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def all(self) -> list[QAction]:
        return list(self._actions.values())

    def enable_for(self, *, has_ticket: bool, selected: int) -> None:
        """Only what can be done now can be chosen."""
        for name, spec in self._specs.items():
            if spec.needs:
                is_possible = has_ticket and selected <= 1 if spec.needs == "ticket" else selected > 0 or has_ticket
                self._actions[name].setEnabled(is_possible)


def handlers_nth(handlers: Mapping[str, Callable[[], None]], number: int) -> None:
    """Ctrl+1 to Ctrl+9 go to the rows of the sidebar."""
    handlers[f"nth_{number}"]()
