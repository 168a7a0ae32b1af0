"""Following a link of a mail: at once where it is honest, after a question where it deceives."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from deskhelp.domain.links import Doubt, Target, doubt, target_of
from deskhelp.services.shown import ShownLink
from deskhelp.ui import link_words

MAX_SAID = 300


class LinkActs(QObject):
    """Opens the web, mail and telephone links of mails in the programs for them."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def link_wanted(self, address: str, link: ShownLink | None) -> None:
        """Follow a link; ask first where it says one thing and leads to another."""
        url, target = QUrl(address), target_of(address)
        if target is None or url.scheme().lower() != target.scheme:
            return
        why = link.doubt if link is not None else doubt("", address)
        if why is Doubt.NONE and target.host and target.scheme != "mailto" and not _agrees(url, target):
            why = Doubt.DISGUISED_HOST  # two readings of one address: browsers may have a third
        if why is Doubt.NONE:
            QDesktopServices.openUrl(url)
        else:
            self._ask(url, target, why, link.text if link is not None else "")

    def _ask(self, url: QUrl, target: Target, why: Doubt, text: str) -> None:
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("This link may not lead where it seems to."))
        host = target.host if target.host == target.raw_host else f"{target.host} ({target.raw_host})"
        reason = link_words.said(why)
        lines = [reason[:1].upper() + reason[1:] + "."]
        if text:
            lines.append(self.tr("It says: %1").replace("%1", text[:MAX_SAID]))
        lines.append(self.tr("It leads to: %1").replace("%1", host))
        box.setInformativeText("\n".join(lines))
        follow = box.addButton(self.tr("Follow it"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        follow.clicked.connect(lambda: QDesktopServices.openUrl(url))
        box.open()


def _agrees(url: QUrl, target: Target) -> bool:
    """Whether Qt, which hands the address on, reads the same host in it."""
    return url.host(QUrl.ComponentFormattingOption.FullyEncoded).lower().rstrip(".") == target.raw_host
