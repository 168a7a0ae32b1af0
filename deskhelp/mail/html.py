"""HTML mail made safe and bounded: an allow-list, no resource from elsewhere, no layout that freezes a window."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any, Final

import nh3
from lxml import html as lxml_html

from . import html_pictures
from .html_buttons import free_anchors
from .html_css import cleaned_style, is_bearable
from .html_letters import show_letters
from .html_links import Link, settle_links, settled_address
from .html_own import mark, texts
from .html_pictures import Pictures, RemotePicture, settle_pictures, take_embedded
from .html_plain import plain
from .html_quotes import take_history
from .html_shape import shape
from .html_tree import MAX_HTML, bounded_source, drop_fillers, drop_hidden, fit, flatten, flatten_depth, parsed
from .quotes import reply_text

LONGEST_RUN: Final = 200
MAX_ATTRIBUTE: Final = 500
_TAGS: Final = set(
    """
    a abbr b blockquote br caption center code col colgroup dd del div dl dt em font h1 h2 h3 h4 h5 h6 hr i img
    ins li ol p pre q s small span strike strong sub sup table tbody td tfoot th thead tr tt u ul
    """.split()
)
_ATTRIBUTES: Final = {
    "*": {"align", "valign", "bgcolor", "color", "dir", "style", "width"},
    "a": {"href"},
    "img": {"src", "alt", "width"},
    "table": {"border", "cellpadding", "cellspacing"},
    "td": {"colspan", "rowspan", "nowrap"},
    "th": {"colspan", "rowspan", "nowrap"},
    "font": {"face", "size"},
    "ol": {"start", "type"},
}
_SOURCES: Final = (html_pictures.CID, html_pictures.EMBEDDED, html_pictures.REMOTE)
_SHAPES: Final = {
    "width": re.compile(r"(?:1?\d{1,3}|2000)(?:px)?|(?:\d{1,2}|100)(?:\.\d+)?%"),
    "border": re.compile(r"\d{1,2}"),
    "cellpadding": re.compile(r"[0-5]?\d"),
    "cellspacing": re.compile(r"[0-5]?\d"),
    "colspan": re.compile(r"[1-9]\d?"),
    "rowspan": re.compile(r"[1-9]\d?"),
    "start": re.compile(r"-?\d{1,5}"),
    "size": re.compile(r"[+-]?[1-7]"),
    "bgcolor": re.compile(r"#?[\w]{3,20}|rgba?\([\d\s.,%]{5,40}\)"),
    "color": re.compile(r"#?[\w]{3,20}|rgba?\([\d\s.,%]{5,40}\)"),
}
_SHEET: Final = re.compile(r"<style\b[^>]*>(.*?)(?:</style\s*>|$)", re.IGNORECASE | re.DOTALL)
_TEXT: Final = re.compile(r"(?:^|>)[^<]*")
_RUN: Final = re.compile(rf"[^\s<>]{{{LONGEST_RUN}}}")


@dataclass(frozen=True, slots=True)
class CleanHtml:
    """HTML that may be shown. `quoted` is the folded history, "" if there is none; `cids` are the pictures it shows.

    `embedded` are pictures that stood in the source, by the number after ``embedded:``; `remote` those that lie on the
    network, by the number after ``remote:``. `is_cut` tells that the end of an endless page is missing.
    """

    html: str
    quoted: str = ""
    links: tuple[Link, ...] = ()
    cids: frozenset[str] = frozenset()
    embedded: Mapping[str, bytes] = field(default_factory=dict)
    remote: tuple[RemotePicture, ...] = ()
    is_cut: bool = False


def html_to_text(html: str) -> str:
    """The readable text of HTML, links left out, tables flattened."""
    return html_to_texts(html)[0]


def html_to_texts(html: str, *, is_forward: bool = False) -> tuple[str, str]:
    """The readable text of HTML, and what the mail's author wrote of it; `is_forward` as for `reply_text`."""
    tree = parsed(bounded_source(take_embedded(html)[0]))
    if tree is None:
        text = re.sub(r"<[^<>]*>", " ", html[:MAX_HTML]).strip()
        return text, reply_text(text, is_forward=is_forward)
    elements = list(tree.iter())  # held, as lxml makes an element anew, in Python, each time it is met otherwise
    flatten_depth(tree)
    drop_hidden(tree)
    drop_fillers(tree)
    plain(tree)
    fit(tree)
    mark(tree)
    _escape_text(elements)
    # Imported here: inscriptis and requests behind it are only wanted for mail without a text part.
    from inscriptis import Inscriptis
    from inscriptis.css_profiles import CSS_PROFILES
    from inscriptis.model.config import ParserConfig

    try:
        text = Inscriptis(tree, ParserConfig(css=CSS_PROFILES["strict"])).get_text()
    except (RecursionError, ValueError, AttributeError, IndexError):
        text = unescape(" ".join(str(piece) for piece in tree.itertext()))
    return texts(text, is_forward=is_forward)


