"""What a person does at the desk, with keys, in a real window; test_desk_in_the_window.py runs it in its own process.

Usage: scenario.py first|again PROFILE SETTINGS_JSON. Prints a word for each thing seen; exits 0 if all of it was.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

os.environ["QT_API"] = "pyside6"

import qasync
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from deskhelp.services import catalog
from deskhelp.settings import Settings, open_profile, save_settings
from deskhelp.ui import i18n, theme
from deskhelp.ui.app import application
from deskhelp.ui.life import Life
from deskhelp.ui.stage import Stage

PATIENCE_S = 40.0
Keys = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


async def until(condition: Callable[[], Any], what: str) -> Any:
    """What `condition` gives once it is true."""
    ends = time.monotonic() + PATIENCE_S
    while not (found := condition()):
        if time.monotonic() > ends:
            raise AssertionError(f"never came: {what}")
        await asyncio.sleep(0.05)
    return found


def dialog(kind: str) -> QDialog | None:
    """The open dialog of a class."""
    for widget in QApplication.topLevelWidgets():
        if type(widget).__name__ == kind and widget.isVisible() and isinstance(widget, QDialog):
            return widget
    return None


def popup() -> QWidget | None:
    return QApplication.activePopupWidget()


def subjects(life: Life) -> list[str]:
    return [row.subject for row in life.window.list.model.rows()]


def opened(life: Life) -> Any:
    return life.window.conversation.opened


async def connect_mailbox(life: Life, how: dict[str, Any]) -> None:
    """The wizard, filled in by keys; the connection test must be green."""
    life.window.window_acts.add_account()
    wizard: Any = await until(lambda: dialog("AccountWizard"), "the wizard")
    QTest.keyClicks(wizard.address.address, how["address"])
    QTest.keyClicks(wizard.address.name, "Support")
    QTest.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    for line, text in (
        (wizard.server.imap, how["imap"]),
        (wizard.server.smtp, how["smtp"]),
        (wizard.server.user, how["user"]),
    ):
        line.selectAll()
        QTest.keyClicks(line, text)
    QTest.keyClicks(wizard.server.password, how["password"])
    QTest.keyClicks(wizard.server.ca_file, how["ca_file"])
    QTest.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    await until(lambda: wizard.next.isEnabled() and wizard.pages.currentWidget() is wizard.test, "a green test")
    QTest.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    wizard.load.agent_name.clear()
    QTest.keyClicks(wizard.load.agent_name, "Anna")
    QTest.mouseClick(wizard.next, Qt.MouseButton.LeftButton)
    await until(lambda: dialog("AccountWizard") is None, "the wizard's end")
    say("connected")


async def make_canned_reply(life: Life) -> None:
    """A canned reply, so that there is one to insert."""
    from deskhelp.domain.entities import CannedReply

    reply = CannedReply(catalog.new_id(), "Restart", text="Hello {customer.first_name}, please restart it.{cursor}")
    await life.desk.write(catalog.save, reply)
    await until(lambda: life.desk.canned, "the canned reply")


async def answer(life: Life) -> None:
    """Insert the canned reply by a slash, tag, escalate, send with the keyboard."""
    window = life.window
    await until(lambda: "Printer on the second floor" in subjects(life), "the customer's mail")
    say("arrived")
    window.list.view.setFocus()
    QTest.keyClick(window.list.view, Keys.Key_Home)
    await until(lambda: opened(life), "the conversation")
    window.trigger("reply")
    await until(lambda: window.composer is not None and window.composer.isVisible(), "the composer")
    text = window.composer.form.text
    QTest.keyClicks(text, "/")
    picker: Any = await until(popup, "the picker")
    QTest.keyClicks(picker.typed, "rest")
    QTest.keyClick(picker.typed, Keys.Key_Return)
    await until(lambda: "Hello Maria" in text.toPlainText(), "the filled reply")
    await tag(life)
    await escalate(life)
    await focus(life)
    text.setFocus()
    QTest.keyClick(text, Keys.Key_Return, CTRL)
    await until(lambda: not window.composer.isVisible(), "the composer's end")
    say("sent")


async def focus(life: Life) -> None:
    """Give the window the keyboard, as a window manager does when a dialog over it closes."""
    life.window.activateWindow()
    life.window.windowHandle().requestActivate()
    await until(life.window.isActiveWindow, "the keyboard")


async def tag(life: Life) -> None:
    life.window.trigger("tag")
    picker: Any = await until(popup, "the tag picker")
    QTest.keyClicks(picker.typed, "hardware")
    QTest.keyClick(picker.typed, Keys.Key_Return)
    await until(lambda: opened(life).detail.summary.tags, "the tag")
    if (left := popup()) is not None:
        QTest.keyClick(left, Keys.Key_Escape)
        left.close()


async def escalate(life: Life) -> None:
    life.window.trigger("escalate")
    sheet: Any = await until(lambda: dialog("EscalateDialog"), "the escalation")
    QTest.keyClicks(sheet.to, "Second line")
    QTest.keyClicks(sheet.reason, "needs a part")
    QTest.mouseClick(sheet.primary, Qt.MouseButton.LeftButton)
    await until(lambda: opened(life).detail.summary.escalation, "the flag")


def delivery(life: Life) -> list[str]:
    return [str(message.delivery) for message in opened(life).detail.messages if str(message.direction) == "out"]


async def first(life: Life, how: dict[str, Any]) -> None:
    await connect_mailbox(life, how)
    await make_canned_reply(life)
    await answer(life)
    await until(lambda: delivery(life) == ["sent"], "the delivery")
    life.window.trigger("close")
    await until(lambda: not subjects(life), "the empty queue")
    say("solved")
    await until(lambda: subjects(life), "the ticket back in the queue, while idling")
    life.window.list.view.setFocus()
    QTest.keyClick(life.window.list.view, Keys.Key_Home)
    await until(lambda: opened(life) and len(opened(life).detail.messages) == 3, "the customer's answer")
    await until(lambda: str(opened(life).detail.summary.status) == "open", "the reopened ticket")
    say("reopened")


async def again(life: Life, _how: dict[str, Any]) -> None:
    """Everything is there after the next start."""
    await until(lambda: subjects(life), "the list")
    await until(lambda: opened(life) and len(opened(life).detail.messages) == 3, "the conversation")
    summary = opened(life).detail.summary
    assert summary.escalation.reason == "needs a part", summary
    assert [tag.name for tag in life.desk.tags if tag.id in summary.tags] == ["hardware"]
    say("there")


async def main(part: Callable[[Life, dict[str, Any]], Awaitable[None]], root: Path, how: dict[str, Any]) -> None:
    profile = open_profile(root)
    settings = Settings(language="en", theme="light", undo_send_s=0)
    save_settings(profile, settings)
    life = Life(asyncio.get_running_loop(), Stage(profile, settings))
    life.window.resize(1280, 800)
    await life.open()
    try:
        await part(life, how)
    except AssertionError:
        life.window.grab().save(str(root / "failed.png"))
        raise
    finally:
        life.window.close()
        await life.closed()
        await life.close()


if __name__ == "__main__":
    app = application()
    theme.start(app, "light")
    i18n.install(app, "en")
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    chosen = {"first": first, "again": again}[sys.argv[1]]
    with loop:
        loop.run_until_complete(main(chosen, Path(sys.argv[2]), json.loads(sys.argv[3])))
