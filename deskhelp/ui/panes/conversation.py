"""The third pane: one ticket as a conversation, with the composer docked below it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from deskhelp.domain.conversation import MessageView
from deskhelp.domain.errors import NotFound
from deskhelp.domain.views import Change
from deskhelp.services.shown import Opened, ShownBody
from deskhelp.ui import desk_reads, theme
from deskhelp.ui.panes.bulk import BulkPage
from deskhelp.ui.panes.conversation_head import ConversationHead
from deskhelp.ui.panes.empty_state import EmptyState
from deskhelp.ui.panes.message_card import MessageCard
from deskhelp.ui.worker_bridge import DeskBridge

CARDS_AT_ONCE = 50
CARDS_AT_FIRST, CARDS_IN_A_TURN = 3, 2
FOLLOW_MS = 400
COMPOSER_SHARE = 0.48


class ConversationPane(QWidget):
    """Shows a ticket by its id. What the agent wants of a message, attachment or link is emitted by the same signals
    as the cards have."""

    shown = Signal(object)
    """An `Opened`, or None when nothing is shown."""
    wanted = Signal(str, object)
    attachment_wanted = Signal(str, object)
    link_wanted = Signal(str, object)
    hovered = Signal(str)

    def __init__(self, desk: DeskBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("conversationPane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self._generation = 0
        self._ticket = ""
        self._shows_all = False
        self._follows = False
        self._has_room_made = False
        self.opened: Opened | None = None
        self.cards: dict[str, MessageCard] = {}
        self.head = ConversationHead(desk, self)
        self.bulk = BulkPage(self)
        self._lay_out()
        theme.theme().changed.connect(self._restyle)
        desk.facts_changed.connect(self._facts_changed)
        desk.present_changed.connect(self._facts_changed)

    def _lay_out(self) -> None:
        self.scroll_area = QScrollArea(self)
        self.scroll_area.setObjectName("conversation")
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll_area.setAccessibleName(self.tr("Conversation"))
        self.scroll_area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        body = QWidget(self.scroll_area)
        body.setObjectName("conversationBody")
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        self.column.setSpacing(theme.M)
        self.earlier = QPushButton(body)
        self.earlier.setObjectName("link")
        self.earlier.clicked.connect(self._show_earlier)
        self.earlier.hide()
        self.column.addWidget(self.earlier, 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.addStretch(1)
        self.scroll_area.setWidget(body)
        self.scroll_area.verticalScrollBar().rangeChanged.connect(lambda *_: self._range_changed())
        self.scroll_area.verticalScrollBar().actionTriggered.connect(lambda _action: self._stop_following())
        self.split = QSplitter(Qt.Orientation.Vertical, self)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.scroll_area)
        ticket = QWidget(self)
        inner = QVBoxLayout(ticket)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.head)
        inner.addWidget(self.split, 1)
        self.nothing = self._nothing()
        self.stack = QStackedWidget(self)
        for page in (self.nothing, ticket, self.bulk):
            self.stack.addWidget(page)
        self._ticket_page = ticket
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)

    def _nothing(self) -> EmptyState:
        page = EmptyState(self)
        page.say(
            "inbox", self.tr("No ticket chosen"), self.tr("Choose one in the list: ↓ or J. Ctrl+K finds anything.")
        )
        return page

    def dock(self, composer: QWidget) -> None:
        """Put the composer under the conversation."""
        self.split.addWidget(composer)
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 0)

    def make_room(self) -> None:
        """The composer came up: it gets the lower half, unless somebody has given it another share."""
        height = self.split.height()
        if not self._has_room_made:
            self._has_room_made = True
            self.split.setSizes([height - round(height * COMPOSER_SHARE), round(height * COMPOSER_SHARE)])
        self._follow_newest()

    # -- choosing ----------------------------------------------------------------------------

    @property
    def ticket(self) -> str:
        """The id of the ticket that is shown or being read, "" for none."""
        return self._ticket

    def show_ticket(self, ticket_id: str) -> None:
        """Read and show a ticket; "" shows that none is chosen."""
        if ticket_id == self._ticket and self.opened is not None:
            self.stack.setCurrentWidget(self._ticket_page)
            return
        self._ticket = ticket_id
        self._shows_all = False
        self._generation += 1
        if ticket_id:
            self._desk.run(self._load(ticket_id, self._generation), "open ticket")
        else:
            self._clear()

    def show_bulk(self, codes: Sequence[str]) -> None:
        """Several tickets are selected: what can be done with them all."""
        self.bulk.show_codes(codes)
        self.stack.setCurrentWidget(self.bulk)

    def end_bulk(self) -> None:
        self.stack.setCurrentWidget(self._ticket_page if self.opened else self.nothing)

    def is_touched(self, change: Change) -> bool:
        """Whether what is shown may be other now; a merge may have taken the ticket away under another id."""
        if self._ticket in change.tickets:
            return change.kinds != {"reads"}
        aliases = self.opened.detail.aliases if self.opened is not None else ()
        return "tickets" in change.kinds and bool(set(aliases) & change.tickets)

    def refresh(self) -> None:
        """Read the shown ticket again."""
        if self._ticket:
            self._desk.run(self._load(self._ticket, self._generation), "refresh ticket")

    async def _load(self, ticket_id: str, generation: int) -> None:
        try:
            opened = await self._desk.read(desk_reads.opened, ticket_id)
        except NotFound:
            if generation == self._generation:
                self.show_ticket("")
            return
        if generation != self._generation:
            return
        self._show(opened)
        await self._complete(opened, generation)

    async def _complete(self, opened: Opened, generation: int) -> None:
        """The earlier messages above those that are shown, a few in a turn of the loop: the window stays quick."""
        rest = [message for message in self._visible(opened) if message.id not in self.cards]
        while rest:
            few, rest = rest[-CARDS_IN_A_TURN:], rest[:-CARDS_IN_A_TURN]
            missing = [message for message in few if message.id not in opened.bodies]
            bodies = await self._desk.read(desk_reads.bodies, missing) if missing else {}
            await asyncio.sleep(0)
            if generation != self._generation or self.opened is not opened:
                return
            self._put_above(few, {**opened.bodies, **bodies})

    def _clear(self) -> None:
        self.opened = None
        self._drop_cards(set())
        self.stack.setCurrentWidget(self.nothing)
        self.shown.emit(None)

    # -- showing -----------------------------------------------------------------------------

    def _visible(self, opened: Opened) -> list[MessageView]:
        messages = [message for message in opened.detail.messages if not message.is_hidden]
        return messages if self._shows_all else messages[-CARDS_AT_ONCE:]

    def _show(self, opened: Opened) -> None:
        is_other = self.opened is None or self.opened.detail.summary.id != opened.detail.summary.id
        self._ticket = opened.detail.summary.id
        had = set(self.cards)
        self.opened = opened
        self.setUpdatesEnabled(False)
        self.head.show_ticket(opened)
        messages = self._visible(opened)
        self._drop_cards({message.id for message in messages} if not is_other else set())
        for place, message in enumerate(messages[self._first_at_once(messages) :]):
            self._place(place, message, opened.bodies.get(message.id))
        self._show_earlier_button(opened, messages)
        self.setUpdatesEnabled(True)
        if self.stack.currentWidget() is not self.bulk:
            self.stack.setCurrentWidget(self._ticket_page)
        has_news = bool(messages) and messages[-1].id not in had
        if is_other or has_news:
            self._follow_newest()
        self.shown.emit(opened)

    def _place(self, place: int, message: MessageView, body: ShownBody | None) -> None:
        """Make card `place` show `message`; a card that shows it already is left alone."""
        held = self.cards.get(message.id)
        if held is not None and held.message == message and (body is None or held.body == body):
            return
        card = self._card(message, body or (held.body if held else None))
        if held is not None:
            self.column.removeWidget(held)
            held.hide()
            held.deleteLater()
        self.cards[message.id] = card
        self.column.insertWidget(place + 1, card)  # 0 is the button for earlier messages

    def _card(self, message: MessageView, body: ShownBody | None) -> MessageCard:
        card = MessageCard(
            message, body, self._desk.facts, desk_reads.now_ms(), self.scroll_area.widget(), self._desk.settings
        )
        card.wanted.connect(self.wanted)
        card.attachment_wanted.connect(self.attachment_wanted)
        card.link_wanted.connect(self.link_wanted)
        card.hovered.connect(self.hovered)
        return card

    def _first_at_once(self, messages: Sequence[MessageView]) -> int:
        """Where those messages begin that are shown at once: the newest, and all that have cards already."""
        held = (at for at, message in enumerate(messages) if message.id in self.cards)
        return min(next(held, len(messages)), max(0, len(messages) - CARDS_AT_FIRST))

    def _put_above(self, messages: Sequence[MessageView], bodies: Mapping[str, ShownBody]) -> None:
        """Cards on top of the others; what one looks at stays where it is."""
        shown = self.ordered_cards()
        before = shown[0].y() if shown else 0
        self.setUpdatesEnabled(False)
        for message in reversed(messages):
            self._place(0, message, bodies.get(message.id))
        if shown and not self._follows:
            self.column.activate()
            bar = self.scroll_area.verticalScrollBar()
            bar.setValue(bar.value() + shown[0].y() - before)
        self.setUpdatesEnabled(True)

    def _drop_cards(self, kept: set[str]) -> None:
        for message_id in [name for name in self.cards if name not in kept]:
            card = self.cards.pop(message_id)
            self.column.removeWidget(card)
            card.hide()
            card.deleteLater()

    def _show_earlier_button(self, opened: Opened, visible: Sequence[MessageView]) -> None:
        count = sum(not message.is_hidden for message in opened.detail.messages) - len(visible)
        self.earlier.setText(self.tr("Show %n earlier message(s)", "", count))
        self.earlier.setVisible(count > 0)

    def _show_earlier(self) -> None:
        self._shows_all = True
        self.refresh()

    def _facts_changed(self) -> None:
        if self.opened is not None:
            self.head.show_ticket(self.opened)

    def _restyle(self) -> None:
        for card in self.cards.values():
            card.restyle()

    # -- moving ------------------------------------------------------------------------------

    def ordered_cards(self) -> list[MessageCard]:
        """The cards from the oldest to the newest."""
        found = (self.column.itemAt(at).widget() for at in range(self.column.count()))  # type: ignore[union-attr]
        return [widget for widget in found if isinstance(widget, MessageCard)]

    def _follow_newest(self) -> None:
        """Keep the newest message in sight while the cards find their heights, until somebody scrolls or soon after."""
        self._follows = True
        QTimer.singleShot(FOLLOW_MS, self, self._stop_following)
        self.scroll_to_newest()

    def _stop_following(self) -> None:
        self._follows = False

    def _range_changed(self) -> None:
        if self._follows:
            self.scroll_to_newest()

    def scroll_to_newest(self) -> None:
        """The newest message from its beginning, or as much of the conversation's end as fits."""
        cards = self.ordered_cards()
        if cards:
            self.column.activate()
            self.scroll_area.verticalScrollBar().setValue(max(0, cards[-1].y() - theme.L))

    def step_message(self, by: int) -> None:
        """Put the next (or previous) message at the top and give it the focus."""
        cards = self.ordered_cards()
        if not cards:
            return
        focused = QApplication.focusWidget()
        held = [at for at, card in enumerate(cards) if focused and (card is focused or card.isAncestorOf(focused))]
        at = max(0, min(len(cards) - 1, held[0] + by)) if held else len(cards) - 1
        cards[at].setFocus(Qt.FocusReason.TabFocusReason)
        self.scroll_area.verticalScrollBar().setValue(max(0, cards[at].y() - theme.L))

    def enter(self) -> None:
        """Take the focus, for scrolling by keys."""
        self.scroll_area.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def card_of(self, message_id: str) -> MessageCard | None:
        return self.cards.get(message_id)
