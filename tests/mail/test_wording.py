"""Machines that write in people's names are known by what they say, in the languages of our users."""

from __future__ import annotations

import re

import pytest

from deskhelp.mail.wording import (
    is_automatic_subject,
    is_automatic_text,
    is_receipt,
    is_worded_automatic,
    speaks_of_absence,
)

SELF_DECLARED = {
    "en": "This is an automated reply. Our office is closed.",
    "en, upper case": "THIS IS AN AUTOMATIC RESPONSE.",
    "ru": "Здравствуйте! Это автоматический ответ.",
    "ru, formed": "Данный ответ сформирован автоматически.",
    "uk": "Це автоматична відповідь.",
    "de": "Dies ist eine automatisch generierte Antwort.",
    "fr": "Ceci est une réponse automatique.",
    "es": "Esta es una respuesta automática.",
    "it": "Questa è una risposta automatica.",
    "pt": "Esta é uma resposta automática.",
    "nl": "Dit is een automatisch antwoord.",
    "pl": "To jest automatyczna odpowiedź.",
    "sv": "Detta är ett automatiskt svar.",
    "cs": "Toto je automatická odpověď.",
    "tr": "Bu otomatik bir yanıt.",
    "tr, capital İ": "İyi günler. BU OTOMATİK BİR YANIT.",
    "zh": "这是一封自动回复。",
    "ja": "自動返信メールです。",
}
UNANSWERABLE = {
    "en": "We have received your request. Please do not reply to this message.",
    "ru": "Ваша заявка получена. Не отвечайте на это письмо.",
    "uk": "Ваш лист принят. Не відповідайте на це повідомлення.",
    "de": "Ihre Anfrage ist eingegangen. Bitte antworten Sie nicht auf diese E-Mail.",
    "fr": "Nous avons bien reçu votre demande. Merci de ne pas répondre à ce message.",
    "es": "Hemos recibido su solicitud. Por favor, no responda a este correo.",
    "it": "Abbiamo ricevuto la richiesta. Non rispondere a questa e-mail.",
    "pt": "Recebemos o seu pedido. Não responda a este e-mail.",
    "nl": "Wij hebben uw vraag ontvangen. U kunt deze mail niet beantwoorden.",
    "pl": "Otrzymaliśmy zgłoszenie. Prosimy nie odpowiadać na tę wiadomość.",
    "sv": "Vi har mottagit ditt ärende. Svara inte på detta brev.",
    "cs": "Přijato. Na tuto zprávu neodpovídejte.",
    "tr": "Talebiniz alındı. Bu iletiyi yanıtlamayın.",
    "zh": "您的请求已收到,请勿直接回复。",
    "ja": "お問い合わせを受け付けました。このメールに返信しないでください。",
}
ACKNOWLEDGED = {
    "en": "We have received your enquiry. This is an automatically generated email.",
    "en, thanks": "Thank you for your message. This email was generated automatically.",
    "ru": "Мы получили ваше письмо. Это письмо отправлено автоматически.",
    "uk": "Ваше звернення зареєстровано. Це автоматичне повідомлення.",
    "de": "Ihre Anfrage ist bei uns eingegangen. Diese Nachricht wurde automatisch erstellt.",
    "fr": "Nous avons bien reçu votre demande. Ceci est un message automatique.",
    "es": "Hemos recibido su mensaje. Este es un mensaje automático.",
    "it": "Abbiamo ricevuto la sua richiesta. Questo è un messaggio automatico.",
    "pt": "Recebemos a sua mensagem. Esta é uma mensagem automática.",
    "nl": "Wij hebben uw bericht ontvangen. Dit is een automatisch gegenereerd bericht.",
    "pl": "Otrzymaliśmy zgłoszenie. Wiadomość została wygenerowana automatycznie.",
    "sv": "Vi har tagit emot ditt ärende. Detta är ett automatiskt meddelande.",
    "cs": "Požadavek jsme přijali. Toto je automaticky generovaná zpráva.",
    "tr": "Mesajınız alınmıştır. Bu otomatik bir mesajdır.",
    "zh": "已收到您的邮件。此邮件由系统自动发送。",
    "ja": "お問い合わせを受け付けました。このメールは自動送信です。",
}
PEOPLE = [
    "Hello, I did not receive the automatic invoice. Could you send it?",
    "Our list of printers: please reply to this with yours.",
    "Are you human or a real robot? I wait for an answer.",
    "Автомат в коридоре не отвечает на кнопки.",
    "Bitte antworten Sie bald, der Automat steht still.",
    "Мы получили счёт, но ответа нет.",
]
ABSENT = [
    "I am currently out of the office until Monday.",
    "Я нахожусь в отпуске до 5 мая.",
    "Ich bin bis Montag nicht im Büro.",
    "Je suis actuellement absent.",
    "Estoy fuera de la oficina.",
    "Sono in ferie fino a lunedì.",
    "Ich bin bis zum 30.11. nicht erreichbar.",
    "Ich bin erst ab Montag wieder im Büro.",
    "Unser Büro ist vom 20.11. bis 30.11. geschlossen.",
    "I will be back in the office on Monday.",
    "Our office is closed until Monday.",
    "Меня не будет на рабочем месте.",
    "Я нахожусь в командировке.",
    "Буду відсутній до понеділка.",
    "Jeg er ikke på kontoret.",
    "Jsem mimo kancelář.",
    "Olen lomalla.",
    "Szabadságon vagyok.",
]


