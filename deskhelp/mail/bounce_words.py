"""What mail servers say in their own words of a mail that they could not deliver, or not yet, in twenty languages."""

from __future__ import annotations

import re
from typing import Final

_READ: Final = 20_000
_SEARCHED: Final = 4_000
# Where the mail that came back begins below what the server says of it.
_ORIGINAL: Final = re.compile(
    r"^(?:-{2,}.{0,20}(?:copy of|original|returned message|unsent message|below this line|исходн|копия|текст письма).*"
    r"|-{2,}.{0,20}(?:header of the original|unterhalb dieser zeile|kopie der nachricht).*"
    r"|(?:original message headers|message headers follow|исходные заголовки|ursprüngliche nachrichtenkopfzeilen|en-têtes de message d'origine"
    r"|encabezados originales|intestazioni originali|cabeçalhos da mensagem original|oorspronkelijke berichtkoppen|oryginalne nagłówki"
    r"|ursprungliga meddelanderubriker|původní hlavičky|özgün ileti üst bilgileri|元のメッセージ ヘッダー|原始邮件标头)\b.*"
    r"|(?:received|return-path|dkim-signature):.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_DELIVERY_FAILED: Final = re.compile(
    r"this is the (?:qmail-send program|mail system|postfix program)|this message was created automatically by mail"
    r"|wasn't able to deliver|(?:could ?n[o']t|can ?not|can't|unable to|was not|not been?|failed to) (?:be )?deliver"
    r"|delivery (?:to the following|has failed|failed|failure|error)|(?:message|mail).{0,40}(?:was |is )?undeliver"
    r"|did not reach the following|permanent (?:fatal )?errors?|address(?:es)? (?:not found|had permanent)"
    r"|(?:user|mailbox|recipient|address|account).{0,40}(?:unknown|not (?:found|exist|a valid)|does ?n[o']t exist|unavailable"
    r"|is full|exceed|over.?quota|disabled)|no(?:t a valid| such) (?:user|mailbox|recipient|address)|non.?delivery|returned (?:to sender|mail)"
    r"|encountered a delivery problem|message blocked|notification \(failure\)|failure notice|mail failure|mail system error|failed addresses follow|no valid recipients|(?<![\w.])55\d[ #-]{1,2}5\.\d\.\d"
    r"|не (?:было |может быть |удалось |удается |удаётся |смогли )?(?:выполнить )?(?:достав|отправлен)|адрес не (?:найден|существует)"
    r"|не существует|(?:ошибк[аи]|сбой) (?:при )?достав|возвращ(?:ено|ается) отправителю|ящик.{0,20}(?:переполнен|заблокирован)"
    r"|не (?:вдалося|вдається|може бути|було) доставл|не вдалося доставити|недоставлен|помилка доставки"
    r"|nicht zugestellt|unzustellbar|zustellung.{0,40}(?:fehlgeschlagen|nicht möglich)|nachrichtenzustellung|zustellfehler|nachricht.{0,60} blockiert"
    r"|n'a pas (?:pu|été) (?:être )?(?:remis|distribué|livré|délivré)|[ée]chec de (?:la )?(?:remise|livraison|distribution)"
    r"|non (?:remis|distribué)|adresse introuvable"
    r"|no se (?:pudo|puede|ha podido) entregar|no se ha entregado|error (?:de|en la) entrega"
    r"|non (?:è stato|recapitat|consegn)|impossibile (?:recapitare|consegnare)|mancat[oa] (?:consegna|recapito)|recapito non riuscito"
    r"|não (?:foi|pôde|pode|é) (?:possível )?(?:ser )?entreg|falha na entrega"
    r"|kon niet worden (?:afgeleverd|bezorgd)|niet (?:afgeleverd|bezorgd|bestelbaar)|bezorging.{0,60}mislukt"
    r"|nie (?:można|mogł[ao] (?:zostać|być)|udało się|została?) (?:było )?(?:dostarcz|doręcz)|niedostarcz"
    r"|kunde inte levereras|(?:inte|ej) levererats|levererades inte|går inte att leverera|leverans\w* misslyckades|kunne ikke leveres|levering\w* mislykkedes"
    r"|nelze doručit|(?:nebyl[ao]?|nemohl[ao]? být) doruč|nedoruč|doručení.{0,60}nezdařilo"
    r"|teslim edile?me|iletilemedi|nem (?:kézbesíthető|sikerült kézbesíteni)|kézbesíthetetlen|nelivrabil|nu a putut fi livrat"
    r"|toimitus epäonnistui|ei voit[au] toimittaa|δεν ήταν δυνατή η παράδοση|αδυναμία παράδοσης|не може да бъде достав"
    r"|无法(?:送达|投递|传递)|未(?:能)?送达|退信|投递失败|無法(?:傳遞|傳送|投遞)|배달되지|배달할 수 없|전송 실패"
    r"|配信(?:できません|されません|不能|に失敗)|送信できません|お届けできません",
    re.IGNORECASE,
)
_DELIVERED: Final = re.compile(
    r"successful(?:ly)? deliver|delivery (?:was )?successful|erfolgreich zugestellt|успешно доставлен|remis avec succès",
    re.IGNORECASE,
)
_DELAYED: Final = re.compile(
    r"still being retried|will (?:be retried|continue to (?:try|be retried)|keep trying|retry)|warning message only|delayed"
    r"|could not send message for (?:the )?past|not yet been delivered|no action is required|will be attempted"
    r"|notification \(delay\)|message \S{1,40} (?:has been )?frozen|delivery incomplete|temporary problem delivering"
    r"|(?:попытки|доставка).{0,40}(?:продолж|будут)|отложен|задерж|verzögert|retardée?|retrasad|ritard|atrasad|vertraagd|opóźni"
    r"|fördröjd|forsinket|zpožd|gecik|延迟|延遲|遅延",
    re.IGNORECASE,
)
_GIVEN_UP: Final = re.compile(
    r"permanent (?:fatal )?(?:errors?|fail)|fail(?:ed|ure)? permanently|permanenter fehler|(?:i've|have|has) (?:now )?given up"
    r"|gave up|giving up|not going to try again|(?<![\d.])55\d[ -]|(?<![\d.])5\.\d\.\d",
    re.IGNORECASE,
)
_GIVES_NO_HOPE: Final = re.compile(
    r"permanent (?:fatal )?errors?|permanenter fehler|i've given up|not going to try again|retry timeout exceeded",
    re.IGNORECASE,
)
_FULL: Final = re.compile(
    r"(?<![\d.])[45]\.2\.2(?![\d.])|over.{0,6}quota|quota.{0,20}exceeded|exceed\w*.{0,40}quota|out of (?:storage|disk) space"
    r"|(?:mail ?box|account|storage).{0,40}exceed|not enough (?:storage |disk )?space|mail ?box.{0,12}(?:is )?full|in ?box is full|(?:ящик|скринька).{0,20}переполнен|превышена? квота|(?:postfach|mailbox).{0,30} voll\b"
    r"|boîte.{0,40}pleine|buzón.{0,40}lleno|casella.{0,40}piena|caixa.{0,40}cheia|(?:postvak|mailbox).{0,30} vol\b|skrzynka.{0,20}(?:pełna|przepełniona)"
    r"|schránka.{0,20}plná|brevlåda.{0,20}full\b|kutusu.{0,20}dolu|邮箱.{0,6}满|郵箱.{0,6}滿|メールボックス.{0,12}(?:いっぱい|満杯|容量)",
    re.IGNORECASE,
)


