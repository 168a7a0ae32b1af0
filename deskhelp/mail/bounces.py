"""Mail that came back: whom it did not reach, and why; from delivery reports (RFC 3464) or from what servers write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from .bounce_words import gives_no_hope, said, tells_of_full_mailbox
from .heads import Address, addresses, header_ids, is_address
from .message import Mail
from .parts import Contents
from .transfer import from_base64

MAX_REPORT: Final = 200_000
MAX_RECIPIENTS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Bounced:
    """One recipient that a bounce speaks of; `status` is an enhanced code such as 5.1.1 or "".

    `is_final` says that the mail did not arrive and no server tries any more. `permanent` says besides that it would be
    of no use to send it again: a full mailbox may have room next week (RFC 3463 section 3.3).
    """

    address: str
    status: str
    permanent: bool
    original_message_id: str
    is_final: bool = True


_FIELD: Final = re.compile(r"([!-9;-~]+)[ \t]*:[ \t]*(.*)")
_STATUS: Final = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)")
_REPLY_CODE: Final = re.compile(r"(?<![\w.:-])([45])\d\d(?=[ -])(?! \w+ (?:hours?|days?))")
_RECIPIENT_FIELDS: Final = ("final-recipient", "original-recipient", "x-actual-recipient")


def reported(mail: Mail, contents: Contents, text: str) -> list[Bounced] | None:
    """What the delivery reports of a mail say of each recipient; None if it has none that speaks of a recipient."""
    original = _original(mail, contents, text)
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
    named = [_named(block[field]) for field in _RECIPIENT_FIELDS if block.get(field)]
    if not named:
        return None
    recipient = next((address for address in named if is_address(address)), named[0])
    reason = block.get("diagnostic-code", "")
    status = _STATUS.search(block.get("status", "")) or _STATUS.search(reason)
    code = status.group() if status else ""
    action = block.get("action", "").partition(" ")[0].lower()
    if action not in ("failed", "delayed", "delivered", "relayed", "expanded"):
        reply = _REPLY_CODE.search(reason)
        is_failure = code.startswith("5") if code else bool(reply and reply[1] == "5")
    else:
        is_failure = action == "failed"
    lasts = is_failure and (code.startswith("5") or not tells_of_full_mailbox(f"{code} {reason}"))
    return Bounced(recipient, code, lasts, original, is_failure)


def _named(value: str) -> str:
    """The address of a field without its type; letters beyond ASCII may be written by their numbers (RFC 6533)."""
    text = value.rpartition(";")[2].strip(" <>\t")[:_LONGEST_NAME]
    if "\\x{" in text:
        text = _UNITEXT.sub(lambda match: chr(int(match[1], 16)), text)
    bare = None if is_address(text) else _BARE.search(text)
    return bare[0] if bare else text


_LONGEST_NAME: Final = 1_000
_BARE: Final = re.compile(r"[^\s@<>:;()\"]{1,100}@[^\s@<>:;()\"]+")
_UNITEXT: Final = re.compile(r"\\x\{(0?[0-9A-F]{1,5})\}", re.IGNORECASE)
# Chinese and Japanese sentences stand around an address without a space.
_CJK: Final = r"\u3000-\u30ff\u3400-\u9fff\uff00-\uffef"
_LABEL: Final = r"[0-9A-Za-z\u00c0-\u052f-]"
_ADDRESS: Final = rf"[^\s@<>()\[\]:;,\"'{_CJK}]{{1,100}}@(?:{_LABEL}{{1,63}}\.){{1,8}}\w{_LABEL}{{1,62}}"
_LED_BY: Final = re.compile(rf"^[ \t]*<({_ADDRESS})>", re.MULTILINE)
_SAID_TO: Final = (
    "to|recipients?|(?:recipient|failed) address|empfänger|получатель|destinataire|destinatari[oa]|destinatário"
    "|ontvanger|adresat"
)
_WORD: Final = re.compile(r"\w\w")
_ALONE: Final = re.compile(
    rf"^[ \t]*(?:-{{1,2}} |\* |(?:{_SAID_TO})[:：]?[ \t]+)?<?({_ADDRESS})>?"
    r"(?:[ \t]*(?:\(.*\)|:)|[ \t]+(?:on|am|le|el|il|em|op) .*)?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_ENDED: Final = re.compile(rf"^[ \t]*[^\s@:][^@:\n]{{2,60}}: <?({_ADDRESS})>?[ \t]*$", re.MULTILINE)
_ANYWHERE: Final = re.compile(rf"({_ADDRESS})")
_LOCAL_NAME: Final = re.compile(
    r"(?:recipients?|addresse?s?|following)\b.*:\s*\n\s+([\w.+-]{2,64})[ \t]*(?:\(.*\))?[ \t]*$", re.I | re.M
)


def told(mail: Mail, contents: Contents, sender: Address, text: str) -> tuple[Bounced, ...]:
    """Whom a bounce without a report speaks of, as far as its text says it."""
    words = said(text)
    is_hopeless = gives_no_hope(words)
    original = _original(mail, contents, text)
    found = _recipients(mail, contents, sender, words)[:MAX_RECIPIENTS]
    reasons = _reasons(found, words)
    return tuple(
        Bounced(address, _status(reasons[address]), _lasts(reasons[address], is_hopeless), original)
        for address in found
    )


def _reasons(recipients: Sequence[str], words: str) -> dict[str, str]:
    """What a server says of each recipient: what stands below its address, or all that it says of a single one."""
    reasons: dict[str, str] = {}
    if len(recipients) > 1:
        known = {address.lower(): address for address in recipients}
        marks = [match for match in _ANYWHERE.finditer(words) if match[1].strip(".").lower() in known]
        end, below = len(words), ""
        for match in reversed(marks):
            own = words[match.end() : end]
            reason = own if _WORD.search(own) else below  # several in a row have it in common
            if _STATUS.search(reason) or _REPLY_CODE.search(reason):
                reasons[known[match[1].strip(".").lower()]] = reason
            end, below = match.start(), reason
    return {address: reasons.get(address, "" if reasons else words) for address in recipients}


def _status(reason: str) -> str:
    status = _STATUS.search(reason)
    return status.group() if status else ""


def _lasts(reason: str, is_hopeless: bool) -> bool:
    reply = _REPLY_CODE.search(reason)
    code = _status(reason) or (reply.group() if reply else "")
    if code.startswith("5"):
        return True
    return not tells_of_full_mailbox(reason) and (is_hopeless or not code.startswith("4"))


def _recipients(mail: Mail, contents: Contents, sender: Address, words: str) -> list[str]:
    failed = [person.address for person in addresses(mail.get_all("X-Failed-Recipients", []))]
    if failed:
        return list(dict.fromkeys(failed))
    own = {person.address.lower() for field in ("To", "Delivered-To") for person in addresses(mail.get_all(field, []))}
    own.add(sender.address.lower())
    to = [person.address for inner in contents.embedded[:1] for person in addresses(inner.get_all("To", []))]
    for pattern in (_LED_BY, _ALONE, _ENDED, _ANYWHERE):
        named = [name.strip(".") for name in pattern.findall(words)]
        found = [name for name in dict.fromkeys(named) if name.lower() not in own]
        if pattern is not _LED_BY:  # advice may name those who help
            found = [name for name in found if name in to or not name.lower().startswith(_HELPERS)]
        if found:
            return found if pattern is not _ANYWHERE else found[:1]
    return _implied(to, sender, words)


def _implied(to: list[str], sender: Address, words: str) -> list[str]:
    """The recipient where the text has no address: by a name without a domain, or whom the mail was to."""
    local, domain = _LOCAL_NAME.search(words), sender.address.rpartition("@")[2]
    if local:
        whole = next((address for address in to if address.lower().startswith(f"{local[1]}@".lower())), "")
        return [whole or f"{local[1]}@{domain}"] if whole or domain else []
    return to if len(to) == 1 and is_address(to[0]) else []


_HELPERS: Final = ("postmaster@", "mailer-daemon@", "abuse@", "support@")
_ID: Final = re.compile(r"(?<![\w-])Message-ID:\s*<?([^<>\s@]{1,500}@[^<>\s]{1,500})", re.IGNORECASE)


def _original(mail: Mail, contents: Contents, text: str) -> str:
    """The Message-ID of the mail that came back: of what is enclosed, of what the bounce answers, or from its text."""
    for inner in contents.embedded:
        ids = header_ids(inner.get_all("Message-ID", []))
        if ids:
            return ids[0]
    for field in ("In-Reply-To", "References"):
        ids = header_ids(mail.get_all(field, []))
        if ids:
            return ids[-1]
    found = _ID.search(text)
    return found[1] if found else ""
