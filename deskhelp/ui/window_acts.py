"""What the window does besides acting on tickets: writing, searching, moving about, opening dialogs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from deskhelp.domain.errors import DeskTrouble
from deskhelp.settings import Settings, save_settings
from deskhelp.ui import desk_reads, words

if TYPE_CHECKING:
    from deskhelp.domain.conversation import MessageView
    from deskhelp.services.shown import Opened
    from deskhelp.ui.main_window import MainWindow

WRITING = ("reply", "reply_all", "forward", "note")


class WindowActs(QObject):
    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._desk = window.desk
        self._pending_mode = ""

    def handlers(self) -> dict[str, Callable[[], None]]:
        window = self._window
        found: dict[str, Callable[[], None]] = {
            "new_ticket": self.new_ticket,
            "check_mail": self.check_mail,
            "add_account": self.add_account,
            "settings": lambda: self.settings(""),
            "canned": lambda: self.settings("canned"),
            "tags": lambda: self.settings("tags"),
            "accounts": lambda: self.settings("accounts"),
            "outbox": self.outbox,
            "back_up": self.back_up,
            "restore": self.restore,
            "print": self.print_ticket,
            "quit": lambda: self._quit(),
            "undo": window.undo_last,
            "copy_code": self.copy_code,
            "search": self.focus_search,
            "save_view": self.save_view,
            "select": window.list.toggle,
            "extend_down": lambda: window.list.step(1, extend=True),
            "extend_up": lambda: window.list.step(-1, extend=True),
            "next_pane": lambda: self.cycle_panes(1),
            "previous_pane": lambda: self.cycle_panes(-1),
            "palette": self.palette,
            "next": lambda: window.list.step(1),
            "previous": lambda: window.list.step(-1),
            "next_message": lambda: window.conversation.step_message(1),
            "previous_message": lambda: window.conversation.step_message(-1),
            "back": self.back,
            "shortcuts": self.shortcuts,
            "open_log": self.open_log,
            "about": self.about,
        }
        found |= {name: lambda name=name: self.write(name) for name in WRITING}  # type: ignore[misc]
        for queue in ("mine", "unassigned", "escalated", "overdue", "active", "snoozed"):
            found[f"go_{queue}"] = lambda queue=queue: window.sidebar.choose(f"queue:{queue}")  # type: ignore[misc, assignment]
        for number in range(1, 10):
            found[f"nth_{number}"] = lambda number=number: window.sidebar.choose_nth(number)  # type: ignore[misc]
        return found

    def connect_toggles(self) -> None:
        """Checkable actions show how things are and change them."""
        kept, actions = self._window.arrangement, self._window.actions_by_name
        for name, is_wanted, want in (
            ("show_sidebar", kept.wants_sidebar, kept.want_sidebar),
            ("show_context", kept.wants_context, kept.want_context),
        ):
            actions[name].setChecked(is_wanted)
            want(is_wanted)
            actions[name].triggered.connect(want)
        actions["compact"].triggered.connect(self._set_compact)

    def _set_compact(self, on: bool) -> None:
        self._keep(replace(self._desk.settings, density="compact" if on else "comfortable"))

    def set_language(self, language: str) -> None:
        """Speak another language from now on."""
        self._keep(replace(self._desk.settings, language=language))

    def _keep(self, settings: Settings) -> None:
        try:
            save_settings(self._desk.profile, settings)
        except DeskTrouble as trouble:
            self._desk.trouble.emit(trouble)
        self._desk.set_settings(settings)

    # -- writing -----------------------------------------------------------------------------

    def write(self, mode: str) -> None:
        """Open the composer; for a ticket that is still being read, as soon as it is there."""
        opened = self._window.opened
        if opened is not None and opened.detail.summary.id == self._window.conversation.ticket:
            self._window.need_composer().open_reply(opened.detail, mode)
        else:
            self._pending_mode = mode

    def ticket_shown(self, opened: Opened | None) -> None:
        mode, self._pending_mode = self._pending_mode, ""
        if mode and opened is not None:
            self.write(mode)

    def message_wanted(self, what: str, message: MessageView) -> None:
        """What a card's menu asks of the window; the rest `MessageActs` does."""
        if what in WRITING:
            self.write(what)
        elif what == "outbox":
            self.outbox()
        elif what == "held":
            from deskhelp.ui.dialogs.held import HeldDialog

            HeldDialog(self._desk, message.id, self._window).open()

    def new_ticket(self) -> None:
        from deskhelp.ui import desk_forms
        from deskhelp.ui.dialogs.new_ticket import NewTicketDialog
        from deskhelp.ui.panes.composer_recipients import offer_people

        dialog = NewTicketDialog(self._window)
        offer_people(self._desk, dialog.requester)
        dialog.created.connect(lambda form: self._desk.run(self._create(desk_forms.new_ticket, form), "new ticket"))
        dialog.open()

    async def _create(self, fn: Callable[..., object], form: object) -> None:
        done = await self._desk.write(fn, form)
        self._desk.done.emit(done)
        self._window.show_ticket(done.ids[0])  # type: ignore[attr-defined]

    # -- finding -----------------------------------------------------------------------------

    def focus_search(self) -> None:
        self._window.tool_bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._window.tool_bar.search.selectAll()

    def palette(self) -> None:
        from deskhelp.ui.pickers.palette import CommandPalette

        palette = CommandPalette(self._window.actions_by_name.all(), self._window)
        palette.typed.textChanged.connect(lambda typed: self._desk.run(self._find(palette, typed), "palette"))
        palette.chosen.connect(self._palette_chosen)
        palette.show_centered(self._window)

    async def _find(self, palette: object, typed: str) -> None:
        wanted = typed.strip()
        if len(wanted) >= 2:
            page = await self._desk.read(desk_reads.tickets, wanted, None, 8, "updated")
            found = [
                (row.id, f"{words.subject(row)} — {row.requester_name}".strip(" —"), row.code) for row in page.rows
            ]
            palette.show_tickets(wanted, found)  # type: ignore[attr-defined]

    def _palette_chosen(self, choice: object) -> None:
        value = choice.value  # type: ignore[attr-defined]
        if isinstance(value, str):
            self._window.show_ticket(value)

    def save_view(self) -> None:
        from deskhelp.ui.save_view import SaveViewDialog

        query = self._window.list.question.query
        dialog = SaveViewDialog(self._desk, query, self._window)
        dialog.open()

    # -- moving ------------------------------------------------------------------------------

    def _panes(self) -> list[QWidget]:
        window = self._window
        panes: list[QWidget] = [window.sidebar, window.list.view, window.conversation.scroll_area]
        if window.composer is not None and window.composer.isVisible():
            panes.append(window.composer.form.text)
        panes.append(window.context)
        return [pane for pane in panes if pane.isVisible()]

    def cycle_panes(self, by: int) -> None:
        """Put the focus into the next (or previous) pane."""
        panes, focus = self._panes(), QApplication.focusWidget()
        held = [at for at, pane in enumerate(panes) if focus and (pane is focus or pane.isAncestorOf(focus))]
        at = (held[-1] + by) % len(panes) if held else 1
        panes[at].setFocus(Qt.FocusReason.TabFocusReason)

    def back(self) -> None:
        """One step back: out of the search, out of the text, out of the conversation, to the list."""
        window, focus = self._window, QApplication.focusWidget()
        if window.tool_bar.search.text() and focus is window.tool_bar.search:
            window.clear_search()
        if window.composer is not None and focus is not None and window.composer.isAncestorOf(focus):
            window.conversation.enter()
        else:
            window.list.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def list_menu(self, at: QPoint) -> None:
        """The menu of the selected tickets."""
        window = self._window
        menu = QMenu(window.list.view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in ("reply", "note", "", "assign", "assign_me", "tag", "priority", "due", "snooze", "escalate", "",
                     "close", "status", "spam", "block", "unread", "", "merge", "copy_code"):  # fmt: skip
            if name:
                menu.addAction(window.actions_by_name[name])
            else:
                menu.addSeparator()
        menu.popup(window.list.view.viewport().mapToGlobal(at))

    def copy_code(self) -> None:
        opened = self._window.opened
        if opened is not None:
            QGuiApplication.clipboard().setText(opened.detail.summary.code)
            self.code_copied(opened.detail.summary.code)

    def code_copied(self, code: str) -> None:
        self._window.toast.say(self.tr("%1 copied").replace("%1", code), can_undo=False)

    # -- dialogs -----------------------------------------------------------------------------

    def check_mail(self) -> None:
        self._window.mail_wanted.emit()

    def add_account(self) -> None:
        from deskhelp.ui.dialogs.account_wizard import AccountWizard

        AccountWizard(self._desk, self._window).open()

    def settings(self, page: str) -> None:
        from deskhelp.ui.settings.dialog import SettingsDialog

        dialog = SettingsDialog(self._desk, self._window)
        if page:
            dialog.show_page(page)
        dialog.open()

    def outbox(self) -> None:
        from deskhelp.ui.dialogs.outbox import OutboxDialog

        OutboxDialog(self._desk, self._window).open()

    def back_up(self) -> None:
        from deskhelp.ui.dialogs.backup import BackupDialog

        BackupDialog(self._desk, self._window).open()

    def restore(self) -> None:
        from deskhelp.ui.dialogs.restore import RestoreDialog

        RestoreDialog(self._desk, self._window).open()

    def shortcuts(self) -> None:
        from deskhelp.ui.dialogs.shortcut_sheet import ShortcutSheet

        ShortcutSheet(self._window.actions_by_name.all(), self._window).open()

    def about(self) -> None:
        from deskhelp.ui.dialogs.about import AboutDialog

        AboutDialog(self._window).open()

    def print_ticket(self) -> None:
        from deskhelp.ui.printing import print_ticket

        opened = self._window.opened
        if opened is not None:
            print_ticket(opened, self._desk.facts, self._window)

    def open_log(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._desk.profile.log_dir)))

    def _quit(self) -> None:
        self._window.close()