def said(text: str) -> str:
    """The part of a bounce's text that is the server's."""
    original = _ORIGINAL.search(text, 40)
    return text[: min(original.start() if original else _READ, _READ)]


def subject_tells_of_failure(subject: str) -> bool:
    return "undeliver" in subject.lower() or bool(_DELIVERY_FAILED.search(subject))


def tells_of_failure(subject: str, text: str) -> bool:
    """Whether the words of a machine's mail say that a mail could not be delivered."""
    return subject_tells_of_failure(subject) or bool(_DELIVERY_FAILED.search(said(text)[:_SEARCHED]))


def tells_of_delay(subject: str, text: str) -> bool:
    """Whether they say that the server is still trying."""
    words = f"{subject}\n{said(text)[:_SEARCHED]}"
    return bool(_DELAYED.search(words)) and not _GIVEN_UP.search(words)


def tells_of_success(text: str) -> bool:
    """Whether they say that a mail has arrived."""
    words = said(text)[:_SEARCHED]
    return bool(_DELIVERED.search(words)) and not _GIVEN_UP.search(words)


def gives_no_hope(words: str) -> bool:
    """Whether a server says that it does not try any more."""
    return bool(_GIVES_NO_HOPE.search(words))


def tells_of_full_mailbox(words: str) -> bool:
    return bool(_FULL.search(words))
