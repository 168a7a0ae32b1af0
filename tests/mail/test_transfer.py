"""Contents as programs encode them, and as damage leaves them."""

from __future__ import annotations

import base64
import binascii
import quopri
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.mail.opening import parse_mail
from deskhelp.mail.reader import read_mail
from deskhelp.mail.transfer import from_base64, from_uuencode, leaf_bytes, without_uuencoded


def uuencoded(data: bytes, name: str = "photo.jpg") -> str:
    pieces = [data[at : at + 45] for at in range(0, len(data), 45)]
    lines = [binascii.b2a_uu(piece).decode().rstrip("\n") for piece in pieces]
    return "\n".join([f"begin 644 {name}", *lines, "`", "end"])


def part(encoding: str, body: bytes) -> bytes:
    mail = parse_mail(f"Content-Transfer-Encoding: {encoding}\n\n".encode() + body)
    return leaf_bytes(mail)[0]


@given(st.binary(max_size=400))
def test_what_was_encoded_comes_back(data: bytes) -> None:
    lines = base64.encodebytes(data)
    assert part("base64", lines) == data
    assert part(' "BASE64" ; x', lines.replace(b"\n", b"\r\n")) == data
    assert from_uuencode(uuencoded(data).encode()) == (data, "")
    assert without_uuencoded(f"See:\n{uuencoded(data)}\nBye")[1] == ([("photo.jpg", data)] if data else [])


@given(st.text("abcжя =\t.", max_size=100).map(str.encode))
def test_quoted_printable(data: bytes) -> None:
    assert part("quoted-printable", quopri.encodestring(data)) == data


@given(st.binary(min_size=1, max_size=100), st.integers(1, 3))
def test_base64_that_was_cut_is_read_as_far_as_it_goes(data: bytes, cut: int) -> None:
    encoded = base64.b64encode(data).rstrip(b"=")
    kept = encoded[: max(0, len(encoded) - cut)]
    found, problem = from_base64(kept)
    assert data.startswith(found)
    assert len(found) >= len(kept) * 3 // 4 - 1
    assert problem == "" or "as far as it goes" in problem


BASE64_PIECES = st.sampled_from([b"QUJD", b"QU", b"Q", b"=", b"==", b"\r\n", b"\n", b" ", b"-_", b"+/", b"\xff\0"])


@given(st.lists(BASE64_PIECES | st.binary(max_size=5), max_size=80).map(b"".join))
def test_base64_is_read_as_the_standard_library_reads_it(data: bytes) -> None:
    try:
        wanted = binascii.a2b_base64(data)
    except binascii.Error:
        assert from_base64(data)[1]
    else:
        assert from_base64(data) == (wanted, "")


@given(st.binary(max_size=200))
def test_any_bytes_are_some_content(data: bytes) -> None:
    for encoding in ("base64", "quoted-printable", "x-uuencode", "7bit", "binary", "no-such-thing"):
        assert isinstance(part(encoding, data), bytes)


@pytest.mark.parametrize("sign", ["!", " ", "\t", "-", "=\n"])
def test_signs_that_do_not_belong_into_base64_are_passed_over(sign: str) -> None:
    assert part("base64", base64.b64encode(b"printer").decode().replace("B", f"B{sign}").encode()) == b"printer"


def test_files_in_a_text_are_attachments_and_the_text_is_left() -> None:
    text = f"Look:\n\n{uuencoded(b'one' * 40, 'a.png')}\nand\n{uuencoded(b'two', 'b.txt')}\n\nThanks"
    mail = read_mail(f"Subject: x\n\n{text}".encode())
    assert [(file.name, file.size) for file in mail.attachments] == [("a.png", 120), ("b.txt", 3)]
    assert mail.text.split() == ["Look:", "and", "Thanks"]


@pytest.mark.parametrize(
    "text",
    [
        "begin 644 the day with coffee.\nThen work.\nend of story",
        "=ybegin line=128 size=3 name=a.bin\n\u008f\u0090\u0091\n=yend size=3",
        "begin 644 x.bin\nnot such lines as they are\nend",
    ],
    ids=["prose", "yEnc", "damaged"],
)
def test_what_only_looks_like_a_file_is_left_in_the_text(text: str) -> None:
    assert without_uuencoded(text) == (text, [], "")


