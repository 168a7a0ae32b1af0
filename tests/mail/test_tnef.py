"""winmail.dat: written here by the book (MS-OXTNEF), read by the desk."""

from __future__ import annotations

import base64
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.mail.reader import part_bytes, read_mail
from deskhelp.mail.rtf import unpacked, words
from deskhelp.mail.tnef import unpack

MESSAGE, FILE = 1, 2
OF_FILE, TITLE, DATA, FILE_PROPERTIES, PROPERTIES, CODEPAGE = 0x9002, 0x8010, 0x800F, 0x9005, 0x9003, 0x9007
LONG_NAME, CONTENT_ID, HTML, BODY, NUMBER = 0x3707, 0x3712, 0x1013, 0x1000, 0x3705
UNICODE, STRING, BINARY, LONG = 0x1F, 0x1E, 0x102, 3


def attribute(level: int, name: int, value: bytes) -> bytes:
    return struct.pack("<BHHI", level, name, 0, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def properties(*items: tuple[int, int, bytes]) -> bytes:
    out = struct.pack("<I", len(items))
    for name, kind, value in items:
        out += struct.pack("<HH", kind, name)
        out += value if kind == LONG else struct.pack("<II", 1, len(value)) + value + b"\0" * (-len(value) % 4)
    return out


def text(value: str) -> bytes:
    return value.encode("utf-16-le") + b"\0\0"


def file(name: str, data: bytes, *more: tuple[int, int, bytes], short: str = "SCHET~1.PDF") -> bytes:
    named = properties((NUMBER, LONG, struct.pack("<I", 1)), (LONG_NAME, UNICODE, text(name)), *more)
    return b"".join(
        [
            attribute(FILE, OF_FILE, b"\x01\0" + b"\0" * 12),
            attribute(FILE, TITLE, short.encode() + b"\0"),
            attribute(FILE, DATA, data),
            attribute(FILE, FILE_PROPERTIES, named),
        ]
    )


def tnef(*attributes: bytes) -> bytes:
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join(attributes)


def mail(winmail: bytes, body: str = "") -> bytes:
    lines = ["From: a@customer.example", "Subject: x", "Content-Type: multipart/mixed; boundary=b", "", "--b"]
    lines += ["Content-Type: text/plain", "", body, "--b"]
    lines += ["Content-Type: application/ms-tnef; name=winmail.dat", "Content-Transfer-Encoding: base64", ""]
    return "\n".join(lines).encode() + b"\n" + base64.encodebytes(winmail) + b"\n--b--\n"


def test_files_come_out_with_their_long_names_and_can_be_opened() -> None:
    raw = mail(tnef(file("счёт за май.pdf", b"%PDF"), file("b.txt", b"two")), "See the files.")
    read = read_mail(raw)
    assert [(part.name, part.size, part.content_type) for part in read.attachments] == [
        ("счёт за май.pdf", 4, "application/pdf"),
        ("b.txt", 3, "application/octet-stream"),
    ]
    assert [part_bytes(raw, part.index) for part in read.attachments] == [b"%PDF", b"two"]
    assert read.text.strip() == "See the files."


def test_a_message_that_stands_only_in_it_is_shown() -> None:
    html = "<p>Принтер</p>"
    raw = mail(tnef(attribute(MESSAGE, PROPERTIES, properties((HTML, BINARY, html.encode())))))
    assert read_mail(raw).html == html
    raw = mail(tnef(attribute(MESSAGE, PROPERTIES, properties((BODY, UNICODE, text("Принтер горит"))))))
    assert read_mail(raw).text == "Принтер горит"


RTF = (
    rb"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0 Arial;}}\uc1\pard \'cf\'f0\'e8\'ed\'f2\'e5\'f0 {\*\x no}\b "
    rb"fire\b0\par\u1055?\endash  \{1\}}" + b"\0"
)
RTF_OF_HTML = (
    rb"{\rtf1\ansi\ansicpg1251\fromhtml1 {\*\htmltag64 <p>}\htmlrtf {\b \htmlrtf0 \'cf <b\htmlrtf }\htmlrtf0"
    rb"{\*\htmltag84 &nbsp;}{\*\htmltag72 </p>}}"
)


def plain(rtf: bytes) -> bytes:
    return struct.pack("<IIII", len(rtf) + 12, len(rtf), 0x414C454D, 0) + rtf


def packed(*runs: bytes) -> bytes:
    body = b"".join(runs)
    return struct.pack("<IIII", len(body) + 12, 1_000, 0x75465A4C, 0) + body


def message(*items: tuple[int, int, bytes]) -> bytes:
    return tnef(
        attribute(MESSAGE, CODEPAGE, struct.pack("<II", 1251, 0)), attribute(MESSAGE, 0x9003, properties(*items))
    )


def test_a_message_that_is_only_there_as_rtf_is_read() -> None:
    assert read_mail(mail(message((0x1009, BINARY, plain(RTF))))).text == "Принтер fire\nП– {1}"
    assert read_mail(mail(message((0x1009, BINARY, plain(RTF_OF_HTML))))).html == "<p>П &lt;b&nbsp;</p>"
    both = message((BODY, UNICODE, text("Words")), (0x1009, BINARY, plain(RTF)))
    assert read_mail(mail(both)).text == "Words"


def test_packed_rtf_is_unpacked() -> None:
    # "{\\rtf1" of what both sides know, "abc ", five bytes of that again, and the mark of the end
    runs = bytes((0b00100001, 0x00, 0x04)) + b"abc " + struct.pack(">H", (207 + 6) << 4 | 3) + b"x}"
    end = bytes((0b1,)) + struct.pack(">H", (207 + 6 + 4 + 5 + 2) << 4)
    assert words(unpacked(packed(runs + end))) == ("abc abc ax", False)


@given(st.binary(max_size=80), st.integers(0, 300), st.binary(max_size=4))
def test_any_rtf_is_some_text(tail: bytes, at: int, bad: bytes) -> None:
    unpacked(packed(tail))
    for whole in (RTF, RTF_OF_HTML):
        words(whole[:at] + bad + whole[at + len(bad) :] + tail)


def test_the_body_of_an_old_outlook_is_read() -> None:
    page = attribute(MESSAGE, CODEPAGE, struct.pack("<II", 1251, 0))
    assert unpack(tnef(page, attribute(MESSAGE, 0x800C, "Принтер".encode("cp1251") + b"\0"))).text == "Принтер"


def test_it_is_known_by_its_first_bytes_whatever_it_is_called() -> None:
    raw = mail(tnef(file("a.pdf", b"%PDF"))).replace(
        b"application/ms-tnef; name=winmail.dat", b"application/x; name=a.b"
    )
    assert [part.name for part in read_mail(raw).attachments] == ["a.pdf"]


def test_its_code_page_counts() -> None:
    page = attribute(MESSAGE, CODEPAGE, struct.pack("<II", 1251, 1251))
    body = attribute(MESSAGE, PROPERTIES, properties((BODY, STRING, "Принтер".encode("cp1251") + b"\0")))
    assert unpack(tnef(page, body)).text == "Принтер"


def test_a_picture_in_the_text_is_tied_to_it() -> None:
    read = read_mail(mail(tnef(file("logo.png", b"png", (CONTENT_ID, UNICODE, text("<logo@x>"))))))
    assert [(part.content_id, part.inline) for part in read.attachments] == [("logo@x", True)]


def test_a_path_in_a_name_leads_nowhere() -> None:
    assert read_mail(mail(tnef(file("..\\..\\con.txt", b"x")))).attachments[0].name == "_con.txt"


@pytest.mark.parametrize("size", [0, 5, 20, 60, 120])
def test_what_was_cut_short_is_read_as_far_as_it_goes(size: int) -> None:
    whole = tnef(file("a.txt", b"one"), file("b.txt", b"two"))
    names = [found.name for found in unpack(whole[:size]).files]
    assert names in ([], [""], ["SCHET~1.PDF"], ["a.txt"], ["a.txt", ""], ["a.txt", "SCHET~1.PDF"])
    assert read_mail(mail(whole[:size])).attachments


def test_what_is_no_tnef_stays_a_file() -> None:
    read = read_mail(mail(b"this is not what it says"))
    assert [part.name for part in read.attachments] == ["winmail.dat"]


@given(st.binary(max_size=200), st.integers(0, 300), st.binary(max_size=4))
def test_any_damage_is_read(tail: bytes, at: int, bad: bytes) -> None:
    whole = tnef(file("a.txt", b"one"), attribute(MESSAGE, PROPERTIES, properties((BODY, UNICODE, text("x")))))
    unpack(tnef(tail))
    unpack(whole[:at] + bad + whole[at + len(bad) :])
