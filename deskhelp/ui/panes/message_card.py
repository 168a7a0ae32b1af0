"""One message of a conversation: who, when, what became of it, the text, and what is attached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QTextOption
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from deskhelp.domain.conversation import AttachmentView, MessageView
from deskhelp.domain.status import Delivery, Direction
from deskhelp.services.shown import ShownBody
from deskhelp.settings import Settings
from deskhelp.ui import icons, quarantine_words, theme, words
from deskhelp.ui.facts import Facts
from deskhelp.ui.labels import ElidedLabel, plain_tip
from deskhelp.ui.panes.avatar import Avatar
from deskhelp.ui.panes.flow_layout import FlowLayout
from deskhelp.ui.panes.message_body import MessageBody
from deskhelp.ui.panes.pictures_banner import PicturesBanner
from deskhelp.ui.panes.reasons import automatic_name, reason_name

RAW_LINES = 18
FILES_AT_ONCE = 60
QUARANTINE = "quarantine"


class MessageCard(QFrame):
    """Shows a `MessageView`; what is wanted of it is emitted as ``wanted(what, message)``."""

    wanted = Signal(str, object)
    """``reply``, ``forward``, ``raw``, ``retry``, ``split``, ``hide``, ``browser``, ``outbox``, ``pictures``,
    ``pictures_always``, ``pictures_ask``, ``text``; the `MessageView`."""
    attachment_wanted = Signal(str, object)
    """``open`` or ``save`` and the `AttachmentView`."""
    link_wanted = Signal(str, object)
    """An address and the `ShownLink` it belongs to, None for one in plain text."""
    hovered = Signal(str)

    def __init__(
        self,
        message: MessageView,
        body: ShownBody | None,
        facts: Facts,
        now_ms: int,
        parent: QWidget | None = None,
        settings: Settings | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings or Settings()
        self.message, self.facts, self.now_ms = message, facts, now_ms
        self.body = body or ShownBody(message.id)
        self.setObjectName("card")
        self.setProperty("kind", self._kind())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self._spoken())
        self.said: MessageBody | None = None
        self.pictures_banner: PicturesBanner | None = None
        self._raw: QPlainTextEdit | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.L, theme.M, theme.L, theme.M)
        self._column.setSpacing(theme.S)
        self._column.addLayout(self._head())
        for banner in self._banners():
            self._column.addWidget(banner)
        self._add_text()
        if self.message.attachments:
            self._add_attachments()

    # -- what it is --------------------------------------------------------------------------

    def _kind(self) -> str:
        if self.message.kind == QUARANTINE:
            return QUARANTINE
        return {Direction.OUT: "out", Direction.NOTE: "note"}.get(self.message.direction, "in")

    def _author(self) -> str:
        """Our own by their names here, so that a renamed colleague is found again."""
        return self.facts.agent_name(self.message.agent) or self.message.sender.shown or self.tr("Unknown sender")

    def _spoken(self) -> str:
        template = self.tr("Note by %1, %2") if self._kind() == "note" else self.tr("Message of %1, %2")
        when = words.card_time(self.message.at_ms, self.now_ms)
        return template.replace("%1", self._author()).replace("%2", when)

    # -- the head ----------------------------------------------------------------------------

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.M)
        row.addWidget(Avatar(self._author(), self._address(), self), 0, Qt.AlignmentFlag.AlignTop)
        lines = QVBoxLayout()
        lines.setSpacing(1)
        lines.addLayout(self._first_line())
        if second := self._second_line():
            lines.addWidget(self._elided(second, "muted"))
        if badge := self._badge():
            lines.addWidget(badge, 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(lines, 1)
        return row

    def _address(self) -> str:
        """By which its author is known everywhere: a colleague's own, not the mailbox's."""
        agent = self.facts.agent(self.message.agent)
        if agent is None and self.message.direction is Direction.OUT:
            agent = self.facts.agent_called(self.message.sender.name)
        return agent.address if agent else self.message.sender.address

    def _badge(self) -> QWidget | None:
        """That it is a note, or by which way it came unless by mail; below the name, which needs the room."""
        if self._kind() == "note":
            return self._sign("lock", self.tr("Internal note"))
        if self.message.channel != "mail":
            return self._sign(self.message.channel.value, words.channel_name(self.message.channel))
        return None

    def _first_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(theme.S)
        name = self._elided(self._author(), "strong")
        name.setToolTip(plain_tip(words.full_person(self.message.sender)))
        line.addWidget(name)
        line.addStretch(1)
        if state := words.delivery_name(self.message.delivery):
            line.addWidget(self._delivery(state))
        time = self._muted(words.card_time(self.message.at_ms, self.now_ms))
        time.setToolTip(words.long_time(self.message.at_ms))
        line.addWidget(time)
        line.addWidget(self._menu_button())
        return line

    def _delivery(self, state: str) -> QLabel:
        label = self._plain(state)
        label.setObjectName(words.delivery_color(self.message.delivery))
        label.setToolTip(plain_tip(words.delivery_said(self.message.delivery_text)))
        return label

    def _sign(self, icon: str, text: str) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.XS)
        picture = QLabel(holder)
        picture.setPixmap(icons.pixmap(icon, 14, "muted", self.devicePixelRatioF()))
        row.addWidget(picture)
        row.addWidget(self._muted(text))
        return holder

    def _second_line(self) -> str:
        """To whom it went, and why it stands in this ticket if that was not plain."""
        parts = []
        if self.message.direction in (Direction.IN, Direction.OUT) and (self.message.to or self.message.cc):
            parts.append(self.tr("to %1").replace("%1", words.people(self.message.to) or "—"))
            if self.message.cc:
                parts.append(self.tr("cc %1").replace("%1", words.people(self.message.cc)))
            if self.message.bcc:
                parts.append(self.tr("bcc %1").replace("%1", words.people(self.message.bcc)))
        if self.message.forwarded_by:
            parts.append(self.tr("forwarded by %1").replace("%1", words.people(self.message.forwarded_by)))
        parts += [automatic_name(self.message), reason_name(self.message.reason)]
        return "  ·  ".join(part for part in parts if part)

    def _menu_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("cardMenu")
        icons.bind(button, "more", "muted")
        button.setAccessibleName(self.tr("More for this message"))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self.menu().popup(button.mapToGlobal(QPoint(0, button.height()))))
        return button

    def menu(self) -> QMenu:
        """What can be done with this message."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entries = [("reply", self.tr("Reply")), ("forward", self.tr("Forward"))]
        if self.message.direction is Direction.NOTE:
            entries = [("hide", self.tr("Remove this note"))]
        elif self.message.direction is Direction.IN:
            entries.append(("split", self.tr("Make it a ticket of its own")))
            if self.message.sender.address:
                entries.append(("block", self.tr("Block the sender…")))
        if self.message.has_raw:
            entries.append(("browser", self.tr("Open in the browser…")))
            entries.append(("raw", self.tr("Show the source")))
        for what, text in entries:
            menu.addAction(text).triggered.connect(lambda _on=False, what=what: self.wanted.emit(what, self.message))
        copy = menu.addAction(self.tr("Copy the text"))
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(self.message.text))
        return menu

    # -- the body ----------------------------------------------------------------------------

    def _banners(self) -> list[QFrame]:
        found = []
        if self._kind() == QUARANTINE:
            text = self.tr("This mail could not be read. Nothing of it was lost.")
            retry = [("raw", self.tr("Show the source")), ("retry", self.tr("Try again"))]
            found.append(self._banner(text, retry if self.message.has_raw else []))
        if self.message.delivery_text and words.delivery_color(self.message.delivery) != "muted":
            found.append(self._delivery_banner())
        if self.body.html and self.body.remote:
            self.pictures_banner = PicturesBanner(self.message, self.body.blocked, self._settings, self)
            self.pictures_banner.wanted.connect(self.wanted)
            if self.pictures_banner.is_trusted:
                QTimer.singleShot(0, self, lambda: self.wanted.emit("pictures", self.message))
            found.append(self.pictures_banner)
        if self.body.is_awaited:
            text = self.tr(
                "Only the text of this mail is on this computer yet. The mail itself comes from the team soon."
            )
            found.append(self._banner(text, []))
        if self.body.is_cut:
            text = self.tr("This mail is very long: its end is not shown.")
            found.append(self._banner(text, [("text", self.tr("Show all of it as text"))]))
        return found

    def _delivery_banner(self) -> QFrame:
        """What stands in the way of a message; of one that was held back both sides can be looked at."""
        is_held = self.message.delivery is Delivery.HELD
        act = ("held", self.tr("Look at both")) if is_held else ("outbox", self.tr("Open the outbox"))
        return self._banner(words.delivery_said(self.message.delivery_text), [act], "danger")

    def _banner(self, text: str, buttons: list[tuple[str, str]], kind: str = "") -> QFrame:
        frame = QFrame(self)
        frame.setObjectName("banner")
        frame.setProperty("kind", kind)
        row = QHBoxLayout(frame)
        row.setContentsMargins(theme.M, theme.XS, theme.S, theme.XS)
        label = self._plain(text)
        label.setWordWrap(True)
        row.addWidget(label, 1)
        for what, title in buttons:
            button = QToolButton(frame)
            button.setObjectName("link")
            button.setText(title)
            button.clicked.connect(lambda _on=False, what=what: self.wanted.emit(what, self.message))
            row.addWidget(button)
        return frame

    def _add_text(self) -> None:
        text = self._own_text().strip()
        if self.body.html or text or self.body.quoted.strip():
            self.said = MessageBody(self.body, text, self, is_on_paper=self._settings.paper)
            self.said.link_wanted.connect(self.link_wanted)
            self.said.hovered.connect(self.hovered)
            self._column.addWidget(self.said)
        elif not self.message.attachments:
            self._column.addWidget(self._muted(self.tr("(no text)")))

    def _own_text(self) -> str:
        """The text; of what could not be read, what is known of it in our language."""
        if self._kind() != QUARANTINE:
            return self.message.text
        return "\n".join(map(quarantine_words.said, dict.fromkeys((self.message.text, *self.message.problems))))

    def loading_pictures(self) -> None:
        """Pictures of the network are on their way."""
        if self.pictures_banner is not None:
            self.pictures_banner.tell_loading()

    def show_pictures(self, fetched: Mapping[str, bytes], *, is_trusted: bool) -> None:
        """Put pictures of the network, by address, in their places; `is_trusted` if this sender's always are."""
        if self.said is not None and self.pictures_banner is not None:
            self.pictures_banner.tell_done(self.said.show_pictures(fetched), is_trusted=is_trusted)

    def _add_attachments(self) -> None:
        holder = QWidget(self)
        pictures = self.body.pictures
        files = [file for file in self.message.attachments if not (file.inline and file.content_id in pictures)]
        self._add_files(files, FlowLayout(holder, spacing=theme.S), holder)
        self._column.addWidget(holder)

    def _add_files(self, files: Sequence[AttachmentView], flow: FlowLayout, holder: QWidget) -> None:
        """The first files, and a button for more: a thousand would hold the window up for seconds."""
        for attachment in files[:FILES_AT_ONCE]:
            flow.addWidget(self._attachment(attachment, holder))
        rest = files[FILES_AT_ONCE:]
        if not rest:
            return
        more = QToolButton(holder)
        more.setObjectName("chip")
        more.setText(self.tr("%n more files", "", len(rest)))
        flow.addWidget(more)

        def add_more() -> None:
            flow.removeWidget(more)
            more.deleteLater()
            self._add_files(rest, flow, holder)

        more.clicked.connect(add_more)

    def _attachment(self, attachment: AttachmentView, parent: QWidget) -> QToolButton:
        button = QToolButton(parent)
        button.setObjectName("chip")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        icons.bind(button, "image" if attachment.content_type.startswith("image/") else "mail-attachment", "muted")
        name = button.fontMetrics().elidedText(attachment.name, Qt.TextElideMode.ElideMiddle, 320)
        button.setText(f"{name}  {words.size(attachment.size)}")
        button.setAccessibleName(self.tr("Attachment %1").replace("%1", attachment.name))
        button.setToolTip(plain_tip(f"{attachment.name}\n{attachment.content_type}"))
        menu = QMenu(button)
        for what, text in (("open", self.tr("Open")), ("save", self.tr("Save as…"))):
            action = menu.addAction(text)
            action.triggered.connect(lambda _on=False, what=what: self.attachment_wanted.emit(what, attachment))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(menu)
        return button

    def show_raw(self, source: str) -> None:
        """The source of the mail under its text; once more takes it away."""
        if self._raw is not None:
            self._raw.setVisible(not self._raw.isVisible())
            return
        self._raw = QPlainTextEdit(self)
        self._raw.setReadOnly(True)
        # Looking for the ends of words in a line of megabytes takes half a minute.
        self._raw.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self._raw.setPlainText(source)
        self._raw.setAccessibleName(self.tr("Source of the mail"))
        self._raw.setFixedHeight(self.fontMetrics().height() * RAW_LINES)
        self._column.addWidget(self._raw)

    def restyle(self) -> None:
        if self.said is not None:
            self.said.restyle()

    # -- small things ------------------------------------------------------------------------

    def _plain(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _muted(self, text: str) -> QLabel:
        label = self._plain(text)
        label.setObjectName("muted")
        return label

    def _elided(self, text: str, name: str) -> ElidedLabel:
        label = ElidedLabel(text, self)
        label.setObjectName(name)
        return label
