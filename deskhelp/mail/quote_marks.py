"""What stands between an answer and the mail it answers, in the languages and programs that we know."""

from __future__ import annotations

import re
from typing import Final

# Verbs that end the line, and verbs that the name may follow: "schrieb Anna Petrova <a@desk.example>:".
_LAST: Final = (
    r"wrote|writes|a écrit|escribió|ha scritto|escreveu|napisała?|napisał\(a\)|pisze|napsala?|yazdı|kirjoitti|a scris"
    r"|írta|έγραψε|пиш[еу]т|писала?|написала?|написал\(а\)|писав|написав|написала"
)
_LAST_CJK: Final = "写道|寫道|のメール|書きました"  # they follow names and times without a space
_AMID: Final = r"schrieb|skrev|schreef|napisała?|napsala?|kirjoitti|écrivait|пишет|написала?|yazdı"
ATTRIBUTION: Final = re.compile(
    rf"^\s*(?:>\s*)?-*\s*(?:.{{0,240}}(?:(?:\b|(?<=[^\x00-\x7f]))(?:{_LAST})|{_LAST_CJK})\s*(?:-{{3,}}\s*|\W?\s*[:：]\s*-*\s*)"
    rf"|.{{0,160}}\b(?:{_AMID})\b(?! ?(?:ich|wir|jeg|jag|vi|ik|wij|я|мы)\b).{{0,160}}[:：]\s*)$",
    re.IGNORECASE,
)
# "Mon, 3 May 2026 8:36 PM +0300 from Anna <anna@desk.example>:" has no verb, but a date, a time and an address.
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\b\d{1,2}[./-]\d{1,2}[./-]\d{2}\b")
_TIME: Final = re.compile(r"\b\d{1,2}[:.h]\d{2}\b")
_PERSON: Final = re.compile(r"[^\s<>\"']+@[^\s<>\"']+")
STARTS: Final = re.compile(
    r"^\s*(?:>\s*)?-*\s*(?:on|am|le|el|il|in data|em|op|den|dne|dnia|w dniu|på|от|\d{1,4}[.:/-]\d{1,2}"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)\w*,|(?:пн|вт|ср|чт|пт|сб|вс|нд),|(?:понедельник|вторник|среда|четверг|пятница|суббота|воскресенье),"
    r"|\w{2,3}\.? \d{1,2}\.|\d{4}年)",
    re.IGNORECASE,
)
MESSAGE_LINE: Final = re.compile(
    r"^\s*>?\s*(?:-{2,}|_{2,}|={2,})\s*(?:original message|original appointment|reply message|original-?nachricht|ursprüngliche nachricht"
    r"|исходное сообщение|оригинальное сообщение|вихідне повідомлення|оригінальне повідомлення|message d'origine|message original"
    r"|mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht|wiadomość oryginalna|oryginalna wiadomość"
    r"|ursprungligt meddelande|originalmeddelande|oprindelig (?:besked|meddelelse)|opprinnelig melding|původní zpráva"
    r"|orijinal (?:ileti|mesaj)|özgün ileti|alkuperäinen viesti|原始邮件|原始郵件|元のメッセージ|元のメール)\s*(?:-{2,}|_{2,}|={2,})?\s*$",
    re.IGNORECASE,
)
RULER: Final = re.compile(r"^\s*(?:_{20,}|-{20,}|={4,}|-{2,}|\*{5,})\s*$")
HEAD_FROM: Final = re.compile(
    r"^\s*>?\s*\*{0,2}(?:from|от|от кого|від|von|de|da|van|od|från|fra|gönderen|kimden|lähettäjä|发件人|寄件者|寄件人|差出人|message du)"
    r"\s?\*{0,2}[:：]\*{0,2}\s*\S",
    re.IGNORECASE,
)
HEAD_REST: Final = re.compile(
    r"^\s*>?\s*\*{0,2}(?:sent|date|to|cc|subject|отправлено|дата|кому|тема|копия|надіслано|копія|gesendet|datum|an|betreff|kopie"
    r"|envoyé|à|a|objet|sujet|copie à|enviado(?: el)?|enviada em|fecha|data|para|asunto|assunto|inviato|oggetto|verzonden|aan|onderwerp"
    r"|wysłano|data|do|temat|dw|skickat|till|ämne|kopia|sendt|dato|til|emne|odesláno|komu|předmět|gönderme tarihi|gönderilen|tarih|kime"
    r"|konu|bilgi|lähetetty|vastaanottaja|aihe|发送时间|发送日期|日期|收件人|抄送|主题|寄件日期|收件者|主旨|送信日時|日時|宛先|件名)"
    r"\s?\*{0,2}[:：]",
    re.IGNORECASE,
)
# Fields that only a mail has.
HEAD_MAIL: Final = re.compile(
    r"^\s*>?\s*\*{0,2}(?:sent|subject|отправлено|тема|надіслано|gesendet|betreff|envoyé|objet|sujet|enviado(?: el)?|enviada em|asunto"
    r"|assunto|inviato|oggetto|verzonden|onderwerp|wysłano|temat|skickat|ämne|sendt|emne|odesláno|předmět|gönderilen|gönderme tarihi|konu"
    r"|lähetetty|aihe|发送时间|主题|寄件日期|主旨|送信日時|件名)\s?\*{0,2}[:：]",
    re.IGNORECASE,
)
FORWARD: Final = re.compile(
    r"^\s*(?=[-badн])(?:-{2,}\s*(?:forwarded (?:message|by)|пересылаемое сообщение|пересланное сообщение|переслане повідомлення"
    r"|weitergeleitete nachricht|message transféré|mensaje reenviado|messaggio inoltrato|mensagem encaminhada|doorgestuurd bericht"
    r"|wiadomość przekazana|vidarebefordrat meddelande|přeposlaná zpráva|iletilmiş mesaj|转发(?:的)?邮件|転送(?:された)?メッセージ)"
    r"|begin forwarded message|anfang der weitergeleiteten|début du message (?:transféré|réexpédié)|начало переадресованного)",
    re.IGNORECASE,
)
# No sentence goes on like these: no comma or full stop in it, at most a link behind.
_DEVICE: Final = r"[^.,;!?<>\[\](){}]{2,60}?"
_LINK: Final = r"\s*(?:[<(\[]\s*(?:https?:|mailto:|www)[^\s]*\s*[>)\]]|https?:\S+)?"
_SENT_FROM: Final = re.compile(
    rf"^\s*(?=[degilosvwон发從])(?:(?:sent|written) (?:from|via|with|using) (?:my |the )?{_DEVICE}|get outlook for {_DEVICE}"
    rf"|отправлено (?:с|из|через) {_DEVICE}|надіслано (?:з|із|через) {_DEVICE}|von meinem {_DEVICE} gesendet"
    rf"|(?:gesendet|diese nachricht wurde) (?:von|mit) {_DEVICE}|envoyé (?:de|depuis|à partir d[eu']|avec) ?{_DEVICE}"
    rf"|(?:enviado|enviada) (?:desde|de|do|a partir d[eo]) (?:mi |meu )?{_DEVICE}|inviato da(?:l mio)? {_DEVICE}"
    rf"|(?:verzonden|verstuurd) (?:vanaf|vanuit|met|via) (?:mijn )?{_DEVICE}|wysłan[eoy] z {_DEVICE}|skickat från {_DEVICE}"
    rf"|sendt fra {_DEVICE}|odesláno z {_DEVICE}|lähetetty {_DEVICE}|发自(?:我的)?{_DEVICE}|從我的 ?{_DEVICE}傳送){_LINK}\s*$",
    re.IGNORECASE,
)
# Apart, as the device comes first in it: tried on every line it would take most of the time of all signatures.
_DEVICE_SENT: Final = re.compile(
    rf"^\s*(?:{_DEVICE}(?:’|')?(?:dan|den|tan|ten|ndan) gönderildi|{_DEVICE}から送信){_LINK}\s*$", re.IGNORECASE
)
SIGNATURE: Final = re.compile(r"^\s{0,3}(?:--|—{1,10}|–{2,10})\s*$")
LIST_FOOTER: Final = re.compile(r"^\s*(?:_{2,}|-{3,}|={3,}|\*{3,})\s*$")
CLOSING: Final = re.compile(
    r"^\s*(?=[abcdfkmprsuvwyzсвз])(?:с уважением|с наилучшими пожеланиями|всего доброго|з повагою|best regards|kind regards|warm regards|regards|best wishes|sincerely"
    r"|yours (?:sincerely|faithfully|truly)|mit freundlichen grüßen|mit freundlichem gruß|freundliche grüße|viele grüße|beste grüße"
    r"|cordialement|bien cordialement|(?:un )?saludos?(?: cordiale?s)?|atentamente|cordiali saluti|distinti saluti|atenciosamente|cumprimentos"
    r"|met vriendelijke groet(?:en)?|z poważaniem|pozdrawiam|med vänliga hälsningar|vänliga hälsningar|med venlig hilsen|s pozdravem|saygılarımla)"
    r"\b[,.!]?\s*.{0,40}$",
    re.IGNORECASE,
)
DISCLAIMER: Final = re.compile(
    r"^\W{0,4}(?=[cdelntднэ])(?:(?:confidentiality|legal) (?:notice|note|disclaimer)\b|disclaimer\W"
    r"|(?:this|the information (?:contained )?in this) (?:e-?mail|message|communication)\b.{0,120}\b(?:confidential|privileged|intended (?:only|solely))"
    r"|(?:настоящее|данное|это) (?:электронное )?(?:сообщение|письмо).{0,120}\bконфиденциальн"
    r"|diese (?:e-?mail|nachricht).{0,80}\bvertraulich|ce (?:message|courriel|mail)\b.{0,120}\bconfidentiel"
    r"|este (?:mensaje|correo|e-?mail)\b.{0,120}\bconfidencial|esta mensagem\b.{0,120}\bconfidencia"
    r"|le informazioni contenute in quest\w+ (?:messaggio|e-?mail|comunicazione)|deze? (?:e-?mail|bericht)\b.{0,120}\bvertrouwelijk"
    r"|(?:ta|niniejsza) wiadomość\b.{0,120}\bpoufn)",
    re.IGNORECASE,
)


def is_attribution(line: str, is_quoted_next: bool) -> bool:
    """Whether a line says who wrote what follows: by its verb, or by a date, a time and an address at once."""
    if len(line) > 400:
        return False
    if ATTRIBUTION.match(line):
        return is_quoted_next or "@" in line or any(sign.isdigit() for sign in line)
    ends = line.rstrip().endswith((":", "：", " wrote"))
    return bool(ends and _PERSON.search(line) and _YEAR.search(line) and _TIME.search(line))


def is_sent_from(line: str) -> bool:
    """Whether a line is what a telephone adds below a mail."""
    if _SENT_FROM.match(line):
        return True
    return ("nderildi" in line or "から送信" in line) and bool(_DEVICE_SENT.match(line))
