"""Panes that the first rows of the list need not wait for: made when they are first wanted, joined to the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from deskhelp.ui.link_acts import LinkActs
from deskhelp.ui.message_acts import MessageActs
from deskhelp.ui.panes.context import ContextPane
from deskhelp.ui.panes.conversation import ConversationPane
from deskhelp.ui.picture_acts import PictureActs

if TYPE_CHECKING:
    from deskhelp.ui.main_window import MainWindow

BULK = ("assign", "tag", "status", "close", "priority", "snooze", "escalate", "merge", "spam", "unread")


def new_conversation(window: MainWindow) -> ConversationPane:
    """A pane that shows no ticket yet."""
    pane = ConversationPane(window.desk, window)
    pictures = PictureActs(window.desk, pane, window)
    acts = MessageActs(window.desk, pane, pictures.are_allowed, window)
    pane.shown.connect(window.ticket_shown)
    pane.wanted.connect(window.window_acts.message_wanted)
    pane.wanted.connect(acts.wanted)
    pane.attachment_wanted.connect(acts.attachment_wanted)
    pane.wanted.connect(pictures.wanted)
    pane.link_wanted.connect(LinkActs(window).link_wanted)
    pane.hovered.connect(window.status.show_link)
    pane.head.wanted.connect(window.trigger)
    pane.head.copied.connect(window.window_acts.code_copied)
    pane.bulk.set_actions([window.actions_by_name[name] for name in BULK])
    return pane


def new_context(window: MainWindow) -> ContextPane:
    """The pane about the customer, which shows no ticket yet."""
    pane = ContextPane(window.desk, window)
    pane.wanted.connect(window.trigger)
    pane.ticket_wanted.connect(window.show_ticket)
    pane.search_wanted.connect(window.search_for)
    return pane


def take_place(window: MainWindow, at: int, pane: QWidget) -> None:
    """Put a pane where an empty widget has kept its place."""
    place = window.split.widget(at)
    assert place is not None
    pane.setMinimumWidth(place.minimumWidth())
    is_hidden = place.isHidden()
    window.split.replaceWidget(at, pane)
    pane.setVisible(not is_hidden)
    place.deleteLater()
