"""What stands between an answer and the mail it answers, in the languages and programs that we know."""

from __future__ import annotations

import re
from typing import Final

# Verbs that end the line, and verbs that the name may follow: "schrieb Anna Petrova <a@desk.example>:".
_LAST: Final = (
    r"wrote|writes|a écrit|escribió|ha scritto|escreveu|napisała?|napisał\(a\)|pisze|napsala?|napsal\(a\)|yazdı|kirjoitti"
    r"|a scris|írta|έγραψε|пиш(?:е|ет|ут)|писала?|написала?|написал\(а\)|писав|написав|geschrieben|geschreven|följande"
)
_LAST_CJK: Final = "写道|寫道|のメール|書きました|작성"  # they follow names and times without a space
_AMID: Final = r"schrieb|skrev|schreef|napisała?|napsala?|kirjoitti|écrivait|пишет|написала?|yazdı"
_ATTRIBUTION: Final = re.compile(
    rf"^\s*(?:>\s*)?-*\s*(?:.{{0,240}}(?:(?:\b|(?<=[^\x00-\x7f]))(?:{_LAST})|{_LAST_CJK})\s*(?:-{{3,}}\s*|\W?\s*[:：]\s*-*\s*)"
    rf"|.{{0,160}}\b(?:{_AMID})\b(?! ?(?:ich|wir|jeg|jag|vi|ik|wij|я|мы)\b).{{0,160}}[:：]\s*)$",
    re.IGNORECASE,
)
_VERB: Final = re.compile(
    rf"(?:\b|(?<=[^\x00-\x7f]))(?:{_LAST}|{_AMID}|schrieben|писали|писав\w*|napisana|hat|heeft)(?!\w)|{_LAST_CJK}",
    re.IGNORECASE,
)
# "Mon, 3 May 2026 8:36 PM +0300 from Anna <anna@desk.example>:" has no verb, but a date, a time and an address.
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\b\d{1,2}[./-]\d{1,2}[./-]\d{2}\b")
_TIME: Final = re.compile(r"(?<![\d.])\d{1,2}[:.h]\d{2}(?!\d|\.\d)")
_PERSON: Final = re.compile(r"[^\s<>\"']+@[^\s<>\"']+")
# Behind an address, a date or a time nothing is left to be said, as there is where a sentence ends with a colon.
_SAID_ALL: Final = re.compile(r"(?:[>)\]\d]|@[\w.-]+)\W{0,2}\s*[:：]\s*$")
_DASHED: Final = re.compile(r"^\s*(?:>\s*)?-{2,}.*\S\s*-{2,}\s*$")
# The Bat! leads quoted lines with the initials of whom they quote.
QUOTED: Final = re.compile(r"^\s*(?:[A-ZА-ЯЁІЇЄ]{1,4})?>")
STARTS: Final = re.compile(
    r"^\s*(?:>\s*)?-*\s*(?:(?:on|am|le|el|il|in data|em|op|den|dne|dnia|w dniu|på|от|in)\b|\d{1,4}[.:/-]\d{1,2}"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)\w*,|(?:пн|вт|ср|чт|пт|сб|вс|нд),|(?:понедельник|вторник|среда|четверг|пятница|суббота|воскресенье),"
    r"|\w{2,3}\.? \d{1,2}\.|\w{2,6}\.?, \d{1,2} |\d{4}年)",
    re.IGNORECASE,
)
MESSAGE_LINE: Final = re.compile(
    r"^\s*>?\s*(?:-{2,}|_{2,}|={2,})\s*(?:original message|original appointment|reply message|replied message|original(?: e-?mail)?"
    r"|original-?nachricht|ursprüngliche (?:nachricht|mail|e-mail)|исходное сообщение|оригинальное сообщение|вихідне повідомлення"
    r"|оригінальне повідомлення|message d'origine|(?:message|e?-?mail) original|mensaje original|messaggio originale|mensagem original"
    r"|oorspronkelijk bericht|wiadomość oryginalna|oryginalna wiadomość|ursprungligt meddelande|originalmeddelande"
    r"|oprindelig (?:besked|meddelelse)|opprinnelig melding|původní (?:zpráva|e-?mail)|orijinal (?:ileti|mesaj)|özgün ileti"
    r"|alkuperäinen viesti|原始邮件|原始郵件|回复的原邮件|原邮件|元のメッセージ|元のメール)\s*(?:-{2,}|_{2,}|={2,})?\s*$",
    re.IGNORECASE,
)
# A title between dashes, in whatever language: the head of a mail may follow.
TITLE: Final = re.compile(
    r"^\s*(?:>\s*)?(?:[-_=*]{2,}\s*[^\W\d_].{0,60}?[-_=*]{2,}|(?:[-_=*]{2,}\s*)?message du\s?:?\s?\d[\d/.: à]+)\s*$",
    re.IGNORECASE,
)
RULER: Final = re.compile(r"^\s*(?:_{20,}|-{20,}|={4,}|-{2,}|\*{5,})\s*$")
_LONGEST_LABEL: Final = 100
_FIELD: Final = re.compile(r"^>?\s*\*{0,2}([^\W\d_][^:：*]{0,20}?)\s?\*{0,2}[:：]\*{0,2}(.*)$")


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split("|"))


