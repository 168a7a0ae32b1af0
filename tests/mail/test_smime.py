"""S/MIME mails that are one part: written here by the book (RFC 5652, X.690), read by the desk."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.mail.reader import part_bytes, read_mail
from deskhelp.mail.smime import opened

PKCS7 = bytes.fromhex("2a864886f70d0107")
INNER = (
    b"Content-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\n\r\nSigned words\r\n--i\r\n"
    b"Content-Type: application/pdf; name=a.pdf\r\n\r\n%PDF\r\n--i--\r\n"
)


def value(tag: int, *contents: bytes) -> bytes:
    content = b"".join(contents)
    size = len(content)
    length = bytes((size,)) if size < 128 else b"\x82" + size.to_bytes(2, "big")
    return bytes((tag,)) + length + content


def streamed(tag: int, *contents: bytes) -> bytes:
    return bytes((tag, 0x80)) + b"".join(contents) + b"\0\0"


def signed(content: bytes, name: bytes = PKCS7 + b"\x02") -> bytes:
    octets = value(0xA0, value(4, content))
    info = value(0x30, value(6, PKCS7 + b"\x01"), octets)
    data = value(0x30, value(2, b"\1"), value(0x31), info, value(0x31, b"signers"))
    return value(0x30, value(6, name), value(0xA0, data))


def signed_in_pieces(content: bytes) -> bytes:
    pieces = (value(4, content[at : at + 50]) for at in range(0, len(content), 50))
    info = streamed(0x30, value(6, PKCS7 + b"\x01"), streamed(0xA0, streamed(0x24, *pieces)))
    data = streamed(0x30, value(2, b"\1"), value(0x31), info, value(0x31, b"signers"))
    return streamed(0x30, value(6, PKCS7 + b"\x02"), streamed(0xA0, data))


def mail(data: bytes, kind: str = "application/pkcs7-mime; smime-type=signed-data") -> bytes:
    head = f"From: a@b.example\nMessage-ID: <a@b>\nContent-Type: {kind}; name=smime.p7m\n"
    return f"{head}Content-Transfer-Encoding: base64\n\n".encode() + base64.encodebytes(data)


@pytest.mark.parametrize("data", [signed(INNER), signed_in_pieces(INNER)], ids=["in one piece", "streamed"])
@pytest.mark.parametrize("kind", ["application/pkcs7-mime", "application/x-pkcs7-mime", "application/octet-stream"])
def test_what_was_signed_is_read(data: bytes, kind: str) -> None:
    raw = mail(data, kind)
    read = read_mail(raw)
    assert read.text.strip() == "Signed words"
    assert [(part.name, part_bytes(raw, part.index)) for part in read.attachments] == [("a.pdf", b"%PDF")]
    assert read.problems == ()


def test_what_was_signed_twice_is_read() -> None:
    inner = mail(signed(INNER))
    assert read_mail(mail(signed(inner))).text.strip() == "Signed words"


def test_what_is_encrypted_stays_a_file_and_is_said_to_be_so() -> None:
    read = read_mail(mail(signed(INNER, PKCS7 + b"\x03")))
    assert ([part.name for part in read.attachments], read.text) == (["smime.p7m"], "")
    assert any(problem.startswith("encrypted") for problem in read.problems)


@given(st.binary(max_size=60), st.integers(0, 400), st.binary(max_size=4), st.booleans())
def test_any_damage_is_read(tail: bytes, at: int, bad: bytes, is_streamed: bool) -> None:
    whole = signed_in_pieces(INNER) if is_streamed else signed(INNER)
    opened(tail)
    opened(whole[:at])
    opened(whole[:at] + bad + whole[at + len(bad) :])
