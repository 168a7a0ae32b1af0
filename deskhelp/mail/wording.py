"""What machines write in people's names: out-of-office notes, acknowledgements and challenges, in fifteen languages."""

from __future__ import annotations

import re
from typing import Final

from deskhelp.domain.subjects import AUTOMATIC

_PREFIX: Final = re.compile(rf"^\s*(?:re: ?|aw: ?)?[\[(]?{AUTOMATIC}[\])]?\s*(?:[:：\-–—!.\])]|$)", re.IGNORECASE)
_BRACKETED: Final = re.compile(rf"^\s*(?:re: ?)?[\[(]{AUTOMATIC}[\])]", re.IGNORECASE)
_IN_SUBJECT: Final = re.compile(r"\bis (?:out of (?:the )?office|on (?:vacation|leave|holiday))\b", re.IGNORECASE)
# Most mails have none of these words, and finding that out is much faster than matching the phrases.
_ROOTS: Final = ("auto", "автома", "автові", "отомат", "otomatik", "自动", "自動", "자동")
_ANSWERS: Final = (
    "reply", "respond", "отвеча", "відповідайте", "nicht auf diese", "répond", "rispondere", "antwoorden", "odpowiada",
    "inte ", "neodpovídejte", "yanıtlamayın", "回复", "返信しないで",
)  # fmt: skip
_CHALLENGES: Final = ("list", "human", "real")
# A text that says of itself that no person wrote it, near its beginning or at its end.
_SELF_DECLARED: Final = re.compile(
    r"\bthis (?:is|was) an? auto(?:matic|mated|mat\w+ \w+)(?: \w+){0,2}? ?(?:reply|response|answer|acknowledge?ment)"
    r"|\b(?:reply|response) (?:was|is|has been) (?:automatically )?generated automatically"
    r"|это автоматический ответ|(?:данный|этот) ответ (?:создан|сформирован|отправлен) автоматически"
    r"|це автоматична відповідь|dies ist eine automatisch\w* (?:generierte |erstellte |erzeugte )?(?:antwort|abwesenheit)"
    r"|ceci est une réponse automatique|(?:esta|ésta) es una respuesta automática|(?:questa è una )?risposta automatica"
    r"|esta é uma resposta automática|dit is een automatisch antwoord|(?:to jest )?(?:automatyczna odpowiedź|odpowiedź automatyczna)"
    r"|detta är ett automatiskt svar|toto je automatická odpověď|bu otomatik bir (?:yanıt|cevap)"
    r"|这是(?:一封)?自动(?:回复|答复)|自動(?:返信|応答)(?:メール)?です",
    re.IGNORECASE,
)
_ABSENT: Final = re.compile(
    r"\bi(?:'m| am| will be)(?: \w+){0,2} (?:out of (?:the |my )?office|away from|on (?:\w+ )?(?:leave|vacation|holiday))"
    r"|я (?:сейчас |нахожусь )*в (?:\w+ )?отпуске|меня не будет на рабочем месте|я (?:зараз )?(?:перебуваю )?у відпустці"
    r"|ich bin (?:\S+ ){0,6}(?:nicht im (?:büro|haus)|im urlaub|abwesend)|je (?:suis|serai) (?:\w+ )?(?:absente?|en congés?)"
    r"|(?:estoy|estaré) (?:fuera de la oficina|de vacaciones|ausente)|(?:sono|sarò) (?:\w+ )?(?:assente|fuori (?:sede|ufficio)|in ferie)"
    r"|(?:estou|estarei) (?:de férias|ausente|fora do escritório)|ik ben (?:\S+ ){0,5}(?:afwezig|niet aanwezig|met vakantie)"
    r"|(?:jestem|przebywam) (?:\w+ )?(?:na urlopie|poza biurem|nieobecn)|jag är (?:\w+ )?(?:på semester|inte på kontoret|ledig)"
    r"|jsem (?:\w+ )?(?:na dovolené|mimo kancelář)|(?:yıllık )?izindeyim|我(?:正在|目前|现在)?(?:休假|不在办公室)|(?:休暇|休業)(?:中|を(?:取|い))",
    re.IGNORECASE,
)
_RECEIVED: Final = re.compile(
    r"(?:have|has been|was) received|will (?:reply|respond|answer|get back)|(?:получ|принят|зарегистрирован)"
    r"|(?:eingegangen|erhalten)|(?:bien )?reçu|(?:recibid|ricevut|recebe|recebid|ontvangen|otrzym|mottag|obdrž|přijat|alındı|收到|受け付け)",
    re.IGNORECASE,
)
_NO_ANSWER: Final = re.compile(
    r"do(?: not|n't) (?:reply|respond) to this|не (?:нужно )?отвеча(?:йте|ть) на (?:это|данное|него)|отвечать на него не нужно"
    r"|не відповідайте на це|nicht auf diese (?:e-?mail|nachricht)|ne (?:pas répondre|répondez pas) à ce"
    r"|no responda? a este|non rispondere a quest|não responda a est|niet (?:te )?(?:beantwoorden|antwoorden)"
    r"|nie odpowiada(?:j|ć) na (?:tę|ten)|inte (?:på )?detta|neodpovídejte|yanıtlamayın|请(?:勿|不要)(?:直接)?回复|返信しないで",
    re.IGNORECASE,
)
_CHALLENGE: Final = re.compile(
    r"(?:added to|on) (?:[\w'’]+ ){0,3}(?:allowed|approved|white|safe|guest) ?list"
    r"|(?:prove|confirm|verify) (?:that )?you(?:'re| are) (?:a )?(?:human|real)",
    re.IGNORECASE,
)


def is_automatic_subject(subject: str) -> bool:
    return bool(_PREFIX.match(subject) or _BRACKETED.match(subject) or _IN_SUBJECT.search(subject))


def is_automatic_text(text: str) -> bool:
    """Whether a mail says that it is an automatic answer, an acknowledgement that wants no answer, or a challenge."""
    start = " ".join(text[:1_500].split())
    lower = start.lower().replace("\u0307", "")  # the dot of a small "İ", which the patterns take for an "i"
    if _has_any(lower, _ROOTS) and _SELF_DECLARED.search(start):
        return True
    if _has_any(lower, _ANSWERS) and _NO_ANSWER.search(start) and _RECEIVED.search(start):
        return True
    return _has_any(lower, _CHALLENGES) and bool(_CHALLENGE.search(start))


def _has_any(text: str, words: tuple[str, ...]) -> bool:
    return any(map(text.__contains__, words))


def speaks_of_absence(text: str) -> bool:
    return bool(_ABSENT.search(" ".join(text[:600].split())))
