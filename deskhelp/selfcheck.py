"""``deskhelp --self-check``: whether every part works on this computer, one line a part.

It is how a packaged program is tested (a missing resource or plugin shows only when it is used), and what an
administrator runs where the window does not come up. Everything happens in a throw-away profile; nothing is sent.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import logging
import os
import platform
import sqlite3
import ssl
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Final

from deskhelp import __version__
from deskhelp.domain.errors import DeskTrouble
from deskhelp.settings import Profile, load_settings, open_profile, resource_path, save_settings

LOOK_EVERY_MS: Final = 50
WINDOW_PATIENCE_MS: Final = 30_000
PLAIN: Final = 8  # colours

_log = logging.getLogger(__name__)


class Fault(Exception):
    """What a step found wrong, in a sentence."""


@dataclass(frozen=True, slots=True)
class Step:
    """One part: what it is called, and the work that tells what was found or raises."""

    name: str
    work: Callable[[Profile], str]


def run() -> int:
    """Do all steps, print one line each; 0 where all of them worked, else 1."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    print(f"DeskHelp {__version__}, Python {platform.python_version()}, {platform.platform(terse=True)}")
    with tempfile.TemporaryDirectory(prefix="deskhelp-check-", ignore_cleanup_errors=True) as folder:
        profile = open_profile(Path(folder) / "desk")
        results = [_done(step, profile) for step in STEPS]
    print("All parts work." if all(results) else f"{results.count(False)} of {len(results)} parts do not work.")
    return 0 if all(results) else 1


def _done(step: Step, profile: Profile) -> bool:
    """Do one step, whatever it meets: a part that breaks must not hide the state of the others."""
    try:
        print(f"ok    {step.name}: {step.work(profile)}", flush=True)
    except Exception as error:
        _log.warning("self-check: %s", step.name, exc_info=True)
        known = isinstance(error, (Fault, DeskTrouble))
        print(f"FAIL  {step.name}: {error if known else f'{type(error).__name__}: {error}'}", flush=True)
        return False
    return True


def _expect(condition: object, sentence: str) -> None:
    if not condition:
        raise Fault(sentence)


def check_settings(profile: Profile) -> str:
    """Write a setting and read it back."""
    save_settings(profile, replace(load_settings(profile), theme="dark"))
    _expect(load_settings(profile).theme == "dark", "a setting that was written is not there")
    return f"written and read in {profile.settings_file.name}"


def check_tls(_profile: Profile) -> str:
    """The context that all connections use verifies names and certificates."""
    from deskhelp.mail.tls import client_context

    context = client_context()
    _expect(context.verify_mode == ssl.CERT_REQUIRED and context.check_hostname, "certificates are not verified")
    return f"{ssl.OPENSSL_VERSION}, certificates are verified"


def check_keyring(_profile: Profile) -> str:
    """The keyring's code is there; where the system has none, passwords last for one run, which is no fault."""
    import keyring
    import keyring.backend
    import keyring.backends.fail

    if sys.platform.startswith("linux"):
        import keyring.backends.SecretService

        _expect(importlib.util.find_spec("secretstorage"), "the library for the Secret Service is missing")
    found = keyring.get_keyring()
    if isinstance(found, keyring.backends.fail.Keyring):
        return "none on this computer, passwords are kept for one run only"
    return str(getattr(found, "name", type(found).__module__))


def a_mail() -> bytes:
    """A customer's mail with what readers stumble over: another charset, markup, an attachment with a Russian name."""
    mail = EmailMessage()
    mail["From"] = "Мария Иванова <m.ivanova@customer.example>"
    mail["To"] = "support@desk.example"
    mail["Subject"] = "Не печатает принтер"
    mail["Date"] = "Mon, 02 Mar 2026 09:30:00 +0300"
    mail["Message-ID"] = "<self-check@customer.example>"
    mail.set_content("Добрый день! Принтеры на втором этаже молчат.", charset="koi8-r")
    mail.add_alternative("<p>Добрый день!</p><script>x()</script><p>Принтеры молчат.</p>", subtype="html")
    mail.add_attachment("журнал".encode(), maintype="text", subtype="plain", filename="журнал печати.txt")
    return mail.as_bytes()


def check_reading(_profile: Profile) -> str:
    """The mail is understood as a person would: text, attachment's name; nothing active in its markup."""
    from deskhelp.mail.html import clean_html
    from deskhelp.mail.reader import read_mail

    read = read_mail(a_mail())
    _expect(read.subject == "Не печатает принтер", f"the subject was read as {read.subject!r}")
    _expect("втором этаже" in read.text, f"the text was read as {read.text!r}")
    names = [part.name for part in read.attachments]
    _expect(names == ["журнал печати.txt"], f"the attachments were read as {names}")
    shown = clean_html(read.html or "").html
    _expect("молчат" in shown and "script" not in shown, f"the markup was cleaned to {shown!r}")
    return f"subject, text and {len(names)} attachment of a KOI8-R mail"