@pytest.mark.parametrize("text", SELF_DECLARED.values(), ids=SELF_DECLARED.keys())
def test_a_text_that_calls_itself_automatic(text: str) -> None:
    assert is_automatic_text(text)
    assert is_automatic_text(f"Dear customer,\n\n{text.replace(' ', chr(10), 1)}\n\nRegards")


@pytest.mark.parametrize("text", UNANSWERABLE.values(), ids=UNANSWERABLE.keys())
def test_an_acknowledgement_that_wants_no_answer(text: str) -> None:
    assert is_automatic_text(text)


@pytest.mark.parametrize("text", ACKNOWLEDGED.values(), ids=ACKNOWLEDGED.keys())
def test_an_acknowledgement_that_a_machine_has_sent(text: str) -> None:
    assert is_automatic_text(text)
    assert not is_automatic_text(re.split("[.。]", text)[0])


def test_what_stands_at_the_end_of_a_long_text_counts() -> None:
    assert is_automatic_text(
        "We have received your request.\n" + "Terms apply. " * 300 + "\nPlease do not reply to this email."
    )


NOTES = {
    "en": "Thank you for your email. I am out of the office until Monday. For urgent matters please contact Bob.",
    "en, access": "I'm on annual leave with limited access to email.",
    "ru": "Спасибо за ваше письмо. Я нахожусь в отпуске до 30 ноября. По срочным вопросам обращайтесь к Ивану.",
    "uk": "Дякую за лист. Я перебуваю у відпустці. З термінових питань звертайтеся до Олени.",
    "de": "Vielen Dank für Ihre Nachricht. Ich bin bis Montag nicht im Büro. In dringenden Fällen hilft Bob.",
    "de, passed on": "Ich befinde mich derzeit im Urlaub. Ihre E-Mail wird nicht weitergeleitet.",
    "fr": "Merci pour votre message. Je suis actuellement en congés. En cas d'urgence, contactez Luc.",
    "es": "Gracias por su mensaje. Estoy de vacaciones. Para asuntos urgentes, contacte con Ana.",
    "it": "Grazie per il messaggio. Sono in ferie. Per urgenze contattare Mario.",
    "pt": "Obrigado pela sua mensagem. Estou de férias. Em caso de urgência, contacte João.",
    "nl": "Bedankt voor uw bericht. Ik ben afwezig. Voor dringende zaken kunt u Jan bellen.",
    "pl": "Dziękuję za wiadomość. Jestem na urlopie. W pilnych sprawach proszę o kontakt z Janem.",
    "sv": "Tack för ditt mejl. Jag är på semester. I brådskande ärenden kontakta Anna.",
    "cs": "Děkuji za e-mail. Jsem na dovolené. V naléhavých případech kontaktujte Janu.",
    "tr": "E-postanız için teşekkürler. Yıllık izindeyim. Acil durumlarda Ali'yi arayın.",
    "zh": "感谢您的来信。我正在休假。如有紧急事宜，请联系李先生。",
    "ja": "メールをありがとうございます。休暇をいただいております。お急ぎの場合は山田まで。",
}


