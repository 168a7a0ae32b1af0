"""Choosing by typing: tags, people, status, times, tickets, commands; by keys alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from deskhelp.db import details
from deskhelp.domain.views import TicketSummary
from deskhelp.services.office import Office
from deskhelp.settings import Profile
from deskhelp.ui import i18n, theme
from deskhelp.ui.dialogs.escalate import EscalateDialog
from deskhelp.ui.pickers.choices import Choice, ChoiceModel
from deskhelp.ui.pickers.popup import PickerPopup
from tests.ui.conftest import OLGA, PETER, SUBJECTS, Desk, ticket_named
from tests.ui.test_accessibility import cut, nameless

VPN, PRINTER = "VPN drops hourly", SUBJECTS[0]
Key = Qt.Key
FRAME = 2  # what the offscreen platform draws around every window


async def opened(desk: Desk, action: str, subject: str = VPN) -> PickerPopup:
    """The picker that an action opens for a ticket, with the focus in its line."""
    await desk.choose(subject)
    desk.window.activateWindow()
    desk.window.trigger(action)
    picker: PickerPopup = await desk.until(lambda: QApplication.activePopupWidget())
    return picker


async def sheet(desk: Desk, kind: type[QDialog]) -> Any:
    """An open dialog of the window."""
    found = await desk.until(lambda: [d for d in desk.window.findChildren(kind) if d.isVisible()])
    return found[0]


def summary(desk: Desk) -> TicketSummary:
    shown = desk.window.conversation.opened
    assert shown is not None
    return shown.detail.summary


def status_of(office: Office, subject: str) -> str:
    """As it is stored, whatever the window shows yet."""
    return str(details.ticket_detail(office.replica, ticket_named(office, subject)).summary.status)


def labels(picker: PickerPopup) -> list[str]:
    return [picker.model.index(row, 0).data() for row in range(picker.model.rowCount())]


def press(picker: PickerPopup, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(picker.typed, key)


async def test_a_status_by_a_few_letters_and_enter(shown: Desk) -> None:
    picker = await opened(shown, "status")
    QTest.keyClicks(picker.typed, "hold")
    assert labels(picker) == ["On hold"]
    press(picker, Key.Key_Return)
    await shown.until(lambda: summary(shown).status == "on_hold")


async def test_escape_changes_nothing(shown: Desk) -> None:
    picker = await opened(shown, "status")
    QTest.keyClicks(picker.typed, "hold")
    press(picker, Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    await shown.settle()
    assert await shown.ask(status_of, VPN) == "new"


async def test_arrows_stop_at_the_ends_and_tab_chooses(shown: Desk) -> None:
    picker = await opened(shown, "priority")
    rows = labels(picker)
    press(picker, Key.Key_Up)
    assert picker.list.currentIndex().row() == 0
    press(picker, *[Key.Key_Down] * 9)
    assert picker.list.currentIndex().row() == len(rows) - 1
    press(picker, Key.Key_PageUp, Key.Key_Down, Key.Key_Tab)
    await shown.until(lambda: summary(shown).priority == "high")


async def test_nothing_that_fits_is_said_and_enter_does_nothing(shown: Desk) -> None:
    picker = await opened(shown, "status")
    QTest.keyClicks(picker.typed, "zzz")
    assert picker.empty.isVisible()
    assert not picker.list.isVisible()
    press(picker, Key.Key_Return)
    assert picker.isVisible()
    press(picker, Key.Key_Backspace, Key.Key_Backspace, Key.Key_Backspace)
    assert picker.list.isVisible()
    press(picker, Key.Key_Escape)


@pytest.mark.parametrize("typed", ["Peter", "peter@", "зуеук"])
async def test_a_colleague_by_name_address_or_in_the_other_layout(shown: Desk, typed: str) -> None:
    picker = await opened(shown, "assign")
    picker.typed.insert(typed)  # QTest types ASCII only
    press(picker, Key.Key_Return)
    await shown.until(lambda: summary(shown).assignee == PETER.id)


async def test_i_stand_first_and_a_department_can_be_chosen(shown: Desk) -> None:
    picker = await opened(shown, "assign")
    assert labels(picker)[:2] == [OLGA.name, "Nobody"]
    QTest.keyClicks(picker.typed, "second")
    press(picker, Key.Key_Return)
    await shown.until(lambda: summary(shown).department == "d" * 32)


async def test_tags_are_toggled_one_after_another(shown: Desk) -> None:
    picker = await opened(shown, "tag", PRINTER)
    QTest.keyClicks(picker.typed, "vpn")
    press(picker, Key.Key_Return)
    await shown.until(lambda: len(summary(shown).tags) == 2)
    picker.typed.clear()
    QTest.keyClicks(picker.typed, "prin")
    press(picker, Key.Key_Return)
    await shown.until(lambda: len(summary(shown).tags) == 1)
    assert picker.isVisible()
    press(picker, Key.Key_Escape)


async def test_a_tag_that_nobody_has_made_is_made(shown: Desk) -> None:
    picker = await opened(shown, "tag")
    QTest.keyClicks(picker.typed, "toner")
    assert labels(picker) == ["Create tag “toner”"]
    press(picker, Key.Key_Return)
    await shown.until(lambda: [tag.name for tag in shown.life.desk.tags if tag.id in summary(shown).tags] == ["toner"])


async def test_an_existing_tag_is_not_offered_for_making_again(shown: Desk) -> None:
    picker = await opened(shown, "tag")
    QTest.keyClicks(picker.typed, "VPN")
    assert labels(picker) == ["vpn"]
    press(picker, Key.Key_Escape)


async def test_snoozed_and_woken(shown: Desk) -> None:
    picker = await opened(shown, "snooze")
    assert labels(picker)[0] == "In three hours"
    QTest.keyClicks(picker.typed, "monday")
    press(picker, Key.Key_Return)
    await shown.until(lambda: VPN not in shown.subjects())
    shown.window.sidebar.choose("queue:snoozed")
    await shown.until(lambda: shown.subjects() == [VPN])
    picker = await opened(shown, "snooze")
    assert labels(picker)[0] == "Wake now"
    press(picker, Key.Key_Return)
    await shown.until(lambda: shown.subjects() == [])


async def test_a_ticket_is_merged_into_one_that_is_found_by_typing(shown: Desk) -> None:
    picker = await opened(shown, "merge")
    await shown.until(lambda: len(labels(picker)) == 3)
    QTest.keyClicks(picker.typed, "burns")  # words of its text, not of its subject
    await shown.until(lambda: labels(picker) == [PRINTER])
    press(picker, Key.Key_Return)
    await shown.until(lambda: VPN not in shown.subjects())


async def test_the_palette_finds_actions_and_tickets(shown: Desk) -> None:
    picker = await opened(shown, "palette")
    QTest.keyClicks(picker.typed, "vpn")
    await shown.until(lambda: [text for text in labels(picker) if text.startswith(VPN)])
    assert len(labels(picker)) == 1  # letters scattered over the name of an action are no hit
    picker.typed.clear()
    picker.typed.insert("ыуеештпы")  # "settings" with the other layout on
    assert labels(picker)[0] == "Settings"
    picker.typed.setText("forgotten")
    await shown.until(lambda: [text for text in labels(picker) if "Password forgotten" in text])
    press(picker, Key.Key_Return)
    await shown.until(lambda: shown.shown_subject() == "Password forgotten")


async def test_an_escalation_wants_a_target_and_a_reason(shown: Desk) -> None:
    await shown.choose(VPN)
    shown.window.trigger("escalate")
    dialog = await sheet(shown, EscalateDialog)
    QTest.keyClick(dialog, Key.Key_Return)
    assert dialog.trouble.text() == "Say to whom and why: without both nobody knows what to do."
    QTest.keyClicks(dialog.to, "Second line")
    QTest.keyClick(dialog.to, Key.Key_Return)
    assert dialog.isVisible()
    QTest.keyClicks(dialog.reason, "The firewall is not ours.")
    dialog.primary.click()
    await shown.until(lambda: summary(shown).escalation is not None)
    escalation = summary(shown).escalation
    assert escalation is not None
    assert (escalation.level, escalation.reason) == (1, "The firewall is not ours.")
    assert shown.window.conversation.head.escalation.text() == "Level 1 to Second line: The firewall is not ours."


async def test_escape_closes_the_escalation_and_nothing_is_escalated(shown: Desk) -> None:
    await shown.choose(VPN)
    shown.window.trigger("escalate")
    dialog = await sheet(shown, EscalateDialog)
    QTest.keyClick(dialog, Key.Key_Escape)
    await shown.settle()
    assert summary(shown).escalation is None


def test_the_choice_stays_where_it_was_while_a_list_is_toggled(app: QApplication) -> None:
    model = ChoiceModel()
    model.set_choices([Choice("Alpha", 1), Choice("Beta", 2, words="second")])
    model.set_typed("second")
    assert [model.choice(row).label for row in range(model.rowCount())] == ["Beta"]  # type: ignore[union-attr]
    model.set_typed("лямбда")
    assert model.rowCount() == 0
    assert model.choice(0) is None


async def test_pickers_have_names_and_stay_on_the_screen(shown: Desk) -> None:
    shown.window.move(500, 700)
    for action in ("tag", "assign", "status", "snooze", "due", "merge", "palette"):
        picker = await opened(shown, action)
        await shown.settle()
        assert nameless(picker) == []
        screen = picker.screen().availableGeometry()
        assert screen.contains(picker.geometry().adjusted(FRAME, FRAME, -FRAME, -FRAME)), action
        press(picker, Key.Key_Escape)


async def test_no_text_is_cut_in_dialogs(desk_of: Callable[[Profile], Any], filled: Profile, app: QApplication) -> None:
    i18n.install(app, "ru")
    app.setFont(theme.scaled(app.font(), 1.4))
    theme.theme().font_changed()
    desk: Desk = await desk_of(filled)
    await desk.until(lambda: VPN in desk.subjects())
    await desk.choose(VPN)
    for action in ("escalate", "new_ticket", "shortcuts", "about", "outbox", "save_view"):
        desk.window.trigger(action)
        dialog = await sheet(desk, QDialog)
        await desk.settle()
        assert (action, cut(dialog), nameless(dialog)) == (action, [], [])
        dialog.close()
        await desk.settle()
