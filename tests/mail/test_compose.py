"""What we write is what others read: Python's own parser and our reader agree with the source, whatever it is."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import unquote
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.domain.errors import DeskTrouble
from deskhelp.mail.compose import (
    MAX_REFERENCES,
    OutgoingFile,
    OutgoingMail,
    bounded_references,
    compose,
    quote_reply,
    sound,
    whole_text,
)
from deskhelp.mail.heads import Address
from deskhelp.mail.html import html_to_text
from deskhelp.mail.kinds import Kind
from deskhelp.mail.reader import part_bytes, read_mail

WHEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
US, MARIA = Address("Support", "support@desk.example"), Address("Maria Ivanova", "maria@customer.example")
NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=120)
TEXTS = st.text(max_size=400)
IDS = st.from_regex(r"[a-z0-9.$]{1,90}@[a-z0-9.]{1,60}", fullmatch=True)


def mail(text: str = "Hello", **fields: Any) -> OutgoingMail:
    return OutgoingMail(**{"sender": US, "to": [MARIA], "subject": "Printer", "message_id": "1@desk.example"}  # type: ignore[arg-type]
                        | {"date": WHEN, "text": text} | fields)  # fmt: skip


def parsed(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=policy.default)  # type: ignore[return-value]


def alternative(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def words(text: str) -> str:
    return " ".join(text.split())


# -- the frame -----------------------------------------------------------------------------------------


@given(TEXTS, NAMES, NAMES, TEXTS, NAMES)
def test_every_mail_is_ascii_in_lines_that_every_server_takes(
    text: str, subject: str, name: str, quoted: str, file: str
) -> None:
    files = [OutgoingFile(file, "application/pdf", b"%PDF")]
    raw = compose(mail(text, subject=subject, to=[Address(name, "x@y.example")], quoted=quoted, files=files))
    assert raw.isascii()
    lines = raw.split(b"\r\n")
    assert b"\n" not in b"".join(lines) and b"\r" not in b"".join(lines)
    assert max(map(len, lines)) <= 998
    head = raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert max(map(len, head)) <= 100
    assert not any(line.isspace() for line in head)


@given(NAMES)
def test_a_subject_is_read_as_it_was_written(subject: str) -> None:
    wanted = words(subject)
    raw = compose(mail(subject=subject))
    assert words(str(parsed(raw)["Subject"] or "")) == wanted
    assert words(read_mail(raw).subject) == wanted


@given(st.lists(NAMES, min_size=1, max_size=4))
def test_names_are_read_as_they_were_written(names: list[str]) -> None:
    people = [Address(name, f"p{at}@customer.example") for at, name in enumerate(names)]
    raw = compose(mail(to=people))
    found = parsed(raw)["To"].addresses
    assert [one.addr_spec for one in found] == [person.address for person in people]
    # Python's parser leaves a blank where a long name was folded; that is its own.
    assert ["".join(one.display_name.split()) for one in found] == ["".join(name.split()) for name in names]
    read = read_mail(raw).to
    assert [one.address for one in read] == [person.address for person in people]
    assert [words(one.name.strip("\"' ")) for one in read] == [words(name.strip("\"' ")) for name in names]


@pytest.mark.parametrize(
    "name",
    ["Иванова, Мария", 'O\'Neil "Bob"', "a;b", "J. Doe", "=?utf-8?q?x?=", "名前", "a\\b", "x <y@z.example>", "(c)"],
)
def test_odd_names_stand_for_one_person(name: str) -> None:
    (found,) = parsed(compose(mail(to=[Address(name, "a@b.example")])))["To"].addresses
    assert (found.display_name, found.addr_spec) == (name, "a@b.example")


def test_a_domain_in_letters_of_any_language_is_spelled_so_that_it_is_found() -> None:
    raw = compose(mail(to=[Address("", f"info@{name}") for name in ("почта.рф", "München.example", "straße.example")]))
    assert [one.addr_spec for one in parsed(raw)["To"].addresses] == [
        "info@xn--80a1acny.xn--p1ai",
        "info@xn--mnchen-3ya.example",
        "info@xn--strae-oqa.example",  # not strasse.example, which may be somebody else's
    ]


@pytest.mark.parametrize(
    "address",
    [
        *(
            "",
            "maria",
            "a b@c.example",
            "мария@customer.example",
            "a@b@c.example",
            "a@",
            "a@b c",
            "a..b@c.example",
            "a@а\u200dб.example",
        ),
        "a@b\r\nBcc: x@y.example",
    ],
)
def test_what_is_no_address_is_refused_in_words(address: str) -> None:
    with pytest.raises(DeskTrouble):
        compose(mail(to=[Address("", address)]))


def test_a_line_break_in_a_subject_or_name_makes_no_field() -> None:
    with pytest.raises(DeskTrouble):
        compose(mail(subject="x\r\nBcc: eve@evil.example"))
    raw = compose(mail(to=[Address("x\r\nBcc: eve@evil.example", "a@b.example")], headers={"X-A": "1\r\nBcc: e@e"}))
    assert parsed(raw)["Bcc"] is None


# -- threads -------------------------------------------------------------------------------------------


@given(st.lists(IDS, max_size=60, unique=True))
def test_references_are_whole_and_keep_the_first_and_the_newest(names: list[str]) -> None:
    raw = compose(mail(references=names, in_reply_to=names[-1] if names else ""))
    found = list(read_mail(raw).references)
    assert found == bounded_references(names)
    assert str(parsed(raw)["References"] or "").split() == [f"<{name}>" for name in found]
    assert found[:1] == names[:1]
    assert found[-1:] == names[-1:]
    assert len(found) <= 2 or sum(len(name) + 3 for name in found) <= MAX_REFERENCES
    assert read_mail(raw).in_reply_to == tuple(names[-1:])


def test_an_id_that_cannot_be_written_is_left_out() -> None:
    raw = compose(mail(references=["a@b.example", "ö@b.example", "x y@b.example", "c@d.example"], in_reply_to="ö@b"))
    assert read_mail(raw).references == ("a@b.example", "c@d.example")


# -- text and page -------------------------------------------------------------------------------------


@given(TEXTS, TEXTS, TEXTS)
def test_the_text_is_read_as_it_was_typed(text: str, signature: str, quoted: str) -> None:
    source = mail(text, signature=signature, quoted=quoted)
    assert alternative(parsed(compose(source)), "plain") == whole_text(source)


PLAIN = st.text(st.sampled_from("abc def\nжёў &<>#_\\~|[]{}!;.,:-+=\"'"), max_size=200)


@given(PLAIN)
def test_the_page_says_no_less_than_the_text(text: str) -> None:
    """What Markdown would swallow stays: every letter typed is a letter read."""
    shown = html_to_text(alternative(parsed(compose(mail(text))), "html"))
    assert re.findall(r"\w", shown.replace("_", "")) == re.findall(r"\w", sound(text).replace("_", ""))


@pytest.mark.parametrize("text", ["C:\\_new\\*x", "\\\\server\\share", "[a]: https://x.example", "Hello\n---",
                                  "    indented", "<b>bold</b>", "#12 is open"])  # fmt: skip
def test_what_is_no_markdown_of_ours_is_shown_as_typed(text: str) -> None:
    page = alternative(parsed(compose(mail(text))), "html")
    assert "<img" not in page and "<h2" not in page and "<code" not in page
    assert words(html_to_text(page)).rstrip("-— ") == words(text).rstrip("-— ")


def test_a_picture_is_never_loaded_from_elsewhere() -> None:
    assert "<img" not in alternative(parsed(compose(mail("![x](https://x.example/i.png)"))), "html")


def test_what_looks_like_an_entity_is_shown_as_typed() -> None:
    assert "&amp;copy;" in alternative(parsed(compose(mail("&copy;"))), "html")


def test_markdown_is_marked_up_and_stays_typed_in_the_text() -> None:
    source = "**Important**\n\n- one\n- two\n\nSee https://desk.example/a_b?c=1&d=2.\n\n`x < y`"
    message = parsed(compose(mail(source)))
    page = alternative(message, "html")
    assert alternative(message, "plain") == source + "\n"
    for markup in ("<strong>Important</strong>", "<li>one</li>", "<code>x &lt; y</code>"):
        assert markup in page
    assert '<a href="https://desk.example/a_b?c=1&amp;d=2">' in page


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_a_link_that_would_run_is_no_link(address: str) -> None:
    assert "<a " not in alternative(parsed(compose(mail(f"[x]({address})"))), "html")


def test_quotations_are_blocks_within_blocks_and_fold_at_the_reader() -> None:
    earlier = quote_reply("Anna", "22.11.2026", "Is it on?", "en")
    quoted = quote_reply("Maria", "23.11.2026", f"Yes it is.\n\n{earlier}", "en")
    assert ">> Is it on?" in quoted
    raw = compose(mail("Then restart it.", quoted=quoted, signature="Support"))
    page = alternative(parsed(raw), "html")
    assert page.count("<blockquote") == page.count("</blockquote>") == 2
    assert page.index("Yes it is.") < page.index("<blockquote", page.index("Yes it is.")) < page.index("Is it on?")
    read = read_mail(raw)
    assert read.reply_text == "Then restart it."
    assert "Is it on?" in read.text


@given(TEXTS)
def test_quoting_puts_every_line_one_level_deeper(text: str) -> None:
    lines = quote_reply("A", "today", text, "en").split("\n")[1:]
    assert all(line.startswith(">") for line in lines if line)


def test_russian_text_is_carried_in_less_room_than_quoted_printable_takes() -> None:
    text = "Принтер не печатает, помогите пожалуйста. " * 100
    assert len(compose(mail(text))) < 4 * len(text.encode())


# -- files ---------------------------------------------------------------------------------------------


@given(NAMES.filter(lambda name: words(name) == name and name), st.binary(max_size=300))
def test_a_file_arrives_with_its_name_and_bytes(name: str, data: bytes) -> None:
    raw = compose(mail(files=[OutgoingFile(name, "application/pdf", data)]))
    (part,) = parsed(raw).iter_attachments()
    assert part.get_filename() == unquote(name)  # which the standard library does to a name once more than it should
    assert part.get_payload(decode=True) == data
    (read,) = read_mail(raw).attachments
    assert part_bytes(raw, read.index) == data


@pytest.mark.parametrize(
    "name", ["отчёт.pdf", "Очень длинное имя файла за февраль 2026 года (окончательный вариант).pdf"]
)
def test_a_name_is_given_in_both_ways_that_programs_know(name: str) -> None:
    """RFC 2231 for Gmail and the standards, an encoded word in Content-Type for Outlook."""
    raw = compose(mail(files=[OutgoingFile(name, "application/pdf", b"x")]))
    (part,) = parsed(raw).iter_attachments()
    assert "filename*" in part.as_string()
    (field,) = re.findall(r'name="((?:=\?utf-8\?B\?[^?]+\?=\s*)+)"', raw.decode())
    from email.header import decode_header

    assert "".join(piece.decode(charset or "ascii") if isinstance(piece, bytes) else piece
                   for piece, charset in decode_header(field)) == name  # fmt: skip


@pytest.mark.parametrize("kind", ["message/rfc822", "multipart/mixed", "", "nonsense", "text/plain\r\nX: y"])
def test_a_file_is_never_taken_for_a_part_of_the_mail(kind: str) -> None:
    (part,) = parsed(compose(mail(files=[OutgoingFile("a.bin", kind, b"From: x\n\ny")]))).iter_attachments()
    assert part.get_content_type() == "application/octet-stream"
    assert part.get_payload(decode=True) == b"From: x\n\ny"


# -- machines ------------------------------------------------------------------------------------------


def test_what_is_sent_by_itself_is_known_for_it() -> None:
    raw = compose(mail(headers={"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}))
    read = read_mail(raw)
    assert (read.kind, read.may_auto_reply) == (Kind.AUTO_REPLY, False)
    assert read_mail(compose(mail())).kind is Kind.PERSON
