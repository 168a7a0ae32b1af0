"""How a ticket looks in the list: who, what about, where it stands, in three lines (two when compact)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from deskhelp.domain.status import Priority, Status
from deskhelp.domain.views import TicketSummary
from deskhelp.ui import icons, theme, words
from deskhelp.ui.facts import Facts
from deskhelp.ui.models.ticket_model import SUMMARY_ROLE

Index = QModelIndex | QPersistentModelIndex
PAD = theme.M
AVATAR_LINES = 2.0
UNREAD_PX = 7
DOT_PX = 8
ICON_PX = 14
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter
ELIDE = Qt.TextElideMode.ElideRight
SINGLE = Qt.TextFlag.TextSingleLine


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts of a row with their metrics, made once per font of the view."""

    plain: QFont
    strong: QFont
    small: QFont
    badge: QFont
    plain_metrics: QFontMetrics
    strong_metrics: QFontMetrics
    small_metrics: QFontMetrics
    badge_metrics: QFontMetrics

    @classmethod
    def of(cls, font: QFont) -> Fonts:
        strong = theme.scaled(font, 1.0, QFont.Weight.DemiBold)
        small = theme.scaled(font, 0.92)
        badge = theme.scaled(font, 0.84, QFont.Weight.DemiBold)
        return cls(
            QFont(font),  # a copy: the option it stands in goes away
            strong,
            small,
            badge,
            QFontMetrics(font),
            QFontMetrics(strong),
            QFontMetrics(small),
            QFontMetrics(badge),
        )


