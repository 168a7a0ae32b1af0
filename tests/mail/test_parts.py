"""Mails as programs and people put them together, soundly and not."""

from __future__ import annotations

import base64
import tracemalloc

import pytest

from deskhelp.mail.reader import ReadMail, part_bytes, read_mail


def read(*lines: str) -> ReadMail:
    return read_mail("\n".join(["From: Maria <maria@customer.example>", "Subject: x", *lines]).encode())


def multipart(*parts: str, kind: str = "mixed", said: str = "b", used: str = "b", close: str = "--b--") -> ReadMail:
    body = [line for part in parts for line in (f"--{used}", part)]
    return read(f"Content-Type: multipart/{kind}; boundary={said}", "", *body, close)


def text(words: str, kind: str = "plain", *fields: str) -> str:
    return "\n".join([f"Content-Type: text/{kind}; charset=utf-8", *fields, "", words])


def attached(name: str, content: str = "content", kind: str = "application/pdf") -> str:
    return f'Content-Type: {kind}\nContent-Disposition: attachment; filename="{name}"\n\n{content}'


def names(mail: ReadMail) -> list[str]:
    return [part.name for part in mail.attachments]


def test_text_file_text_is_shown_in_order() -> None:
    mail = multipart(text("First."), attached("a.pdf"), text("Second."))
    assert mail.text.split() == ["First.", "Second."]
    assert names(mail) == ["a.pdf"]


def test_of_alternatives_the_text_is_read_and_the_html_is_kept() -> None:
    mail = multipart(text("Words"), text("<p>Words</p>", "html"), kind="alternative")
    assert (mail.text.strip(), mail.html, mail.attachments) == ("Words", "<p>Words</p>", ())


def test_html_alone_is_read_as_text() -> None:
    mail = read("Content-Type: text/html; charset=utf-8", "", "<p>Принтер<br>горит &amp; дымит</p>")
    assert mail.text.split() == ["Принтер", "горит", "&", "дымит"]


@pytest.mark.parametrize(("said", "used", "close"), [("b", "b", ""), ("b", "c", "--c--"), ("", "c", "--c--")])
def test_boundaries_that_are_not_closed_or_not_those_that_were_said(said: str, used: str, close: str) -> None:
    mail = multipart(text("Words"), attached("a.pdf"), said=said, used=used, close=close)
    assert mail.text.strip() == "Words"
    assert names(mail) == ["a.pdf"]


def test_a_multipart_without_parts_is_text() -> None:
    mail = read("Content-Type: multipart/mixed; boundary=b", "", "Just words.")
    assert mail.text.strip() == "Just words."
    assert mail.problems
    assert (
        read("Content-Type: multipart/alternative; boundary=b", "", "<html><p>Words</p></html>").text.strip() == "Words"
    )


def test_a_boundary_used_again_inside() -> None:
    inner = "Content-Type: multipart/alternative; boundary=b\n\n--b\n" + text("Inner")
    mail = multipart(inner, text("Outer"))
    assert "Inner" in mail.text
    assert "Outer" in mail.text


def test_flowed_text_flows_and_its_quotations_stay_apart() -> None:
    flowed = "Content-Type: text/plain; format=flowed"
    mail = read(flowed, "", "A line that ", "goes on.", "> a quotation ", "> goes on", "Mine.", "-- ", "Maria")
    assert mail.text.splitlines() == ["A line that goes on.", "> a quotation goes on", "Mine.", "-- ", "Maria"]
    assert read(f"{flowed}; delsp=yes", "", "日本 ", "語").text == "日本語"


def test_an_invitation_is_summarised_and_kept() -> None:
    calendar = (
        "BEGIN:VCALENDAR\nMETHOD:REQUEST\nSUMMARY:Repair\nLOCATION:Room 5\nDTSTART:20261123T090000Z\nEND:VCALENDAR"
    )
    mail = read("Content-Type: text/calendar; method=REQUEST", "", calendar)
    assert "Summary: Repair" in mail.text
    assert "Location: Room 5" in mail.text
    assert [part.content_type for part in mail.attachments] == ["text/calendar"]


def test_an_attached_mail_opens_and_is_named_after_its_subject() -> None:
    inner = "Content-Type: message/rfc822\n\nFrom: Boris <b@customer.example>\nSubject: Old a/b question\n\nIt burns."
    raw = f"From: a@x.example\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n{inner}\n--b--\n".encode()
    mail = read_mail(raw)
    assert names(mail) == ["Old a_b question.eml"]
    opened = read_mail(part_bytes(raw, mail.attachments[0].index))
    assert (opened.sender.address, opened.text.strip()) == ("b@customer.example", "It burns.")


def test_inline_pictures_are_tied_by_id_or_by_place() -> None:
    by_id = "Content-Type: image/png\nContent-ID: <logo@x>\n\npng"
    by_place = "Content-Type: image/png\nContent-Location: logo.png\n\npng"
    chosen = "Content-Type: image/png\nContent-ID: <a@x>\nContent-Disposition: attachment; filename=a.png\n\npng"
    mail = multipart(text("<img src=cid:logo@x>", "html"), by_id, by_place, chosen, kind="related")
    assert [(part.content_id, part.inline) for part in mail.attachments] == [
        ("logo@x", True), ("logo.png", True), ("a@x", False),
    ]  # fmt: skip


