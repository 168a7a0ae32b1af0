"""Mail that came back: whom it did not reach, and why; from delivery reports (RFC 3464) or from what servers write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .heads import Address, addresses, header_ids, is_address
from .message import Mail
from .parts import Contents
from .transfer import from_base64

MAX_REPORT: Final = 200_000
MAX_RECIPIENTS: Final = 1_000
_READ: Final = 20_000


@dataclass(frozen=True, slots=True)
class Bounced:
    """One recipient that a bounce speaks of; `status` is an enhanced code such as 5.1.1 or "".

    `permanent` says that no server tries any more, whatever the reason was.
    """

    address: str
    status: str
    permanent: bool
    original_message_id: str


_FIELD: Final = re.compile(r"([!-9;-~]+)[ \t]*:[ \t]*(.*)")
_STATUS: Final = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)")
_REPLY_CODE: Final = re.compile(r"(?<![\d.:-])([45])\d\d(?=[ -])(?! \w+ (?:hours?|days?))")
_RECIPIENT_FIELDS: Final = ("final-recipient", "original-recipient", "x-actual-recipient")


def reported(contents: Contents) -> list[Bounced] | None:
    """What the delivery reports of a mail say of each recipient; None if it has none that speaks of a recipient."""
    original = original_id(contents, None)
    found: list[Bounced] = []
    for report in contents.reports:
        for block in _blocks(report[:MAX_REPORT]):
            item = _reported(block, original)
            if item is not None and len(found) < MAX_RECIPIENTS:
                found.append(item)
    return list(dict.fromkeys(found)) or None


def _blocks(report: str) -> Iterator[dict[str, str]]:
    """The groups of fields in a report: a blank line ends one, and a field that begins the next recipient."""
    block: dict[str, str] = {}
    last, odd = "", []
    for line in [*report.splitlines(), ""]:
        match = _FIELD.match(line)
        if match is None and line[:1] in (" ", "\t") and last:
            block[last] += " " + line.strip()
            continue
        if match is not None and match[1].lower() not in block:
            last = match[1].lower()
            block[last] = match[2].strip()
            continue
        if match is None and line.strip():
            odd.append(line)
            continue
        if block:
            yield block
        block, last = ({match[1].lower(): match[2].strip()}, match[1].lower()) if match else ({}, "")
    if odd and "base64" in report:  # a block in a transfer encoding of its own
        yield from _blocks(from_base64("".join(odd).encode("ascii", "ignore"))[0].decode("utf-8", "replace"))


def _reported(block: dict[str, str], original: str) -> Bounced | None:
    named = [block[field].rpartition(";")[2].strip(" <>\t") for field in _RECIPIENT_FIELDS if block.get(field)]
    if not named:
        return None
    recipient = next((address for address in named if is_address(address)), named[0])
    status = _STATUS.search(block.get("status", "")) or _STATUS.search(block.get("diagnostic-code", ""))
    code = status.group() if status else ""
    action = block.get("action", "").partition(" ")[0].lower()
    if action not in ("failed", "delayed", "delivered", "relayed", "expanded"):
        reply = _REPLY_CODE.search(block.get("diagnostic-code", ""))
        is_failure = code.startswith("5") if code else bool(reply and reply[1] == "5")
    else:
        is_failure = action == "failed"
    return Bounced(recipient, code, is_failure, original)


# Where the mail that came back begins below what the server says of it.
_ORIGINAL: Final = re.compile(
    r"^(?:-{2,}.{0,20}(?:copy of|original|returned message|unsent message|below this line|исходн|копия|текст письма).*"
    r"|(?:original message headers|исходные заголовки|ursprüngliche nachrichtenkopfzeilen)\b.*"
    r"|(?:received|return-path|dkim-signature):.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_ADDRESS: Final = r"[^\s<>()\[\]:;,\"']+@[\w-]+(?:\.[\w-]+)*\.\w[\w-]+"
_LED_BY: Final = re.compile(rf"^[ \t]*<({_ADDRESS})>", re.MULTILINE)
_ALONE: Final = re.compile(rf"^[ \t]*(?:to:?[ \t]+)?({_ADDRESS})(?:[ \t]*(?:\(.*\)|on .*|:))?[ \t]*$", re.M | re.I)
_ANYWHERE: Final = re.compile(rf"({_ADDRESS})")
_LOCAL_NAME: Final = re.compile(r"(?:recipients?|addresse?s?)\b.*:\s*\n\s+([\w.+-]{2,64})[ \t]*$", re.I | re.M)


def told(mail: Mail, contents: Contents, sender: Address, text: str) -> tuple[Bounced, ...]:
    """Whom a bounce without a report speaks of, as far as its text says it."""
    said = _said(text)
    status = _STATUS.search(said)
    code = status.group() if status else ""
    reply = _REPLY_CODE.search(said)
    permanent = not (code or (reply.group() if reply else "")).startswith("4")
    original = original_id(contents, mail) or _id_in(text)
    return tuple(
        Bounced(address, code, permanent, original) for address in _recipients(mail, sender, said)[:MAX_RECIPIENTS]
    )


def _said(text: str) -> str:
    """The part of a bounce's text that is the server's."""
    original = _ORIGINAL.search(text, 40)
    return text[: min(original.start() if original else _READ, _READ)]


def _recipients(mail: Mail, sender: Address, said: str) -> list[str]:
    failed = [person.address for person in addresses(mail.get_all("X-Failed-Recipients", []))]
    if failed:
        return list(dict.fromkeys(failed))
    own = {person.address.lower() for field in ("To", "Delivered-To") for person in addresses(mail.get_all(field, []))}
    own.add(sender.address.lower())
    for pattern in (_LED_BY, _ALONE, _ANYWHERE):
        named = [name.strip(".") for name in pattern.findall(said)]
        found = [name for name in dict.fromkeys(named) if name.lower() not in own and not _is_of_server(name)]
        if found:
            return found if pattern is not _ANYWHERE else found[:1]
    local = _LOCAL_NAME.search(said)
    domain = sender.address.rpartition("@")[2]
    return [f"{local[1]}@{domain}"] if local and domain else []


def _is_of_server(address: str) -> bool:
    return address.lower().startswith(("postmaster@", "mailer-daemon@", "abuse@", "support@"))


def original_id(contents: Contents, mail: Mail | None) -> str:
    """The Message-ID of the mail that came back, from what is enclosed of it, or what the bounce answers."""
    for inner in contents.embedded:
        ids = header_ids(inner.get_all("Message-ID", []))
        if ids:
            return ids[0]
    for field in ("In-Reply-To", "References") if mail is not None else ():
        ids = header_ids(mail.get_all(field, [])) if mail is not None else ()
        if ids:
            return ids[-1]
    return ""


_ID: Final = re.compile(r"^[ \t]*Message-ID:\s*<([^<>\s]+)>", re.IGNORECASE | re.MULTILINE)


def _id_in(text: str) -> str:
    found = _ID.search(text)
    return found[1] if found else ""


_DELIVERY_FAILED: Final = re.compile(
    r"this is the (?:qmail-send program|mail system|postfix program)|this message was created automatically by mail"
    r"|wasn't able to deliver|(?:could ?n[o']t|can ?not|can't|unable to|was not|not been?|failed to) (?:be )?deliver"
    r"|delivery (?:to the following|has failed|failed|failure|error)|(?:message|mail).{0,40}(?:was |is )?undeliver"
    r"|did not reach the following|permanent (?:fatal )?errors?|address(?:es)? (?:not found|had permanent)"
    r"|(?:user|mailbox|recipient|address|account).{0,40}(?:unknown|not (?:found|exist|a valid)|does ?n[o']t exist|unavailable"
    r"|is full|exceed|over.?quota|disabled)|no(?:t a valid| such) (?:user|mailbox|recipient|address)|non.?delivery|returned (?:to sender|mail)"
    r"|encountered a delivery problem|message blocked"
    r"|не (?:было |может быть |удалось |смогли )?(?:выполнить )?(?:достав|отправлен)|адрес не (?:найден|существует)"
    r"|не существует|ошибк[аи] (?:при )?достав|возвращ(?:ено|ается) отправителю|ящик.{0,20}(?:переполнен|заблокирован)"
    r"|не вдалося доставити|недоставлен"
    r"|nicht zugestellt|unzustellbar|zustellung.{0,40}(?:fehlgeschlagen|nicht möglich)|nachrichtenzustellung"
    r"|n'a pas (?:pu|été) (?:être )?(?:remis|distribué|livré)|échec de (?:la )?(?:remise|livraison|distribution)"
    r"|no se (?:pudo|ha podido) entregar|error (?:de|en la) entrega|non (?:è stato|recapitat|consegn)|impossibile (?:recapitare|consegnare)"
    r"|não (?:foi|pôde|pode) (?:possível )?(?:ser )?entreg|kon niet worden (?:afgeleverd|bezorgd)|niet (?:afgeleverd|bezorgd)"
    r"|nie (?:można|udało się|została?) (?:było )?(?:dostarcz|doręcz)|niedostarcz|kunde inte levereras|inte levererats"
    r"|nelze doručit|nebyl[ao]? doruč|nedoruč|teslim edile?me|iletilemedi|无法(?:送达|投递|传递)|退信|投递失败|配信(?:できません|不能)|送信できません",
    re.IGNORECASE,
)
_DELAYED: Final = re.compile(
    r"still being retried|will (?:be retried|continue to (?:try|be retried)|keep trying|retry)|warning message only|delayed"
    r"|could not send message for (?:the )?past|not yet been delivered|no action is required|will be attempted"
    r"|(?:попытки|доставка).{0,40}(?:продолж|будут)|отложен|задерж|verzögert|retardée?|retrasad|ritard|atrasad|vertraagd|opóźni",
    re.IGNORECASE,
)
_GIVEN_UP: Final = re.compile(r"permanent|giv(?:e|en|ing) up|(?<![\d.])55\d[ -]|(?<![\d.])5\.\d\.\d", re.IGNORECASE)


def tells_of_failure(subject: str, text: str) -> bool:
    """Whether the words of a machine's mail say that a mail could not be delivered."""
    return bool(_DELIVERY_FAILED.search(subject) or _DELIVERY_FAILED.search(_said(text)[:4_000]))


def tells_of_delay(subject: str, text: str) -> bool:
    """Whether they say that the server is still trying."""
    said = f"{subject}\n{_said(text)[:4_000]}"
    return bool(_DELAYED.search(said)) and not _GIVEN_UP.search(said)
