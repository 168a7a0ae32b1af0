"""Header fields as text: encoded words (RFC 2047) as programs really write them, and raw bytes of any charset."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from typing import Final

from .charset_names import codec_of
from .charsets import decode, guess

MAX_HEAD: Final = 300_000
_BEGIN: Final = re.compile(r"=\?([^?\s]{0,80})\?([bqBQ])\?")
_SURROGATE: Final = re.compile("[\udc80-\udcff]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_FOLD: Final = re.compile(r"(?:\r?\n[ \t]*)+|\r")
_LINE_END: Final = re.compile(r"\s*[\r\n]\s*")
_SOFT_END: Final = re.compile(r"=\s+")
_NOT_BASE64: Final = re.compile(r"[^A-Za-z0-9+/]")
_URL_SAFE: Final = str.maketrans("-_", "+/")


def raw_text(value: object) -> str:
    """A header value of the parser as a string in which stray bytes are surrogates, unfolded and bounded."""
    text = str(value)[:MAX_HEAD]
    return _FOLD.sub(" ", text) if "\n" in text or "\r" in text else text


def decode_text(value: object, hint: str = "") -> str:
    """A header as people read it: encoded words joined and decoded, raw 8-bit bytes recovered.

    `hint` is the charset that raw bytes are likely to stand in: the one that the mail's text is written in.
    """
    text = recovered(raw_text(value), hint)
    if "=?" in text:
        text = decode_words(text)
        if text.startswith("=?") and text.endswith("?="):  # a gateway has encoded what was encoded already
            text = decode_words(text)
        text = _LINE_END.sub(" ", text) if "\n" in text or "\r" in text else text
    return _CONTROL.sub("", text).strip()


def recovered(text: str, hint: str = "") -> str:
    """Raw bytes above 127 stand in the parser's text as surrogates, and ISO-2022 as it is; read as what they are."""
    if text.isascii():
        return guess(text.encode("ascii"))[0] if "\x1b$" in text else text
    if not _SURROGATE.search(text):
        return text
    return guess(text.encode("utf-8", "surrogateescape"), hint)[0]


def decode_words(text: str) -> str:
    """The text with its encoded words read; letters that were cut between two words are put together again."""
    out, at = [], 0
    pending, charset = b"", ""
    while (begin := _BEGIN.search(text, at)) is not None:
        close = text.find("?=", begin.end())
        if close < 0 and len(text[begin.end() :].split()) > 1:
            break
        between, label = text[at : begin.start()], begin[1].split("*")[0]
        if pending and (between.strip() or (codec_of(label) or label) != charset):
            out.append(decode(pending, charset)[0])
            pending = b""
        if between.strip() or not at:
            out.append(between)
        content = text[begin.end() : close] if close >= 0 else text[begin.end() :].rstrip("? ")  # cut off: to its end
        pending, charset = pending + _word_bytes(begin[2], content), codec_of(label) or label
        at = close + 2 if close >= 0 else len(text)
    if pending:
        out.append(decode(pending, charset)[0])
    out.append(text[at:])
    return "".join(out)


def _word_bytes(encoding: str, text: str) -> bytes:
    if encoding in "qQ":
        text = _SOFT_END.sub("", text.replace("_", " ")) if "= " in text else text.replace("_", " ")
        return quopri.decodestring(text.encode("utf-8", "surrogateescape"), header=True)
    data = _NOT_BASE64.sub("", text.translate(_URL_SAFE)).encode()
    try:
        return base64.b64decode(data + b"=" * (-len(data) % 4))
    except binascii.Error:
        return base64.b64decode(data[: len(data) // 4 * 4])