def test_parts_without_a_name_get_one_with_the_ending_of_their_kind() -> None:
    mail = multipart(text("x"), "Content-Type: application/pdf\n\n%PDF", "Content-Type: image/jpeg\n\njpg")
    assert [name.rpartition(".")[2] for name in names(mail)] == ["pdf", "jpg"]
    assert len(set(names(mail))) == 2


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("../../x", "x"), ("..\\..\\x.txt", "x.txt"), ("con.txt", "_con.txt"), ("a\x07\x08b.txt", "ab.txt"),
     ("exe\u202etxt.pdf", "exetxt.pdf"), ("x" * 300 + ".pdf", "x" * 116 + ".pdf"), ("a:b?.txt", "a_b_.txt")],
)  # fmt: skip
def test_names_are_safe_for_any_disk(sent: str, kept: str) -> None:
    assert names(multipart(text("x"), attached(sent))) == [kept]


def test_signed_mail_is_shown_and_its_signature_kept() -> None:
    signature = "Content-Type: application/pkcs7-signature; name=smime.p7s\n\nMII"
    mail = multipart(text("Signed words"), signature, kind="signed")
    assert (mail.text.strip(), names(mail)) == ("Signed words", ["smime.p7s"])


def test_encrypted_mail_keeps_what_it_has() -> None:
    control = "Content-Type: application/pgp-encrypted\n\nVersion: 1"
    mail = multipart(
        control, "Content-Type: application/octet-stream; name=encrypted.asc\n\n-----BEGIN", kind="encrypted"
    )
    assert "encrypted.asc" in names(mail)


@pytest.mark.parametrize(("count", "bound"), [(500, 500), (10_000, 2_000)])
def test_parts_are_bounded_in_number_and_what_is_left_out_is_said(count: int, bound: int) -> None:
    mail = multipart(*(attached(f"{number}.pdf") for number in range(count)))
    assert bound - 2 < len(mail.attachments) <= bound
    assert any("only the first 2000" in problem for problem in mail.problems) == (count > bound)


def test_a_mail_without_a_head_or_without_a_body() -> None:
    assert read_mail(b"").text == ""
    assert read_mail(b"\n\nwords").text.strip() == "words"
    assert read_mail(b"Subject: only this").subject == "only this"


def test_memory_for_a_large_file_is_a_small_multiple_of_it() -> None:
    raw = (
        b"From: a@customer.example\r\nContent-Type: application/pdf; name=a.pdf\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(bytes(12_000_000)).replace(b"\n", b"\r\n")
    )
    read_mail(raw[:2000])  # what is imported lazily is not of the mail
    tracemalloc.start()
    try:
        mail = read_mail(raw)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert mail.attachments[0].size == 12_000_000
    assert peak < 5 * len(raw)


PAGE = "<p>On the page</p>"


@pytest.mark.parametrize(
    ("parts", "kind", "shown"),
    [
        ([text("First."), text(PAGE, "html")], "mixed", "First. On the page"),
        ([text(PAGE, "html"), text("A footer")], "mixed", "On the page A footer"),
        ([text(PAGE, "html"), attached("a.pdf"), text("<p>Below</p>", "html")], "mixed", "On the page Below"),
        ([text(PAGE, "html"), text("Words")], "alternative", "Words"),
        ([text("  "), text(PAGE, "html")], "alternative", "On the page"),
        ([text("Words"), text("<bold>Words</bold>", "enriched"), text(PAGE, "html")], "alternative", "Words"),
        ([text("Words"), text("Others")], "alternative", "Words Others"),
        ([text("Words"), text("<!doctype html>", "x-amp-html"), text(PAGE, "html")], "alternative", "Words"),
        ([text("<bold>1 << 2</bold> <param>x</param>ok", "enriched")], "mixed", "1 < 2 ok"),
        ([text("# Head", "markdown")], "mixed", "# Head"),
        ([text("Named", "plain; name=body.txt")], "mixed", "Named"),
    ],
)
def test_all_that_was_written_is_read_once(parts: list[str], kind: str, shown: str) -> None:
    mail = multipart(*parts, kind=kind)
    assert " ".join(mail.text.split()) == shown


def test_texts_between_pages_are_on_the_page() -> None:
    page = multipart(text(PAGE, "html"), text("a < b\nc")).html
    assert page == f"{PAGE}\n<p>a &lt; b<br>\nc</p>"


@pytest.mark.parametrize(
    "kind",
    ["text/plain charset=koi8-r", "text/plain, charset=koi8-r", '"text/plain"; charset=koi8-r', "text", "", "/"],
)
def test_a_text_is_one_however_its_type_is_written(kind: str) -> None:
    mail = read_mail(f"Content-Type: {kind}\n\n".encode() + "Принтер горит".encode("koi8-r"))
    assert (mail.text.strip(), mail.attachments) == ("Принтер горит", ())


