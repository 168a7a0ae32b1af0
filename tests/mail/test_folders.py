"""Mail in files."""

from __future__ import annotations

import io
import os
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.domain.errors import DeskTrouble
from deskhelp.mail import folders
from deskhelp.mail.folders import read_source
from deskhelp.mail.mbox import read_mbox

CORPUS = Path("../shared/corpus")
FROM_LINE = b"From anna@customer.example Tue Jan 20 10:00:00 2026\n"
MAIL = b"Subject: hi\n\nhello\n"


def raws(path: Path) -> list[bytes | None]:
    return [mail.raw for mail in read_source(path)]


def test_a_single_mail(tmp_path: Path) -> None:
    path = tmp_path / "a.EML"
    path.write_bytes(MAIL)
    (mail,) = read_source(path)
    assert (mail.name, mail.raw, mail.arrived_at_ms, mail.problem) == ("a.EML", MAIL, None, "")


def test_an_mbox_in_both_quotings(tmp_path: Path) -> None:
    path = tmp_path / "archive"
    quoted = b"Subject: two\n\n>From me\n>>From you\n> From nobody\n"
    path.write_bytes(FROM_LINE + MAIL + b"\n" + FROM_LINE + quoted + b"\n")
    one, two = read_source(path)
    assert (one.name, one.raw, one.arrived_at_ms) == ("archive#1", MAIL, 1_768_903_200_000)
    assert two.raw == b"Subject: two\n\nFrom me\n>From you\n> From nobody\n"


@pytest.mark.parametrize(
    "line",
    [
        b"From anna@customer.example Tue Jan 20 10:00:00 2026\n",
        b"From - Tue Jan 20 13:00:00 2026 +0300\n",
        b"From anna@customer.example  Tue Jan 20 13:00:00 +0300 2026\r\n",
        b"From MAILER-DAEMON Tue Jan 20 10:00 2026\n",
    ],
)
def test_from_lines_as_programs_write_them(line: bytes) -> None:
    (mail,) = read_mbox(io.BytesIO(line + MAIL), 1000)
    assert mail.raw == MAIL
    assert mail.arrived_at_ms == 1_768_903_200_000


def test_from_lines_within_a_text_do_not_split_it() -> None:
    text = (
        b"Subject: x\n\nFrom what I see\n\nFrom anna@customer.example we hear\nFoo: bar\n\n"
        b"From Monday on\nit is 10:00:00 in 2026\n"
    )
    mails = list(read_mbox(io.BytesIO(FROM_LINE + text + FROM_LINE + MAIL + b"\nFrom -\n" + MAIL), 1000))
    assert [mail.raw for mail in mails] == [text, MAIL, MAIL]


def test_an_mbox_with_windows_line_ends() -> None:
    data = (FROM_LINE + MAIL + b"\n" + FROM_LINE + MAIL).replace(b"\n", b"\r\n")
    assert [mail.raw for mail in read_mbox(io.BytesIO(data), 1000)] == [MAIL.replace(b"\n", b"\r\n")] * 2


@given(st.lists(st.lists(st.binary(max_size=30).filter(lambda b: b"\n" not in b), max_size=8), max_size=5))
def test_what_an_mboxrd_writer_wrote_comes_back(bodies: list[list[bytes]]) -> None:
    mails = [b"Subject: x\n\n" + b"".join(line + b"\n" for line in lines) + b"end\n" for lines in bodies]
    quoted = (
        b"".join(b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in one.splitlines(True))
        for one in mails
    )
    written = b"".join(FROM_LINE + one + b"\n" for one in quoted)
    assert [mail.raw for mail in read_mbox(io.BytesIO(written), 10_000)] == mails


def test_a_maildir_with_flags_and_sub_folders(tmp_path: Path) -> None:
    for part in ("cur", "new", "tmp", ".Sent/cur", ".Sent/new"):
        (tmp_path / part).mkdir(parents=True)
    (tmp_path / "cur" / "1768903200.M1P1.host:2,RS").write_bytes(MAIL)
    (tmp_path / "new" / "1768903201.M2P1.host").write_bytes(b"Subject: new\n\n")
    (tmp_path / "tmp" / "1768903202.M3P1.host").write_bytes(b"half wri")
    (tmp_path / ".Sent" / "cur" / "1768903203.M4P1.host:2,").write_bytes(b"Subject: sent\n\n")
    seen, new, sent = read_source(tmp_path)
    assert (seen.raw, seen.flags, seen.arrived_at_ms) == (MAIL, ("\\Answered", "\\Seen"), 1_768_903_200_000)
    assert (new.raw, new.flags) == (b"Subject: new\n\n", ())
    assert sent.name == ".Sent/cur/1768903203.M4P1.host:2,"


def test_a_mail_moved_while_reading_is_still_read(tmp_path: Path) -> None:
    for part in ("cur", "new"):
        (tmp_path / part).mkdir()
    for number in (1, 2):
        (tmp_path / "new" / f"{number}.host").write_bytes(b"Subject: %d\n\n" % number)
    mails = read_source(tmp_path)
    assert next(mails).raw == b"Subject: 1\n\n"
    (tmp_path / "new" / "2.host").rename(tmp_path / "cur" / "2.host:2,S")
    assert [mail.raw for mail in mails] == [b"Subject: 2\n\n"]


def test_a_folder_is_walked_in_order_and_other_files_left_alone(tmp_path: Path) -> None:
    (tmp_path / "b" / "deep").mkdir(parents=True)
    (tmp_path / "b" / "deep" / "x.eml").write_bytes(b"Subject: x\n\n")
    (tmp_path / "a.mbox").write_bytes(FROM_LINE + MAIL)
    (tmp_path / "notes.txt").write_bytes(b"From now on nothing here is a mail\n")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert [mail.name for mail in read_source(tmp_path)] == ["a.mbox#1", "b/deep/x.eml"]


def test_a_missing_path_is_told() -> None:
    with pytest.raises(DeskTrouble) as caught:
        list(read_source(Path("/no/such/place")))
    assert "/no/such/place" in caught.value.sentence


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs something that looks like a file and cannot be read")
def test_a_file_that_cannot_be_read_does_not_end_the_reading(tmp_path: Path) -> None:
    (tmp_path / "a.eml").symlink_to(tmp_path / "nowhere.eml")
    (tmp_path / "b.eml").write_bytes(MAIL)
    bad, good = read_source(tmp_path)
    assert bad.raw is None and "could not be read" in bad.problem
    assert good.raw == MAIL


def test_memory_stays_bounded_in_a_large_mbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "SIZE_LIMIT", 1_000_000)
    path = tmp_path / "large.mbox"
    with path.open("wb") as file:
        for _ in range(30):
            file.write(FROM_LINE + MAIL + b"y" * 79 + b"\n" + b"z" * 900_000 + b"\n\n")
        file.write(FROM_LINE + MAIL + (b"w" * 79 + b"\n") * 400_000)
    tracemalloc.start()
    try:
        sizes = [(len(mail.raw or b""), bool(mail.problem)) for mail in read_source(path)]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(sizes) == 31
    assert sizes[-1] == (1_000_000, True) and not sizes[0][1]
    assert peak < 8_000_000


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the mail corpus is not beside the project")
def test_every_mail_file_of_the_corpus_comes_out() -> None:
    files = {path for path in CORPUS.rglob("*") if path.suffix in (".eml", ".mbox") and path.stat().st_size}
    seen = {CORPUS / mail.name.partition("#")[0] for mail in read_source(CORPUS) if mail.raw and not mail.problem}
    assert files and files <= seen