WORDS = "Добрый день, принтер горит.\r\nПришлите кого-нибудь."
FOOTER = "\r\n_______\r\nsupport mailing list\r\nhttps://lists.example/mailman/listinfo\r\n"


def text_of(encoding: str, body: str) -> tuple[str, tuple[str, ...]]:
    fields = f"From: a@b.example\nMessage-ID: <a@b>\nContent-Type: text/plain; charset=utf-8\n{encoding}\n\n"
    read = read_mail(fields.encode() + body.encode())
    return " ".join(read.text.split()), read.problems


@pytest.mark.parametrize("words", [WORDS, WORDS + "!", WORDS + "!!"])
def test_what_stands_beside_base64_is_shown_too(words: str) -> None:
    lines = base64.encodebytes(words.encode()).decode()
    text, problems = text_of("Content-Transfer-Encoding: base64", f"[EXTERNAL]\r\n\r\n{lines}{FOOTER}")
    assert text == " ".join(f"[EXTERNAL] {words} {FOOTER}".split())
    assert problems == ("base64 with other text beside it or in its place",)


def test_a_text_that_is_not_the_base64_it_says_is_shown_as_it_stands() -> None:
    for words in (WORDS, "Hello,\n\nit burns. Please come!\n\nJohn"):
        assert text_of("Content-Transfer-Encoding: base64", words)[0] == " ".join(words.split())


def test_two_pieces_of_base64_are_both_read() -> None:
    first, second = (base64.encodebytes(words.encode()).decode() for words in ("Раз. ", "Два и три"))
    assert text_of("Content-Transfer-Encoding: base64", first + second) == ("Раз. Два и три", ())


@pytest.mark.parametrize(
    "field",
    ["base64 (MIME)", "base-64", "BASE64;", "8bit\nContent-Transfer-Encoding: base64", '"base64"'],
)
def test_base64_is_known_however_it_is_called(field: str) -> None:
    lines = base64.encodebytes(WORDS.encode()).decode()
    assert text_of(f"Content-Transfer-Encoding: {field}", lines)[0] == " ".join(WORDS.split())


@pytest.mark.parametrize("field", ["quoted-printible", "quoted printable", "Quoted-Printable;"])
def test_quoted_printable_is_known_however_it_is_called(field: str) -> None:
    assert text_of(f"Content-Transfer-Encoding: {field}", "=D0=9F=D1=\n=80=d0=B8  \nA =  \nB")[0] == "При A B"


def test_a_file_that_breaks_off_in_a_text_is_read_as_far_as_it_goes() -> None:
    whole = uuencoded(bytes(range(256)) * 4, "b.bin")
    mail = read_mail(f"Subject: x\n\nSee:\n{uuencoded(b'one', 'a.txt')}\n{whole[:900]}".encode())
    assert [file.name for file in mail.attachments] == ["a.txt", "b.bin"]
    assert 500 < mail.attachments[1].size < 700
    assert mail.text.split() == ["See:"]
    assert "a uuencoded file breaks off, read as far as it goes" in mail.problems


def test_a_file_in_base64_in_a_text() -> None:
    lines = base64.encodebytes(bytes(200)).decode()
    mail = read_mail(f"Subject: x\n\nSee:\nbegin-base64 644 a.bin\n{lines}====\nBye".encode())
    assert [(file.name, file.size) for file in mail.attachments] == [("a.bin", 200)]
    assert mail.text.split() == ["See:", "Bye"]


def test_a_uuencoded_part_is_called_as_it_calls_itself() -> None:
    mail = read_mail(f"Content-Type: image/png\nContent-Transfer-Encoding: x-uuencode\n\n{uuencoded(b'x')}".encode())
    assert [(file.name, file.size) for file in mail.attachments] == [("photo.jpg", 1)]


@pytest.mark.parametrize("line", ["begin 644 x\n", "begin 644 x\nM" + "A" * 60 + "\n"])
def test_beginnings_without_end_take_no_long_time(line: str) -> None:
    begun = time.process_time()
    without_uuencoded(line * 50_000)
    assert time.process_time() - begun < 1
