"""Hostile HTML in the window's own widgets: nothing is asked for, nothing is read, nothing freezes."""

from __future__ import annotations

import ctypes
import os
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QScrollArea

from deskhelp.services.shown import ShownBody
from deskhelp.ui.panes.mail_text import MailText
from tests.support import hostile_html
from tests.support.corpus import CORPUS
from tests.support.hostile_html import Hostile
from tests.support.shown_mail import body_of, card_of, mail_of
from tests.ui.test_conversation import png

LIMIT_S = 1.0
CANARY_SIDE = 37
OWN_SCHEMES = {"cid", "embedded", "remote"}
IN_ACCESS, IN_OPEN, IN_NONBLOCK = 0x1, 0x20, 0o4000


class Witness:
    """Sees whoever connects, whoever opens the canary, and every resource that a text asks for."""

    def __init__(self, canary: Path) -> None:
        self.canary = canary
        canary.write_bytes(png(CANARY_SIDE))
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._listener.setblocking(False)
        self.port = int(self._listener.getsockname()[1])
        self._watch = self._watched() if sys.platform == "linux" else -1
        self.asked: list[tuple[str, int]] = []
        """Each address that a text asked for, and how wide the picture was that it got."""

    def _watched(self) -> int:
        libc = ctypes.CDLL(None, use_errno=True)
        watch = int(libc.inotify_init1(IN_NONBLOCK))
        assert libc.inotify_add_watch(watch, os.fsencode(self.canary), IN_ACCESS | IN_OPEN) > 0
        return watch

    def connections(self) -> int:
        """How many came; each is let go again."""
        count = 0
        while True:
            try:
                self._listener.accept()[0].close()
            except BlockingIOError:
                return count
            count += 1

    def is_canary_alive(self) -> bool:
        """Whether nobody opened the file since the last look."""
        try:
            return not (os.read(self._watch, 4096) if self._watch >= 0 else b"")
        except BlockingIOError:
            return True

    def close(self) -> None:
        self._listener.close()
        if self._watch >= 0:
            os.close(self._watch)


@pytest.fixture
def witness(tmp_path: Path, app: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Witness]:
    found = Witness(tmp_path / "canary.png")
    load = MailText.loadResource

    def logged(text: MailText, kind: int, name: QUrl | str) -> Any:
        answer = load(text, kind, name)
        found.asked.append((QUrl(name).toString(), answer.width() if isinstance(answer, QImage) else -1))
        return answer

    monkeypatch.setattr(MailText, "loadResource", logged)
    yield found
    found.close()


def show(area: QScrollArea, body: ShownBody) -> None:
    """Make the card of a message with this body, lay it out, and paint it as far as it is in sight."""
    area.setWidget(card_of(body))
    area.grab()


def seconds_to_show(area: QScrollArea, hostile: Hostile) -> float:
    """From the bytes of the mail to the painted card; of this thread alone, as others work on this computer too."""
    mail = mail_of(hostile.page)
    begun = time.thread_time()
    show(area, body_of(mail))
    return time.thread_time() - begun


@pytest.fixture
def area(app: QApplication) -> Iterator[QScrollArea]:
    found = QScrollArea()
    found.setWidgetResizable(True)
    found.resize(760, 600)
    found.show()
    yield found
    found.close()


def corpus_pages() -> Iterator[Hostile]:
    """The payloads of the corpus that are no mails: what other cleaners are tested with."""
    for path in sorted((CORPUS / "bleach").rglob("*.test")):
        yield Hostile(path.name, path.read_text("utf-8").partition("\n--")[0])


def test_no_hostile_page_loads_reads_or_freezes_anything(witness: Witness, area: QScrollArea) -> None:
    pages = [*hostile_html.pages(witness.port, str(witness.canary)), *corpus_pages()]
    assert len({page.page for page in pages}) >= 500
    slow = [(page.name, took) for page in pages if (took := seconds_to_show(area, page)) > LIMIT_S]
    assert slow == []
    strangers = [name for name, _ in witness.asked if QUrl(name).scheme() not in OWN_SCHEMES]
    assert strangers == []  # the cleaner left no other address in any page
    assert witness.connections() == 0
    assert witness.is_canary_alive()


def test_uncleaned_pages_are_stopped_where_they_load(witness: Witness, area: QScrollArea) -> None:
    """Should the cleaner ever be passed by: the text itself gives nothing but pictures of its own mail."""
    for hostile in hostile_html.pages(witness.port, str(witness.canary)):
        if (
            hostile.name.split(", ")[-1] in ("plain", "attribute", "upper case", "unclosed")
            and len(hostile.page) < 2_000
        ):
            show(area, ShownBody("1", html=hostile.page))
    assert any(QUrl(name).scheme() in ("file", "http") for name, _ in witness.asked)
    assert {width for _, width in witness.asked} == {1}
    assert witness.connections() == 0
    assert witness.is_canary_alive()


def test_the_witness_sees_what_it_looks_for(witness: Witness) -> None:
    socket.create_connection(("127.0.0.1", witness.port)).close()
    assert witness.connections() == 1
    witness.canary.read_bytes()
    assert sys.platform != "linux" or not witness.is_canary_alive()
