"""HTML mail made safe and bounded: an allow-list, no resource from elsewhere, no layout that freezes a window."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import nh3
from lxml import etree
from lxml import html as lxml_html

from .html_quotes import take_history

MAX_HTML: Final = 256_000
MAX_TABLE_DEPTH: Final = 6
MAX_DEPTH: Final = 64
LONGEST_RUN: Final = 200
_TAGS: Final = frozenset(
    """
    a abbr b blockquote br caption center code col colgroup dd del div dl dt em font h1 h2 h3 h4 h5 h6 hr i img
    ins li ol p pre q s small span strike strong sub sup table tbody td tfoot th thead tr tt u ul
    """.split()
)
_ATTRIBUTES: Final = {
    "*": {"align", "valign", "bgcolor", "color", "dir", "lang", "style", "title", "width"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "table": {"border", "cellpadding", "cellspacing"},
    "td": {"colspan", "rowspan", "nowrap"},
    "th": {"colspan", "rowspan", "nowrap"},
    "font": {"face", "size"},
    "ol": {"start", "type"},
}
_CSS: Final = frozenset(
    """
    background-color border border-bottom border-color border-left border-right border-style border-top border-width
    color font-family font-size font-style font-weight letter-spacing line-height list-style-type margin
    margin-bottom margin-left margin-right margin-top padding padding-bottom padding-left padding-right padding-top
    text-align text-decoration text-indent vertical-align white-space width
    """.split()
)
_HIDDEN: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*[01]px", re.I
)
_RUN: Final = re.compile(rf"[^\s]{{{LONGEST_RUN}}}")
_DROPPED: Final = (
    "script",
    "style",
    "head",
    "title",
    "meta",
    "link",
    "object",
    "embed",
    "iframe",
    "svg",
    "form",
    "base",
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a mail; `is_suspicious` where its text names another host or its host mixes scripts."""

    text: str
    target: str
    host: str
    is_suspicious: bool


@dataclass(frozen=True, slots=True)
class CleanHtml:
    """HTML that may be shown. `quoted` is the folded history, "" if there is none; `cids` are the pictures it shows."""

    html: str
    quoted: str
    links: tuple[Link, ...]
    blocked_images: int
    cids: frozenset[str]


def html_to_text(html: str) -> str:
    """The readable text of HTML, links left out, tables flattened."""
    tree = _tree(html[: 4 * MAX_HTML])
    if tree is None:
        return re.sub(r"<[^>]*>", " ", html)[:MAX_HTML].strip()
    _drop_hidden(tree)
    # Imported here: inscriptis and requests behind it are only wanted for mail without a text part.
    from inscriptis import Inscriptis
    from inscriptis.css_profiles import CSS_PROFILES
    from inscriptis.model.config import ParserConfig

    try:
        text = Inscriptis(tree, ParserConfig(css=CSS_PROFILES["strict"])).get_text()
    except (RecursionError, ValueError, AttributeError, IndexError):
        text = " ".join(str(piece) for piece in tree.itertext())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.splitlines())).strip()


def clean_html(html: str) -> CleanHtml:
    """The HTML of a mail as it may be shown: nothing in it can load, run, or freeze the window."""
    tree = _tree(_inlined(html[: 4 * MAX_HTML]))
    if tree is None:
        return CleanHtml("", "", (), 0, frozenset())
    _drop_hidden(tree)
    _flatten(tree)
    blocked, cids = _settle_images(tree)
    links = _settle_links(tree)
    quoted = take_history(tree)
    return CleanHtml(_sanitised(tree), "" if quoted is None else _sanitised(quoted), links, blocked, cids)


def _inlined(html: str) -> str:
    """Style sheets written into the elements, as the cleaner drops them; never loading one."""
    if "<style" not in html.lower():
        return html
    import css_inline

    try:
        return css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False).inline(html)
    except (css_inline.InlineError, ValueError):
        return html


