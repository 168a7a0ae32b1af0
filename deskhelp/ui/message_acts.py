"""What the agent does with a message or an attachment of the conversation."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDir, QMimeDatabase, QObject, Qt, QTemporaryDir, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from deskhelp.domain.conversation import AttachmentView, MessageView
from deskhelp.domain.errors import DeskTrouble
from deskhelp.ui import desk_acts, desk_reads
from deskhelp.ui.panes.conversation import ConversationPane
from deskhelp.ui.worker_bridge import DeskBridge

# Opening these would run them; they can be saved, and whoever does that means it.
RUNNABLE = re.compile(
    r"\.(apk|app|appimage|bat|cmd|com|cpl|deb|desktop|dll|dmg|docm|exe|gadget|hta|htm|html|iso|jar|jse?|lnk|msc|ms[ip]"
    r"|pif|ps1|py|reg|rpm|sc[fr]|sh|svg|url|vb[es]?|vhdx?|ws[fh]|xhtml|xlsm|xll)$",
    re.IGNORECASE,
)


class MessageActs(QObject):
    """Files that are opened lie in a folder that goes away with the window."""

    def __init__(
        self,
        desk: DeskBridge,
        conversation: ConversationPane,
        shows_network: Callable[[MessageView], bool],
        window: QWidget,
    ) -> None:
        """`shows_network` tells whether pictures of the network were allowed for a message, or for its sender."""
        super().__init__(window)
        self._shows_network = shows_network
        self._desk, self._conversation, self._window = desk, conversation, window
        self._folder = QTemporaryDir(str(desk.profile.attachments_dir / "open-XXXXXX"))
        self._opened = 0

    def wanted(self, what: str, message: MessageView) -> None:
        """Do what a card's menu asks for; replies are the window's."""
        if what == "raw":
            self._desk.run(self._show_source(message), "source")
        elif what == "browser":
            self._desk.run(self._to_browser(message), "browser")
        elif what == "split":
            self._desk.act(desk_acts.split, (message.id,), name="split")
        elif what == "block":
            self._block(message)
        elif what == "hide":
            self._desk.act(desk_acts.hide, message.id, name="hide note")
        elif what == "text":
            self._show_as_text(message)
        elif what == "retry":
            self._desk.act(desk_acts.retry, message.id, name="retry")

    def _show_as_text(self, message: MessageView) -> None:
        card = self._conversation.card_of(message.id)
        if card is not None and card.said is not None:
            card.said.show_as_text()

    def _block(self, message: MessageView) -> None:
        """Ask whether it is the address or the whole domain."""
        from deskhelp.ui.pickers.popup import PickerPopup
        from deskhelp.ui.pickers.ticket_pickers import block_choices

        picker = PickerPopup(self.tr("Block"), self._window)
        picker.set_choices(block_choices([message.sender.address]))
        picker.chosen.connect(
            lambda choice: self._desk.act(desk_acts.block_author, message.id, choice.value, name="block")
        )
        picker.show_centered(self._window)

    async def _show_source(self, message: MessageView) -> None:
        source = await self._desk.read(desk_reads.source, message.id)
        if card := self._conversation.card_of(message.id):
            card.show_raw(source)

    async def _to_browser(self, message: MessageView) -> None:
        page = await self._desk.read(desk_reads.browser_page, message.id, self._shows_network(message))
        path = self._write("mail.html", page.encode("utf-8"))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    # -- attachments -------------------------------------------------------------------------

    def attachment_wanted(self, what: str, attachment: AttachmentView) -> None:
        """Open an attachment in the program for it, or save it where the agent says."""
        if what == "save":
            self._ask_where(attachment)
        elif RUNNABLE.search(attachment.name):
            self._desk.trouble.emit(
                DeskTrouble(
                    "{name} is a kind of file that can run by being opened.",
                    advice="Save it if you are sure, and let somebody who knows look at it.",
                    name=attachment.name,
                )
            )
        else:
            self._desk.run(self._open(attachment), "open attachment")

    async def _open(self, attachment: AttachmentView) -> None:
        data = await self._desk.read(desk_reads.attachment, attachment)
        path = self._write(attachment.name, data)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            kind = QMimeDatabase().mimeTypeForFile(str(path)).comment()
            raise DeskTrouble("No program on this computer opens {name} ({kind}).", name=attachment.name, kind=kind)

    def _ask_where(self, attachment: AttachmentView) -> None:
        dialog = QFileDialog(self._window, self.tr("Save the attachment"), QDir.homePath())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.selectFile(attachment.name)
        dialog.fileSelected.connect(lambda name: self._desk.run(self._save(attachment, Path(name)), "save attachment"))
        dialog.open()

    async def _save(self, attachment: AttachmentView, path: Path) -> None:
        data = await self._desk.read(desk_reads.attachment, attachment)
        try:
            path.write_bytes(data)
        except OSError as error:
            raise DeskTrouble("{path} could not be written: {reason}.", path=path, reason=error.strerror) from error

    def _write(self, name: str, data: bytes) -> Path:
        """The bytes in a file of our own folder; read-only, as changes to it would be lost."""
        self._opened += 1
        folder = Path(self._folder.path()) / str(self._opened)
        try:
            folder.mkdir(mode=0o700)
            path = folder / Path(name).name
            path.write_bytes(data)
            path.chmod(0o400)
        except OSError as error:
            raise DeskTrouble("{name} could not be opened: {reason}.", name=name, reason=error.strerror) from error
        return path