def _escape_text(elements: Iterable[Any]) -> None:
    """Ampersands of the text as entities: inscriptis decodes what the parser has decoded before."""
    for element in elements:
        if element.text and "&" in element.text and isinstance(element.tag, str):
            element.text = element.text.replace("&", "&amp;")
        if element.tail and "&" in element.tail:
            element.tail = element.tail.replace("&", "&amp;")


def clean_html(html: str, *, keeps_places: bool = False) -> CleanHtml:
    """The HTML of a mail as it may be shown: nothing in it can load, run, or freeze the window.

    With `keeps_places` a picture of the network leaves an ``img`` whose source is ``remote:`` and its number.
    """
    source, embedded = take_embedded(html)
    bounded = bounded_source(source)
    tree = parsed(_inlined(bounded))
    if tree is None:
        return CleanHtml("")
    flatten_depth(tree)  # first of all: looking into endless nesting finds nothing there
    drop_hidden(tree)
    drop_fillers(tree)
    show_letters(tree)
    free_anchors(tree)
    pictures = settle_pictures(tree, embedded, keeps_places=keeps_places)
    links = settle_links(tree)
    quoted = take_history(tree)
    shape(tree)
    is_cut = flatten(tree) or len(bounded) < len(source)
    if quoted is not None:
        shape(quoted)
        flatten(quoted)
    return _made(tree, quoted, links, pictures, is_cut)


def _made(tree: Any, quoted: Any, links: tuple[Link, ...], pictures: Pictures, is_cut: bool) -> CleanHtml:
    return CleanHtml(
        _on_its_ground(tree, _sanitised(tree)),
        "" if quoted is None else _sanitised(quoted),
        links,
        pictures.cids,
        pictures.embedded,
        pictures.remote,
        is_cut,
    )


def _inlined(html: str) -> str:
    """Style sheets written into the elements, as the cleaner drops them; never loading one."""
    if "<style" not in html.lower():
        return html
    sheet = "".join(_SHEET.findall(html))
    if not is_bearable(sheet, html.count("<")):
        return _SHEET.sub("", html)
    import css_inline

    try:
        return css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False).inline(html)
    except (css_inline.InlineError, ValueError):
        return html


def _sanitised(tree: Any) -> str:
    clean = nh3.clean(
        lxml_html.tostring(tree, encoding="unicode"),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "tel", *_SOURCES},
        link_rel=None,
        strip_comments=True,
    )
    return _TEXT.sub(_broken_runs, clean) if _RUN.search(clean) else clean


def _broken_runs(between: re.Match[str]) -> str:
    """Text between two tags with places to break words without end; addresses in tags stay whole."""
    return _RUN.sub(lambda run: run[0] + "\u200b", between[0])


def _attribute(tag: str, name: str, value: str) -> str | None:
    """What an attribute may be; the last word, whatever the tree looked like."""
    if name == "style":
        return cleaned_style(value) or None
    if name == "src":
        return value if value.partition(":")[0] in _SOURCES else None
    if name in ("bgcolor", "color") and value.strip().lower() in ("inherit", "initial", "unset"):
        return None  # the text browser takes these words for black
    if name == "href":
        return settled_address(value) or None
    if shape := _SHAPES.get(name):
        return value.strip() if shape.fullmatch(value.strip()) else None
    return value[:MAX_ATTRIBUTE]


def _on_its_ground(tree: Any, markup: str) -> str:
    """A page whose body has a colour keeps it: its letters were chosen for that ground."""
    body = tree if tree.tag == "body" else tree.find(".//body")
    if body is None or not markup.strip():
        return markup
    looks = {"background-color": body.get("data-ground"), "color": body.get("data-letters")}
    style = cleaned_style("; ".join(f"{name}: {value}" for name, value in looks.items() if value))
    return f'<body style="{escape(style)}">{markup}</body>' if "background" in style else markup
