"""The line at the bottom: whether mail flows, what waits to be sent, what a link leads to, how much there is to do."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStatusBar, QToolButton, QWidget

from deskhelp.ui import icons, theme, words
from deskhelp.ui.labels import ElidedLabel, plain_tip

ICON_PX = 14


@dataclass(frozen=True, slots=True)
class TeamSign:
    """How the exchange with the team stands; `trouble` is a sentence for people.

    `getting` is how much of the team's data has come to a new computer, in per cent, None where nothing is on its way.
    """

    is_reached: bool
    exchanged_at_ms: int
    trouble: str = ""
    getting: int | None = None


@dataclass(frozen=True, slots=True)
class MailState:
    """How mail is doing. `is_online` is None before the first attempt; `trouble` is a sentence for people.

    `team` is None for an installation that is in no team.
    """

    is_online: bool | None = None
    checked_at_ms: int = 0
    outbox: int = 0
    trouble: str = ""
    is_working: bool = False
    has_account: bool = False
    team: TeamSign | None = None


class StatusBar(QStatusBar):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._mail = MailState()
        self.sign = QLabel(self)
        self.mail = ElidedLabel("", self)
        self.team = ElidedLabel("", self)
        self.outbox = QToolButton(self)
        self.outbox.setObjectName("link")
        self.hover = ElidedLabel("", self, Qt.TextElideMode.ElideMiddle)
        self.counts = QLabel(self)
        self.counts.setObjectName("muted")
        for label in (self.mail, self.team, self.hover):
            label.setObjectName("muted")
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(theme.M, 2, theme.M, 2)
        row.setSpacing(theme.S)
        row.addWidget(self.sign)
        row.addWidget(self.mail)
        row.addWidget(self.team)
        row.addWidget(self.outbox)
        row.addWidget(self.hover, 1)
        row.addWidget(self.counts)
        self.addWidget(holder, 1)
        theme.theme().changed.connect(self._draw)
        self._draw()

    def show_mail(self, state: MailState, now_ms: int) -> None:
        self._mail = state
        self.mail.setText(self._sentence(state, now_ms))
        self.mail.setToolTip(plain_tip(state.trouble))
        self.outbox.setText(self.tr("%n in the outbox", "", state.outbox))
        self.outbox.setVisible(state.outbox > 0)
        self._show_team(state.team, now_ms)
        self._draw()

    def _show_team(self, team: TeamSign | None, now_ms: int) -> None:
        """The colleagues: nothing without a team, a few words while all is well, the trouble where there is one."""
        self.team.setVisible(team is not None)
        if team is None:
            return
        at = words.short_time(team.exchanged_at_ms, now_ms)
        if team.getting is not None:
            told = words.getting(team.getting)
        elif team.is_reached:
            told = self.tr("Team · %1").replace("%1", at)
        else:
            told = self.tr("Team not reached since %1").replace("%1", at) if at else self.tr("Team not reached")
        self.team.setText(told)
        self.team.setToolTip(plain_tip(team.trouble))

    def show_opening(self) -> None:
        """The database takes longer to open than one waits without a word; what mail does is told when it is there."""
        self.mail.setText(self.tr("Opening the database… After an update of DeskHelp this can take a minute."))

    def _sentence(self, state: MailState, now_ms: int) -> str:
        if not state.has_account:
            return self.tr("No mailbox yet")
        if state.is_working:
            return self.tr("Checking mail…")
        checked = words.short_time(state.checked_at_ms, now_ms)
        if state.is_online and not checked:
            return self.tr("Online")
        if state.is_online:
            return self.tr("Online · checked %1").replace("%1", checked)
        if state.is_online is None:
            return self.tr("Connecting…")
        said = state.trouble or self.tr("No connection")
        return f"{said} · {self.tr('checked %1').replace('%1', checked)}" if checked else said

    def show_link(self, address: str) -> None:
        """Where the link under the mouse really leads."""
        self.hover.setText(address)

    def show_counts(self, active: int, overdue: int) -> None:
        parts = [self.tr("%n open", "", active)]
        if overdue:
            parts.append(self.tr("%n overdue", "", overdue))
        self.counts.setText("  ·  ".join(parts))

    def _draw(self) -> None:
        state = self._mail
        if not state.has_account:
            name, color = "mailbox", "quiet"
        elif state.is_online is False:
            name, color = "cloud-offline", "warn"
        else:
            name, color = "task-done", "good" if state.is_online else "quiet"
        self.sign.setPixmap(icons.pixmap(name, ICON_PX, color, self.devicePixelRatioF()))
