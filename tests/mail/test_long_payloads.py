"""Taking base64 out before parsing changes nothing of what is parsed."""

from __future__ import annotations

import base64
import email
import email.policy
from email.message import Message
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from deskhelp.mail.long_payloads import parse

BASE64 = base64.encodebytes(bytes(range(256)) * 40)
LINES = st.sampled_from(
    [
        b"Subject: x",
        b"Content-Type: multipart/mixed; boundary=b",
        b"Content-Type: message/rfc822",
        b"Content-Transfer-Encoding: base64",
        b"--b",
        b"--b--",
        b"",
        b"From someone",
        b" folded",
        b"text with words",
        BASE64.rstrip(b"\n"),
        BASE64.replace(b"\n", b"\r\n").rstrip(),
        BASE64.replace(b"\n", b""),
        b"DeskHelpStandsHereForBase64Number00000000x",
    ]
)


def whole(part: Message) -> Any:
    payload = part.get_payload()
    inner = [whole(child) for child in payload] if isinstance(payload, list) else payload
    return list(part.raw_items()), part.preamble, part.epilogue, [repr(type(d)) for d in part.defects], inner


@given(st.lists(LINES, max_size=24), st.sampled_from([b"\n", b"\r\n"]))
def test_a_mail_is_parsed_as_the_standard_library_parses_it(lines: list[bytes], end: bytes) -> None:
    raw = end.join(lines)

    assert whole(parse(raw)) == whole(email.message_from_bytes(raw, policy=email.policy.compat32))


def test_an_endless_line_is_looked_at_once() -> None:
    raw = b"Subject: x\n\n" + b"A" * 3_000_000

    assert parse(raw).get_payload() == "A" * 3_000_000
