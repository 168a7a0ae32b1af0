"""What a colleague forwarded: found in the heads that the programs write, in fifteen languages; answers are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.mail.forwarded import Forwarded, forwarded
from deskhelp.mail.reader import read_mail

INSIDERS = frozenset({"anna@desk.example", "support@desk.example"})
MARIA = "Maria Ivanova <maria@customer.example>"
TEXT = "It does not print."
# The fields from, sent, to and subject as Outlook names them.
OUTLOOK = {
    "en": ("From", "Sent", "To", "Subject", "FW"),
    "ru": ("От", "Отправлено", "Кому", "Тема", "FW"),
    "uk": ("Від", "Надіслано", "Кому", "Тема", "FW"),
    "de": ("Von", "Gesendet", "An", "Betreff", "WG"),
    "fr": ("De", "Envoyé", "À", "Objet", "TR"),
    "es": ("De", "Enviado", "Para", "Asunto", "RV"),
    "it": ("Da", "Inviato", "A", "Oggetto", "I"),
    "pt": ("De", "Enviado", "Para", "Assunto", "ENC"),
    "nl": ("Van", "Verzonden", "Aan", "Onderwerp", "FW"),
    "pl": ("Od", "Wysłano", "Do", "Temat", "PD"),
    "sv": ("Från", "Skickat", "Till", "Ämne", "VB"),
    "cs": ("Od", "Odesláno", "Komu", "Předmět", "FW"),
    "tr": ("Gönderen", "Gönderildi", "Kime", "Konu", "İLT"),
    "zh": ("发件人", "发送时间", "收件人", "主题", "转发"),
    "ja": ("差出人", "送信日時", "宛先", "件名", "転送"),
}
MARKED = {
    "gmail": "---------- Forwarded message ---------\nFrom: Maria Ivanova <maria@customer.example>\n"
    "Date: Mon, 23 Nov 2026 at 09:00\nSubject: Printer\nTo: <anna@desk.example>\n\n\n{text}\n",
    "gmail ru": "---------- Пересылаемое сообщение ---------\nОт: Maria Ivanova <maria@customer.example>\n"
    "Date: пн, 23 нояб. 2026 г. в 09:00\nSubject: Printer\nTo: <anna@desk.example>\n\n\n{text}\n",
    "apple": "Begin forwarded message:\n\nFrom: Maria Ivanova <maria@customer.example>\nSubject: Printer\n"
    "Date: 23 November 2026 at 09:00:00 MSK\nTo: Anna <anna@desk.example>\n\n{text}\n",
    "apple quoted": "Anfang der weitergeleiteten Nachricht:\n\n> Von: Maria Ivanova <maria@customer.example>\n"
    "> Betreff: Printer\n> Datum: 23. November 2026\n> An: Anna <anna@desk.example>\n> \n> {text}\n",
    "thunderbird": "-------- Forwarded Message --------\nSubject: \tPrinter\nDate: \tMon, 23 Nov 2026 09:00:00 +0300\n"
    "From: \tMaria Ivanova <maria@customer.example>\nTo: \tanna@desk.example\n\n\n\n{text}\n",
    "thunderbird ru": "-------- Перенаправленное сообщение --------\nТема: \tPrinter\nДата: \tMon, 23 Nov 2026\n"
    "От: \tMaria Ivanova <maria@customer.example>\nКому: \tanna@desk.example\n\n\n{text}\n",
    "thunderbird pl": "-------- Treść przekazanej wiadomości --------\nTemat: \tPrinter\nData: \tMon, 23 Nov 2026\n"
    "Nadawca: \tM\nOd: \tMaria Ivanova <maria@customer.example>\nDo: \tanna@desk.example\n\n\n{text}\n",
    "yandex": "-------- Пересылаемое сообщение --------\n"
    '23.11.2026, 09:00, "Maria Ivanova" <maria@customer.example>:\n\n'
    "{text}\n-------- Конец пересылаемого сообщения --------\n",
    "mail.ru": "-------- Пересылаемое сообщение --------\nОт кого: Maria Ivanova <maria@customer.example>\n"
    "Кому: anna@desk.example\nДата: Понедельник, 23 ноября 2026, 9:00 +03:00\nТема: Printer\n\n{text}\n",
    "outlook on the web": "________________________________\nFrom: Maria Ivanova <maria@customer.example>\n"
    "Sent: Monday, November 23, 2026 9:00 AM\nTo: Anna <anna@desk.example>\nSubject: Printer\n\n{text}\n",
    "bold": "*From:* Maria Ivanova [mailto:maria@customer.example]\n"
    "*Sent:* Monday\n*To:* Anna\n*Subject:* Printer\n\n{text}",
}


def mail(subject: str, text: str) -> bytes:
    head = f"From: Anna <anna@desk.example>\r\nTo: support@desk.example\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n"
    return (head + f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}").encode()


def found_in(subject: str, text: str) -> Forwarded | None:
    raw = mail(subject, text)
    return forwarded(read_mail(raw), raw, INSIDERS)


def assert_is_marias(found: Forwarded | None, note: str) -> None:
    assert found is not None
    assert (found.read.sender.name, found.read.sender.address) == ("Maria Ivanova", "maria@customer.example")
    assert (found.read.subject, found.read.reply_text, found.note) == ("Printer", TEXT, note)


@pytest.mark.parametrize("note", ["", "Please take this one.\n\nAnna knows her."])
@pytest.mark.parametrize("program", MARKED)
def test_every_programs_forward_is_the_customers_mail(program: str, note: str) -> None:
    text = f"{note}\n\n{MARKED[program].format(text=TEXT)}".lstrip()
    assert_is_marias(found_in("Fwd: Printer", text), note)


@pytest.mark.parametrize("language", OUTLOOK)
def test_outlooks_head_is_known_in_each_language(language: str) -> None:
    sender, sent, to, subject, prefix = OUTLOOK[language]
    head = f"{sender}: {MARIA}\n{sent}: 23.11.2026 09:00\n{to}: Anna\n{subject}: Printer\n"
    assert_is_marias(found_in(f"{prefix}: Printer", f"Take it\n\n{head}\n{TEXT}\n"), "Take it")


@pytest.mark.parametrize("language", OUTLOOK)
def test_the_same_head_under_an_answer_is_history(language: str) -> None:
    sender, sent, to, subject, _ = OUTLOOK[language]
    head = f"{sender}: {MARIA}\n{sent}: 23.11.2026 09:00\n{to}: Anna\n{subject}: Printer\n"
    assert found_in("Re: Printer", f"I have seen to it.\n\n{head}\n{TEXT}\n") is None


def test_our_own_answer_on_top_of_the_customers_mail_is_passed_over() -> None:
    ours = MARKED["gmail"].replace("Maria Ivanova <maria@customer.example>", "Anna <anna@desk.example>")
    found = found_in(
        "Fwd: Printer", ours.format(text="Did you switch it on?") + "\n" + MARKED["gmail"].format(text=TEXT)
    )
    assert found is not None
    assert (found.read.sender.address, found.read.reply_text) == ("maria@customer.example", TEXT)
    assert "Did you switch it on?" in found.note


def test_a_forward_that_does_not_name_an_address_stays_as_it_is() -> None:
    text = "From: Maria Ivanova\nSent: Monday\nTo: Anna\nSubject: Printer\n\nIt does not print.\n"
    assert found_in("FW: Printer", text) is None


def test_fields_that_go_on_in_the_next_line_are_whole() -> None:
    head = "-------- Original Message --------\nSubject: Printer\nDate: x\nFrom:\n Maria Ivanova\n"
    head += " <maria@customer.example>\n\n"
    assert_is_marias(found_in("Fwd: Printer", head + TEXT), "")


def test_somebody_who_speaks_of_a_journey_forwards_nothing() -> None:
    assert found_in("Fwd: Flight", "From: Moscow\nTo: Berlin\nDate: 23.11.2026\n\nPlease book.") is None


@given(st.text(max_size=400), st.sampled_from(sorted(MARKED)))
def test_nothing_that_stands_above_or_below_raises(noise: str, program: str) -> None:
    clean = noise.replace("\r", "\n").encode("utf-8", "replace").decode()
    for text in (clean, clean + "\n" + MARKED[program].format(text=clean), MARKED[program].format(text=clean) + clean):
        found_in("Fwd: Printer", text)
