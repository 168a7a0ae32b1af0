"""The HTML of a mail: what was written in light Markdown, the signature, and the quotation in blocks that fold.

The plain text is the source and stays as it was typed, so the page must not say less: what Markdown would swallow
(backslashes, references, indented lines, underlined headings) is off, and nothing is loaded from anywhere.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_LINK: Final = re.compile(r"(?<![<\w])https?://[^\s<>\"]+[^\s<>\".,;:!?)\]}'*_]")
_QUOTE: Final = '<blockquote style="margin:0 0 0 8px;border-left:1px solid #cccccc;padding-left:8px">'
_OFF: Final = ("code", "lheading", "reference", "html_block", "image", "entity", "escape", "html_inline")
_FENCE: Final = re.compile(r"^\s*(```|~~~)")


def page(text: str, signature: str, quoted: str) -> str:
    """A whole page; the parts are plain text as the text alternative has them."""
    body = _renderer().render(_linked(text))
    if signature.strip():
        body += f'<p style="color:#57606a">-- <br>{_escaped(signature.strip())}</p>'
    if quoted.strip():
        body += f'<div class="gmail_quote">{_quotation(quoted.strip().splitlines())}</div>'
    return f'<html><body style="font-family:sans-serif">{body}</body></html>'


@cache
def _renderer() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": False}).disable(list(_OFF))


def _linked(text: str) -> str:
    """Addresses of pages become links; not in code."""
    lines, is_code = [], False
    for line in text.split("\n"):
        if _FENCE.match(line):
            is_code = not is_code
        elif not is_code and "`" not in line and "](" not in line:
            line = _LINK.sub(lambda match: f"<{match[0]}>", line)
        lines.append(line)
    return "\n".join(lines)


def _quotation(lines: Sequence[str]) -> str:
    """Lines with ``>`` in front as blocks within blocks."""
    return "".join(_blocks(lines))


def _blocks(lines: Sequence[str]) -> Iterator[str]:
    start = 0
    while start < len(lines):
        is_quote = lines[start].startswith(">")
        end = start
        while end < len(lines) and lines[end].startswith(">") is is_quote:
            end += 1
        if is_quote:
            inner = [line[1:].removeprefix(" ") for line in lines[start:end]]
            yield f"{_QUOTE}{_quotation(inner)}</blockquote>"
        else:
            yield _escaped("\n".join(lines[start:end]))
        start = end


def _escaped(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>")
