"""The settings: what this computer does, and what the office has set up; every change counts at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from deskhelp.domain.entities import Agent, Entity, Mailbox
from deskhelp.domain.errors import DeskTrouble
from deskhelp.ui import desk_acts
from deskhelp.ui.settings.accounts_page import AccountsPage
from deskhelp.ui.settings.general_page import GeneralPage
from deskhelp.ui.settings.pages import AgentPage, CannedPage, DepartmentPage, TagPage
from deskhelp.ui.settings.senders_page import SendersPage
from deskhelp.ui.settings.team_acts import TeamActs
from deskhelp.ui.settings.team_page import TeamPage
from deskhelp.ui.worker_bridge import DeskBridge

if TYPE_CHECKING:
    from deskhelp.services.office import Office


class SettingsDialog(QDialog):
    """One page a subject; open it with ``open()``."""

    def __init__(self, desk: DeskBridge, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("settings")
        self.setWindowTitle(self.tr("Settings"))
        self._desk = desk
        self.general = GeneralPage(desk.settings, self)
        self.accounts = AccountsPage(self)
        self.canned, self.tags = CannedPage(self), TagPage(self)
        self.agents, self.departments = AgentPage(self), DepartmentPage(self)
        self.senders, self.team = SendersPage(self), TeamPage(self)
        self._names = ["general", "accounts", "team", "canned", "tags", "agents", "departments", "senders"]
        self.list = QListWidget(self)
        self.list.setObjectName("settingsPages")
        self.list.setAccessibleName(self.tr("Settings"))
        self.pages = QStackedWidget(self)
        for title, page in (
            (self.tr("General"), self.general),
            (self.tr("Mailboxes"), self.accounts),
            (self.tr("Team"), self.team),
            (self.tr("Canned replies"), self.canned),
            (self.tr("Tags"), self.tags),
            (self.tr("Agents"), self.agents),
            (self.tr("Departments"), self.departments),
            (self.tr("Senders"), self.senders),
        ):
            self.list.addItem(title)
            self.pages.addWidget(page)
        self.list.currentRowChanged.connect(self.pages.setCurrentIndex)
        self.list.setCurrentRow(0)
        self.trouble = QLabel(self)
        self.trouble.setObjectName("inlineTrouble")
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        self._lay_out()
        self._connect()
        TeamActs(desk, self.team)
        self._show_facts()

    def _lay_out(self) -> None:
        self.list.setFixedWidth(max(170, self.list.sizeHintForColumn(0) + 32))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.list)
        row.addWidget(self.pages, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addLayout(row, 1)
        column.addWidget(self.trouble)
        column.addWidget(buttons)
        self.resize(940, 640)

    def _connect(self) -> None:
        desk = self._desk
        self.general.changed.connect(lambda settings: desk.run(self._save_settings(settings), "save settings"))
        for page in (self.accounts, self.canned, self.tags, self.agents, self.departments, self.senders):
            page.saved.connect(lambda entity: desk.run(self._write(_save, entity), "save"))
        for page in (self.canned, self.tags, self.agents, self.departments, self.senders):
            page.deleted.connect(lambda entity: desk.run(self._write(_delete, entity), "delete"))
        self.canned.import_wanted.connect(lambda name: desk.run(desk.write(_import, Path(name)), "import"))
        self.canned.export_wanted.connect(lambda name: desk.run(desk.read(_export, Path(name)), "export"))
        self.accounts.add_wanted.connect(self._add_account)
        self.accounts.remove_confirmed.connect(lambda box: desk.run(self._write(_remove, box), "remove mailbox"))
        self.accounts.password_given.connect(
            lambda box, password: desk.run(self._keep_password(box, password), "password")
        )
        self.accounts.test_wanted.connect(lambda box, password: desk.run(self._test(box, password), "connection test"))
        self.agents.me_chosen.connect(lambda agent: desk.run(desk.write(_set_me, agent.id), "who works here"))
        self.senders.block_wanted.connect(lambda name: desk.act(desk_acts.block, name, name="block"))
        desk.trouble.connect(self._say)
        desk.facts_changed.connect(self._show_facts)

    def show_page(self, name: str) -> None:
        """Open at a page: general, accounts, team, canned, tags, agents, departments or senders."""
        if name in self._names:
            self.list.setCurrentRow(self._names.index(name))

    def _say(self, trouble: DeskTrouble) -> None:
        """What goes wrong while the dialog is open: the window's own bar lies behind it."""
        self.trouble.setText(self._desk.say(trouble))
        self.trouble.show()

    def _show_facts(self) -> None:
        self.accounts.set_canned(self._desk.canned)
        self.accounts.set_entities(self._desk.mailboxes)
        self.canned.set_entities(self._desk.canned)
        self.tags.set_entities(self._desk.tags)
        self.agents.set_entities(self._desk.agents)
        self.agents.set_me(self._desk.me.id if self._desk.me else "")
        self.departments.set_entities(self._desk.departments)
        self.senders.set_entities(self._desk.facts.senders)

    def done(self, result: int) -> None:
        for page in (self.accounts, self.canned, self.tags, self.agents, self.departments, self.senders):
            page.save_current()
        super().done(result)

    async def _write(self, fn: Callable[..., None], entity: Entity) -> None:
        """Change something; where that is refused, it is shown again as it is."""
        try:
            await self._desk.write(fn, entity)
        except DeskTrouble:
            self._show_facts()
            raise

    async def _save_settings(self, settings: Any) -> None:
        await self._desk.write(_save_settings, settings)
        self._desk.set_settings(settings)

    def _add_account(self) -> None:
        from deskhelp.ui.dialogs.account_wizard import AccountWizard

        AccountWizard(self._desk, self).open()

    async def _keep_password(self, box: Mailbox, password: str) -> None:
        """Say where it is kept: a keyring or this run."""
        self.accounts.steps.show()
        is_kept = await self._desk.write(_keep_password, box, password)
        told = self.tr("The password is in this computer's keyring.")
        only_now = self.tr(
            "This computer has no keyring that DeskHelp can use: the password is kept for this run only."
        )
        self.accounts.steps.add(True if is_kept else None, told if is_kept else only_now)

    async def _test(self, box: Mailbox, password: str) -> None:
        from deskhelp.ui.probing import probe_steps

        try:
            if password:
                await self._keep_password(box, password)
            async for step in probe_steps(_steps_of, box):
                self.accounts.steps.add_step(step)
        except DeskTrouble as trouble:
            self.accounts.steps.add(False, self._desk.say(trouble))
        finally:
            self.accounts.test_button.setEnabled(True)


