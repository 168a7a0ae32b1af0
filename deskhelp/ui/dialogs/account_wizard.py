"""Connecting a mailbox: address, servers and password, a test in plain words, what to load (UX.md, section 4)."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from deskhelp.ui import theme
from deskhelp.ui.dialogs.wizard_pages import AddressPage, LoadPage, ServerPage, TestPage
from deskhelp.ui.probing import probe_steps
from deskhelp.ui.worker_bridge import DeskBridge

if TYPE_CHECKING:
    from deskhelp.services.accounts import AccountForm
    from deskhelp.services.office import Office


class AccountWizard(QDialog):
    """Four pages; nothing is saved before the last. `connected` carries the mailbox."""

    connected = Signal(object)

    def __init__(self, desk: DeskBridge, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(self.tr("Connect a mailbox"))
        self._desk = desk
        self._can_read = self._all_good = False
        self.address, self.server = AddressPage(self), ServerPage(self)
        self.test, self.load = TestPage(self), LoadPage(self)
        self.pages = QStackedWidget(self)
        for page in (self.address, self.server, self.test, self.load):
            self.pages.addWidget(page)
            page.ready_changed.connect(self._refresh)
        self.test.retry_wanted.connect(self._start_test)
        self.trouble = QLabel(self)
        self.trouble.setObjectName("inlineTrouble")
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        self.back, self.next = QPushButton(self.tr("Back"), self), QPushButton(self)
        self.next.setObjectName("primary")
        self.next.setDefault(True)
        self.back.clicked.connect(lambda: self._go(self.pages.currentIndex() - 1))
        self.next.clicked.connect(self._forward)
        self._lay_out()
        me = desk.me
        if me is not None:
            self.load.agent_name.setText(me.name)
            self.load.signature.setPlainText(me.signature)
        self._refresh()

    def _lay_out(self) -> None:
        cancel = QPushButton(self.tr("Cancel"), self)
        cancel.setObjectName("flat")
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setContentsMargins(24, 0, 24, 16)
        row.addWidget(cancel)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages, 1)
        said = QVBoxLayout()
        said.setContentsMargins(theme.XL, 0, theme.XL, theme.M)
        said.addWidget(self.trouble)
        column.addLayout(said)
        column.addLayout(row)
        self.resize(620, 560)

    # -- going on ------------------------------------------------------------------------------

    def _refresh(self) -> None:
        at = self.pages.currentIndex()
        page: Any = self.pages.currentWidget()
        last = at == self.pages.count() - 1
        self.next.setText(self.tr("Connect") if last else self.tr("Continue"))
        self.next.setEnabled(page.is_ready())
        self.back.setVisible(at > 0)

    def _forward(self) -> None:
        at = self.pages.currentIndex()
        if at == 0:
            self.server.suggest(self.address.address.text().strip())
        if at == self.pages.count() - 1:
            self._desk.run(self._connect(), "connect mailbox")
            return
        self._go(at + 1)
        self._focus_first()
        if self.pages.currentWidget() is self.test:
            self._start_test()

    def _focus_first(self) -> None:
        """The keyboard goes where one has to type: a page is filled in and left without the mouse."""
        page = self.pages.currentWidget()
        first = {self.server: self.server.password, self.load: self.load.agent_name}.get(page, self.next)  # type: ignore[arg-type, call-overload]
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _go(self, index: int) -> None:
        self._say("")
        self.pages.setCurrentIndex(index)
        self._refresh()

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    # -- the test ------------------------------------------------------------------------------

    def _start_test(self) -> None:
        self.test.start()
        self._can_read, self._all_good = False, True
        self._desk.run(self._run_test(), "connection test")

    async def _run_test(self) -> None:
        from deskhelp.domain.errors import DeskTrouble

        try:
            async for step in probe_steps(_steps_of, self.form(), self.server.password.text()):
                self.test.steps.add_step(step)
                self._all_good = self._all_good and step.ok is not False
                self._can_read = self._can_read or (step.name == "folders" and step.ok is True)
        except DeskTrouble as trouble:
            self._all_good = False
            self.test.steps.add(False, self._desk.say(trouble))
        self.test.finish(can_read=self._can_read, all_good=self._all_good)

    # -- the form ------------------------------------------------------------------------------

    def form(self) -> AccountForm:
        """What has been filled in."""
        from deskhelp.services.accounts import AccountForm

        day = self.load.since()
        return AccountForm(
            self.address.name.text().strip(),
            self.address.address.text().strip(),
            _with_user(self.server.imap.text().strip(), self.server.user.text().strip()),
            _with_user(self.server.smtp.text().strip(), self.server.user.text().strip()),
            self.server.ca_file.text().strip(),
            datetime.combine(day, time()).astimezone() if day else None,
        )

    async def _connect(self) -> None:
        from deskhelp.domain.errors import DeskTrouble

        self.next.setEnabled(False)
        me = (self.load.agent_name.text().strip(), self.load.signature.toPlainText().strip())
        try:
            box, is_kept = await self._desk.write(
                _save, self.form(), self.server.password.text(), self.server.remember.isChecked(), me
            )
        except DeskTrouble as trouble:
            self._say(self._desk.say(trouble))
            self.next.setEnabled(True)
            return
        if self.server.remember.isChecked() and not is_kept:
            self._desk.trouble.emit(
                DeskTrouble(
                    "This computer has no keyring that DeskHelp can use.",
                    advice="The password is kept for this run only; it will be asked for again after the next start.",
                )
            )
        self.connected.emit(box)
        self.accept()


def _with_user(url: str, user: str) -> str:
    """The URL with the user that was typed, unless it names one itself."""
    from urllib.parse import quote

    scheme, mark, rest = url.partition("://")
    return url if not mark or "@" in rest or not user else f"{scheme}://{quote(user, safe='')}@{rest}"


def _steps_of(form: AccountForm, password: str) -> Any:
    from deskhelp.services import accounts

    return accounts.test_form(form, password)


def _save(office: Office, form: AccountForm, password: str, remember: bool, me: tuple[str, str]) -> tuple[Any, bool]:
    """Connect the mailbox, keep its password, and say who works here."""
    from dataclasses import replace

    from deskhelp.domain.entities import Agent
    from deskhelp.services import accounts, catalog, passwords

    box = accounts.add(office, form)
    is_kept = passwords.keep(box.id, password, remember=remember)
    name, signature = me
    agent = office.agent if office.agent_id else Agent(catalog.new_id())
    catalog.save(office, replace(agent, name=name, signature=signature or agent.signature))
    if not office.agent_id:
        catalog.set_agent(office, agent.id)
    return box, is_kept
