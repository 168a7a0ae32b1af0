"""A page made ready for its conversion to text: lines where the senders' programs meant lines."""

from __future__ import annotations

from typing import Any, Final

from .html_looks import style_of

_BLANK: Final = " \t\r\n\xa0"


def plain(tree: Any) -> None:
    """Paragraphs without room between them become lines, empty ones empty lines, and nothing stands in the middle."""
    for line in list(tree.iter("div", "p", "dt")):
        if line.tag == "dt" or (line.tag == "p" and _is_close(line)):
            line.tag = "div"
        if _is_empty(line):
            line.text = None
            line[:] = [line.makeelement("br")]
    for cell in tree.iter("td", "th", "tr"):
        if (cell.get("align") or "").lower() == "center":
            del cell.attrib["align"]


def _is_empty(line: Any) -> bool:
    """Whether there is a space that is no space in it, perhaps in one element, and nothing else."""
    if len(line) > 1 or (len(line) and (len(line[0]) or line[0].tag not in ("span", "font", "b", "strong"))):
        return False
    text = line.text_content()
    return "\xa0" in text and not text.strip(_BLANK)


def _is_close(paragraph: Any) -> bool:
    """Whether the next paragraph follows without a gap: those of Word, and those without a margin."""
    if (paragraph.get("class") or "").startswith("Mso"):
        return True
    style = style_of(paragraph)
    sides = style.get("margin", "").split()
    below = style.get("margin-bottom") or (sides[2 if len(sides) > 2 else 0] if sides else "")
    return below[:1] == "0" or below[:2] == ".0"
