"""The main window: four panes side by side, and who tells whom. What is done stands in the `*_acts` modules."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from deskhelp.domain.views import Change, TicketSummary
from deskhelp.ui import desk_acts, desk_reads, icons, theme
from deskhelp.ui.actions import Actions
from deskhelp.ui.arrangement import CONTEXT_AT, Arrangement
from deskhelp.ui.done_words import DoneWords
from deskhelp.ui.models.sidebar_model import Entry
from deskhelp.ui.panes.queues import FIRST_KEY, sidebar_entries
from deskhelp.ui.panes.sidebar import Sidebar
from deskhelp.ui.panes.ticket_list import Question, TicketListPane
from deskhelp.ui.state import WindowState
from deskhelp.ui.status_bar import MailState, StatusBar
from deskhelp.ui.ticket_acts import TicketActs
from deskhelp.ui.toolbar import ToolBar
from deskhelp.ui.window_acts import WindowActs
from deskhelp.ui.worker_bridge import DeskBridge

if TYPE_CHECKING:
    from deskhelp.services.desk import Done
    from deskhelp.services.shown import Opened
    from deskhelp.ui.companions import Companions
    from deskhelp.ui.panes.composer import Composer
    from deskhelp.ui.panes.context import ContextPane
    from deskhelp.ui.panes.conversation import ConversationPane
    from deskhelp.ui.toast import Toast
    from deskhelp.ui.trouble_bar import TroubleBar

COUNTS_MS, READ_AFTER_MS = 120, 700
CONVERSATION_AT = 2


class MainWindow(QMainWindow):
    closing = Signal()
    mail_wanted = Signal()
    """Mail shall be looked for now."""

    def __init__(self, desk: DeskBridge, state: WindowState) -> None:
        super().__init__()
        self.setObjectName("main")
        self.setWindowTitle("DeskHelp")
        self.setWindowIcon(icons.window_icon())
        self.desk, self.state = desk, state
        self.composer: Composer | None = None
        self._conversation: ConversationPane | None = None
        self._last_done: Done | None = None
        self._may_close = False
        self._wanted_first = self._chosen_first = ""
        self._is_finished = False
        self.companions: Companions | None = None
        self.arrangement = Arrangement(self)
        self._done_words = DoneWords(self)
        self._make_panes()
        self.ticket_acts = TicketActs(desk, self, self)
        self.window_acts = WindowActs(self)
        self.actions_by_name = Actions(self, self.window_acts.handlers() | self.ticket_acts.handlers())
        self.tool_bar = ToolBar(self.actions_by_name, self)
        self.addToolBar(self.tool_bar)
        self._make_timers()
        self._connect_panes()
        self._connect_desk()
        self.arrangement.restore()
        self.window_acts.connect_toggles()
        self._settings_changed()
        self._enable_actions()

    # -- making ------------------------------------------------------------------------------

    def _make_panes(self) -> None:
        self.sidebar = Sidebar(self)
        self.list = TicketListPane(self.desk, self)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setObjectName("panes")
        self.split.setHandleWidth(1)
        panes = (self.sidebar, self.list, QWidget(self), QWidget(self))
        for pane in panes:
            self.split.addWidget(pane)
        for at, stretch in enumerate((0, 0, 1, 0)):
            self.split.setStretchFactor(at, stretch)
            self.split.setCollapsible(at, False)
        for pane, least_px in zip(panes, (0, 260, 320, 200), strict=True):
            pane.setMinimumWidth(max(pane.minimumWidth(), least_px))
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.split)
        central = QWidget(self)
        self._column = column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pages, 1)
        self.setCentralWidget(central)
        self.status = StatusBar(self)
        self.setStatusBar(self.status)

    def _make_timers(self) -> None:
        self._counts_timer = QTimer(self, singleShot=True, interval=COUNTS_MS)
        self._counts_timer.timeout.connect(lambda: self.desk.run(self._count(), "counts"))
        self._read_timer = QTimer(self, singleShot=True, interval=READ_AFTER_MS)
        self._read_timer.timeout.connect(self._mark_read)

    def _connect_panes(self) -> None:
        self.sidebar.chosen.connect(self._queue_chosen)
        self.list.current_changed.connect(self._ticket_chosen)
        self.list.selection_changed.connect(self._selection_changed)
        self.list.opened.connect(lambda _ticket: self.conversation.enter())
        self.list.clear_wanted.connect(self.clear_search)
        self.list.other_layout_wanted.connect(self.tool_bar.search.setText)
        self.list.view.customContextMenuRequested.connect(self.window_acts.list_menu)
        self.tool_bar.searched.connect(self._searched)
        self.status.outbox.clicked.connect(self.window_acts.outbox)

    def _connect_desk(self) -> None:
        self.desk.changed.connect(self._changed)
        self.desk.facts_changed.connect(self._facts_changed)
        self.desk.trouble.connect(lambda trouble: self.trouble_bar.show_trouble(trouble))
        self.desk.done.connect(self._done)
        self.desk.settings_changed.connect(self._settings_changed)

    @property
    def conversation(self) -> ConversationPane:
        """The third pane."""
        if self._conversation is None:
            from deskhelp.ui import late_panes

            self._conversation = late_panes.new_conversation(self)
            late_panes.take_place(self, CONVERSATION_AT, self._conversation)
        return self._conversation

    @cached_property
    def context(self) -> ContextPane:
        """The fourth pane."""
        from deskhelp.ui import late_panes

        pane = late_panes.new_context(self)
        late_panes.take_place(self, CONTEXT_AT, pane)
        return pane

    @cached_property
    def trouble_bar(self) -> TroubleBar:
        """Above the panes, once there is a trouble."""
        from deskhelp.ui.trouble_bar import TroubleBar

        bar = TroubleBar(self)
        self._column.insertWidget(0, bar)
        return bar

    @cached_property
    def toast(self) -> Toast:
        from deskhelp.ui.toast import Toast

        toast = Toast(self)
        toast.undo_wanted.connect(self.undo_last)
        return toast

    @property
    def opened(self) -> Opened | None:
        """The ticket that is shown."""
        return self._conversation.opened if self._conversation is not None else None

    @property
    def ticket(self) -> str:
        """The id of the ticket that is shown or will be; "" for none."""
        if self._conversation is not None:
            return self._conversation.ticket
        return self._chosen_first or self._wanted_first

    # -- what changed ------------------------------------------------------------------------

    def _changed(self, change: Change) -> None:
        """The office changed: each view reads again what concerns it."""
        if change.entities or "entities" in change.kinds:
            self.desk.run(self.load_facts(), "facts")
        self.list.refresh_soon()
        self.count_soon()
        if self._conversation is not None and self._conversation.is_touched(change):
            self._conversation.refresh()

    async def load_facts(self) -> None:
        self.desk.set_facts(await self.desk.read(desk_reads.facts))

    def _facts_changed(self) -> None:
        self.sidebar.set_entries(sidebar_entries(self.desk.facts))
        self.count_soon()

    def _settings_changed(self) -> None:
        self.list.set_compact(self.desk.settings.density == "compact")
        self.actions_by_name["compact"].setChecked(self.desk.settings.density == "compact")

    def count_soon(self) -> None:
        if not self._counts_timer.isActive():
            self._counts_timer.start()

    async def _count(self) -> None:
        queries = {entry.key: entry.query for entry in self.sidebar.entries.entries() if entry.key}
        counts = await self.desk.read(desk_reads.counts, queries)
        self.sidebar.set_counts(counts)
        self.status.show_counts(counts.get(FIRST_KEY, 0), counts.get("queue:overdue", 0))

    # -- queues and searches -------------------------------------------------------------------

    def start(self) -> None:
        """Show the queue and ticket of the last time; called when the office is open."""
        if not self.desk.facts.live_mailboxes:
            self.status.show_mail(MailState(), 0)
            if not self.state.flag("welcomed", False):
                from deskhelp.ui.welcoming import Welcoming

                self._welcoming = Welcoming(self)
        self.sidebar.set_entries(sidebar_entries(self.desk.facts))
        self._wanted_first = self.state.text("ticket")
        self.sidebar.clear_choice()
        key = self.state.text("queue", FIRST_KEY)
        if not self.sidebar.choose(key):
            self.sidebar.choose(FIRST_KEY)
        self.list.view.setFocus()

    def finish(self) -> None:
        """What the first rows need not wait for."""
        from deskhelp.ui.companions import Companions

        self._is_finished = True
        self.conversation.show_ticket(self._chosen_first)
        self.actions_by_name.draw_icons()
        self.companions = Companions(self)
        self.companions.notifier.open_wanted.connect(self._come_forward)

    def _come_forward(self, ticket: str) -> None:
        """A notification was clicked."""
        self.show()
        self.raise_()
        self.activateWindow()
        if ticket:
            self.show_ticket(ticket)

    def _queue_chosen(self, entry: Entry) -> None:
        self.tool_bar.search.clear_quietly()
        self.list.ask(Question(entry.label, entry.query, entry.key), then_show=self._wanted_first)
        self._wanted_first = ""

    def _searched(self, text: str) -> None:
        """Search as one types; an emptied box goes back to the queue."""
        if text:
            self.sidebar.clear_choice()
            self.list.ask(Question(self.tr("Search"), text, typed=True))
        else:
            self.clear_search()

    def search_for(self, text: str) -> None:
        """Put a search into the box, as if it had been typed."""
        self.tool_bar.search.setText(text)

    def clear_search(self) -> None:
        """Back to the queue one came from."""
        self.tool_bar.search.clear_quietly()
        if not self.sidebar.current_key():
            key = self.state.text("queue", FIRST_KEY)
            if not self.sidebar.choose(key):
                self.sidebar.choose(FIRST_KEY)

    # -- tickets -----------------------------------------------------------------------------

    def _ticket_chosen(self, ticket: str) -> None:
        self._chosen_first = ticket
        if self._is_finished:
            self.conversation.show_ticket(ticket)

    def show_ticket(self, ticket: str) -> None:
        """Show a ticket wherever it is; the list follows if it has it."""
        if not self.list.select_only(ticket):
            self.conversation.show_ticket(ticket)

    def _selection_changed(self, ids: Sequence[str]) -> None:
        if len(ids) > 1:
            self.conversation.show_bulk([summary.code for summary in self.list.selected()])
            self.context.show_ticket(None)
        elif self._is_finished:
            self.conversation.end_bulk()
            self.context.show_ticket(self.opened)
        self._enable_actions()

    def ticket_shown(self, opened: Opened | None) -> None:
        if len(self.list.selected_ids()) <= 1:
            self.context.show_ticket(opened)
        if self.composer is not None or (opened is not None and opened.detail.summary.has_draft):
            self.need_composer().open_for(opened.detail if opened else None)
        self._enable_actions()
        if self.companions is not None:
            self.companions.whereabouts.moved()
        if opened is not None and opened.detail.summary.is_unread:
            self._read_timer.start()
        self.window_acts.ticket_shown(opened)

    def _mark_read(self) -> None:
        opened = self.opened
        if opened is not None and opened.detail.summary.id == self.conversation.ticket and self.isActiveWindow():
            self.desk.run(self.desk.write(desk_acts.mark_read, (opened.detail.summary.id,)), "mark read")

    def targets(self) -> Sequence[TicketSummary]:
        """What an action is meant for: the selected tickets, else the shown one; never one that is still being read."""
        chosen, wanted = self.list.selected(), self.conversation.ticket
        if len(chosen) > 1:
            return chosen
        opened = self.opened
        if opened is not None and opened.detail.summary.id == wanted:
            return [opened.detail.summary]
        return [summary for summary in chosen if summary.id == wanted]

    def _enable_actions(self) -> None:
        self.actions_by_name.enable_for(has_ticket=self.opened is not None, selected=len(self.list.selected_ids()))

    def trigger(self, name: str) -> None:
        """Run an action by its name."""
        self.actions_by_name[name].trigger()

    def need_composer(self) -> Composer:
        """The composer, made when it is first wanted."""
        if self.composer is None:
            from deskhelp.ui.panes.composer import Composer

            self.composer = Composer(self.desk, self)
            self.composer.sent.connect(self.desk.done)
            self.composer.closed.connect(self.conversation.enter)
            self.composer.opened.connect(self.conversation.make_room)
            self.conversation.dock(self.composer)
            if self.companions is not None:
                self.companions.whereabouts.follow(self.composer)
        return self.composer

    # -- done and undone -----------------------------------------------------------------------

    def _done(self, done: Done) -> None:
        if done.what == "taken_back" and self.composer is not None:
            self.composer.open_for(None)  # what was to be sent is a draft again: it comes back with the ticket
            self.conversation.refresh()
        text = self._done_words.sentence(done.what, len(done.ids))
        if done.undo is not None:
            self._last_done = done
        if text:
            delay_ms = self.desk.settings.undo_send_s * 1000 if done.undo and done.undo.queued_message else 0
            self.toast.say(text, can_undo=done.undo is not None, shown_ms=delay_ms)

    def undo_last(self) -> None:
        """Take back the last thing that was done here."""
        if self._last_done is not None and self._last_done.undo is not None:
            how, self._last_done = self._last_done.undo, None
            self.toast.forget_undo()
            self.desk.act(desk_acts.undo, how, name="undo")

    # -- the window itself -----------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrangement.resized(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._ticket_came_into_sight()
        elif event.type() == QEvent.Type.ApplicationFontChange:
            theme.theme().font_changed()

    def _ticket_came_into_sight(self) -> None:
        opened = self.opened
        if opened is not None and opened.detail.summary.is_unread:
            self._read_timer.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is being written, then let the program end in order; it closes the window for good."""
        if self._may_close:
            event.accept()
            return
        event.ignore()
        if self.composer is not None:
            self.composer.save_now()
        self.arrangement.remember()
        self.hide()
        self.closing.emit()

    def has_settings_open(self) -> bool:
        """Whether a language was chosen there: then the next window shows them too."""
        return any(dialog.objectName() == "settings" and dialog.isVisible() for dialog in self.findChildren(QDialog))

    def close_now(self) -> None:
        self._may_close = True
        self.close()
