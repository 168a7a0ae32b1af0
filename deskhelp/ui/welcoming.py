"""The first page of a new profile, until there is a mailbox or one wants to see the empty window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from deskhelp.ui.welcome import WelcomePage

if TYPE_CHECKING:
    from deskhelp.ui.main_window import MainWindow


class Welcoming(QObject):
    """Takes the place of the panes and ends by itself."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        page = WelcomePage(window.desk, window)
        page.account_wanted.connect(window.window_acts.add_account)
        page.language_chosen.connect(window.window_acts.set_language)
        page.skipped.connect(self._end)
        window.desk.facts_changed.connect(self._end_with_mailbox)
        window.pages.addWidget(page)
        window.pages.setCurrentWidget(page)
        window.tool_bar.hide()

    def _end_with_mailbox(self) -> None:
        if self._window.desk.facts.live_mailboxes:
            self._end()

    def _end(self) -> None:
        window = self._window
        if window.pages.currentWidget() is not window.split:
            window.state.set_flag("welcomed", True)
            window.pages.setCurrentWidget(window.split)
            window.tool_bar.show()
            window.list.view.setFocus()
