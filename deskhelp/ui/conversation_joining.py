"""The conversation joined to its window: who is told what the agent wants of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deskhelp.ui.link_acts import LinkActs
from deskhelp.ui.message_acts import MessageActs
from deskhelp.ui.panes.conversation import ConversationPane
from deskhelp.ui.picture_acts import PictureActs

if TYPE_CHECKING:
    from deskhelp.ui.main_window import MainWindow

BULK = ("assign", "tag", "status", "close", "priority", "snooze", "escalate", "merge", "spam", "unread")


def new_conversation(window: MainWindow) -> ConversationPane:
    """A pane that shows no ticket yet."""
    pane = ConversationPane(window.desk, window)
    acts = MessageActs(window.desk, pane, window)
    pane.shown.connect(window.ticket_shown)
    pane.wanted.connect(window.window_acts.message_wanted)
    pane.wanted.connect(acts.wanted)
    pane.attachment_wanted.connect(acts.attachment_wanted)
    pane.wanted.connect(PictureActs(window.desk, pane, window).wanted)
    pane.link_wanted.connect(LinkActs(window).link_wanted)
    pane.hovered.connect(window.status.show_link)
    pane.head.wanted.connect(window.trigger)
    pane.head.copied.connect(window.window_acts.code_copied)
    pane.bulk.set_actions([window.actions_by_name[name] for name in BULK])
    return pane
