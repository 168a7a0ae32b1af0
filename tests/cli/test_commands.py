"""The command line as scripts see it: exit status, one line on stderr, JSON that holds nothing else."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from deskhelp.cli.commands import parser, run
from tests.services.conftest import raw_mail

Desk = Callable[..., "Answer"]


@dataclass
class Answer:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    """``desk("tickets", "--json")`` runs a command in this process."""
    monkeypatch.delenv("DESKHELP_PASSWORD", raising=False)

    def call(*words: str) -> Answer:
        capsys.readouterr()
        code = run(["--profile", str(tmp_path / "desk"), *words])
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return call


@pytest.fixture
def mails(tmp_path: Path) -> Path:
    folder = tmp_path / "mails"
    folder.mkdir()
    (folder / "1.eml").write_bytes(raw_mail(1))
    (folder / "2.eml").write_bytes(raw_mail(2, subject="Re: Printer", In_Reply_To="<q1@customer.example>"))
    (folder / "3.eml").write_bytes(raw_mail(3, sender="ivan@other.example", subject="VPN", text="It drops."))
    return folder


def code_of(desk: Desk, words: str) -> str:
    (ticket,) = desk("tickets", words, "--json").json
    return str(ticket["code"])


def test_import_twice_counts_duplicates(desk: Desk, mails: Path) -> None:
    first, second = desk("import", str(mails), "--json").json, desk("import", str(mails), "--json").json

    assert (first["fetched"], first["tickets_new"], first["duplicates"]) == (3, 2, 0)
    assert (second["tickets_new"], second["duplicates"]) == (0, 3)


def test_tickets_and_ticket_have_the_fields_of_the_contract(desk: Desk, mails: Path) -> None:
    desk("import", str(mails))

    listed = desk("tickets", "printer", "--json").json[0]
    shown = desk("ticket", listed["code"].lower().replace("-", " "), "--json").json

    both = {"code", "id", "subject", "status", "priority", "assignee", "department", "tags", "escalation"}
    both |= {"requester", "channel", "created", "due"}
    assert both | {"message_ids"} <= set(listed)
    assert both | {"messages", "history"} <= set(shown)
    fields = {"id", "message_id", "direction", "from", "at", "text", "attachments", "delivery", "joined_because"}
    assert fields <= set(shown["messages"][0])
    assert listed["message_ids"] == ["q1@customer.example", "q2@customer.example"]


def test_parse_prints_one_object_a_line_and_touches_nothing(desk: Desk, mails: Path, tmp_path: Path) -> None:
    answer = desk("parse", str(mails))

    lines = [json.loads(line) for line in answer.out.splitlines()]
    assert [line["subject"] for line in lines] == ["Printer", "Re: Printer", "VPN"]
    wanted = "file message_id in_reply_to references from reply_to to cc subject date text reply_text html attachments"
    wanted += " kind may_auto_reply bounced language problems"
    assert set(wanted.split()) <= set(lines[0])
    assert not (tmp_path / "desk").exists()


def test_parse_reads_standard_input(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "deskhelp", "parse", "-"], input=raw_mail(1), capture_output=True, check=True
    )

    assert json.loads(done.stdout)["message_id"] == "q1@customer.example"


def test_the_daily_actions(desk: Desk, mails: Path) -> None:
    desk("import", str(mails))
    desk("agent", "add", "Anna")
    code = code_of(desk, "vpn")

    for words in (
        ["set", code, "priority=high", "assignee=Anna", "status=pending"],
        ["tag", code, "+network", "+urgent"],
        ["tag", code, "-urgent"],
        ["escalate", code, "--to", "Boris", "--reason", "needs rights", "--level", "2"],
        ["note", code, "--text", "Ask the provider."],
    ):
        assert desk(*words).code == 0

    ticket = desk("ticket", code, "--json").json
    assert (ticket["priority"], ticket["assignee"], ticket["status"]) == ("high", "Anna", "pending")
    assert ticket["tags"] == ["network"]
    assert ticket["escalation"]["to"] == "Boris"
    assert [message["direction"] for message in ticket["messages"]] == ["in", "note"]


def test_merge_and_split(desk: Desk, mails: Path) -> None:
    desk("import", str(mails))
    printer, vpn = code_of(desk, "printer"), code_of(desk, "vpn")

    desk("merge", printer, vpn)
    merged = desk("ticket", vpn, "--json").json
    assert (merged["code"], len(merged["messages"])) == (printer, 3)

    split = desk("split", printer, "q2@customer.example", "--json").json
    assert len(desk("ticket", split["code"], "--json").json["messages"]) == 1


def test_what_the_desk_asks_is_answered(desk: Desk, tmp_path: Path) -> None:
    for number, subject in enumerate(("Invoice 4711 is wrong", "Wrong invoice 4711!")):
        head = f"From: maria@customer.example\nSubject: {subject}\nMessage-ID: <{number}@customer.example>\n"
        (tmp_path / f"{number}.eml").write_text(f"{head}Date: Mon, 23 Nov 2026 09:0{number}:00 +0300\n\nPlease.\n")
    desk("import", *map(str, tmp_path.glob("*.eml")))
    older, younger = sorted(ticket["code"] for ticket in desk("tickets", "--json").json)
    (hint,) = desk("ticket", older, "--json").json["hints"]
    assert (hint["kind"], hint["code"]) == ("same_matter", younger)
    assert desk("hint", older, younger, "--no", "--json").json["done"] == "refuse_hint"
    assert desk("ticket", younger, "--json").json["hints"] == []
    refused = desk("hint", older, younger)
    assert (refused.code, refused.err) == (1, f"deskhelp: Nothing of this kind is asked about ticket {older}.\n")


def test_a_new_ticket_prints_its_code(desk: Desk) -> None:
    made = desk("new", "--from", "a@b.example", "--subject", "Sound", "--text", "None.", "--json").json

    assert desk("ticket", made["code"], "--json").json["channel"] == "phone"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ticket", "7K3-QF2M"], "7K3-QF2M"),
        (["set", "7K3-QF2M", "status=solved"], "7K3-QF2M"),
        (["account", "test", "Nothing"], "Nothing"),
        (["account", "add", "X", "--address", "a@b.example", "--imap", "imap://a@b.example"], "unprotected"),
        (["account", "add", "X", "--address", "nobody", "--imap", "imaps://b.example"], "nobody"),
        (["account", "add", "X", "--address", "a@b.example", "--imap", "imaps://b.example", "--since", "soon"], "soon"),
        (["import", "/nowhere/at/all"], "/nowhere/at/all"),
        (["restore", "/nowhere/at/all"], "/nowhere/at/all"),
        (["canned", "import", "/nowhere/at/all"], "/nowhere/at/all"),
        (["outbox", "retry", "0" * 32], "outbox"),
    ],
)
def test_what_is_refused_is_said_in_one_line(desk: Desk, words: list[str], said: str) -> None:
    answer = desk(*words)

    assert answer.code == 1
    assert answer.out == ""
    assert said in answer.err
    assert answer.err.startswith("deskhelp: ")
    assert answer.err.count("\n") == 1


def test_wrong_fields_are_named(desk: Desk, mails: Path) -> None:
    desk("import", str(mails))
    code = code_of(desk, "vpn")

    for words in (["set", code, "colour=red"], ["set", code, "status=happy"], ["set", code, "assignee=Nobody"]):
        assert desk(*words).code == 1
    assert desk("reply", code, "--text", "Dear {customer.nickname},").code == 1


def test_usage_is_status_2(desk: Desk) -> None:
    for words in ([], ["nonsense"], ["reply", "x"], ["account"]):
        with pytest.raises(SystemExit) as ended:
            desk(*words)
        assert ended.value.code == 2


def test_backup_and_restore(desk: Desk, mails: Path, tmp_path: Path) -> None:
    desk("import", str(mails))
    before = desk("check", "--json").json
    desk("backup", str(tmp_path / "copy.sqlite"))
    desk("new", "--from", "a@b.example", "--subject", "Later")

    answer = desk("restore", str(tmp_path / "copy.sqlite"), "--json").json

    assert desk("check", "--json").json == before
    assert Path(answer["before"]).exists()


def test_a_damaged_database_gives_way_to_a_backup(desk: Desk, mails: Path, tmp_path: Path) -> None:
    desk("import", str(mails))
    before = desk("check", "--json").json
    desk("backup", str(tmp_path / "copy.sqlite"))
    file = tmp_path / "desk" / "desk.sqlite"
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"x" * 40_000 + whole[44_096:])
    file.with_name("desk.sqlite-wal").write_bytes(b"x" * 5000)

    answer = desk("restore", str(tmp_path / "copy.sqlite"), "--json").json

    assert desk("check", "--json").json == before
    assert Path(answer["before"]).read_bytes()[4096:8192] == b"x" * 4096


def test_a_restore_leaves_a_database_that_is_in_use_as_it_is(desk: Desk, mails: Path, tmp_path: Path) -> None:
    desk("import", str(mails))
    desk("backup", str(tmp_path / "copy.sqlite"))
    desk("new", "--from", "a@b.example", "--subject", "Later")
    before = desk("check", "--json").json
    with contextlib.closing(sqlite3.connect(tmp_path / "desk" / "desk.sqlite")) as used:
        used.execute("SELECT COUNT(*) FROM ticket").fetchone()
        used.execute("BEGIN IMMEDIATE")
        refused = desk("restore", str(tmp_path / "copy.sqlite"))

    assert (refused.code, refused.err.count("\n")) == (1, 1)
    assert desk("check", "--json").json == before


def test_check_finds_a_lost_message(desk: Desk, mails: Path, tmp_path: Path) -> None:
    desk("import", str(mails))
    with sqlite3.connect(tmp_path / "desk" / "desk.sqlite") as database:
        database.execute("DELETE FROM message WHERE header_id = 'q3@customer.example'")
    database.close()

    answer = desk("check", "--json")
    assert answer.code == 1
    assert answer.json["ok"] is False
    desk("check", "--rebuild")
    assert desk("check", "--json").json["ok"] is True


def test_export_writes_every_ticket_and_its_mails(desk: Desk, mails: Path, tmp_path: Path) -> None:
    desk("import", str(mails))

    assert desk("export", str(tmp_path / "out"), "--json").json == {"tickets": 2}

    assert len(list((tmp_path / "out").glob("*/ticket.json"))) == 2
    assert {path.read_bytes() for path in (tmp_path / "out").glob("*/*.eml")} == {
        path.read_bytes() for path in mails.iterdir()
    }


def test_doctor_tells_how_it_stands(desk: Desk) -> None:
    told = desk("doctor", "--json").json

    assert {"version", "profile", "keyring", "mailboxes", "outbox", "problems"} <= set(told)


def test_accounts_are_listed_without_passwords_and_removed(desk: Desk, tmp_path: Path) -> None:
    os.environ["DESKHELP_PASSWORD"] = "canary-7731"
    url = ["--imap", "imaps://mail.b.example", "--smtp", "smtps://mail.b.example"]
    desk("account", "add", "Support", "--address", "a@b.example", *url)
    del os.environ["DESKHELP_PASSWORD"]

    (box,) = desk("account", "list", "--json").json
    assert box["imap"] == "imaps://a%40b.example@mail.b.example:993"
    files = [path.read_bytes() for path in (tmp_path / "desk").rglob("*") if path.is_file()]
    assert not any(b"canary-7731" in data for data in files)
    assert desk("sync").code == 1
    desk("account", "remove", "support")
    assert desk("account", "list", "--json").json == []


def test_every_command_of_the_contract_is_there() -> None:
    commands = "parse account sync import tickets ticket new reply note tag set escalate merge split hint outbox canned"
    commands += " export backup restore check doctor"
    text = parser().format_help()

    assert [name for name in commands.split() if f"    {name}" not in text] == []


def test_no_qt_is_loaded_by_a_command(tmp_path: Path) -> None:
    program = (
        "import sys; from deskhelp.__main__ import main; code = main(sys.argv[1:]);"
        "loaded = [name for name in sys.modules if name.startswith(('PySide6', 'deskhelp.ui', 'qasync'))];"
        "assert not loaded, loaded; sys.exit(code)"
    )
    words = ["--profile", str(tmp_path / "desk"), "tickets", "--json"]
    done = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr


def test_a_blocked_domain_is_listed_and_its_tickets_lie_in_spam_until_they_are_freed(desk: Desk, mails: Path) -> None:
    desk("import", str(mails))
    assert desk("sender", "block", "@other.example").code == 0
    assert desk("sender", "list", "--json").json == [{"name": "other.example", "verdict": "block"}]
    (spam,) = desk("tickets", "status:spam", "--json").json
    assert spam["requester"]["address"] == "ivan@other.example"
    assert desk("spam", spam["code"], "--not").code == 0
    assert desk("tickets", "status:spam", "--json").json == []
    assert {"name": "ivan@other.example", "verdict": "allow"} in desk("sender", "list", "--json").json


def test_spam_can_block_who_wrote_it(desk: Desk, mails: Path) -> None:
    desk("import", str(mails))
    assert desk("spam", code_of(desk, "VPN"), "--block", "sender").code == 0
    assert desk("sender", "list").out.split() == ["block", "ivan@other.example"]
    assert desk("sender", "forget", "ivan@other.example").code == 0
    assert desk("sender", "forget", "ivan@other.example").code == 1


ASKING = '[[canned]]\nname = "Ask"\ntext = "{?No}"\n'


def test_acknowledging_is_switched_on_and_off(desk: Desk, tmp_path: Path) -> None:
    desk("account", "add", "Support", "--address", "support@desk.example", "--imap", "imaps://support@127.0.0.1:993")
    replies = tmp_path / "replies.toml"
    replies.write_text('[[canned]]\nname = "We have it"\ntext = "Thank you."\n' + ASKING)
    desk("canned", "import", str(replies))
    assert desk("account", "acknowledge", "Support", "--json").json["on"] is False
    assert desk("account", "acknowledge", "Support", "--with", "We have", "--json").json["with"] == "We have it"
    assert desk("account", "acknowledge", "Support", "--with", "Ask").code == 1
    assert desk("account", "acknowledge", "Support", "--json").json["on"] is True
    assert desk("account", "acknowledge", "Support", "--off", "--json").json["with"] is None
