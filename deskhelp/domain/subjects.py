"""Subjects: what mail programs put before them, and what remains of them without it."""

from __future__ import annotations

import re
from typing import Final

AUTOMATIC: Final = (
    r"(?:(?:yahoo! )?auto(?:matic|mated)?[- ]?(?:reply|response|answer|responder|acknowledge?ment)|auto"
    r"|out[- ]of[- ](?:the[- ])?office(?: auto-?reply| reply| message)?"
    r"|vacation (?:reply|response|message)|away (?:message|from (?:my|the) (?:desk|office))"
    r"|авто[- ]?ответ(?:чик)?|автоматический ответ|вне офиса|(?:я )?в отпуске|отсутствую(?: в офисе)?"
    r"|автоматична відповідь|автовідповід(?:ь|ач)|поза офісом|у відпустці"
    r"|automatische (?:antwort|eingangsbestätigung|empfangsbestätigung)|autoantwort"
    r"|(?:automatische )?abwesenheits(?:notiz|meldung|benachrichtigung|nachricht|assistent)"
    r"|abwesenheit|abwesend"
    r"|réponse automatique|absence du bureau|absent(?:e|\(e\))? du bureau|message d'absence"
    r"|respuesta autom[áa]tica|fuera de (?:la )?oficina|risposta automatica|fuori (?:sede|ufficio)"
    r"|resposta autom[áa]tica|fora do escritório|ausência temporária"
    r"|automatisch(?:e)? (?:antwoord|beantwoording)|afwezigheids(?:bericht|melding|assistent)|afwezig"
    r"|odpowiedź automatyczna|automatyczna odpowiedź|autoodpowiedź|poza biurem|nieobecność"
    r"|automatiskt svar|autosvar|automatisk svar|frånvaro(?:meddelande)?|fraværsbesked"
    r"|automatická odpověď|mimo kancelář|nepřítomnost|automaattinen vastaus|poissaoloviesti"
    r"|رد تلقائي|trả lời tự động|resposta automàtica|automatski odgovor|samodejni odgovor|automatinis atsakymas"
    r"|balasan otomatis|automaatvastus|automātiskā atbilde|аутоматски одговор|аўтаматычны адказ|автоматты жауап"
    r"|automatická odpoveď|automatikus válasz|răspuns automat|автоматичен отговор|αυτόματη απάντηση|תשובה אוטומטית"
    r"|otomatik (?:yanıt|cevap)|ofis dışında(?:yım)?"
    r"|自动(?:回复|答复)|自動(?:回覆|回復|返信|応答)|不在(?:通知|のお知らせ)?|자동 ?(?:회신|응답))"
)
"""What mail programs put alone into a subject, or before the subject that they answer, when no person answers."""

_ANSWER: Final = (
    r"re|aw|sv|vs|antw|odp|ref|res|r|ynt|vá|απ|отв|ответ|відп|відповідь|回复|答复|回覆|返信|회신|답장|" + AUTOMATIC
)
_PASSED_ON: Final = r"fwd?|wg|tr|rv|vb|enc|i|pd|doorst|ilt|i̇lt|iletilen|пер|пересл|переслано|hа|转发|轉寄|転送|전달"
_PREFIX: Final = re.compile(
    rf"^\s*(?:({_ANSWER})|{_PASSED_ON})\.?\s*(?:\[\d+\]|\(\d+\)|\^\d+)?\s*[:：]\s*", re.IGNORECASE
)
_TAGS: Final = re.compile(r"\[#[^\]]{3,40}\]")


def is_passed_on(subject: str) -> bool:
    """Whether a prefix says that somebody forwards the mail."""
    prefix = _PREFIX.match(_TAGS.sub(" ", subject))
    return prefix is not None and prefix[1] is None


def of_passed_on(subject: str) -> str:
    """The subject of the mail that somebody forwards: without the prefix that says so."""
    prefix = _PREFIX.match(subject)
    return subject[prefix.end() :] if prefix is not None and prefix[1] is None else subject


def base_subject(subject: str) -> tuple[str, bool]:
    """The subject without prefixes and codes, casefolded, and whether a prefix said that it is an answer.

    Answers of machines are answers too.
    """
    is_reply = False
    text = _TAGS.sub(" ", subject)
    while match := _PREFIX.match(text):
        is_reply = is_reply or match.group(1) is not None
        text = text[match.end() :]
    return " ".join(text.casefold().replace("ё", "е").split()), is_reply