def test_a_page_says_its_charset_itself() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><p>打印机</p>'
    mail = read_mail(b"Content-Type: text/html\n\n" + page.encode("gbk"))
    assert mail.text == "打印机"


def test_parts_behind_the_closing_boundary_are_found() -> None:
    mail = multipart(text("Words"), close="--b--\n--b\n" + attached("a.pdf") + "\n--b--")
    assert (mail.text.strip(), names(mail)) == ("Words", ["a.pdf"])


def test_a_multipart_that_was_encoded_as_a_whole() -> None:
    body = base64.encodebytes(f"--b\n{text('Words')}\n--b\n{attached('a.pdf')}\n--b--\n".encode()).decode()
    mail = read("Content-Type: multipart/mixed; boundary=b", "Content-Transfer-Encoding: base64", "", body)
    assert (mail.text.strip(), names(mail)) == ("Words", ["a.pdf"])


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_an_attached_mail_that_was_encoded(encoding: str) -> None:
    inner = "From: b@customer.example\nSubject: Old=question\n\nIt burns."
    coded = base64.encodebytes(inner.encode()).decode() if encoding == "base64" else inner.replace("=", "=3D")
    part = f"Content-Type: message/rfc822\nContent-Transfer-Encoding: {encoding}\n\n{coded}"
    raw = f"Content-Type: multipart/mixed; boundary=b\n\n--b\n{text('See')}\n--b\n{part}\n--b--\n".encode()
    (mail,) = read_mail(raw).attachments
    assert mail.name == "Old=question.eml"
    assert read_mail(part_bytes(raw, mail.index)).text.strip() == "It burns."


def test_the_first_piece_of_a_mail_that_was_cut_is_read() -> None:
    inner = "Subject: y\nContent-Type: text/plain; charset=utf-8\n\nПервый кусок"
    mail = read('Content-Type: message/partial; id="a@b"; number=1; total=3', "", inner)
    assert mail.text == "Первый кусок"
    assert "part 1 of 3 of a mail that was cut in pieces" in mail.problems


def test_a_file_that_is_elsewhere_is_told_of() -> None:
    place = "https://files.example/big.zip"
    outside = f'Content-Type: message/external-body; access-type=URL; URL="{place}"\n\nContent-Type: application/zip\n'
    mail = multipart(text("See there"), outside)
    assert (mail.text.strip(), mail.attachments) == ("See there", ())
    assert any(place in problem for problem in mail.problems)


def test_of_a_file_from_a_mac_the_file_is_shown() -> None:
    double = "\n".join(["Content-Type: multipart/appledouble; boundary=d", "", "--d",
                        attached("a.jpg", kind="application/applefile"), "--d", attached("a.jpg", kind="image/jpeg"),
                        "--d--"])  # fmt: skip
    mail = multipart(text("See"), double)
    assert [part.content_type for part in mail.attachments] == ["image/jpeg"]


def test_a_picture_that_the_page_shows_is_inline_whatever_is_said() -> None:
    picture = "Content-Type: image/png\nContent-ID: <a@x>\nContent-Disposition: attachment; filename=a.png\n\npng"
    assert multipart(text("<img src='cid:a@x'>", "html"), picture).attachments[0].inline


@pytest.mark.parametrize(
    "mail",
    [
        read("", "-----BEGIN PGP MESSAGE-----", "", "hQEM", "-----END PGP MESSAGE-----"),
        multipart("Content-Type: application/pgp-encrypted\n\nVersion: 1", attached("a.asc"), kind="encrypted"),
    ],
)
def test_what_is_encrypted_is_said(mail: ReadMail) -> None:
    assert any(problem.startswith("encrypted") for problem in mail.problems)


def test_of_an_invitation_the_event_counts_and_not_the_zone() -> None:
    calendar = [
        "BEGIN:VTIMEZONE", "BEGIN:STANDARD", "DTSTART:16010101T000000", "END:STANDARD", "END:VTIMEZONE", "BEGIN:VEVENT",
        'ORGANIZER;CN="Boss: Ann":mailto:ann@a.example', "SUMMARY;LANGUAGE=ru:Repair\\, soon", " er\\nor later",
        "DTSTART;TZID=X:20261123T090000", "BEGIN:VALARM", "SUMMARY:Alarm", "END:VALARM", "END:VEVENT",
    ]  # fmt: skip
    mail = read("Content-Type: text/calendar", "", *calendar)
    assert mail.text.splitlines() == [
        "Organizer: mailto:ann@a.example", "Summary: Repair, sooner", "or later", "Dtstart: 20261123T090000",
    ]  # fmt: skip


def test_the_charset_that_a_text_turned_out_to_be_in_is_that_of_the_heads() -> None:
    raw = "From: 김영희 <k@a.example>\nSubject: 견적\n\n어제부터 프린터가 작동하지 않습니다. 빠른 확인 부탁드립니다."
    mail = read_mail(raw.encode("cp949"))
    assert (mail.sender.name, mail.subject) == ("김영희", "견적")