# The fields of a mail's head: its author's, those that only a mail has, and all but the author's.
AUTHOR: Final = _names(
    "from|от|от кого|отправитель|від|від кого|von|de|da|van|od|från|fra|gönderen|kimden|lähettäjä|mittente|nadawca"
    "|发件人|寄件者|寄件人|發件人|差出人|送信者|送信元"
)
ONLY_MAIL: Final = _names(
    "sent|subject|отправлено|тема|надіслано|відправлено|gesendet|betreff|envoyé|envoyée|objet|sujet|enviado|enviada"
    "|enviados|enviadas|enviado el|enviado em|enviada em|enviada el|asunto|assunto|inviato|oggetto|ogg|verzonden"
    "|onderwerp|wysłano|wysłane|temat|skickat|ämne|sendt|emne|odesláno|předmět|gönderilen|gönderildi|gönderme tarihi|konu"
    "|lähetetty|aihe|发送时间|發送時間|已傳送|主题|主題|寄件日期|主旨|送信日時|件名"
)
_REST: Final = ONLY_MAIL | _names(
    "date|to|cc|дата|кому|копия|копія|datum|an|kopie|à|a|copie à|fecha|data|para|aan|do|dw|till|kopia|dato|til|komu|tarih"
    "|kime|alıcı|bilgi|vastaanottaja|发送日期|日期|收件人|抄送|收件者|副本|日時|日付|宛先|adresat|pour|message du"
)
FORWARD: Final = re.compile(
    r"^\s*(?=[-=abdipsvzнп以开転開])(?:[-=]{2,}\s*(?:forwarded (?:message|by)|(?:начало )?пересылаемо(?:е|го) сообщени[ея]"
    r"|пересланное сообщение|перенаправленное сообщение|переслане повідомлення|перенаправлене повідомлення|weitergeleitete nachricht"
    r"|message (?:transféré|transmis|réexpédié)|mensaje reenviado|messaggio inoltrato|mensagem (?:en|reen)caminhada|doorgestuurd bericht"
    r"|(?:treść przekazanej wiadomości|przekazana wiadomość|wiadomość przekazana)|vidarebefordrat (?:meddelande|mejl)|přeposlaná zpráva"
    r"|videresendt (?:meddelelse|melding)|edelleenlähetetty viesti|välitetty viesti|ileti(?:lmiş|len) (?:ileti|mesaj)"
    r"|转发(?:的)?(?:邮件|消息)|轉寄(?:的)?(?:郵件|訊息)|転送(?:された)?メッセージ)"
    r"|begin forwarded message|anfang der weitergeleiteten|début du message (?:transféré|réexpédié)|начало (?:переадресованного|пересылаемого)"
    r"|(?:inicio del mensaje reenviado|inizio (?:del )?messaggio inoltrato|início da mensagem (?:en|reen)caminhada|begin doorgestuurd bericht"
    r"|początek przekazywanej wiadomości|vidarebefordrat (?:mejl|brev)|začátek přepos\w+ zprávy|(?:iletilmiş |iletilen )?ileti başlangıcı"
    r"|start på videresendt besked|videresendt melding|välitetty viesti alkaa|початок листа, що пересилається"
    r"|початок (?:переадресованого|пересланого) (?:листа|повідомлення)|(?:以下是|开始)转发的邮件|開始轉寄(?:郵件|訊息)"
    r"|転送されたメッセージ)\s*[:：])",
    re.IGNORECASE,
)


def field_of(line: str) -> str:
    """The name, in small letters, of the field of a head that a line would be; "" if it is none that we know."""
    field = _FIELD.match(line[:_LONGEST_LABEL].lstrip())
    name = field[1].lower() if field else ""
    if name in _REST:
        return name
    return name if field and name in AUTHOR and field[2] and not field[2].isspace() else ""


def is_attribution(line: str, is_quoted_next: bool) -> bool:
    """Whether a line says who wrote what follows: by its verb, or by a date, a time and an address at once."""
    if len(line) > 400:
        return False
    has_verb = bool(_VERB.search(line))
    if has_verb and _DASHED.match(line):
        return True
    if has_verb and _ATTRIBUTION.match(line):
        return is_quoted_next or "@" in line or any(sign.isdigit() for sign in line)
    words = line.rstrip()
    if not words.endswith((":", "：", "-", " wrote")):
        return False
    has_person = bool(_PERSON.search(line))
    has_day = is_dated(line)
    if is_quoted_next and has_person:
        return True
    if not (has_day and _TIME.search(line)):
        return has_person and has_day and bool(STARTS.match(line)) and words.endswith((">:", ">)："))
    if is_quoted_next:
        return True
    is_told = words.endswith(" wrote") or bool(_SAID_ALL.search(line))
    return is_told and (has_person or has_verb)


def is_dated(line: str) -> bool:
    """Whether a line names a day with its year."""
    return bool(_YEAR.search(line))


def names_author(line: str) -> bool:
    """Whether a line right above a quotation says by an address whose it is."""
    if len(line) > 300 or not _PERSON.search(line):
        return False
    return line.rstrip().endswith((":", "：")) or is_dated(line) or bool(_TIME.search(line))
