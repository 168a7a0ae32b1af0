"""What a colleague forwarded: found in the heads that the programs write, in fifteen languages; answers are none."""

from __future__ import annotations

import time

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

PAGES = {
    "gmail": (
        '<div dir="ltr">Please take it<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">----'
        '------ Forwarded message ---------<br>From: <strong class="gmail_sendername" dir="auto">Maria Ivanov'
        'a</strong> <span dir="auto">&lt;<a href="mailto:maria@customer.example">maria@customer.example</a>&g'
        't;</span><br>Date: Mon, Nov 23, 2026 at 9:00 AM<br>Subject: Printer<br>To:  &lt;<a href="mailto:anna'
        '@desk.example">anna@desk.example</a>&gt;<br></div><br><br><div dir="ltr">It does not print.</div></d'
        "iv></div>"
    ),
    "outlook desktop": (
        "<div class=WordSection1><p class=MsoNormal>Please take it<o:p></o:p></p><p class=MsoNormal><o:p>&nbs"
        'p;</o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><'
        "p class=MsoNormal><b><span lang=EN-US>From:</span></b><span lang=EN-US> Maria Ivanova &lt;maria@cust"
        "omer.example&gt; <br><b>Sent:</b> Monday, November 23, 2026 9:00 AM<br><b>To:</b> Anna &lt;anna@desk"
        ".example&gt;<br><b>Subject:</b> Printer<o:p></o:p></span></p></div></div><p class=MsoNormal><o:p>&nb"
        "sp;</o:p></p><p class=MsoNormal>It does not print.<o:p></o:p></p></div>"
    ),
    "outlook web": (
        '<div>Please take it</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tab'
        'index="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri"><b>От:</b> Maria Ivanova &lt;maria'
        "@customer.example&gt;<br><b>Отправлено:</b> 23 ноября 2026 г. 9:00<br><b>Кому:</b> Anna<br><b>Тема:<"
        "/b> Printer</font><div>&nbsp;</div></div><div>It does not print.</div>"
    ),
    "apple": (
        '<html><body>Please take it<br id="lineBreakAtBeginningOfMessage"><div><br><blockquote type="cite"><d'
        'iv>Begin forwarded message:</div><br class="Apple-interchange-newline"><div style="margin:0"><span s'
        'tyle="color:rgba(0,0,0,1)"><b>From: </b></span><span>Maria Ivanova &lt;<a href="mailto:maria@custome'
        'r.example">maria@customer.example</a>&gt;<br></span></div><div><span><b>Subject: </b></span><span><b'
        ">Printer</b><br></span></div><div><span><b>Date: </b></span><span>23 November 2026 at 09:00:00 GMT+3"
        "<br></span></div><div><span><b>To: </b></span><span>Anna &lt;anna@desk.example&gt;<br></span></div><"
        "br><div><div>It does not print.</div></div></blockquote></div><br></body></html>"
    ),
    "yandex": (
        "<div>Please take it</div><div> </div><div>-------- Пересылаемое сообщение --------</div><div>23.11.2"
        '026, 09:00, "Maria Ivanova" &lt;<a href="mailto:maria@customer.example">maria@customer.example</a>&g'
        "t;:</div><div> </div><div>It does not print.</div><div>-------- Конец пересылаемого сообщения ------"
        "--</div>"
    ),
    "mail.ru": (
        '<div>Please take it</div><blockquote style="border-left:1px solid #0857A6"><br>-------- Пересылаемое'
        ' сообщение --------<br>От кого: Maria Ivanova &lt;<a href="mailto:maria@customer.example">maria@cust'
        "omer.example</a>&gt;<br>Кому: anna@desk.example<br>Дата: Понедельник, 23 ноября 2026, 9:00 +03:00<br"
        ">Тема: Printer<br>&nbsp;<br>It does not print.</blockquote>"
    ),
    "thunderbird": (
        '<p>Please take it</p><div class="moz-forward-container"><br><br>-------- Forwarded Message --------<'
        'table class="moz-email-headers-table" cellspacing="0"><tbody><tr><th valign="BASELINE" align="RIGHT"'
        ' nowrap="nowrap">Subject: </th><td>Printer</td></tr><tr><th align="RIGHT">Date: </th><td>Mon, 23 Nov'
        ' 2026 09:00:00 +0300</td></tr><tr><th align="RIGHT">From: </th><td>Maria Ivanova <a class="moz-txt-l'
        'ink-rfc2396E" href="mailto:maria@customer.example">&lt;maria@customer.example&gt;</a></td></tr><tr><'
        'th align="RIGHT">To: </th><td>anna@desk.example</td></tr></tbody></table><br><br>It does not print.<'
        "/div>"
    ),
    "ios": (
        '<div dir="ltr">Please take it</div><div dir="ltr"><br>Sent from my iPhone</div><div dir="ltr"><br>Be'
        'gin forwarded message:<br><br></div><blockquote type="cite"><div dir="ltr"><b>From:</b> Maria Ivanov'
        "a &lt;maria@customer.example&gt;<br><b>Date:</b> November 23, 2026 at 9:00:00 AM GMT+3<br><b>To:</b>"
        " Anna &lt;anna@desk.example&gt;<br><b>Subject:</b> <b>Printer</b><br><br></div></blockquote><blockqu"
        'ote type="cite"><div dir="ltr">It does not print.</div></blockquote>'
    ),
}


def mail(subject: str, text: str, kind: str = "plain") -> bytes:
    head = f"From: Anna <anna@desk.example>\r\nTo: support@desk.example\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n"
    return (head + f"Content-Type: text/{kind}; charset=utf-8\r\n\r\n{text}").encode()


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


@pytest.mark.parametrize("program", PAGES)
def test_a_forward_that_is_only_a_page_is_read_like_its_text(program: str) -> None:
    raw = mail("Fwd: Printer", PAGES[program], "html")
    assert_is_marias(forwarded(read_mail(raw), raw, INSIDERS), "Please take it")


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


@pytest.mark.parametrize(
    "text",
    [
        "From: " + "a@b.example," * 30_000 + "\nSubject: x\n",
        "-" * 300_000,
        "From:" * 60_000,
        "From: " + " " * 200_000 + "x",
        "From: " + "<a>" * 50_000 + "\nSubject: x\nDate: y\n",
    ],
)
def test_a_head_without_end_takes_no_time(text: str) -> None:
    raw = mail("Fwd: x", text)
    read = read_mail(raw)
    began = time.process_time()
    forwarded(read, raw, INSIDERS)
    assert time.process_time() - began < 1


@given(st.text(max_size=400), st.sampled_from(sorted(MARKED)))
def test_nothing_that_stands_above_or_below_raises(noise: str, program: str) -> None:
    clean = noise.replace("\r", "\n").encode("utf-8", "replace").decode()
    for text in (clean, clean + "\n" + MARKED[program].format(text=clean), MARKED[program].format(text=clean) + clean):
        found_in("Fwd: Printer", text)
