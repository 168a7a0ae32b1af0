"""A real window on a real replica: mails taken in by the same intake as always, keys and mouse do the work."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from PySide6.QtWidgets import QApplication

from deskhelp.domain.entities import Agent, CannedReply, Department, Mailbox, Tag
from deskhelp.domain.identity import mailbox_id
from deskhelp.services import catalog, desk, intake
from deskhelp.services.incoming import Incoming
from deskhelp.services.office import Office
from deskhelp.settings import Profile, Settings, open_profile, save_settings
from deskhelp.ui import i18n, theme
from deskhelp.ui.life import Life
from deskhelp.ui.main_window import MainWindow
from deskhelp.ui.stage import Stage

BOX = Mailbox(mailbox_id("help@desk.example"), "Help", "help@desk.example", is_local=True)
OLGA = Agent("a" * 32, "Olga Krylova", "olga@desk.example", "#3B6FB6", "Olga")
PETER = Agent("b" * 32, "Peter Fox", "peter@desk.example", "#8A4FBE", "Peter")
PATIENCE_S = 10.0
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def pytest_asyncio_loop_factories(config: pytest.Config, item: pytest.Item) -> dict[str, Callable[[], Any]]:
    """Coroutines of these tests run on Qt's loop, as they do in the program."""
    import qasync

    return {"qasync": lambda: qasync.QEventLoop(application())}


def application() -> QApplication:
    found = QApplication.instance()
    return found if isinstance(found, QApplication) else QApplication(["deskhelp-tests"])


@pytest.fixture(scope="session")
def app() -> QApplication:
    return application()


@pytest.fixture(autouse=True)
def plain_looks(app: QApplication) -> Iterator[None]:
    """Each test begins in English and light, with the font the platform has."""
    font = app.font()
    theme.start(app, "light")
    i18n.install(app, "en")
    yield
    app.setFont(font)


@pytest.fixture(autouse=True)
def garbage_of_this_thread() -> Iterator[None]:
    """Widgets in cycles are collected here, never in a thread of the replica (deskhelp.ui.collector says why)."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def no_silent_failures(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A task that fails is only logged: that fails the test."""
    yield
    failed = [r for r in caplog.get_records("call") if r.levelno >= logging.ERROR]
    assert not failed, [record.getMessage() for record in failed]


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return open_profile(tmp_path / "desk")


class MailMaker:
    """Writes raw mails with rising times and ids."""

    def __init__(self, count: int = 0) -> None:
        self.count = count

    def mail(
        self,
        subject: str,
        text: str,
        *,
        sender: tuple[str, str] = ("Maria Ivanova", "maria@customer.example"),
        answers: str = "",
        html: str = "",
        files: tuple[tuple[str, bytes], ...] = (),
    ) -> Incoming:
        self.count += 1
        message = EmailMessage()
        message["From"] = formataddr(sender)
        message["To"] = "help@desk.example"
        message["Subject"] = subject
        message["Message-ID"] = f"<{self.count}@customer.example>"
        message["Date"] = format_datetime(START)
        if answers:
            message["In-Reply-To"] = message["References"] = answers
        message.set_content(text)
        if html:
            message.add_alternative(html, subtype="html")
        for name, data in files:
            message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
        at_ms = int(START.timestamp() * 1000) + self.count * 60_000
        return Incoming(message.as_bytes(), at_ms)


SUBJECTS = ("Printer on fire", "VPN drops hourly", "Счёт за февраль", "Password forgotten")