def _tree(html: str) -> Any:
    try:
        parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
        text = html.encode("utf-8", "replace").replace(b"\x00", b"")
        return lxml_html.document_fromstring(text, parser=parser) if text.strip() else None
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _drop_hidden(tree: Any) -> None:
    for element in list(tree.iter()):
        if not isinstance(element.tag, str):
            continue
        name = element.tag.lower()
        hidden = name in _DROPPED or (":" in name and name != "o:p") or _HIDDEN.search(element.get("style", ""))
        if hidden and element.getparent() is not None:
            element.drop_tree()


def _flatten(tree: Any) -> None:
    """Nested tables cost twice per level to lay out, endless nesting costs a stack: take the inner ones apart."""
    depths: dict[Any, tuple[int, int]] = {}
    doomed = []
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        level, tables = depths.get(element.getparent(), (0, 0))
        is_table = element.tag == "table"
        depths[element] = (level + 1, tables + is_table)
        if (
            tables + is_table > MAX_TABLE_DEPTH
            and element.tag
            in (
                "table",
                "tbody",
                "tr",
                "td",
                "th",
                "thead",
                "tfoot",
            )
        ) or level > MAX_DEPTH:
            doomed.append(element)
    for element in doomed:
        if element.getparent() is not None:
            element.drop_tag()


def _settle_images(tree: Any) -> tuple[int, frozenset[str]]:
    blocked, cids = 0, set()
    for image in list(tree.iter("img")):
        source = (image.get("src") or "").strip()
        if image.get("width") in ("0", "1") or image.get("height") in ("0", "1"):
            image.drop_tree()
        elif source.lower().startswith("cid:"):
            cids.add(source[4:])
            image.attrib.pop("height", None)
            image.set("style", "max-width:100%")
        else:
            blocked += source.lower().startswith(("http:", "https:", "//"))
            image.attrib.pop("src", None)
            if image.get("alt"):
                image.tail = f"[{image.get('alt')}]" + (image.tail or "")
            image.drop_tree()
    return blocked, frozenset(cids)


def _settle_links(tree: Any) -> tuple[Link, ...]:
    found = []
    for anchor in tree.iter("a"):
        target = (anchor.get("href") or "").strip()
        parts = _split(target)
        if parts is None or parts.scheme.lower() not in ("http", "https", "mailto"):
            anchor.attrib.pop("href", None)
            continue
        text = " ".join(anchor.text_content().split())
        host = (parts.hostname or "").lower()
        found.append(Link(text, target, host, _is_suspicious(text, host)))
    return tuple(found)


def _split(target: str) -> Any:
    try:
        return urlsplit(target)
    except ValueError:
        return None


def _is_suspicious(text: str, host: str) -> bool:
    named = re.match(r"^(?:https?://)?([\w-]+(?:\.[\w-]+)+)(?:[/:?#]|$)", text.strip().lower())
    mixed = bool(re.search(r"[a-z]", host) and re.search(r"[^\x00-\x7f]", host)) or host.startswith("xn--")
    if named and host and not (host == named[1] or host.endswith("." + named[1]) or named[1].endswith("." + host)):
        return True
    return mixed


def _sanitised(tree: Any) -> str:
    text = lxml_html.tostring(tree, encoding="unicode")
    clean = nh3.clean(
        text,
        tags=set(_TAGS),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_attribute,
        filter_style_properties=set(_CSS),
        url_schemes={"http", "https", "mailto", "cid"},
        link_rel=None,
        strip_comments=True,
    )
    clean = re.sub(r">([^<]+)<", lambda match: ">" + _broken_runs(match[1]) + "<", clean)
    return clean[:MAX_HTML]


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "src":
        return value if value.lower().startswith("cid:") else None
    if name == "href":
        parts = _split(value)
        return value if parts is not None and parts.scheme.lower() in ("http", "https", "mailto") else None
    if name == "style":
        return (
            None
            if re.search(r"url\s*\(|expression|@import|image-set", value, re.I)
            else value.replace("windowtext", "#000")
        )
    if name in ("width", "height") and not re.fullmatch(r"\d{1,4}%?(px)?", value.strip()):
        return None
    return value[:500]


def _broken_runs(text: str) -> str:
    return _RUN.sub(lambda match: match[0] + "\u200b", text) if len(text) > LONGEST_RUN else text