class TicketDelegate(QStyledItemDelegate):
    """Draws a `TicketSummary`; names of people and tags come from `facts`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.facts = Facts()
        self.said_of: Callable[[str], tuple[str, bool]] = lambda _ticket: ("", False)
        self.now_ms = 0
        self.is_compact = False
        self._fonts: Fonts | None = None
        self._font_key = ""

    # -- sizes -------------------------------------------------------------------------------

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = option.fontMetrics.height()
        return QSize(200, self.row_height(line))

    def row_height(self, line: int) -> int:
        """Three lines need four and a half times their height with the space between and around them."""
        return round(line * 3.1) if self.is_compact else round(line * 4.5)

    def fonts(self, font: QFont) -> Fonts:
        key = font.key()
        if self._fonts is None or key != self._font_key:
            self._fonts, self._font_key = Fonts.of(font), key
        return self._fonts

    # -- painting ----------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: TicketSummary = index.data(SUMMARY_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option, row)
        _Row(self, painter, option, row).paint()
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, row: TicketSummary) -> None:
        tokens = theme.current()
        rect: QRect = option.rect
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, tokens.color("selection"))
            if state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(rect.left(), rect.top(), 3, rect.height(), tokens.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, tokens.color("window"))
        line = tokens.color("border")
        painter.fillRect(rect.left() + PAD, rect.bottom(), rect.width() - 2 * PAD, 1, line)


class _Row:
    """One painting of one row: `left` and `right` move inwards as things are placed."""

    def __init__(
        self, delegate: TicketDelegate, painter: QPainter, option: QStyleOptionViewItem, row: TicketSummary
    ) -> None:
        self.painter, self.row, self.facts = painter, row, delegate.facts
        self.now_ms, self.is_compact = delegate.now_ms, delegate.is_compact
        self.present, self.is_answering = delegate.said_of(row.id)
        self.fonts = delegate.fonts(option.font)
        self.scale = painter.device().devicePixelRatioF()
        self.rect = QRect(option.rect)
        self.line = self.fonts.plain_metrics.height()
        self.tokens = theme.current()

    def paint(self) -> None:
        left = self.rect.left() + PAD
        right = self.rect.right() - PAD
        self._unread_mark()
        if not self.is_compact:
            left = self._avatar(left)
        top = self.rect.top() + round(self.line * (0.42 if self.is_compact else 0.5))
        step = round(self.line * 1.18)
        self._first_line(QRect(left, top, right - left, self.line))
        self._second_line(QRect(left, top + step, right - left, self.line))
        if not self.is_compact:
            self._third_line(QRect(left, top + 2 * step, right - left, self.line))

    def _unread_mark(self) -> None:
        if self.row.is_unread:
            self.painter.setPen(Qt.PenStyle.NoPen)
            self.painter.setBrush(self.tokens.color("accent"))
            x = self.rect.left() + (PAD - UNREAD_PX) // 2 + 1
            top = round(self.line * 0.42) if self.is_compact else round(self.line * 0.5)
            self.painter.drawEllipse(x, self.rect.top() + top + (self.line - UNREAD_PX) // 2, UNREAD_PX, UNREAD_PX)

    def _avatar(self, left: int) -> int:
        side = round(self.line * AVATAR_LINES)
        box = QRect(left + 2, self.rect.top() + round(self.line * 0.55), side, side)
        draw_avatar(self.painter, box, self.row.requester_name, self.row.requester_address, self.fonts.badge)
        return box.right() + theme.M

    def _first_line(self, room: QRect) -> None:
        """Who wrote, and when."""
        time = words.short_time(self.row.updated_at_ms, self.now_ms)
        self._right(room, time, self.fonts.small, self.fonts.small_metrics, "accent" if self.row.is_unread else "muted")
        for name, color in self._signs():
            self._icon_right(room, name, color)
        count = str(self.row.message_count) if self.row.message_count > 1 else ""
        strong = self.row.is_unread
        metrics = self.fonts.strong_metrics if strong else self.fonts.plain_metrics
        who = words.requester(self.row)
        room.setWidth(room.width() - theme.S)
        limit = room.width() - (self.fonts.small_metrics.horizontalAdvance(count) + theme.S if count else 0)
        shown = metrics.elidedText(who, ELIDE, limit)
        self._text(room, shown, self.fonts.strong if strong else self.fonts.plain, "text")
        if count:
            room.setLeft(room.left() + metrics.horizontalAdvance(shown) + theme.S - 2)
            self._text(room, count, self.fonts.small, "muted")

    def _signs(self) -> list[tuple[str, str]]:
        """Small icons right of the name, the most pressing outermost."""
        row = self.row
        signs = [
            (row.has_failed_delivery, "outbox", "danger"),
            (row.is_quarantined, "dialog-warning", "warn"),
            (row.escalation is not None, "escalate", "danger"),
            (row.priority is Priority.URGENT, "priority-urgent", "danger"),
            (row.priority is Priority.HIGH, "priority-high", "warn"),
            (row.snoozed_until_ms > self.now_ms, "snooze", "muted"),
            (bool(self.present) and self.is_compact, "user", "warn" if self.is_answering else "muted"),
            (row.has_draft, "edit", "muted"),
            (row.attachment_count > 0, "mail-attachment", "muted"),
        ]
        return [(name, color) for wanted, name, color in signs if wanted]

    def _second_line(self, room: QRect) -> None:
        """What it is about, and what the clock says."""
        badge, color = words.due_badge(self.row, self.now_ms)
        if badge:
            self._badge_right(room, badge, color)
        subject = words.subject(self.row) or "—"
        text = self.fonts.plain_metrics.elidedText(subject, ELIDE, room.width())
        self._text(room, text, self.fonts.plain, "text")

    def _third_line(self, room: QRect) -> None:
        """Which colleague is at it, status unless it is plain open, the beginning of the text, tags and who has it."""
        who = self._assignee()
        if who:
            self._right(room, who, self.fonts.small, self.fonts.small_metrics, "muted")
        for tag in reversed(self.facts.shown_tags(self.row.tags)[:4]):
            self._dot_right(room, tag.color)
        if self.present:
            self._word(room, self.present, "warn" if self.is_answering else "accent")
        if self.row.status not in (Status.OPEN, Status.NEW):
            self._word(room, words.status_name(self.row.status), words.status_color(self.row.status))
        if room.width() > self.line * 2:
            snippet = " ".join(words.snippet(self.row).split())
            text = self.fonts.small_metrics.elidedText(snippet, ELIDE, room.width() - theme.XS)
            self._text(room, text, self.fonts.small, "muted")

    def _word(self, room: QRect, text: str, color: str) -> None:
        shown = self.fonts.small_metrics.elidedText(text, ELIDE, room.width())
        self._text(room, shown, self.fonts.small, color)
        room.setLeft(room.left() + self.fonts.small_metrics.horizontalAdvance(shown) + theme.S)

    def _assignee(self) -> str:
        agent = self.facts.agent(self.row.assignee)
        if agent is None:
            return ""
        return theme.initials(agent.name, agent.address)

    # -- placing -----------------------------------------------------------------------------

    def _text(self, room: QRect, text: str, font: QFont, color: str) -> None:
        self.painter.setFont(font)
        self.painter.setPen(self.tokens.color(color))
        self.painter.drawText(room, int(LEFT) | int(SINGLE), text)

    def _right(self, room: QRect, text: str, font: QFont, metrics: QFontMetrics, color: str) -> None:
        width = metrics.horizontalAdvance(text)
        self._text(QRect(room.right() - width + 1, room.top(), width + 2, room.height()), text, font, color)
        room.setRight(room.right() - width - theme.S)

    def _icon_right(self, room: QRect, name: str, color: str) -> None:
        mark = icons.pixmap(name, ICON_PX, color, self.scale)
        self.painter.drawPixmap(room.right() - ICON_PX + 1, room.center().y() - ICON_PX // 2 + 1, mark)
        room.setRight(room.right() - ICON_PX - theme.XS)

    def _dot_right(self, room: QRect, color: str) -> None:
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QColor(color) if color else self.tokens.color("quiet"))
        self.painter.drawEllipse(room.right() - DOT_PX, room.center().y() - DOT_PX // 2 + 1, DOT_PX, DOT_PX)
        room.setRight(room.right() - DOT_PX - theme.XS)

    def _badge_right(self, room: QRect, text: str, color: str) -> None:
        width = self.fonts.badge_metrics.horizontalAdvance(text) + 2 * theme.S
        box = QRect(room.right() - width + 1, room.top() + 1, width, self.line - 2)
        self.painter.setPen(Qt.PenStyle.NoPen)
        is_pressing = color == "danger"
        self.painter.setBrush(self.tokens.color(color if is_pressing else "hover"))
        self.painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        self.painter.setFont(self.fonts.badge)
        self.painter.setPen(self.tokens.color("on_badge" if is_pressing else color))
        self.painter.drawText(box, CENTER, text)
        room.setRight(box.left() - theme.S)


def draw_avatar(painter: QPainter, box: QRect, name: str, address: str, font: QFont) -> None:
    """Initials on the person's colour."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.avatar_color(address or name))
    painter.drawEllipse(box)
    painter.setFont(font)
    painter.setPen(QColor(theme.WHITE))
    painter.drawText(box, CENTER, theme.initials(name, address))


def spoken(facts: Facts, row: TicketSummary, now_ms: int, present: str = "") -> str:
    """What a screen reader says of a row: code, who, what, status, due, tags, which colleague is at it."""
    parts = [row.code, words.requester(row), words.subject(row)]
    parts.append(words.status_name(row.status))
    parts += [words.due_badge(row, now_ms)[0], *(tag.name for tag in facts.shown_tags(row.tags)), present]
    return ", ".join(part for part in parts if part)
