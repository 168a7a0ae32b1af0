"""Everything by keys, in both keyboard layouts, and never while one writes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from deskhelp.ui.actions import menus
from deskhelp.ui.panes.composer_form import Mode
from deskhelp.ui.pickers.popup import PickerPopup
from deskhelp.ui.shortcuts import twin
from tests.ui.conftest import Desk

NO, SHIFT, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def press(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = NO) -> None:
    QTest.keyClick(QApplication.focusWidget() or desk.window, key, modifier)


async def focused_list(desk: Desk) -> None:
    desk.window.activateWindow()
    desk.window.list.view.setFocus()
    await desk.until(desk.window.list.view.hasFocus)


async def test_the_focus_begins_in_the_list(shown: Desk) -> None:
    shown.window.activateWindow()
    await shown.until(shown.window.list.view.hasFocus)


@pytest.mark.parametrize(("down", "up"), [(Qt.Key.Key_J, Qt.Key.Key_K), (Qt.Key.Key_Down, Qt.Key.Key_Up)])
async def test_j_and_k_go_through_the_list(shown: Desk, down: Qt.Key, up: Qt.Key) -> None:
    await focused_list(shown)
    first, second = shown.subjects()[:2]
    press(shown, down)
    await shown.until(lambda: shown.shown_subject() == second)
    press(shown, up)
    await shown.until(lambda: shown.shown_subject() == first)


async def test_enter_goes_into_the_conversation_and_escape_back(shown: Desk) -> None:
    await focused_list(shown)
    press(shown, Qt.Key.Key_Return)
    await shown.until(shown.window.conversation.scroll_area.hasFocus)
    press(shown, Qt.Key.Key_Escape)
    await shown.until(shown.window.list.view.hasFocus)


async def test_f6_goes_round_the_panes_and_back(shown: Desk) -> None:
    await focused_list(shown)
    press(shown, Qt.Key.Key_F6)
    await shown.until(shown.window.conversation.scroll_area.hasFocus)
    press(shown, Qt.Key.Key_F6, SHIFT)
    await shown.until(shown.window.list.view.hasFocus)


async def test_r_opens_a_reply_and_letters_are_letters_there(shown: Desk) -> None:
    await focused_list(shown)
    subject = shown.shown_subject()
    press(shown, Qt.Key.Key_R)
    composer = await shown.until(lambda: shown.window.composer)
    await shown.until(composer.form.text.hasFocus)
    assert composer.form.modes[Mode.REPLY].isChecked()
    QTest.keyClicks(composer.form.text, "jkre!")
    assert composer.form.text.toPlainText() == "jkre!"
    assert shown.shown_subject() == subject
    press(shown, Qt.Key.Key_Escape)
    await shown.until(shown.window.conversation.scroll_area.hasFocus)


async def test_letters_in_the_search_box_do_nothing_but_search(shown: Desk) -> None:
    await focused_list(shown)
    press(shown, Qt.Key.Key_F, CTRL)
    await shown.until(shown.window.tool_bar.search.hasFocus)
    QTest.keyClicks(shown.window.tool_bar.search, "eeri")
    assert shown.window.tool_bar.search.text() == "eeri"
    press(shown, Qt.Key.Key_Escape)
    await shown.until(shown.window.list.view.hasFocus)
    assert len(shown.subjects()) == 4 or await shown.until(lambda: len(shown.subjects()) == 4)


async def test_g_and_a_letter_go_to_a_queue(shown: Desk) -> None:
    await focused_list(shown)
    press(shown, Qt.Key.Key_G)
    press(shown, Qt.Key.Key_M)
    await shown.until(lambda: shown.window.sidebar.current_key() == "queue:mine")
    press(shown, Qt.Key.Key_2, CTRL)
    await shown.until(lambda: shown.window.sidebar.current_key() == "queue:unassigned")


async def test_e_solves_and_control_z_takes_it_back(shown: Desk) -> None:
    await focused_list(shown)
    subject = shown.subjects()[0]
    press(shown, Qt.Key.Key_E)
    await shown.until(lambda: subject not in shown.subjects())
    await shown.settle()
    press(shown, Qt.Key.Key_Z, CTRL)
    await shown.until(lambda: subject in shown.subjects())


async def test_t_tags_by_typing_a_name(shown: Desk) -> None:
    await shown.choose("Password forgotten")
    await focused_list(shown)
    press(shown, Qt.Key.Key_T)
    picker = await shown.until(lambda: next(iter(shown.window.findChildren(PickerPopup)), None))
    QTest.keyClicks(picker.typed, "vpn")
    QTest.keyClick(picker.typed, Qt.Key.Key_Return)
    await shown.until(lambda: shown.window.conversation.opened.detail.summary.tags)  # type: ignore[union-attr]
    picker.close()


async def test_control_k_runs_anything(shown: Desk) -> None:
    await focused_list(shown)
    press(shown, Qt.Key.Key_K, CTRL)
    palette = await shown.until(lambda: next(iter(shown.window.findChildren(PickerPopup)), None))
    QTest.keyClicks(palette.typed, "go to overdue")
    QTest.keyClick(palette.typed, Qt.Key.Key_Return)
    await shown.until(lambda: shown.window.sidebar.current_key() == "queue:overdue")


async def test_a_russian_letter_does_what_its_key_does(shown: Desk) -> None:
    """О is where J is. (How the layouts of a real keyboard behave is tested under X.)"""
    await focused_list(shown)
    second = shown.subjects()[1]
    QTest.keySequence(shown.window, QKeySequence("О"))
    await shown.until(lambda: shown.shown_subject() == second)


def test_twins_are_the_same_physical_keys() -> None:
    assert twin("J") == "О"
    assert twin("Ctrl+K") == "Ctrl+Л"
    assert twin("G, M") == "П, Ь"
    assert twin("#") == "№"
    assert [twin(keys) for keys in ("F5", "!", "+", "Ctrl+Shift+Return")] == [""] * 4


def test_no_two_actions_share_a_key() -> None:
    keys = [key for specs in menus().values() for spec in specs for key in spec.keys]
    keys += [other for key in keys if (other := twin(key))]
    assert sorted(set(keys)) == sorted(keys)
