"""The list: pages, merging without losing the selection, searching as one types."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from deskhelp.domain.status import Channel, Priority, Status
from deskhelp.domain.views import Page, TicketSummary
from deskhelp.services import desk as services
from deskhelp.services import intake
from deskhelp.services.office import Office
from deskhelp.ui import words
from deskhelp.ui.models.ticket_model import TicketModel
from tests.ui.conftest import BOX, SUBJECTS, Desk, MailMaker, ticket_named

NOW = 1_772_000_000_000


def a_row(name: str, at_ms: int = 0, **changes: object) -> TicketSummary:
    nothing = dict.fromkeys(("assignee", "department", "mailbox", "snippet"), "")
    never = dict.fromkeys(("waiting_since_ms", "due_ms", "snoozed_until_ms", "attachment_count"), 0)
    no = dict.fromkeys(("has_failed_delivery", "is_quarantined", "is_unread", "has_draft"), False)
    times = dict.fromkeys(("created_at_ms", "updated_at_ms", "last_in_ms"), at_ms)
    row = TicketSummary(
        id=name,
        code=name.upper(),
        subject=f"Subject {name}",
        status=Status.OPEN,
        priority=Priority.NORMAL,
        channel=Channel.MAIL,
        requester_name="Ann",
        requester_address="ann@x.example",
        last_author="Ann",
        tags=(),
        escalation=None,
        message_count=1,
        **nothing,
        **never,
        **no,
        **times,
    )
    return replace(row, **changes)  # type: ignore[arg-type]


def page(names: str, key: tuple[int, str] | None = None) -> Page:
    return Page(tuple(a_row(name) for name in names), key)


def names(model: TicketModel) -> str:
    return "".join(row.id for row in model.rows())


orders = st.lists(st.sampled_from("abcdefgh"), unique=True).map("".join)


@given(before=orders, after=orders)
def test_merging_gives_the_new_rows_whatever_was_there(before: str, after: str) -> None:
    model = TicketModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_first(model.begin(), page(before))
    assert model.merge(model.generation, page(after))
    assert names(model) == after
    assert [model.row_of(name) for name in after] == list(range(len(after)))


def test_an_answer_to_an_older_question_is_dropped() -> None:
    model = TicketModel()
    old = model.begin()
    new = model.begin()
    assert not model.show_first(old, page("ab"))
    assert model.show_first(new, page("cd"))
    assert not model.show_more(old, page("ef"))
    assert names(model) == "cd"


def test_more_is_asked_for_once_and_nothing_is_doubled() -> None:
    model = TicketModel()
    asked: list[bool] = []
    model.more_wanted.connect(lambda: asked.append(True))
    model.show_first(model.begin(), page("ab", (1, "b")))
    model.fetchMore()
    model.fetchMore()
    assert asked == [True]
    model.show_more(model.generation, page("bc"))
    assert names(model) == "abc"
    assert not model.canFetchMore()


async def test_a_refresh_keeps_what_is_selected(shown: Desk) -> None:
    await shown.choose("VPN drops hourly")

    def solve(office: Office) -> None:
        services.set_status(office, [ticket_named(office, "Password forgotten")], Status.SOLVED)
        services.set_priority(office, [ticket_named(office, "Printer on fire")], Priority.URGENT)

    await shown.life.desk.write(solve)
    await shown.until(lambda: len(shown.subjects()) == 3)
    await shown.settle()
    assert [row.subject for row in shown.window.list.selected()] == ["VPN drops hourly"]


async def test_closing_a_ticket_goes_on_to_the_next(shown: Desk) -> None:
    first, second = shown.subjects()[:2]
    await shown.choose(first)
    QTest.keyClick(shown.window.list.view, Qt.Key.Key_E)
    await shown.until(lambda: first not in shown.subjects())
    await shown.until(lambda: shown.shown_subject() == second)


async def test_searching_finds_as_one_types_and_clearing_goes_back(shown: Desk) -> None:
    QTest.keyClicks(shown.window.tool_bar.search, "prin")
    await shown.until(lambda: shown.subjects() == ["Printer on fire"])
    shown.window.tool_bar.search.clear()
    await shown.until(lambda: set(shown.subjects()) == set(SUBJECTS))
    assert shown.window.sidebar.current_key() == "queue:active"


async def test_an_empty_search_offers_the_other_keyboard_layout(shown: Desk) -> None:
    QTest.keyClicks(shown.window.tool_bar.search, "cxtn")  # счет, typed on the Latin layout
    empty = shown.window.list.empty
    await shown.until(empty.isVisible)
    assert "счет" in empty.other.text()
    QTest.mouseClick(empty.other, Qt.MouseButton.LeftButton)
    await shown.until(lambda: shown.subjects() == ["Счёт за февраль"])


async def test_a_tag_in_the_sidebar_filters_by_it(shown: Desk) -> None:
    key = next(e.key for e in shown.window.sidebar.entries.entries() if e.label == "printer")
    shown.window.sidebar.choose(key)
    await shown.until(lambda: shown.subjects() == ["Printer on fire"])


async def test_an_empty_queue_says_so_in_words(shown: Desk) -> None:
    shown.window.sidebar.choose("queue:snoozed")
    await shown.until(shown.window.list.empty.isVisible)
    assert shown.window.list.empty.title.text() == "Nothing sleeps"
    assert not shown.window.list.empty.clear.isVisible()


async def test_several_tickets_are_acted_on_at_once(shown: Desk) -> None:
    await shown.choose(shown.subjects()[0])
    shown.window.list.step(1, extend=True)
    shown.window.list.step(1, extend=True)
    await shown.until(lambda: shown.window.conversation.stack.currentWidget() is shown.window.conversation.bulk)
    assert shown.window.conversation.bulk.title.text() == "3 tickets selected"
    shown.window.trigger("assign_me")
    await shown.until(lambda: shown.window.sidebar.entries.count("queue:mine") == 3)
    shown.window.trigger("undo")
    await shown.until(lambda: shown.window.sidebar.entries.count("queue:unassigned") == 3)


@pytest.mark.parametrize(
    ("due", "text", "color"),
    [
        (0, "", ""),
        (NOW + 12 * 60_000, "! 12 min", "danger"),
        (NOW + 100 * 60_000, "1 h 40 min", "warn"),
        (NOW - 125 * 60_000, "overdue 2 h 5 min", "danger"),
        (NOW + 5 * 86_400_000, "", ""),
    ],
)
def test_the_due_date_is_told_in_words(app: QApplication, due: int, text: str, color: str) -> None:
    assert words.due_badge(a_row("a", due_ms=due), NOW) == (text, color)


def test_what_waits_for_the_customer_is_not_late(app: QApplication) -> None:
    assert words.due_badge(a_row("a", due_ms=NOW - 1, status=Status.PENDING), NOW) == ("", "")


async def test_a_flood_of_newer_mail_pushes_away_neither_the_chosen_ticket_nor_what_is_read(shown: Desk) -> None:
    page_size, chosen = 20, SUBJECTS[1]
    shown.life.desk.set_settings(replace(shown.life.desk.settings, page_size=page_size))
    await shown.choose(chosen)
    ticket = shown.window.list.current_id()
    for first in (100, 200):
        maker = MailMaker(first)
        mails = [
            maker.mail(f"News {first + number}", "Text", sender=("", f"{number}@x.example")) for number in range(25)
        ]
        await shown.ask_to_write(intake.take_in, BOX, mails)
        await shown.until(lambda first=first: f"News {first + 24}" in shown.subjects())
        await shown.settle()
        assert shown.window.list.current_id() == ticket
        assert shown.shown_subject() == chosen
    assert len(shown.subjects()) == page_size + 1
    await shown.ask_to_write(services.set_status, [ticket], Status.SOLVED)
    await shown.until(lambda: chosen not in shown.subjects())


def ids(model: TicketModel) -> list[str]:
    return [row.id for row in model.rows()]


def test_what_is_out_of_turn_is_put_in_its_place_when_scrolling_reaches_it(app: QApplication) -> None:
    model = TicketModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page = Page((a_row("a"), a_row("b")), (2, "b"))
    generation = model.begin()
    model.show_first(generation, page)
    model.merge(generation, page, below=(a_row("d"), a_row("z")))
    assert (ids(model), model.read_count) == (["a", "b", "d", "z"], 2)
    model.show_more(generation, Page((a_row("b"), a_row("c"), a_row("d"), a_row("e")), (5, "e")))
    assert (ids(model), model.read_count) == (["a", "b", "c", "d", "e", "z"], 5)
    model.show_more(generation, Page((a_row("y"), a_row("z")), None))
    assert (ids(model), model.read_count) == (["a", "b", "c", "d", "e", "y", "z"], 7)


def test_what_a_wrong_clock_dates_into_the_future_is_not_shown_as_of_today() -> None:
    assert ":" in words.short_time(NOW, NOW)
    later = words.short_time(NOW + 3 * words.DAY_MS, NOW)
    assert ":" not in later
    assert later == words.short_date(NOW + 3 * words.DAY_MS, NOW)
