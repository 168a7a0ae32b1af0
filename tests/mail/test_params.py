"""Names of files, as RFC 2231 has them and as programs really write them."""

from __future__ import annotations

from email.message import Message
from email.utils import encode_rfc2231

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.mail.opening import parse_mail
from deskhelp.mail.params import file_name, parameters


def named(field: str) -> str:
    part: Message = parse_mail(f"{field}\n\nx".encode("utf-8", "surrogateescape"))
    return file_name(part)


NAMES = {
    "plain": ('Content-Disposition: attachment; filename="report.pdf"', "report.pdf"),
    "without quotes": ("Content-Disposition: attachment; filename=report.pdf", "report.pdf"),
    "with spaces, without quotes": ("Content-Disposition: attachment; filename=my report.pdf", "my report.pdf"),
    "of the type": ('Content-Type: application/pdf; name="report.pdf"', "report.pdf"),
    "in capitals": ('content-disposition: ATTACHMENT; FILENAME="report.pdf"', "report.pdf"),
    "RFC 2231": ("Content-Disposition: attachment; filename*=utf-8''%D1%81%D1%87%D1%91%D1%82.pdf", "счёт.pdf"),
    "RFC 2231, with a language": ("Content-Disposition: attachment; filename*=utf-8'ru'%D1%81%D1%87.pdf", "сч.pdf"),
    "RFC 2231, KOI8-R": ("Content-Disposition: attachment; filename*=koi8-r''%D3%DE%A3%D4.pdf", "счёт.pdf"),
    "RFC 2231, in pieces": (
        "Content-Disposition: attachment; filename*0*=utf-8''%D1%81%D1;\n filename*1*=%87%D1%91; filename*2=t.pdf",
        "счёt.pdf",
    ),
    "RFC 2231, pieces out of order": (
        'Content-Disposition: attachment; filename*1="port.pdf"; filename*0="re"',
        "report.pdf",
    ),
    "RFC 2231 beside a name for old programs": (
        "Content-Disposition: attachment; filename=\"schet.pdf\"; filename*=utf-8''%D1%81%D1%87%D1%91%D1%82.pdf",
        "счёт.pdf",
    ),
    "encoded words, which the standard forbids": (
        'Content-Disposition: attachment; filename="=?utf-8?B?0YHRh9GR0YIucGRm?="',
        "счёт.pdf",
    ),
    "encoded words, folded": (
        'Content-Disposition: attachment; filename="=?utf-8?B?0YHRhw==?=\n =?utf-8?B?0ZHRgi5wZGY=?="',
        "счёт.pdf",
    ),
    "raw UTF-8": ('Content-Disposition: attachment; filename="счёт.pdf"', "счёт.pdf"),
    "percent signs without a star": ('Content-Disposition: attachment; filename="%D1%81%D1%87.pdf"', "сч.pdf"),
    "a percent sign that is one": ('Content-Disposition: attachment; filename="100%.pdf"', "100%.pdf"),
    "quotes inside": (r'Content-Disposition: attachment; filename="a \"b\".pdf"', 'a "b".pdf'),
    "a semicolon inside": ('Content-Disposition: attachment; filename="a; b.pdf"', "a; b.pdf"),
    "quotes that do not close": ('Content-Disposition: attachment; filename="report.pdf', "report.pdf"),
    "RFC 2231, cut amid a percent sign": (
        "Content-Disposition: attachment; filename*0*=utf-8''%D1%81%D1; filename*1*=%8; filename*2*=7.pdf",
        "сч.pdf",
    ),
    "no type": ('Content-Disposition: filename="report.pdf"', "report.pdf"),
    "no semicolon": ('Content-Disposition: attachment filename="report.pdf"', "report.pdf"),
    "no semicolon behind another": ('Content-Disposition: attachment; size=1 filename="report.pdf"', "report.pdf"),
    "single quotes": ("Content-Disposition: attachment; filename='my report.pdf'", "my report.pdf"),
    "quotes in quotes": ('Content-Disposition: attachment; filename="ООО "Лён" 5.pdf"; size=1', 'ООО "Лён" 5.pdf'),
    "as in an address of the web": ('Content-Disposition: attachment; filename="my%20report.pdf"', "my report.pdf"),
    "as in HTML": ('Content-Disposition: attachment; filename="&#1057;&#1095;.pdf"', "Сч.pdf"),
    "lost letters beside a better one": (
        'Content-Disposition: attachment; filename="????.pdf"\nContent-Type: application/pdf; name="счёт.pdf"',
        "счёт.pdf",
    ),
    "a place": ("Content-Location: http://a.example/files/my%20logo.gif?x=1", "my logo.gif"),
    "a description": ("Content-Description: report.pdf", "report.pdf"),
    "an id of Outlook": ("Content-ID: <image001.png@01D9A1B2.C3D4E5F0>", "image001.png"),
    "none": ("Content-Disposition: attachment", ""),
    "empty": ('Content-Disposition: attachment; filename=""; name="x.pdf"', "x.pdf"),
}  # fmt: skip


@pytest.mark.parametrize(("field", "name"), NAMES.values(), ids=NAMES.keys())
def test_a_name_is_found(field: str, name: str) -> None:
    assert named(field) == name


def test_raw_bytes_of_another_charset_in_a_name() -> None:
    field = b'Content-Disposition: attachment; filename="' + "Счёт за февраль.pdf".encode("cp1251") + b'"\n\nx'
    assert file_name(parse_mail(field)) == "Счёт за февраль.pdf"


@pytest.mark.parametrize(
    ("name", "charset"), [("予定表.pdf", "cp932"), ("発注.pdf", "iso-2022-jp"), ("发票.pdf", "gbk")]
)
def test_raw_bytes_of_the_far_east_in_a_name(name: str, charset: str) -> None:
    field = b'Content-Disposition: attachment; filename="' + name.encode(charset) + b'"\n\nx'
    assert file_name(parse_mail(field), charset) == name


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40))
def test_any_name_encoded_by_the_standard_is_read(name: str) -> None:
    assert parameters(f"attachment; filename*={encode_rfc2231(name, 'utf-8')}") == {"filename": name}


@given(st.text("abc=;\"*'%0123utf8 \\", max_size=60))
def test_any_field_has_some_parameters(text: str) -> None:
    assert all(isinstance(value, str) for value in parameters(f"attachment; {text}").values())