def check_database(profile: Profile) -> str:
    """A replica is made by its migrations, and keeps a row over closing."""
    from deskhelp.db.replica import Replica

    replica = Replica.open(profile.database)
    try:
        replica.set_meta("self_check", "written")
    finally:
        replica.close()
    again = Replica.open(profile.database)
    try:
        _expect(again.meta("self_check") == "written", "a row that was written is not there")
    finally:
        again.close()
    with sqlite3.connect(f"{profile.database.as_uri()}?mode=ro", uri=True) as handle:
        version = handle.execute("PRAGMA user_version").fetchone()[0]
    handle.close()
    return f"SQLite {sqlite3.sqlite_version}, schema {version}, written and read"


def check_intake(profile: Profile) -> str:
    """A mail file becomes a ticket by the command line, the way every mail does."""
    mail = profile.root / "customer.eml"
    mail.write_bytes(a_mail())
    counts = command(profile, "import", str(mail), "--json")
    _expect(counts.get("tickets_new") == 1 and not counts.get("quarantined"), f"the import counted {counts}")
    return "a mail became a ticket"


def check_search(profile: Profile) -> str:
    """The ticket is found by another form of a word of its subject."""
    query = "принтера"
    found = command(profile, "tickets", query, "--json")
    _expect(len(found) == 1, f"{query} finds {len(found)} tickets, not the one that was taken in")
    return f"{query} finds {found[0]['subject']!r}"


def command(profile: Profile, *arguments: str) -> Any:
    """What a command of the command line prints as JSON; raises Fault with its own words where it fails."""
    from deskhelp.cli import main as command_line

    said, complaint = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complaint):
        status = command_line(["--profile", str(profile.root), *arguments])
    _expect(status == 0, complaint.getvalue().strip() or f"{arguments[0]} ended with {status}")
    return json.loads(said.getvalue())


def application() -> Any:
    """The one QApplication of this process."""
    from PySide6.QtWidgets import QApplication

    return QApplication.instance() or QApplication(["deskhelp"])


def check_icons(_profile: Profile) -> str:
    """All our icons can be drawn, so the SVG plugin is there too."""
    from PySide6.QtGui import QIcon

    application()
    files = sorted(resource_path("icons").rglob("*.svg"))
    _expect(files, f"there are no icons in {resource_path('icons')}")
    undrawn = [file.name for file in files if QIcon(str(file)).pixmap(16, 16).isNull()]
    _expect(not undrawn, f"these icons cannot be drawn: {', '.join(undrawn)}")
    return f"{len(files)} drawn"


def check_translations(_profile: Profile) -> str:
    """Russian is there: our strings, and those of Qt's own dialogs."""
    from PySide6.QtCore import QLibraryInfo, QTranslator

    application()
    ours = sorted(resource_path("i18n").glob("*ru*.qm"))
    _expect(ours, f"there is no translation in {resource_path('i18n')}")
    qts = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)) / "qtbase_ru.qm"
    for file in (*ours, qts):
        translator = QTranslator()
        _expect(translator.load(str(file)) and not translator.isEmpty(), f"{file} cannot be used")
    return ", ".join(file.name for file in (*ours, qts))


def check_window(profile: Profile) -> str:
    """The real window comes up with the demonstration, paints, and closes."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QMainWindow

    from deskhelp.ui.app import run as open_window

    app = application()
    painted: list[str] = []

    def look() -> None:
        for window in app.topLevelWidgets():
            if isinstance(window, QMainWindow) and window.isVisible():
                if not painted and colours(window) > PLAIN:
                    painted.append(f"{window.width()} x {window.height()} on {app.platformName()}")
                if painted:
                    window.close()

    looking = QTimer(interval=LOOK_EVERY_MS)
    looking.timeout.connect(look)
    looking.start()
    QTimer.singleShot(WINDOW_PATIENCE_MS, app.quit)
    status = open_window(open_profile(profile.root.with_name("demo")), demo=True)
    looking.stop()
    _expect(painted, "no window was painted in time")
    _expect(status == 0, f"the window ended with {status}")
    return painted[0]


def colours(widget: Any) -> int:
    """How many colours a coarse grid of points of `widget` shows; an unpainted one has one or two."""
    image = widget.grab().toImage()
    across, down = range(0, image.width(), 7), range(0, image.height(), 5)
    return len({image.pixel(x, y) for x in across for y in down})


STEPS: Final = (
    Step("settings", check_settings),
    Step("TLS", check_tls),
    Step("keyring", check_keyring),
    Step("database", check_database),
    Step("mail", check_reading),
    Step("intake", check_intake),
    Step("search", check_search),
    Step("icons", check_icons),
    Step("translations", check_translations),
    Step("window", check_window),
)
