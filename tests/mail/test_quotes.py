"""What is left of a mail when its quoted history and its signature are folded away; in doubt nothing is."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.mail import quote_marks, signature_marks
from deskhelp.mail.quotes import reply_text
from deskhelp.mail.reader import read_mail

QUOTED = "\n\n> Посмотрите журнал.\n>\n> --\n> Тимур\n\n--\nАнтон\nдиспетчер"
MANY = "> Have you tried\n> to switch it off?\n>\n> Timur"

# What each program writes above the mail that is answered, in each language; the quoted text follows.
ATTRIBUTIONS = {
    "en, Gmail": "On Sun, Nov 22, 2026 at 6:36 PM Timur <support@desk.example> wrote:",
    "en, Apple Mail": "On 22 Nov 2026, at 18:36, Timur <support@desk.example> wrote:",
    "en, Thunderbird": "On 11/22/26 18:36, Timur wrote:",
    "en, wrapped": "On Sun, Nov 22, 2026 at 6:36 PM Timur Akhmetov via Support\n<support@desk.example> wrote:",
    "ru, Gmail": "вс, 22 нояб. 2026 г. в 18:36, Тимур Ахметов <support@desk.example>:",
    "ru, Gmail, wrapped": "пн, 3 мая 2026 г. в 8:36, Тимур Ахметов <\nsupport@desk.example>:",
    "ru, Yandex": "22.11.2026, 18:36, \"Тимур Ахметов\" <support@desk.example>:",
    "ru, Thunderbird": "22.11.2026 18:36, Тимур Ахметов пишет:",
    "ru, Apple Mail": "22 нояб. 2026 г., в 18:36, Тимур <support@desk.example> написал(а):",
    "ru, Mail.ru": "Воскресенье, 22 ноября 2026, 18:36 +03:00 от Тимур <support@desk.example>:",
    "uk, Gmail": "нд, 22 лист. 2026 р. о 18:36 Тимур <support@desk.example> пише:",
    "de, Gmail": "Am So., 22. Nov. 2026 um 18:36 Uhr schrieb Timur <support@desk.example>:",
    "de, Thunderbird": "Am 22.11.26 um 18:36 schrieb Timur:",
    "fr, Gmail": "Le dim. 22 nov. 2026 à 18:36, Timur <support@desk.example> a écrit :",
    "es, Gmail": "El dom, 22 nov 2026 a las 18:36, Timur (<support@desk.example>) escribió:",
    "it, Gmail": "Il giorno dom 22 nov 2026 alle ore 18:36 Timur <support@desk.example> ha scritto:",
    "pt, Gmail": "Em dom., 22 de nov. de 2026 às 18:36, Timur <support@desk.example> escreveu:",
    "nl, Gmail": "Op zo 22 nov 2026 om 18:36 schreef Timur <support@desk.example>:",
    "pl, Gmail": "niedz., 22 lis 2026 o 18:36 Timur <support@desk.example> napisał(a):",
    "sv, Gmail": "Den sön 22 nov. 2026 kl 18:36 skrev Timur <support@desk.example>:",
    "cs, Gmail": "ne 22. 11. 2026 v 18:36 odesílatel Timur <support@desk.example> napsal:",
    "tr, Gmail": "Timur <support@desk.example>, 22 Kas 2026 Paz, 18:36 tarihinde şunu yazdı:",
    "zh, Gmail": "Timur <support@desk.example> 于2026年11月22日周日 18:36写道:",
    "ja, Gmail": "2026年11月22日(日) 18:36 Timur <support@desk.example>:",
    "pt, Gmail in Portugal": "Timur <support@desk.example> escreveu (domingo, 22/11/2026 à(s)\n18:36):",
    "pl, Gmail, wrapped": "niedz., 22 lis 2026 o 18:36 Timur Akhmetov <support@desk.example>\nnapisał(a):",
    "tr, Gmail, wrapped": "Timur Akhmetov <support@desk.example>, 22 Kas 2026 Paz, 18:36 tarihinde\nşunu yazdı:",
    "ru, Gmail, old": "22 ноября 2026 г., 18:36 пользователь Тимур <\nsupport@desk.example> написал:",
    "ru, Roundcube": "Тимур Ахметов писал 2026-11-22 18:36:",
    "de, The Bat!": "Am Freitag, 2. Januar 2026 um 09:05 schrieben Sie:",
    "fr, La Poste": "> Message du 02/01/26 à 09:05\n> De : <a@desk.example>\n> A : a@b.example\n> Objet : x\n>",
    "ru, The Bat!": "Вы писали 22 ноября 2026 г., 18:36:35:",
    "uk, Thunderbird": "22.11.26 18:36, Тимур Ахметов пише:",
    "de, Zoho": "---- Am So., 22 Nov. 2026 18:36:35 +0100 schrieb Timur <support@desk.example> ----",
    "ru, Yandex with fields": "----------------\nКому: Антон (a@customer.example);\nТема: Принтер;\n"
    '22.11.2026, 18:36, "Тимур" <support@desk.example>:',
    "en, Notes": "-----Timur Akhmetov/Desk/Example wrote: -----\nTo: Anton/Customer\nFrom: Timur Akhmetov/Desk/Example",
}  # fmt: skip

# Outlook quotes without signs: a line or none, then the fields of the mail.
OUTLOOK = {
    "en": ("From: {who}", "Sent: Sunday, November 22, 2026 6:36 PM", "To: Anton", "Subject: Printer"),
    "ru": ("От: {who}", "Отправлено: 22 ноября 2026 г. 18:36", "Кому: Антон", "Тема: Принтер"),
    "uk": ("Від: {who}", "Надіслано: 22 листопада 2026 р. 18:36", "Кому: Антон", "Тема: Принтер"),
    "de": ("Von: {who}", "Gesendet: Sonntag, 22. November 2026 18:36", "An: Anton", "Betreff: Drucker"),
    "fr": ("De : {who}", "Envoyé : dimanche 22 novembre 2026 18:36", "À : Anton", "Objet : Imprimante"),
    "es": ("De: {who}", "Enviado el: domingo, 22 de noviembre de 2026 18:36", "Para: Anton", "Asunto: Impresora"),
    "it": ("Da: {who}", "Inviato: domenica 22 novembre 2026 18:36", "A: Anton", "Oggetto: Stampante"),
    "pt": ("De: {who}", "Enviado: domingo, 22 de novembro de 2026 18:36", "Para: Anton", "Assunto: Impressora"),
    "nl": ("Van: {who}", "Verzonden: zondag 22 november 2026 18:36", "Aan: Anton", "Onderwerp: Printer"),
    "pl": ("Od: {who}", "Wysłano: niedziela, 22 listopada 2026 18:36", "Do: Anton", "Temat: Drukarka"),
    "sv": ("Från: {who}", "Skickat: den 22 november 2026 18:36", "Till: Anton", "Ämne: Skrivare"),
    "cs": ("Od: {who}", "Odesláno: neděle 22. listopadu 2026 18:36", "Komu: Anton", "Předmět: Tiskárna"),
    "tr": ("Gönderen: {who}", "Gönderilen: 22 Kasım 2026 Pazar 18:36", "Kime: Anton", "Konu: Yazıcı"),
    "zh": ("发件人: {who}", "发送时间: 2026年11月22日 18:36", "收件人: Anton", "主题: 打印机"),
    "ja": ("差出人: {who}", "送信日時: 2026年11月22日 18:36", "宛先: Anton", "件名: プリンター"),
}

MARKERS = {
    "en": "-----Original Message-----",
    "de": "-----Ursprüngliche Nachricht-----",
    "ru": "-----Исходное сообщение-----",
    "fr": "-----Message d'origine-----",
    "es": "-----Mensaje original-----",
    "it": "-----Messaggio originale-----",
    "pt": "-----Mensagem original-----",
    "nl": "-----Oorspronkelijk bericht-----",
    "pl": "-----Wiadomość oryginalna-----",
    "sv": "-----Ursprungligt meddelande-----",
    "cs": "-----Původní zpráva-----",
    "tr": "-----Özgün İleti-----",
    "zh": "-----原始邮件-----",
    "ja": "-----元のメッセージ-----",
    "cs, e-mail": "---------- Původní e-mail ----------",
    "fr, Zimbra": "----- Mail original -----",
    "zh, NetEase": "---- 回复的原邮件 ----",
    "a title that nobody told us": "~~~ Mail di prima ~~~".replace("~", "-")
    + "\nDa: Timur <a@desk.example>\nA: me\nOggetto: x",
}

SIGNATURES = {
    "dashes": "-- \nAnton Petrov\nDispatcher\n+7 900 000-00-00",
    "dashes without a space": "--\nAnton",
    "iPhone": "Sent from my iPhone",
    "iPhone, ru": "Отправлено с iPhone",
    "iPhone, de": "Von meinem iPhone gesendet",
    "iPhone, fr": "Envoyé de mon iPhone",
    "iPhone, es": "Enviado desde mi iPhone",
    "iPhone, it": "Inviato da iPhone",
    "iPhone, pt": "Enviado do meu iPhone",
    "iPhone, nl": "Verstuurd vanaf mijn iPhone",
    "iPhone, pl": "Wysłane z iPhone'a",
    "iPhone, sv": "Skickat från min iPhone",
    "iPhone, cs": "Odesláno z iPhonu",
    "iPhone, tr": "iPhone'umdan gönderildi",
    "iPhone, zh": "发自我的iPhone",
    "iPhone, ja": "iPhoneから送信",
    "iPad, uk": "Відправлено з iPad",
    "Samsung": "Sent from my Samsung Galaxy smartphone.",
    "Samsung, ru": "Отправлено с моего смартфона Samsung Galaxy.",
    "Outlook, de": "Outlook für Android<https://aka.ms/AAb9ysg> herunterladen",
    "Outlook, fr": "Obtenir Outlook pour iOS",
    "Outlook, ru": "Получить Outlook для iOS<https://aka.ms/o0ukef>",
    "Outlook, tr": "iOS için Outlook’u edinin",
    "Outlook, tw": "取得 iOS 版 Outlook<https://aka.ms/o0ukef>",
    "Windows": "Sent from Mail<https://go.microsoft.com/fwlink/?LinkId=550986> for Windows",
    "Windows, ru": 'Отправлено из приложения "Почта"<https://go.microsoft.com/fwlink/?LinkId=550986> для Windows 10',
    "Windows, ja": "Windows 版のメール<https://go.microsoft.com/fwlink/?LinkId=550986>から送信",
    "Proton": "Sent with [Proton Mail](https://proton.me/mail/home) secure email.",
    "K-9": "Sent from my Android device with K-9 Mail. Please excuse my brevity.",
    "Mail.ru": "Отправлено из Почты Mail.ru",
    "Xiaomi, zh": "从我的小米发送",
    "Avast": "Virus-free.www.avast.com<https://www.avast.com/sig-email>",
    "Outlook, mobile": "Get Outlook for iOS<https://aka.ms/o0ukef>",
    "Yandex": "Отправлено из мобильного приложения Яндекс Почты",
    "regards": "Best regards,\nAnton Petrov\nExample Ltd",
    "regards, ru": "С уважением,\nАнтон Петров\nдиспетчер",
    "regards, de": "Mit freundlichen Grüßen\nAnton Petrov",
    "regards, fr": "Cordialement,\nAnton",
    "closing": "Best,\nAnton Petrov\nHead of Facilities | Example Ltd",
    "closing, of a company": "Mit freundlichen Grüßen\n\ni. V. Anton Petrov\nHaustechnik\n\nBeispiel GmbH\nBerlin\n"
    "Tel.: +49 30 123456\nFax: +49 30 1\na@b.example\nHRB 2\nHR 3\nHRA 1\n\nDiese E-Mail ist vertraulich.",
    "disclaimer, pl, below a name": "Z poważaniem\nAntoni\n\nInformacja zawarta w tej wiadomości jest poufna.",
    "disclaimer, it, below a name": "Un cordiale saluto\nAntonio\n\nAi sensi e per gli effetti del GDPR è riservato.",
    "closing, short": "Mvg,\nAnton",
    "closing, two languages": "Mit freundlichen Gruessen / Best regards\n\nAnton Petrov",
    "closing, ch": "Freundliche Grüsse\nAnton",
    "closing, es": "Un cordial saludo,\nAntón",
    "closing, pt": "Com os melhores cumprimentos,\nAntónio",
    "closing, pl": "Serdecznie pozdrawiam,\nAntoni",
    "closing, sv": "Mvh\nAnton",
    "closing, zh": "此致\n敬礼\n\n张安东",
    "box": "=====================\n株式会社サンプル\n山田太郎\nTEL: 03-0000-0000\n=====================",
    "paper": "Bitte denken Sie an die Umwelt, bevor Sie diese E-Mail ausdrucken.",
    "disclaimer between stars": "**********\nThis message is intended only for one.\nIt is confidential.\n*****",
    "disclaimer, broken": "The information in this email may be read by no other person and is\nlegally privileged.",
    "disclaimer, es": "AVISO LEGAL: Este mensaje va dirigido exclusivamente a su destinatario.",
    "disclaimer, it": "Questo messaggio e i suoi allegati sono riservati e destinati alle sole persone indicate.",
    "disclaimer, pl": "Treść tej wiadomości zawiera informacje przeznaczone tylko dla adresata.",
    "disclaimer, tr": "Bu e-posta ve ekleri gizli olup sadece muhatabı için gönderilmiştir.",
    "disclaimer, uk": "Це повідомлення та будь-які вкладення є конфіденційними.",
    "disclaimer, zh": "本邮件及其附件含有保密信息，仅限于发送给上面地址中列出的个人或群组。",
    "disclaimer, ja": "本メールには機密情報が含まれている場合があります。",
    "disclaimer": "This e-mail is confidential and may be privileged. If you are not the recipient, delete it.",
    "disclaimer, ru": "Настоящее сообщение и вложения конфиденциальны.",
}

PEOPLE = {
    "a date in a sentence": "Приезжайте:\nпн, 3 мая 2026 г. в 8:36 буду на месте.\nАнтон",
    "a flight": "I need a flight.\nFrom: Oslo\nTo: Berlin\nDate: 3 May 2026\nThank you",
    "a list of dashes": "Please bring:\n- paper\n- ink\n- patience",
    "a table": "Name | Price\n-----|------\nInk | 3",
    "somebody wrote": "My colleague wrote: it burns.\nWhat shall I do?",
    "an arrow": "Menu > Settings > Mail does not open.",
    "thanks amid": "Thanks for the answer.\nBut the printer still burns, and now the scanner too.",
    "regards amid": "Regards the printer: it burns.\n"
    + "It was on the table, near the window, where it always is.\n" * 12,
    "a question below dashes": "First\n--\nWhy is it red?\n" + "It has been red since I bought it.\n" * 20,
    "words of a telephone": "My mails say\nSent from my iPhone\nat the end. How do I switch that off?",
    "a postscript": "It helped.\n\nBest regards,\nAnton\n\nPS: the scanner is broken as well",
    "a sentence below a word that closes": "Menu:\nbeer\nCheers\nwhiskey\n"
    "This is our order for the party, and we need it on Monday morning, please.",
    "a sentence that begins as a closing": "No.\nRespectfully, I disagree with that.\nAll the best ones are red.",
    "a secret": "Hello,\n\nthis message is confidential: the boss broke it.\nCould you mend it in secret?\nI pay.",
    "one sign": "The rule is\na > b\n> c is wrong",
    "a question below the name": "It helped.\n\nCheers,\nAnton\n\nAnd when will you come?",
    "somebody is asked to write": "Hello,\nwe met 22.11.2026 at 18:36, write to m@customer.example of it:\nshe knows.",
    "a table of numbers": "The orders:\n----------\nOrder 4711 0049 30 123456\nOrder 4712 0049 30 123457",
    "sent from": "The parcel was sent from Berlin on Monday, and it is not here.",
}


@pytest.mark.parametrize("attribution", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS.keys())
def test_history_below_an_attribution_is_folded(attribution: str) -> None:
    assert reply_text(f"Спасибо, помогло.\n\n{attribution}{QUOTED}") == "Спасибо, помогло."
    assert reply_text(f"It helped, 谢谢.\r\n\r\n{attribution}\n\n{MANY}") == "It helped, 谢谢."


@pytest.mark.parametrize("language", OUTLOOK)
@pytest.mark.parametrize("above", ["", "________________________________\n", "-----\n"])
def test_history_below_outlooks_fields_is_folded(language: str, above: str) -> None:
    fields = "\n".join(OUTLOOK[language]).format(who="Timur <support@desk.example>")
    assert reply_text(f"It helped.\n\n{above}{fields}\n\nHave you tried to switch it off?\nTimur") == "It helped."


@pytest.mark.parametrize("marker", MARKERS.values(), ids=MARKERS.keys())
def test_history_below_a_line_that_names_it_is_folded(marker: str) -> None:
    assert reply_text(f"It helped.\n\n{marker}\nHave you tried to switch it off?") == "It helped."


@pytest.mark.parametrize("signature", SIGNATURES.values(), ids=SIGNATURES.keys())
def test_a_signature_is_folded(signature: str) -> None:
    assert reply_text(f"It helped, thank you for that.\n\n{signature}") == "It helped, thank you for that."


@pytest.mark.parametrize("text", PEOPLE.values(), ids=PEOPLE.keys())
def test_what_people_write_is_not_taken_for_history(text: str) -> None:
    assert reply_text(text) == text.strip()


@pytest.mark.parametrize("attribution", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS.keys())
def test_answers_between_the_lines_are_kept_whole(attribution: str) -> None:
    text = f"{attribution}\n\n> Have you tried\n> to switch it off?\n\nYes.\n\n> And on?\n\nNo, how?"
    assert reply_text(text) == text


def test_an_answer_below_its_quotation_is_what_was_written() -> None:
    text = "On 11/22/26 18:36, Timur wrote:\n> Have you tried\n> to switch it off?\n\nYes, twice."
    assert reply_text(text) == "Yes, twice."


@pytest.mark.parametrize(
    "line",
    ["---------- Forwarded message ---------", "-------- Пересылаемое сообщение --------", "Begin forwarded message:",
     "-------- Weitergeleitete Nachricht --------", "---------- Message transféré ---------", "İleti başlangıcı:",
     "-------- Перенаправленное сообщение --------", "----- Message transmis -----", "以下是转发的邮件：",
     "Vidarebefordrat mejl:",
     "-------- Mensagem reencaminhada --------", "Początek przekazywanej wiadomości:", "===== Forwarded message ====="],
)  # fmt: skip
def test_a_forward_is_not_cut(line: str) -> None:
    text = f"See below.\n\n{line}\nFrom: Maria <maria@customer.example>\nSubject: Printer\nTo: me\n\nIt burns."
    assert reply_text(text) == text


def test_an_answer_under_the_subject_of_a_forward_is_an_answer() -> None:
    answer = "Thank you.\n\n> On 14 Sep 2026, at 10:53, Olga <olga@desk.example> wrote:\n>\n> It is a fraud."
    assert reply_text(answer, is_forward=True) == "Thank you."


def test_what_a_subject_calls_a_forward_is_not_cut() -> None:
    head = "From: Maria <maria@customer.example>\nSent: Monday\nTo: me\nSubject: Printer"
    text = f"See below.\n\n{head}\n\nIt burns."
    assert reply_text(text, is_forward=True) == text
    mail = f"From: a@customer.example\nSubject: {{}}: Printer\n\n{text}"
    assert read_mail(mail.format("WG").encode()).reply_text == text
    assert read_mail(mail.format("Re").encode()).reply_text == "See below."


def test_a_forward_in_the_history_is_history() -> None:
    above = "It helped.\n\nOn 11/22/26 18:36, Timur wrote:"
    text = f"{above}\n\n---------- Forwarded message ---------\nFrom: Maria\n\nIt burns."
    assert reply_text(text) == "It helped."


@pytest.mark.parametrize("answer", ["👍", "+", "???", "4711"])
def test_an_answer_of_a_sign_is_an_answer(answer: str) -> None:
    assert reply_text(f"{answer}\n\n{ATTRIBUTIONS['en, Gmail']}\n\n{MANY}") == answer


def test_an_empty_mail_of_a_telephone_is_shown_whole() -> None:
    text = f"Sent from my iPhone\n\n{ATTRIBUTIONS['en, Gmail']}\n\n{MANY}"
    assert reply_text(text) == text


def test_lines_led_by_initials_are_quoted() -> None:
    text = (
        "Вы писали 22 ноября 2026 г., 18:36:35:\n\nТА> Вы выключали?\nТА> Бумага есть?\n\nДа.\n\nТА> А свет?\n\nГорит."
    )
    assert reply_text(text) == text


def test_whose_words_a_quotation_is_goes_with_it() -> None:
    assert reply_text("It helped.\n\nTimur (timur@desk.example) said on 22 Nov 18:36\n> Try again") == "It helped."


def test_a_mail_of_nothing_but_history_is_shown() -> None:
    text = f"{ATTRIBUTIONS['en, Gmail']}\n\n{MANY}"
    assert reply_text(text)


@pytest.mark.parametrize(
    "unit", ["{blank}a:", ">{blank}From: b", "{blank}@ 2026\nx wrote:", "--{blank}x --", "> {blank}> --\n{blank}:"]
)
def test_endless_lines_are_read_at_once(unit: str) -> None:
    text = "Hello\n\n" + "\n".join([unit.format(blank=sign * 100_000) for sign in " \xa0-*"])
    begun = time.process_time()
    reply_text(text)
    assert time.process_time() - begun < 2


def test_a_sentence_that_begins_as_an_attribution_does_is_kept() -> None:
    answer = "On the second floor.\nPlease come.\n"
    assert reply_text(f"{answer}{ATTRIBUTIONS['en, Apple Mail']}\n{MANY}") == answer.strip()


WORDS = st.text("abcdeжя, .!?0123456789", min_size=1, max_size=60).filter(str.strip)
LINES = st.lists(
    WORDS
    | st.sampled_from(["", "> quoted", ">> twice", "-- ", "From: x", "Sent: y", "To: z@x.example", *MARKERS.values()])
    | st.sampled_from([*ATTRIBUTIONS.values(), *SIGNATURES.values()]),
    max_size=30,
)


def tidy(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n") if line.strip()]


@given(LINES)
def test_nothing_is_invented_and_no_mail_becomes_empty(lines: list[str]) -> None:
    text = "\n".join(lines)
    kept, all_lines = tidy(reply_text(text)), iter(tidy(text))
    assert all(any(line.strip() == other.strip() for other in all_lines) for line in kept)
    assert bool(kept) == bool(tidy(text))


@given(st.lists(WORDS.map(str.strip).filter(lambda line: line[:1] not in "0123456789"), min_size=1, max_size=30))
def test_a_text_without_any_mark_of_history_is_kept_to_the_letter(lines: list[str]) -> None:
    assert reply_text("\n".join(lines)) == "\n".join(lines)


# -- the look-aheads that spare trying every phrase on every line ---------------------------------


def firsts(parsed: Sequence[tuple[Any, Any]]) -> set[str]:
    """The signs with which what a parsed pattern matches may begin."""
    (kind, value), rest = parsed[0], parsed[1:]
    name = str(kind)
    if name == "BRANCH":
        return set().union(*(firsts(branch) for branch in value[1]))
    if name == "SUBPATTERN":
        return firsts(value[3])
    if name == "MAX_REPEAT":
        return firsts(value[2]) | (firsts(rest) if value[0] == 0 else set())
    return {chr(sign).lower() for _, sign in value} if name == "IN" else {chr(value).lower()}


@pytest.mark.parametrize("name", ["FORWARD", "CLOSING", "_SENT_FROM"])
def test_a_look_ahead_lets_every_phrase_through(name: str) -> None:
    found = re.fullmatch(
        r"\^\\s\*\(\?=\[(.+?)\]\)(.*)", (vars(quote_marks) | vars(signature_marks))[name].pattern, re.DOTALL
    )
    assert found is not None

    assert set(found[1]) == firsts(re._parser.parse(found[2], re.IGNORECASE))  # type: ignore[attr-defined]
