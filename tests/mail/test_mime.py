"""However a mail is parsed, quickly or with care, the tree is the one that the standard library makes."""

from __future__ import annotations

import base64
import email
import email.policy
from collections.abc import Callable
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.mail import long_payloads, mime

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
BASE64 = base64.encodebytes(bytes(range(256)) * 40)
HEADS = (
    b"Subject: x",
    b"Content-Type: multipart/mixed; boundary=b",
    b'content-type: multipart/alternative;\n boundary="c"',
    b"Content-Type: multipart/digest; boundary=b",
    b"Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: base64",
    b"Content-Type: message/rfc822",
    b"Content-Type: message/delivery-status",
    b"Content-Transfer-Encoding: base64",
    b"Content-Type: text/plain; charset=utf-8",
    b"Subject: \xd0\xbf\xd1\x80\xd0\xb8",
    b"not a field",
    b" folded",
    b"From someone",
    b"Subject: carriage\rreturn",
    b"Subject: carriage\r",
)
BODIES = (
    b"text with words",
    "привет".encode(),
    b"",
    b"--b",
    b"--b ",
    b"--b--",
    b"--c",
    b"--c--",
    b"--bc",
    b"carriage\rreturn",
    b"carriage\r--b",
    b"--b\rreturn",
    b"--b--\r",
    b"\r",
    b"DeskHelpStandsHereForBase64Number00000000x",
    BASE64.rstrip(b"\n"),
    BASE64.replace(b"\n", b""),
)
LINES = st.sampled_from([*HEADS, *BODIES])
END = st.sampled_from([b"\n", b"\r\n"])
Parse = Callable[[bytes], Message]


def reference(raw: bytes) -> Message:
    return email.message_from_bytes(raw, policy=email.policy.compat32)


def whole(part: Message) -> Any:
    """Everything that a tree is, for comparing."""
    payload = vars(part)["_payload"]
    inner = [whole(child) for child in payload] if isinstance(payload, list) else payload
    defects = [repr(type(defect)) for defect in part.defects]
    looked_up = [str(part.get(name)) for name in ("subject", "Content-Type", "X-None")]
    kinds = (part.get_content_type(), part.get_content_charset(), part.get_filename())
    return list(part.raw_items()), part.preamble, part.epilogue, defects, looked_up, kinds, inner


@st.composite
def sound_mails(draw: st.DrawFn, names: str = "abcdef") -> list[bytes]:
    """The lines of a mail whose parts nest as they should."""
    kind = draw(st.sampled_from(["leaf", "leaf", "multipart", "message"])) if names else "leaf"
    signs = [b"text", b"", b"--", b"\xff\xfe", b"-- ", b"carriage\rreturn", BASE64.strip()]
    text = st.lists(st.sampled_from(signs), max_size=3)
    if kind == "leaf":
        return [b"Content-Type: text/plain; charset=koi8-r; name=x.txt", b"", *draw(text)]
    if kind == "message":
        return [b"Content-Type: message/rfc822", b"", *draw(sound_mails(names[1:]))]
    mark = names[0].encode()
    lines = [b"SUBJECT:  two", b"\twords", b"Content-Type: multipart/mixed; boundary=" + mark, b"", *draw(text)]
    for part in draw(st.lists(sound_mails(names[1:]), min_size=1, max_size=3)):
        lines += [b"--" + mark + draw(st.sampled_from([b"", b" "])), *part]
    return [*lines, b"--" + mark + b"--", *draw(text)]


@pytest.mark.parametrize("parse", [mime.parse, long_payloads.parse])
@given(st.lists(LINES, max_size=24), END)
def test_any_lines_are_parsed_as_the_standard_library_parses_them(parse: Parse, lines: list[bytes], end: bytes) -> None:
    raw = end.join(lines)

    assert whole(parse(raw)) == whole(reference(raw))


@given(sound_mails(), END)
def test_a_sound_mail_is_parsed_without_the_standard_librarys_parser(lines: list[bytes], end: bytes) -> None:
    raw = end.join(lines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_payloads, "parse", lambda _: pytest.fail("left to the slow parser"))
        found = mime.parse(raw)

    assert whole(found) == whole(reference(raw))


@pytest.mark.parametrize("parse", [mime.parse, long_payloads.parse])
def test_an_endless_line_is_looked_at_once(parse: Parse) -> None:
    raw = b"Subject: x\n\n" + b"A" * 3_000_000

    assert parse(raw).get_payload() == "A" * 3_000_000


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not beside the project")
def test_every_mail_of_the_corpus_has_the_same_tree() -> None:
    files = [path for path in CORPUS.rglob("*") if path.suffix in (".eml", ".mail", ".txt", ".msg", "")]
    mails = [path.read_bytes() for path in files if path.is_file()]

    assert len(mails) > 500
    for raw in mails:
        assert whole(mime.parse(raw)) == whole(reference(raw))
