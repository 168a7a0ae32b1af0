"""The window as a whole: what it shows first, what it remembers, how it closes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from deskhelp.domain.errors import DeskTrouble
from deskhelp.domain.views import Change
from deskhelp.services import desk as services
from deskhelp.services.office import Office
from deskhelp.settings import Profile
from deskhelp.ui.single import SingleInstance
from tests.ui.conftest import SUBJECTS, Desk, ticket_named


async def test_the_window_opens_with_all_open_tickets_and_the_newest_one_shown(shown: Desk) -> None:
    assert set(shown.subjects()) == set(SUBJECTS)
    await shown.until(lambda: shown.shown_subject() == shown.subjects()[0])
    assert shown.window.sidebar.current_key() == "queue:active"


async def test_counts_stand_in_the_sidebar_and_the_status_bar(shown: Desk) -> None:
    counts = shown.window.sidebar.entries
    assert (counts.count("queue:active"), counts.count("queue:mine"), counts.count("queue:unassigned")) == (4, 1, 3)
    assert shown.window.status.counts.text() == "4 open"


async def test_a_change_by_somebody_else_shows_by_itself(shown: Desk) -> None:
    def solve(office: Office) -> None:
        services.set_status(office, [ticket_named(office, "VPN drops hourly")], "solved")

    await shown.life.desk.write(solve)
    await shown.until(lambda: "VPN drops hourly" not in shown.subjects())
    await shown.until(lambda: shown.window.sidebar.entries.count("queue:active") == 3)


async def test_what_is_done_can_be_undone_by_the_toast(shown: Desk) -> None:
    await shown.choose("VPN drops hourly")
    shown.window.trigger("close")
    await shown.until(lambda: "VPN drops hourly" not in shown.subjects())
    assert shown.window.toast.isVisible()
    assert shown.window.toast.label.text() == "1 ticket: status changed"
    QTest.mouseClick(shown.window.toast.undo, Qt.MouseButton.LeftButton)
    await shown.until(lambda: "VPN drops hourly" in shown.subjects())


async def test_a_trouble_is_told_in_a_bar_and_goes_away(shown: Desk) -> None:
    shown.life.desk.trouble.emit(DeskTrouble("The disk {name} is full.", advice="Make room.", name="C"))
    assert shown.window.trouble_bar.isVisible()
    assert shown.window.trouble_bar.text.text() == "The disk C is full. Make room."
    QTest.mouseClick(shown.window.trouble_bar.dismiss, Qt.MouseButton.LeftButton)
    assert not shown.window.trouble_bar.isVisible()


async def test_the_next_window_shows_what_the_last_one_did(
    shown: Desk, desk_of: Callable[[Profile], Any], filled: Profile
) -> None:
    shown.window.sidebar.choose("queue:mine")
    await shown.until(lambda: shown.subjects() == ["Printer on fire"])
    shown.window.list.set_sort("created")
    await shown.settle()
    shown.window.arrangement.want_context(False)
    shown.window.close()
    await asyncio.wait_for(shown.life.closed(), 5)
    await shown.life.close()
    again: Desk = await desk_of(filled)
    await again.until(lambda: again.subjects() == ["Printer on fire"])
    assert again.window.list.sort == "created"
    assert again.window.context.isHidden()


async def test_closing_ends_everything_within_two_seconds(shown: Desk) -> None:
    loop = asyncio.get_running_loop()
    started = loop.time()
    shown.window.close()
    await shown.life.closed()
    await shown.life.close()
    assert loop.time() - started < 2.0
    assert shown.life.workers.workers is not None
    shown.life.desk.run(asyncio.sleep(0), "too late")
    assert not shown.life.desk.is_busy


async def test_a_new_profile_is_welcomed_until_one_goes_on(desk_of: Callable[[Profile], Any], profile: Profile) -> None:
    desk: Desk = await desk_of(profile)
    page: Any = desk.window.pages.currentWidget()
    assert page is not desk.window.split
    page.name.setText("Olga")
    page.skipped.emit()
    page._introduce()
    await desk.until(lambda: desk.life.desk.me is not None)
    assert desk.life.desk.me is not None and desk.life.desk.me.name == "Olga"
    assert desk.window.pages.currentWidget() is desk.window.split


async def test_the_second_start_raises_the_first_window(profile: Profile) -> None:
    raised: list[bool] = []
    first, second = SingleInstance(profile), SingleInstance(profile)
    assert first.is_first()
    first.listen()
    first.raised.connect(lambda: raised.append(True))
    assert not await asyncio.get_running_loop().run_in_executor(None, second.is_first)
    for _ in range(100):
        if raised:
            break
        await asyncio.sleep(0.01)
    first.close()
    assert raised


async def test_new_mail_is_told_once_and_only_while_one_is_elsewhere(shown: Desk) -> None:
    notifier = shown.window.companions.notifier
    told: list[tuple[str, str]] = []
    notifier.told.connect(lambda title, text: told.append((title, text)))
    notifier._timer.setInterval(1)
    notifier._told_until_ms = 0
    shown.window.hide()
    await shown.until(lambda: not shown.window.isActiveWindow())
    shown.life.desk.announce(Change(tickets=frozenset({"x"})))
    await shown.until(lambda: told)
    assert told[0][1].endswith("and 3 more")
    notifier._last_told_ms = 0
    shown.life.desk.announce(Change(tickets=frozenset({"x"})))
    await shown.until(lambda: not notifier._timer.isActive())
    await shown.settle()
    assert len(told) == 1


async def test_a_message_taken_back_is_a_draft_again(shown: Desk) -> None:
    await shown.choose("VPN drops hourly")
    shown.window.trigger("reply")
    composer = await shown.until(lambda: shown.window.composer)
    await shown.until(composer.isVisible)
    composer.form.text.setPlainText("Please restart it.")
    composer.form.send_wanted.emit("")
    await shown.until(lambda: not composer.isVisible())
    await shown.until(lambda: shown.window.toast.undo.isVisible())
    shown.window.undo_last()
    await shown.until(lambda: composer.isVisible() and composer.form.text.toPlainText() == "Please restart it.")
