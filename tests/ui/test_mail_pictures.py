"""Pictures of the network and doubtful links, in the window: asked for, remembered, taken back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QToolButton

from deskhelp.settings import load_settings
from deskhelp.ui.panes.mail_text import MailText
from deskhelp.ui.panes.message_card import MessageCard
from deskhelp.ui.picture_acts import PictureActs
from tests.ui.conftest import Desk, MailMaker
from tests.ui.test_conversation import cards, png, take_in
from tests.ui.test_settings_dialog import settings

PAGE = '<p><b>Offer</b></p><img src="https://shop.example/a.png" alt="A"><img src="https://shop.example/gone.png">'
SENDER = "maria@customer.example"
LEFT = Qt.MouseButton.LeftButton


class Shop:
    """In place of the network: has one of the two pictures."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def fetch(self, urls: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        for url in urls:
            self.asked.append(url)
            if url.endswith("a.png"):
                yield url, png(40)


@pytest_asyncio.fixture
async def shop(shown: Desk) -> Shop:
    """Two mails with pictures of the network by one sender, and who would fetch them."""
    found = Shop()
    maker = MailMaker(100)
    await take_in(shown, maker.mail("Offer", "Plain.", html=PAGE), maker.mail("Second offer", "Plain.", html=PAGE))
    await shown.until(lambda: "Second offer" in shown.subjects())
    (acts,) = shown.window.findChildren(PictureActs)
    acts.fetcher = found  # type: ignore[assignment]
    await shown.choose("Offer")
    return found


def button(card: MessageCard, text: str) -> QToolButton:
    assert card.pictures_banner is not None
    return next(b for b in card.pictures_banner.findChildren(QToolButton) if b.text() == text and not b.isHidden())


def shown_width(card: MessageCard) -> int:
    (reader,) = card.findChildren(MailText)
    return int(reader.loadResource(2, "remote:0").width())


async def test_pictures_are_fetched_when_they_are_wanted_and_kept(shown: Desk, shop: Shop) -> None:
    (card,) = cards(shown)
    assert shop.asked == [] and shown_width(card) != 40
    QTest.mouseClick(button(card, "Show them"), LEFT)
    await shown.until(lambda: shown_width(card) == 40)
    await shown.settle()
    assert button(card, "Try again") and len(shop.asked) == 2
    assert load_settings(shown.window.desk.profile).pictures_from == ()
    await shown.choose("Second offer")
    assert shown_width(cards(shown)[0]) != 40 and len(shop.asked) == 2
    QTest.mouseClick(button(cards(shown)[0], "Show them"), LEFT)
    await shown.until(lambda: shown_width(cards(shown)[0]) == 40)
    assert shop.asked.count("https://shop.example/a.png") == 1  # what is known is not asked for again


async def test_a_sender_is_trusted_and_asked_about_again(shown: Desk, shop: Shop) -> None:
    (card,) = cards(shown)
    QTest.mouseClick(button(card, "Always from Maria Ivanova"), LEFT)
    await shown.until(lambda: shown_width(card) == 40)
    assert load_settings(shown.window.desk.profile).pictures_from == (SENDER,)
    await shown.choose("Second offer")
    await shown.until(lambda: shown_width(cards(shown)[0]) == 40)
    await shown.settle()
    QTest.mouseClick(button(cards(shown)[0], "Ask again"), LEFT)
    assert load_settings(shown.window.desk.profile).pictures_from == ()


async def test_the_settings_name_who_is_trusted_and_take_it_back(shown: Desk, shop: Shop) -> None:
    QTest.mouseClick(button(cards(shown)[0], "Always from Maria Ivanova"), LEFT)
    await shown.settle()
    dialog = await settings(shown, "general")
    assert [dialog.general.senders.item(0).text()] == [SENDER]
    dialog.general.senders.setCurrentRow(0)
    QTest.mouseClick(dialog.general.ask_again, LEFT)
    await shown.settle()
    assert load_settings(shown.window.desk.profile).pictures_from == () and dialog.general.senders.count() == 0
    dialog.close()


