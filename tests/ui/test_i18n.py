"""Both languages are whole, and what the window says is in them."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from deskhelp.domain.entities import Mailbox
from deskhelp.domain.errors import DeskTrouble
from deskhelp.domain.views import Change
from deskhelp.mail import folders, imap_read
from deskhelp.mail.imap_fetch import FetchedMail
from deskhelp.services import fetching, incoming, intake, reading_again
from deskhelp.services.incoming import Incoming
from deskhelp.services.office import Office
from deskhelp.settings import open_profile
from deskhelp.ui import i18n, quarantine_words
from deskhelp.ui.done_words import DoneWords
from tests.ui.conftest import Desk

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "resources" / "i18n"
FIELD = re.compile(r"%(?:\d|n)|\{\w+\}")


def messages(language: str) -> list[tuple[str, ElementTree.Element]]:
    """(context, message) of a translation's source file."""
    tree = ElementTree.parse(FOLDER / f"deskhelp_{language}.ts")
    return [(c.findtext("name") or "", m) for c in tree.iter("context") for m in c.iter("message")]


def forms(message: ElementTree.Element) -> list[str]:
    """The translation, or each of its plural forms."""
    found = message.find("translation")
    assert found is not None
    plurals = [form.text or "" for form in found.iter("numerusform")]
    return plurals or [found.text or ""]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_no_string_is_unfinished(language: str) -> None:
    unfinished = [
        (context, message.findtext("source"))
        for context, message in messages(language)
        if message.find("translation").get("type") or not all(forms(message))  # type: ignore[union-attr]
    ]
    assert unfinished == []


@pytest.mark.parametrize("language", ["ru", "en"])
def test_translations_name_the_fields_of_their_source(language: str) -> None:
    wrong = []
    for context, message in messages(language):
        wanted = sorted(FIELD.findall(message.findtext("source") or ""))
        wrong += [(context, form) for form in forms(message) if sorted(FIELD.findall(form)) != wanted]
    assert wrong == []


def test_the_collected_strings_are_those_of_the_code(tmp_path: Path) -> None:
    """Whoever changes a string runs scripts/update_translations.py."""
    before = {(context, message.findtext("source")) for context, message in messages("ru")}
    script = ROOT / "scripts" / "update_translations.py"
    target = tmp_path / "i18n"
    target.mkdir()
    subprocess.run([sys.executable, str(script), "--folder", str(target)], check=True)
    tree = ElementTree.parse(target / "deskhelp_ru.ts")
    now = {(c.findtext("name"), m.findtext("source")) for c in tree.iter("context") for m in c.iter("message")}
    assert now == before


def test_russian_plurals(app: QApplication) -> None:
    i18n.install(app, "ru")
    said = DoneWords()
    found = [said.sentence("snooze", count) for count in (1, 2, 5, 11, 21)]
    assert found == [
        "Отложена 1 заявка", "Отложено 2 заявки", "Отложено 5 заявок", "Отложено 11 заявок", "Отложена 21 заявка",
    ]  # fmt: skip


def test_troubles_are_told_in_the_windows_language(app: QApplication) -> None:
    i18n.install(app, "ru")
    trouble = DeskTrouble("The server name {host} was not found.", advice="Try again in a moment.", host="mail.x")
    assert i18n.say(trouble) == "Имя сервера mail.x не найдено. Повторите чуть позже."
    assert str(trouble) == "The server name mail.x was not found. Try again in a moment."


def test_what_the_desk_says_of_unreadable_mails_is_told_in_the_windows_language(
    app: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut = FetchedMail(5, 0, 200_000_000, (), b"From: x", is_complete=False)
    said = [
        reading_again.DEADLY,
        imap_read._unreadable(5, "NO").problem,
        folders._unreadable("a.eml", OSError(13, "denied")).problem,
        folders._too_large(folders.SIZE_LIMIT + 1),
        next(fetching._incoming(iter([cut]), is_sent=False)).problem,
        *problems_of(tmp_path, monkeypatch),
    ]
    assert len(said) == len(set(said)) == 9
    i18n.install(app, "ru")
    told = [quarantine_words.said(text) for text in said]
    i18n.install(app, "en")

    assert all(re.search("[а-я]{3}", text) and not re.search("[A-Za-z]{3} [a-z]", text) for text in told), told
    assert [quarantine_words.said(text) for text in said] == said
    assert quarantine_words.said("Words of a customer.") == "Words of a customer."


def problems_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The subject and the text of a mail that nobody can read, and of one that is not there."""
    with Office.open(open_profile(tmp_path / "desk")) as office, monkeypatch.context() as broken:
        broken.setattr(incoming, "read_mail", lambda raw: 1 // 0)
        broken.setattr(intake._log, "exception", lambda text: None)
        box = Mailbox("b" * 32, "Support", "support@desk.example")
        intake.take_in(office, box, [Incoming(b"From: x", 1), Incoming(None, 2, uid=3)])
        rows = office.replica.database.execute_sql("SELECT subject, text FROM message").fetchall()
    return [text for row in rows for text in row]


def test_buttons_of_qt_itself_speak_russian(app: QApplication) -> None:
    i18n.install(app, "ru")
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "") == "Отмена"
    i18n.install(app, "en")
    assert QCoreApplication.translate("Sidebar", "Mine") == "Mine"


def test_the_system_decides_where_nothing_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    for tags, wanted in ((["ru-RU", "en"], "ru"), (["de-DE", "en-GB"], "en"), (["fr"], "en")):
        monkeypatch.setattr(QLocale, "uiLanguages", lambda _self, tags=tags: tags)
        assert i18n.language_for("system") == wanted
    assert i18n.language_for("ru") == "ru"


async def test_another_language_makes_the_window_anew_where_it_was(shown: Desk) -> None:
    await shown.choose("VPN drops hourly")
    shown.window.window_acts.set_language("ru")
    await shown.until(lambda: shown.window.list.title.text() == "Все открытые")
    await shown.until(lambda: shown.shown_subject() == "VPN drops hourly")
    assert shown.window.actions_by_name["reply"].text() == "Ответить"
    shown.life.desk.announce(Change(kinds=frozenset({"reads"})))
    await shown.settle()