@pytest.mark.parametrize("note", NOTES.values(), ids=NOTES.keys())
def test_a_note_of_absence_without_any_field(note: str) -> None:
    assert is_worded_automatic("Re: Printer", note)
    assert not is_worded_automatic("Re: Printer", f"{note}\n\nCould you set this for me?")
    assert not is_worded_automatic("Re: Printer", f"Please set this for me:\n“{note}”")
    assert not is_worded_automatic("Re: Printer", f"He is away.\n\n> {note}")


@pytest.mark.parametrize(
    "text",
    [
        "Thanks for your email. I am on leave next week, so Thursday works best.",
        "Danke! Ich bin ab Montag im Urlaub, bitte klären Sie alles mit Bob.",
        "I am on your approved list and still get no access. Please add me to the safe list.",
        "I want to confirm that you are real.",
        "Merci de ne pas répondre à ce collègue. Votre message a bien été reçu.",
        "Our office is closed on Friday. Please come on Monday.",
        "Меня не будет в офисе в пятницу, приезжайте в понедельник.",
        "Thank you for your email. The printer prints blank pages since Monday morning, and the toner is new. Please"
        " send us somebody.\n\nAnna\nNote: I am out of the office on Fridays. In urgent cases call Bob.",
        "I received your automatic message that my order was created, but no number.",
        "Мне пришло автоматическое уведомление, что заявка зарегистрирована, но номера нет.",
    ],
)
def test_people_who_say_nearly_that(text: str) -> None:
    assert not is_worded_automatic("Re: Printer", text)


def test_a_challenge() -> None:
    assert is_automatic_text("Please confirm that you are a real person.")
    assert is_automatic_text("Click here to be added to my approved list.")
    assert is_automatic_text("Click to have your address added to the recipient's allowed list.")


@pytest.mark.parametrize("text", PEOPLE)
def test_people_may_use_those_words(text: str) -> None:
    assert not is_automatic_text(text)


@pytest.mark.parametrize("text", ABSENT)
def test_absence_is_spoken_of(text: str) -> None:
    assert speaks_of_absence(text)
    assert not speaks_of_absence("I was at the office until Monday.")


@pytest.mark.parametrize(
    "subject",
    ["Automatic reply: Printer", "Автоответ: Принтер", "[Auto-Reply] Re: Printer", "Abwesenheitsnotiz: Drucker",
     "Réponse automatique : Imprimante", "Risposta automatica: Stampante", "Respuesta automática: Impresora",
     "Automatisch antwoord: Printer", "自動返信: プリンター", "【自動返信】プリンター",
     "Respuesta automatica: Impresora", "Automatische Eingangsbestätigung: Drucker", "Automatická odpoveď: Tlačiareň",
     "Automatikus válasz: Nyomtató",
     "Răspuns automat: Imprimantă", "Автоматичен отговор: Принтер", "Αυτόματη απάντηση: Εκτυπωτής",
     "رد تلقائي: طابعة", "Trả lời tự động: Máy in", "Automatski odgovor: Pisač", "Автоматты жауап: Принтер",
     "[Request received] Printer", "Yahoo! Auto Response", "I am out of the office"],
)  # fmt: skip
def test_subjects_of_machines(subject: str) -> None:
    assert is_automatic_subject(subject)
    assert is_worded_automatic(subject, "Back on Monday.")
    assert not is_automatic_subject("Automatic doors do not open")