async def test_who_never_wants_pictures_is_not_offered_them(shown: Desk, shop: Shop) -> None:
    desk = shown.window.desk
    trusting = desk.settings.with_pictures_of(SENDER, is_wanted=True)
    desk.set_settings(replace(trusting, remote_images="never"))
    await shown.choose("Second offer")
    banner = cards(shown)[0].pictures_banner
    assert banner is not None
    assert [b.text() for b in banner.findChildren(QToolButton)] == ["Open in the browser…"]
    await shown.settle()
    assert shop.asked == []


def policy_of(page: str) -> str:
    found = re.search(r"img-src ([^;]*);", page)
    assert found is not None
    return found[1]


async def test_the_browser_loads_pictures_only_where_the_window_may(
    shown: Desk, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages: list[str] = []

    def opened(url: QUrl) -> bool:
        pages.append(Path(url.toLocalFile()).read_text(encoding="utf-8"))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", opened)

    async def policy() -> str:
        pages.clear()
        (card,) = cards(shown)
        card.wanted.emit("browser", card.message)
        await shown.until(lambda: pages)
        return policy_of(pages[0])

    async def ask(text: str) -> None:
        QTest.mouseClick(button(cards(shown)[0], text), LEFT)
        await shown.settle()

    assert await policy() == "data:"
    await ask("Show them")
    assert await policy() == "data: https://shop.example"
    await shown.choose("Second offer")
    assert await policy() == "data:"
    await ask("Always from Maria Ivanova")
    assert await policy() == "data: https://shop.example"
    await ask("Ask again")
    assert await policy() == "data:"
    desk = shown.window.desk
    cards(shown)[0].wanted.emit("pictures", cards(shown)[0].message)
    await shown.settle()
    assert await policy() == "data: https://shop.example"
    desk.set_settings(replace(desk.settings, remote_images="never"))
    assert await policy() == "data:"


async def test_a_mail_that_was_cut_is_shown_as_text_on_demand(shown: Desk) -> None:
    page = "<table><tr><td>x</td></tr></table>" + "<p>line</p>" * 20_000
    await take_in(shown, MailMaker(200).mail("Endless", "All of it.", html=page))
    await shown.until(lambda: "Endless" in shown.subjects())
    await shown.choose("Endless")
    (card,) = cards(shown)
    QTest.mouseClick(next(b for b in card.findChildren(QToolButton) if b.text() == "Show all of it as text"), LEFT)
    await shown.until(
        lambda: [reader.toPlainText() for reader in card.findChildren(MailText) if reader.isVisible()] == ["All of it."]
    )


@pytest.fixture
def followed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was opened in other programs."""
    found: list[str] = []

    def note(url: QUrl) -> bool:
        found.append(bytes(url.toEncoded().data()).decode())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    return found


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("https://раypal.example/", "mixes letters"),
        ("https://xn--80ak6aa92e.com/", "only look Latin"),
        ("https://bank.example@evil.test/", "disguised"),
    ],
)
async def test_links_that_deceive_are_asked_about(shown: Desk, followed: list[str], address: str, reason: str) -> None:
    await shown.choose("VPN drops hourly")
    shown.window.conversation.link_wanted.emit(address, None)
    box = await shown.until(lambda: shown.window.findChild(QMessageBox))
    assert followed == [] and reason in box.informativeText() and box.textFormat() is Qt.TextFormat.PlainText
    box.close()


async def test_only_honest_links_of_known_kinds_are_opened(shown: Desk, followed: list[str]) -> None:
    addresses = ["https://x.example/a%2Fb?q=%20", "mailto:ann@x.example", "tel:+4930123", "file:///etc/passwd",
                 "smb://x/y", "javascript:x", "ms-settings:x", "https:x"]  # fmt: skip
    for address in addresses:
        shown.window.conversation.link_wanted.emit(address, None)
    assert followed == addresses[:3]
    assert shown.window.findChild(QMessageBox) is None


async def test_the_host_of_a_link_stands_in_the_status_line(shown: Desk) -> None:
    await take_in(
        shown, MailMaker(300).mail("Linked", "x", html='<p><b>See</b> <a href="https://x.example/a">this</a></p>')
    )
    await shown.until(lambda: "Linked" in shown.subjects())
    await shown.choose("Linked")
    (reader,) = cards(shown)[0].findChildren(MailText)
    reader.highlighted.emit(QUrl("https://x.example/a"))
    status: Any = shown.window.status
    assert status.hover.text() == "x.example · https://x.example/a"
    reader.highlighted.emit(QUrl())
    assert status.hover.text() == ""