def _steps_of(box: Mailbox) -> Any:
    from deskhelp.services import accounts

    return accounts.test(box, accounts.password_of(box))


def _save(office: Office, entity: Entity) -> None:
    from deskhelp.services import catalog, rights

    if isinstance(entity, Agent):
        rights.require_for_agent(office, entity)
    catalog.save(office, entity)


def _delete(office: Office, entity: Entity) -> None:
    from deskhelp.services import catalog, rights

    if isinstance(entity, Agent):
        rights.require(office, rights.ADMIN)
    catalog.delete(office, entity)


def _import(office: Office, path: Path) -> None:
    from deskhelp.services import catalog

    catalog.import_canned(office, path)


def _export(office: Office, path: Path) -> None:
    from deskhelp.services import catalog

    catalog.export_canned(office, path)


def _remove(office: Office, box: Mailbox) -> None:
    from deskhelp.services import accounts

    accounts.remove(office, box)


def _keep_password(_office: Office, box: Mailbox, password: str) -> bool:
    from deskhelp.services import passwords

    return passwords.keep(box.id, password)


def _set_me(office: Office, agent_id: str) -> None:
    from deskhelp.services import catalog

    catalog.set_agent(office, agent_id)


def _save_settings(office: Office, settings: Any) -> None:
    from deskhelp.settings import save_settings

    save_settings(office.profile, settings)
    office.settings = settings
