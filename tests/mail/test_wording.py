"""Machines that write in people's names are known by what they say, in the languages of our users."""

from __future__ import annotations

import pytest

from deskhelp.mail.wording import is_automatic_subject, is_automatic_text, speaks_of_absence

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
]


@pytest.mark.parametrize("text", SELF_DECLARED.values(), ids=SELF_DECLARED.keys())
def test_a_text_that_calls_itself_automatic(text: str) -> None:
    assert is_automatic_text(text)
    assert is_automatic_text(f"Dear customer,\n\n{text.replace(' ', chr(10), 1)}\n\nRegards")


@pytest.mark.parametrize("text", UNANSWERABLE.values(), ids=UNANSWERABLE.keys())
def test_an_acknowledgement_that_wants_no_answer(text: str) -> None:
    assert is_automatic_text(text)


def test_a_challenge() -> None:
    assert is_automatic_text("Please confirm that you are a real person.")
    assert is_automatic_text("Click here to be added to my approved list.")


@pytest.mark.parametrize("text", PEOPLE)
def test_people_may_use_those_words(text: str) -> None:
    assert not is_automatic_text(text)


@pytest.mark.parametrize("text", ABSENT)
def test_absence_is_spoken_of(text: str) -> None:
    assert speaks_of_absence(text)
    assert not speaks_of_absence("I was at the office until Monday.")


@pytest.mark.parametrize(
    "subject",
    ["Automatic reply: Printer", "Автоответ: Принтер", "Re: [Auto-Reply] Printer", "Abwesenheitsnotiz: Drucker",
     "Réponse automatique : Imprimante", "Risposta automatica: Stampante", "Respuesta automática: Impresora",
     "Automatisch antwoord: Printer", "自動返信: プリンター", "Anna is out of the office"],
)  # fmt: skip
def test_subjects_of_machines(subject: str) -> None:
    assert is_automatic_subject(subject)
    assert not is_automatic_subject("Automatic doors do not open")
