"""What the author of a mail wrote: without quoted history below and without signature; when in doubt, show more."""

from __future__ import annotations

import re
from typing import Final

_ATTRIBUTION: Final = re.compile(
    r"^\s*(?:>\s*)?("
    r"on .{4,200}\bwrote:?|.{0,160}\b(пишет|написал(?:[аи]|\(а\))?|писал[аи]?)\s*:|am .{4,200}\bschrieb\b.{0,80}:|le .{4,200}\ba écrit\s*:"
    r"|el .{4,200}\bescribió\s*:|il .{4,200}\bha scritto\s*:|em .{4,200}\bescreveu\s*:|op .{4,200}\bschreef\b.{0,80}:"
    r"|.{4,120}\bnapisał\(?a?\)?\s*:|den .{4,200}\bskrev\b.{0,80}:|dne .{4,200}\bnapsal\(?a?\)?\s*:|.{4,120}\btarihinde\b.{0,80}yazdı\s*:"
    r"|(?:пн|вт|ср|чт|пт|сб|вс), \d{1,2} [а-я]{3,8}\.? \d{4} г\. в \d{1,2}:\d{2}\b.{0,160}:"
    r"|(?:понедельник|вторник|среда|четверг|пятница|суббота|воскресенье), \d{1,2} [а-я]{3,8} \d{4},? \d{1,2}:\d{2} .{0,160}:"
    r"|\d{2}\.\d{2}\.\d{4}, \d{1,2}:\d{2}, .{0,160}<[^<>\s]+@[^<>\s]+>:"
    r"|в письме от .{4,120}|.{4,120}写道[:：]|.{4,120}のメール[:：]"
    r")\s*$",
    re.IGNORECASE,
)
_DIVIDER: Final = re.compile(
    r"^\s*(-{2,}\s*(original message|исходное сообщение|пересылаемое сообщение|ursprüngliche nachricht|message d'origine"
    r"|mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht|原始邮件|元のメッセージ)\s*-{2,}"
    r"|_{20,}|-{20,})\s*$",
    re.IGNORECASE,
)
_HEAD_FROM: Final = re.compile(r"^\s*\*?(from|от|от кого|von|de|da|van|od|från|发件人)\s*:\*?\s*\S", re.IGNORECASE)
_HEAD_REST: Final = re.compile(
    r"^\s*\*?(sent|date|to|subject|cc|отправлено|дата|кому|тема|копия|gesendet|an|betreff|envoyé|à|objet|enviado|para|asunto"
    r"|inviato|a|oggetto|assunto|verzonden|aan|onderwerp|wysłano|do|temat|skickat|till|ämne|发送时间|收件人|主题)\s*:\*?",
    re.IGNORECASE,
)
_FORWARD: Final = re.compile(
    r"^\s*(-{2,}\s*(forwarded message|пересылаемое сообщение|пересланное сообщение|weitergeleitete nachricht)\b"
    r"|begin forwarded message)",
    re.IGNORECASE,
)
_SIGNATURE: Final = re.compile(
    r"^\s*(-- ?|—|отправлено (с|из) .{2,60}|sent from (my |outlook|mail|yahoo|samsung).{0,60}|get outlook for .{2,40}"
    r"|von meinem .{2,40} gesendet|envoyé de mon .{2,40})\s*$",
    re.IGNORECASE,
)
_CLOSING: Final = re.compile(
    r"^\s*(с уважением|с наилучшими пожеланиями|всего доброго|best regards|kind regards|regards|sincerely|mit freundlichen grüßen"
    r"|cordialement|saludos|cordiali saluti|atenciosamente|met vriendelijke groet|z poważaniem|med vänliga hälsningar)\b[,.!]?\s*.{0,40}$",
    re.IGNORECASE,
)
_MAX_SIGNATURE_LINES: Final = 12
_BLANKS: Final = re.compile(r"\n{3,}")


def reply_text(text: str) -> str:
    """The text without quoted history and signature; all of it where nothing new would be left."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if any(_FORWARD.match(line) for line in lines[:60]):
        return _joined(lines)
    kept = _without_signature(_without_history(lines))
    short = _joined(kept)
    return short or _joined(lines)


def _joined(lines: list[str]) -> str:
    return _BLANKS.sub("\n\n", "\n".join([line.rstrip() for line in lines])).strip()


def _without_history(lines: list[str]) -> list[str]:
    cut = _cut_at(lines)
    if cut is not None and not _has_own_text(lines[cut:]):
        return lines[:cut]
    if cut is None:
        return _without_trailing_quote(lines)
    if not _joined(lines[:cut]):
        return _below_quote(lines, cut)
    return lines


def _cut_at(lines: list[str]) -> int | None:
    """The line at which the history begins."""
    hints = [_may_begin_history(line) for line in (*lines, "")]
    for at, line in enumerate(lines):
        if not (hints[at] or hints[at + 1]):
            continue
        if _DIVIDER.match(line) and _followed_by_head(lines, at + 1):
            return at
        if _HEAD_FROM.match(line) and _followed_by_head(lines, at + 1, needed=2):
            return at
        if _ATTRIBUTION.match(line):
            return at
        if at + 1 < len(lines) and len(line) > 20 and _ATTRIBUTION.match(f"{line} {lines[at + 1]}"):
            follows = lines[at + 2 : at + 5]
            if any(later.lstrip().startswith(">") for later in follows) or line.lower().startswith(
                ("on ", "am ", "le ")
            ):
                return at
    return None


def _may_begin_history(line: str) -> bool:
    """Whether a line has what each of the ways to begin a history has: most lines need no closer look."""
    if ":" in line or "：" in line or line.lstrip().startswith(("--", "__")):
        return True
    low = line.lower()
    return "wrote" in low or "письме от" in low


def _followed_by_head(lines: list[str], start: int, needed: int = 1) -> bool:
    near = [line for line in lines[start : start + 8] if line.strip()][:5]
    return sum(bool(_HEAD_REST.match(line) or _HEAD_FROM.match(line)) for line in near) >= needed


def _has_own_text(history: list[str]) -> bool:
    """Whether the author wrote between or below quoted lines: then the quotation belongs to the answer."""
    quoted = [at for at, line in enumerate(history) if line.lstrip().startswith(">")]
    if not quoted:
        return False
    tail = _without_signature(history[quoted[0] :])
    return any(line.strip() and not line.lstrip().startswith(">") for line in tail)


def _below_quote(lines: list[str], cut: int) -> list[str]:
    """An answer below its quotation: only one block of quoted lines on top, the text follows."""
    rest = lines[cut + 1 :]
    at = 0
    while at < len(rest) and (not rest[at].strip() or rest[at].lstrip().startswith(">")):
        at += 1
    below = rest[at:]
    if at and not any(line.lstrip().startswith(">") for line in below):
        return below
    return lines


def _without_trailing_quote(lines: list[str]) -> list[str]:
    end = len(lines)
    while end and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith(">")):
        end -= 1
    return lines[:end] if end and any(line.lstrip().startswith(">") for line in lines[end:]) else lines


def _without_signature(lines: list[str]) -> list[str]:
    for at, line in enumerate(lines):
        if at == 0 or not (_SIGNATURE.match(line) or _CLOSING.match(line)):
            continue
        after = [later for later in lines[at + 1 :] if later.strip()]
        if _SIGNATURE.match(line) and len(after) <= _MAX_SIGNATURE_LINES:
            return lines[:at]
        if _CLOSING.match(line) and len(after) <= 8 and not any(len(later) > 160 for later in after):
            return lines[:at]
    return lines