@pytest.fixture
def filled(profile: Profile) -> Profile:
    """Four tickets of four people; the printer's has an answer, a tag and an owner."""
    maker = MailMaker()
    people = [("Maria Ivanova", "maria@customer.example"), ("Boris", "boris@customer.example"),
              ("Анна Петрова", "anna@customer.example"), ("", "dan@customer.example")]  # fmt: skip
    with Office.open(profile) as office:
        catalog.save(office, BOX, OLGA, PETER, Department("d" * 32, "Second line"))
        catalog.save(
            office, Tag(catalog.tag_id("printer"), "printer", "#5B7FA6"), Tag(catalog.tag_id("vpn"), "vpn", "#7A9E7E")
        )
        catalog.save(office, CannedReply("c" * 32, "Thanks", "", "en", "Thank you, {customer.first_name|there}!"))
        catalog.set_agent(office, OLGA.id)
        mails = [maker.mail(subject, f"Text about: {subject}", sender=who)
                 for subject, who in zip(SUBJECTS, people, strict=True)]  # fmt: skip
        mails.append(
            maker.mail("Re: Printer on fire", "It burns more now.", sender=people[0], answers="<1@customer.example>")
        )
        intake.take_in(office, BOX, mails)
        printer = ticket_named(office, SUBJECTS[0])
        desk.tag(office, [printer], add=[catalog.tag_id("printer")])
        desk.assign(office, [printer], OLGA.id)
    save_settings(profile, Settings(language="en", theme="light"))
    return profile


def ticket_named(office: Office, subject: str) -> str:
    row = office.replica.database.execute_sql("SELECT id FROM ticket WHERE subject = ?", (subject,)).fetchone()
    return str(row[0])


class Desk:
    """The window of a test and what tests ask of it."""

    def __init__(self, life: Life) -> None:
        self.life = life

    @property
    def window(self) -> MainWindow:
        return self.life.window

    async def until(self, condition: Callable[[], Any]) -> Any:
        """Wait until `condition` holds; fails after ten seconds."""
        end = asyncio.get_running_loop().time() + PATIENCE_S
        while not (found := condition()):
            assert asyncio.get_running_loop().time() < end, "what was waited for did not come"
            await asyncio.sleep(0.01)
        return found

    async def settle(self) -> None:
        """Until no task of the window runs and no timer of it is about to."""
        window = self.window
        await self.until(
            lambda: (
                not (self.life.desk.is_busy or window._counts_timer.isActive() or window.list._refresh_timer.isActive())
            )
        )

    def subjects(self) -> list[str]:
        """The list as it is shown, top to bottom."""
        model = self.window.list.model
        return [model.index(row).data() for row in range(model.rowCount())]

    async def choose(self, subject: str) -> None:
        """Make a ticket current and wait until its conversation is there."""
        row = next(row for row in self.window.list.model.rows() if row.subject == subject)
        assert self.window.list.select_only(row.id)
        await self.until(lambda: self.shown_subject() == subject)
        await self.settle()

    def shown_subject(self) -> str:
        opened = self.window.conversation.opened
        return opened.detail.summary.subject if opened else ""

    async def ask(self, fn: Callable[..., Any], *args: Any) -> Any:
        """Ask the office itself, in its own thread."""
        return await self.life.desk.read(fn, *args)

    async def ask_to_write(self, fn: Callable[..., Any], *args: Any) -> Any:
        """Let the office do something, in its writing thread."""
        return await self.life.desk.write(fn, *args)


@pytest_asyncio.fixture
async def desk_of() -> AsyncIterator[Callable[[Profile], Any]]:
    """Opens windows on profiles, and closes them all."""
    from deskhelp.settings import load_settings

    lives: list[Life] = []

    async def open_window(profile: Profile) -> Desk:
        life = Life(asyncio.get_running_loop(), Stage(profile, load_settings(profile)))
        lives.append(life)
        await life.open()
        desk = Desk(life)
        await desk.settle()
        return desk

    yield open_window
    for life in lives:
        await life.close()


@pytest_asyncio.fixture
async def shown(desk_of: Callable[[Profile], Any], filled: Profile) -> Desk:
    """The window on the four tickets."""
    desk: Desk = await desk_of(filled)
    await desk.until(lambda: len(desk.subjects()) == len(SUBJECTS))
    await desk.settle()
    return desk