# People answer and ask about automatic mail: such a subject counts if the text speaks of its author's absence, too.
@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Re: [Auto-Reply] Printer", "I am away until Monday."),
        ("Anna is out of the office", "I am out of the office until Monday."),
        ("OOO: Printer", "I'm currently on leave."),
        ("Out of Office Re: Printer", "I will be away from 3 to 9 May."),
        ("Re: Принтер [автоответ]", "Меня нет в офисе."),
        ("R: Stampante (risposta automatica)", "Sono in ferie."),
        ("Abwesenheit Re: Drucker", "Ich bin bis Montag nicht im Haus."),
        ("AUTO: Anna Muster ist außer Haus", "Ich bin außer Haus bis Montag."),
        ("Message d'absence", "Je suis actuellement en congés."),
        ("Abwesenheit bis 30.11. Re: Drucker", "Ich bin bis zum 30.11. nicht erreichbar."),
        ("Urlaub: Re: Drucker", "Ich bin im Urlaub."),
        ("Ausente: Impresora", "Estaré fuera de la oficina."),
    ],
)
def test_subjects_that_people_have_too(subject: str, text: str) -> None:
    assert is_worded_automatic(subject, text)
    assert not is_worded_automatic(subject, "Hello, how do I switch this off?")


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Re: Automatic reply: Printer", "Thanks, I wait.\n\n> I am out of the office until Monday."),
        ("AW: Automatische Antwort: Drucker", "Danke!\n\nVon: D <d@desk.example>\nGesendet: Freitag\nAn: Anna"
         "\nBetreff: Automatische Antwort: Drucker\n\nDies ist eine automatische Antwort."),
        ("Re: Printer", "Any news?\n\nOn 20 Nov 2026 at 10:00, D <d@desk.example> wrote:\n"
         "> This is an automated response."),
        ("Fwd: Automatic reply: Printer", "This is an automatic reply. I am on vacation."),
        ("Strange mail", "Look:\n\n---------- Forwarded message ---------\n"
         "From: B <b@x.example>\n\nThis is an automatic reply."),
        ("Your mails", "“This email was automatically generated, do not reply to this email” is what I have received"
         " three times. I received your first."),
        ("Auto: my offer", "Hello, the car is still not sold."),
        ("Bob is on vacation, who helps me?", "Hi, Bob is on vacation. Who can help me?"),
        ("Question", "No tray works.\n\nIf you have received this in error, please do not reply to this message."),
        ("Frage", "Der Drucker geht nicht.\n\nSollten Sie diese Nachricht irrtümlich erhalten haben, antworten Sie"
         " bitte nicht auf diese E-Mail."),
        ("Request", "You have received a new request. This e-mail was sent automatically by the contact form."
         " Name: Anna. Text: We have received your bill twice. Please do not reply to this e-mail."),
    ],
)  # fmt: skip
def test_people_who_have_to_do_with_machines(subject: str, text: str) -> None:
    assert not is_worded_automatic(subject, text)


def test_a_receipt_in_words() -> None:
    assert is_receipt("Read: Printer", "Your message\n\n  To: Anna\n\nwas read on 20.11.2026 12:30.")
    assert is_receipt(
        "Gelesen: Drucker", "Ihre Nachricht\n  An: Anna\n wurde am Freitag, 20. November 2026 12:30 gelesen."
    )
    assert is_receipt("Прочтено: Принтер", "Сообщение\n\n  Кому: Анна\n\nпрочитано 20.11.2026 12:30.")
    assert is_receipt("Lu : Imprimante", "Votre message\n\n À : Anna\n\n a été lu le vendredi 20 novembre 2026 12:30.")
    assert not is_receipt("Lu : contrat", "Le contrat a été lu par notre avocat.")
    assert not is_receipt("Gelesen: Vertrag", "Der Vertrag wurde gelesen, wir haben Fragen zu Punkt 3.")
    assert not is_receipt("Read: receipts", "How do I turn off read receipts?")
