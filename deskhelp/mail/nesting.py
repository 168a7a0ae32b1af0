"""What stands inside of a part: parts of a multipart, however it is divided, and mails that are encoded or signed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.errors import MessageError
from typing import Final

from .encoded_words import raw_text
from .message import Mail
from .params import content_type, file_name, parameters, raw_field
from .transfer import encoding_of, leaf_bytes, without_encoding

MAX_DEPTH: Final = 50
_MANY_FIELDS: Final = 1_000
MESSAGES: Final = ("message/rfc822", "message/global")
_SIGNED: Final = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_BOUNDARY_LINE: Final = re.compile(r"^--(\S[^\r\n]{0,200}?)[ \t]*\r?\n(?=[!-9;-~]+:|\r?\n)", re.MULTILINE)
_OUR_BOUNDARY: Final = "part-of-a-mail"
_UNREADABLE: Final = (RecursionError, ValueError, TypeError, LookupError, AttributeError)


def in_order(part: Mail, depth: int = 0) -> Iterator[Mail]:
    """The parts as `parts.walk` counts them."""
    yield part
    if depth <= MAX_DEPTH:
        for child in inner_parts(part):
            yield from in_order(child, depth + 1)


def inner_parts(part: Mail) -> list[Mail]:
    """The parts that a reader sees in place of this one: of a multipart, a signed mail, the first piece of a mail."""
    kind = content_type(part)
    if kind.startswith("multipart/"):
        return children(part)
    if kind == "message/partial":
        payload = vars(part).get("_payload")
        is_first = parameters(raw_field(part, "content-type")).get("number") == "1"
        return [child for child in payload if isinstance(child, Mail)] if is_first and isinstance(payload, list) else []
    if is_smime(part, kind):
        found = _opened(part)[0]
        return [found] if found is not None else []
    return []


def is_smime(part: Mail, kind: str) -> bool:
    return kind in _SIGNED or (kind == "application/octet-stream" and file_name(part).lower() == "smime.p7m")


def is_encrypted(part: Mail) -> bool:
    """Whether an S/MIME part can be read by its recipient alone."""
    return _opened(part)[1]


def _opened(part: Mail) -> tuple[Mail | None, bool]:
    """The mail that an S/MIME part holds, if it is signed only, and whether it is encrypted; worked out once."""
    kept: tuple[Mail | None, bool] | None = vars(part).get("opened_smime")
    if kept is None:
        from .smime import opened

        found = opened(leaf_bytes(part)[0])
        kept = (_parsed(found.content) if found.content else None, found.is_encrypted)
        vars(part)["opened_smime"] = kept
    return kept


def _parsed(data: bytes) -> Mail | None:
    from .mime import parse

    try:
        return parse(data)
    except _UNREADABLE:
        return None


def children(part: Mail) -> list[Mail]:
    """The parts of a multipart; those between boundaries that its head does not name (or names wrongly) too."""
    payload = vars(part).get("_payload")
    if not isinstance(payload, list):
        payload = _divided(part, payload) if isinstance(payload, str) else []
        if payload:
            vars(part)["_payload"] = payload
    if isinstance(part.epilogue, str) and "--" in part.epilogue and payload:
        payload += _behind_the_end(part)
    return [child for child in payload if isinstance(child, Mail)]


def _divided(part: Mail, payload: str) -> list[Mail]:
    """The parts of a body by the first line in it that looks like a boundary."""
    boundary = _BOUNDARY_LINE.search(payload)
    if boundary is None and encoding_of(part):
        payload = leaf_bytes(part)[0].decode("utf-8", "surrogateescape")
        boundary = _BOUNDARY_LINE.search(payload)
    if boundary is None:
        return []
    body = payload.replace(f"--{boundary[1]}", f"--{_OUR_BOUNDARY}")
    head = f'Content-Type: {content_type(part)}; boundary="{_OUR_BOUNDARY}"\n\n'
    opened = _parsed((head + body).encode("utf-8", "surrogateescape"))
    inner = vars(opened)["_payload"] if opened is not None else None
    return [child for child in inner if isinstance(child, Mail)] if isinstance(inner, list) else []


def _behind_the_end(part: Mail) -> list[Mail]:
    """Parts that stand behind the closing boundary, where a gateway has added some or one was used twice."""
    epilogue, part.epilogue = part.epilogue or "", None
    boundary = _BOUNDARY_LINE.search(epilogue)
    said = parameters(raw_field(part, "content-type")).get("boundary", "").rstrip()
    if boundary is None or boundary[1] != said:
        return []
    return _divided(part, epilogue[boundary.start() :])


def embedded_mail(part: Mail) -> Mail | None:
    """The mail that a message part encloses, also one that is encoded, which it should not be."""
    payload = vars(part).get("_payload")
    inner = payload[0] if isinstance(payload, list) and payload else None
    if isinstance(inner, Mail) and encoding_of(part) and content_type(part) in MESSAGES:
        inner = _parsed(without_encoding(part, _flat(inner).lstrip(b"\r\n"))) or inner
    return inner if isinstance(inner, Mail) else None


def content_bytes(part: Mail) -> bytes:
    """What is saved when a part is saved: its decoded content, or the attached mail as it stands."""
    payload = vars(part).get("_payload")
    if not isinstance(payload, list):
        return leaf_bytes(part)[0]
    blocks = [child for child in payload if isinstance(child, Mail)]
    kind = content_type(part)
    if kind == "message/delivery-status":
        data, is_packed = b"\n".join(map(_flat, blocks)), not any(block.fields for block in blocks)
    else:
        data, is_packed = _flat(blocks[0]) if blocks else b"", kind in MESSAGES
    return without_encoding(part, data.lstrip(b"\r\n")) if is_packed and encoding_of(part) else data


def _flat(message: Mail) -> bytes:
    """An embedded mail as bytes; as it stands where the standard library refuses to write it or would fold for long."""
    try:
        if len(vars(message)["_headers"]) <= _MANY_FIELDS:
            return message.as_bytes()
    except (MessageError, UnicodeError, KeyError, ValueError, TypeError, AttributeError, LookupError, RecursionError):
        pass
    return _as_it_stands(message).encode("utf-8", "surrogateescape")


def _as_it_stands(message: Mail, depth: int = 0) -> str:
    """Heads and bodies without a look at what is wrong with them."""
    head = "".join(f"{name}: {raw_text(value)}\r\n" for name, value in message.raw_items())
    payload = vars(message).get("_payload")
    if not isinstance(payload, list) or depth > MAX_DEPTH:
        return f"{head}\r\n{payload if isinstance(payload, str) else ''}"
    limit = parameters(raw_field(message, "content-type")).get("boundary") or f"part-of-{depth}"
    parts = [_as_it_stands(child, depth + 1) for child in payload if isinstance(child, Mail)]
    if content_type(message).startswith("message/"):
        return head + "\r\n" + "\r\n".join(parts)
    return head + "\r\n" + "".join(f"--{limit}\r\n{part}\r\n" for part in parts) + f"--{limit}--\r\n"
