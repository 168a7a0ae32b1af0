"""Every mail of the corpus and every odd mail of the issue by the command line: none raises, none vanishes."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from deskhelp.domain.identity import blob_id
from deskhelp.mail.folders import read_source
from tests.services.conftest import raw_mail

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"

NO_MAIL = (".md", ".json", ".html", ".ref", ".tnef", ".test")


def deskhelp(profile: Path, *words: str) -> Any:
    command = [sys.executable, "-m", "deskhelp", "--profile", str(profile), *words, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return json.loads(done.stdout)


def messages_by_bytes(profile: Path) -> dict[str, str]:
    """Which message each raw mail became."""
    with sqlite3.connect(profile / "desk.sqlite") as database:
        query = "SELECT raw_seen.raw_blob, message.id FROM raw_seen LEFT JOIN message ON message.id = raw_seen.message"
        found = dict(database.execute(query))
    database.close()
    return found


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside the project")
def test_every_mail_of_the_corpus_comes_in(tmp_path: Path) -> None:
    profile, source = tmp_path / "desk", tmp_path / "mails"
    source.mkdir()
    for number, path in enumerate(file for file in CORPUS.rglob("*") if file.is_file() and file.suffix not in NO_MAIL):
        ending = "mbox" if path.suffix == ".mbox" else "eml"
        shutil.copy(path, source / f"{number:04}.{ending}")
    mails = [mail.raw or b"" for mail in read_source(source)]
    assert len(mails) > 900

    counts = deskhelp(profile, "import", str(source))

    known = messages_by_bytes(profile)
    assert [raw[:80] for raw in mails if not known.get(blob_id(raw))] == []
    assert counts["quarantined"] == 0
    assert counts["fetched"] == len(mails)
    report = deskhelp(profile, "check", "--rebuild")
    assert report["ok"], report["problems"]
    again = deskhelp(profile, "import", str(source))
    assert (again["tickets_new"], again["duplicates"]) == (0, counts["fetched"] - counts["ignored"])


def many_parts(count: int) -> bytes:
    part = b"--b\r\nContent-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment\r\n\r\nx\r\n"
    head = raw_mail(2, Content_Type="multipart/mixed; boundary=b", Mime_Version="1.0").partition(b"\r\n\r\n")[0]
    return head + b"\r\n\r\n" + part * count + b"--b--\r\n"


def with_attachment(name: str) -> bytes:
    head = raw_mail(3, Content_Type="multipart/mixed; boundary=b", Mime_Version="1.0").partition(b"\r\n\r\n")[0]
    part = f'--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="{name}"\r\n\r\nx\r\n'
    return head + b"\r\n\r\n" + part.encode() + b"--b--\r\n"


ODD = {
    "no head": b"\r\njust a text without any head\r\n",
    "nothing at all": b"\r\n",
    "50 MB": raw_mail(1, text="\r\n".join(["A" * 76] * 650_000)),
    "10,000 parts": many_parts(10_000),
    "5,000 addresses": raw_mail(4, to=",\r\n ".join(f"Person {n} <p{n}@x.example>" for n in range(5_000))),
    "../../x": with_attachment("../../x"),
    "con.txt": with_attachment("con.txt"),
    "control characters": with_attachment("a\x07\x1b[31m\u202egpj.exe"),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_mail_becomes_a_ticket(tmp_path: Path, name: str) -> None:
    file = tmp_path / "odd.eml"
    file.write_bytes(ODD[name])

    counts = deskhelp(tmp_path / "desk", "import", str(file))

    assert (counts["fetched"], counts["tickets_new"]) == (1, 1)
    (listed,) = deskhelp(tmp_path / "desk", "tickets")
    shown = deskhelp(tmp_path / "desk", "ticket", listed["code"])
    for attachment in shown["messages"][0]["attachments"]:
        written = attachment["name"]
        assert not set(written) & set("/\\:\x07\x1b\u202e")
        assert not written.lower().startswith(("..", "con."))
    assert deskhelp(tmp_path / "desk", "check")["ok"]
