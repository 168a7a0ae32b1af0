"""HTML mail made safe, bounded and drawable; links judged by what deceives; pictures in their places."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.domain.links import Doubt, decoded, doubt, encoded, spoken_host, target_of
from deskhelp.mail import html_css, html_tree
from deskhelp.mail.html import clean_html, html_to_text
from deskhelp.mail.html_css import cleaned_style
from tests.support import hostile_html

LIMIT_S = 1.0
HOSTILE = re.compile(
    r"<[^>]*\s(?:on\w+|srcset|background|poster|action|data|ping|class|id)\s*=|javascript:|vbscript:|url\s*\(|@import"
    r"|<(?:script|style|link|iframe|object|embed|meta|base|form|svg|math|video|audio|input)\b"
    r"|src=\"(?!cid:|embedded:|remote:)|href=\"(?!https?:|mailto:|tel:)",
    re.IGNORECASE,
)


def shown(page: str) -> str:
    return clean_html(page, keeps_places=True).html


def one_link(page: str) -> tuple[str, Doubt]:
    (link,) = clean_html(page).links
    return link.host, link.doubt


# -- nothing that loads or runs ----------------------------------------------------------------------


def test_nothing_hostile_is_left_of_any_hostile_page() -> None:
    left = [
        (page.name, found[0])
        for page in hostile_html.pages(9, "/canary.png")
        if len(page.page) < 5_000
        for clean in [clean_html(page.page, keeps_places=True)]
        if (found := HOSTILE.search(_tags_only(clean.html + clean.quoted)))
    ]
    assert left == []


@pytest.mark.parametrize("page", list(hostile_html.bombs()), ids=lambda bomb: bomb.name)
def test_no_page_takes_long_to_read_as_text(page: hostile_html.Hostile) -> None:
    begun = time.thread_time()
    html_to_text(page.page)
    assert time.thread_time() - begun < LIMIT_S


def _tags_only(markup: str) -> str:
    """What stands as text between tags may say what it likes."""
    return "".join(re.findall(r"<[^>]*>", markup))


PIECES = ['<p style="', "<table>", "<td>", "<svg>", "</", "<!--", "-->", "<img src=", '"', ">", "x", "url(file:///x)",
          "<style>", "&lt;", "]]>", "<a href=", "java\tscript:", "\0", "<math>", "<form>", "onerror="]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES)))
def test_no_shuffle_of_tags_gets_through(pieces: list[str]) -> None:
    clean = clean_html("".join(pieces), keeps_places=True)
    assert not HOSTILE.search(_tags_only(clean.html))


@pytest.mark.parametrize(
    ("style", "kept"),
    [
        ("color: red; position: fixed; top: 0", "color: red"),
        ("background: #123456 url(http://x/y.png) no-repeat", "background-color: #123456"),
        ("background: linear-gradient(#fff, #000)", "background-color: #fff"),
        ("color: expression(alert(1)); color: blue", "color: blue"),
        ("font-size: 9999px; margin: 10px", "margin: 10px"),
        ("font-size: 1e9px", ""),
        ("border: solid windowtext 1.0pt", "border: 1px solid #000"),
        ("padding: 0cm 5.4pt 0cm 5.4pt", "padding: 0px 7px 0px 7px"),
        ("margin: -500px", ""),
        ("width: calc(100% - 9px)", ""),
        ("co\\6cor: red", ""),
    ],
)
def test_styles_are_kept_by_property_and_size(style: str, kept: str) -> None:
    assert cleaned_style(style) == kept


# -- what is shown -----------------------------------------------------------------------------------


def test_what_nobody_is_to_see_is_left_out_and_nothing_else() -> None:
    page = (
        '<div style="display:none">preview</div><div style="max-height:0px;overflow:hidden">more preview</div>'
        '<td style="font-size:0px;padding:20px"><div style="font-size:13px">A letter of a layout program.</div></td>'
        '<a style="mso-hide:all" href="https://x.example">Shown by all but one.</a><p hidden>not</p>'
        "<p><st1:place>Munich</st1:place> <w:sdt>inside</w:sdt></p><form>in a form</form>"
    )
    text = html_to_text(page)
    assert "preview" not in text and "not" not in text
    for part in ("A letter of a layout program.", "Shown by all but one.", "Munich inside", "in a form"):
        assert part in text


def test_endless_nesting_loses_no_text() -> None:
    assert "END" in shown("<div>" * 20_000 + "END")
    assert "END" in html_to_text("<div>" * 20_000 + "END")
    assert "END" in shown("<table><tr><td>" * 30 + "END")


@pytest.mark.parametrize(
    "sign", ["\x01", "\0", "\ufffe", "\ud800", "&#1;", "&#x0;", "&#55296;", "&#&#1;1;", "&#x0000000000001;"]
)
def test_signs_that_a_tree_cannot_hold_do_no_harm(sign: str) -> None:
    page = f"<b>a{sign}b</b><svg></svg>c{sign}d<p hidden></p>e"
    assert "e" in shown(page) and "e" in html_to_text(page)
    assert "\x01" not in shown(page)


def test_a_page_is_cut_where_a_window_could_not_bear_it_and_says_so() -> None:
    clean = clean_html("<p>line</p>" * 30_000)
    assert clean.is_cut and clean.html.count("<p>") < 10_000
    assert clean_html("<p>line</p>" * 300).is_cut is False


def test_tables_lose_levels_before_columns() -> None:
    deep = shown(hostile_html._tree(6, 3))
    assert deep.count("<table") < 200
    flat = shown("<table>" + ("<tr>" + "<td>a</td>" * 10 + "</tr>") * 2_000 + "</table>")
    assert flat.count("<td>") > 1_000 and html_tree.CUT.strip() in flat


def test_words_without_end_can_be_broken_and_addresses_stay_whole() -> None:
    address = "https://x.example/" + "a" * 900
    page = f'<p><b>x</b> <a href="{address}">{address}</a></p>'
    assert f'href="{address}"' in shown(page)
    assert "\u200b" in shown(page)


def test_absurd_spans_are_passed_over() -> None:
    assert "span" not in shown("<table><tr><td colspan=99999>a</td><td>b</td></tr></table>")
    assert 'colspan="3"' in shown("<table><tr><td colspan=3>a</td><td>b</td></tr></table>")


def test_a_sheet_that_costs_too_much_is_not_written_into_the_elements() -> None:
    assert html_css.is_bearable("p{color:red}", 100)
    assert not html_css.is_bearable("*{" + "color:red;" * 5_000 + "}", 5_000)
    assert "color: red" in shown("<style>p{color:red}</style><p>a</p>")
    assert "color" not in shown(f"<style>*{{{'color:red;' * 5_000}}}</style>" + "<b>a</b>" * 5_000)[:2_000]


def test_blocks_end_lines_and_breaks_at_their_ends_make_none() -> None:
    assert shown("<div>a</div>b<div>c<br></div><div><br></div>") == "<div>a</div><div>b</div><div>c</div>"


def test_wrappers_give_their_colour_to_the_page() -> None:
    table = '<table width="100%" bgcolor="#101418"><tr><td align=center><p>a</p><p>b</p></td></tr></table>'
    page = f"<body bgcolor=white>{table}"
    letters = ' style="color: #ffffff"'  # black on nearly black is read by nobody
    assert shown(page) == (
        f'<body style="background-color: #101418"><center><p{letters}>a</p><p{letters}>b</p></center></body>'
    )


def test_a_button_gets_its_room() -> None:
    page = '<p>a</p><p><a href="https://x.example" style="background:#00f;padding:9px;color:#fff">Go</a></p>'
    assert 'background-color: #00f; padding: 9px"><a href="https://x.example" style="color: #fff">Go' in shown(page)


# -- pictures ----------------------------------------------------------------------------------------


def test_pictures_of_the_network_keep_their_places_by_number() -> None:
    first = '<img src="https://x.example/a.png" alt="A" width=300 height=80>'
    page = f'{first}<img src="//x.example/b.png"><img src="cid:c@d">'
    clean = clean_html(page, keeps_places=True)
    assert [(place.url, place.alt, place.width, place.height) for place in clean.remote] == [
        ("https://x.example/a.png", "A", 300, 80),
        ("https://x.example/b.png", "", 0, 0),
    ]
    assert 'src="remote:0"' in clean.html and 'src="remote:1"' in clean.html and 'src="cid:c@d"' in clean.html
    assert clean.cids == {"c@d"}
    assert "x.example" not in clean.html
    assert "[A]" in clean_html(page).html and "remote:" not in clean_html(page).html


@pytest.mark.parametrize(
    "picture",
    [
        '<img src="https://x.example/o" width=1 height=1>',
        '<img src="https://x.example/o" style="width:1px;height:1px">',
        '<img src="https://x.example/o" width="0">',
        '<img src="https://x.example/o" style="display:none">',
        '<div style="visibility:hidden"><img src="https://x.example/o"></div>',
    ],
)
def test_pictures_that_only_report_are_never_offered(picture: str) -> None:
    assert clean_html(f"<p>a</p>{picture}", keeps_places=True).remote == ()


def test_a_thin_line_across_the_page_is_no_report() -> None:
    assert len(clean_html('<img src="https://x.example/line.gif" width=600 height=1>', keeps_places=True).remote) == 1


def test_a_picture_inside_the_page_is_taken_out_of_it() -> None:
    clean = clean_html(
        '<p>a</p><img src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==">' + "<p>b</p>", keeps_places=True
    )
    assert clean.embedded == {"0": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"}
    assert 'src="embedded:0"' in clean.html
    assert clean_html('<img src="embedded:7"><img src="remote:7"><img src="data:text/html,x">').html.count("<img") == 0


# -- links -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "address", "why"),
    [
        ("here", "https://x.example/a", Doubt.NONE),
        ("https://bank.example", "https://bank.example/login", Doubt.NONE),
        ("www.bank.example", "https://bank.example/", Doubt.NONE),
        ("bank.example", "https://login.bank.example/", Doubt.NONE),
        ("https://bank.example", "https://evil.example/", Doubt.OTHER_HOST),
        ("Sign in at https://bank.example/login now", "https://evil.example/", Doubt.OTHER_HOST),
        ("bank.example", "https://bank.example.evil.test/", Doubt.OTHER_HOST),
        ("ann@x.example", "mailto:ann@x.example", Doubt.NONE),
        ("ann@x.example", "mailto:bob@evil.test", Doubt.OTHER_HOST),
        ("report.pdf", "https://files.example/report.pdf", Doubt.NONE),
        ("3.11", "https://files.example/", Doubt.NONE),
        ("x", "https://bank.example@evil.test/", Doubt.DISGUISED_HOST),
        ("x", "https://2130706433/", Doubt.DISGUISED_HOST),
        ("x", "https://0x7f.0.0.1/", Doubt.DISGUISED_HOST),
        ("x", "https://192.0.2.7/", Doubt.NONE),
        ("x", "https://раypal.example/", Doubt.MIXED_SCRIPTS),
        ("x", "https://xn--pypal-4ve.example/", Doubt.MIXED_SCRIPTS),
        ("x", "https://xn--80ak6aa92e.com/", Doubt.LOOKS_LATIN),
        ("x", "https://почта.рф/", Doubt.NONE),
        ("x", "https://xn--80a1acny.xn--p1ai/", Doubt.NONE),
        ("x", "https://日本語テスト.jp/", Doubt.NONE),
        ("x", "https://ラーメンabc.jp/", Doubt.NONE),
        ("+49 30 1234", "tel:+49301234", Doubt.NONE),
    ],
)
def test_a_link_is_doubted_for_what_deceives(text: str, address: str, why: Doubt) -> None:
    assert doubt(text, address) is why


@pytest.mark.parametrize(
    "address", ["javascript:x", "file:///x", "ssh://x", "ms-word:x", "\\\\x\\y", "https:x", "https://[x"]
)
def test_strange_addresses_lead_nowhere(address: str) -> None:
    assert target_of(address) is None
    assert clean_html(f'<a href="{address}">x</a>').links == ()


def test_a_host_is_shown_decoded_and_raw() -> None:
    target = target_of("https://xn--80ak6aa92e.com/x")
    assert target is not None and (target.host, target.raw_host) == ("аррӏе.com", "xn--80ak6aa92e.com")
    assert one_link('<a href="https://xn--80ak6aa92e.com/x">apple.com</a>') == ("аррӏе.com", Doubt.LOOKS_LATIN)


@given(st.text(min_size=1, max_size=80))
def test_no_text_makes_judging_fail(text: str) -> None:
    doubt(text, f"https://{text}/")
    spoken_host(text)
    assert "xn--" not in decoded(text) or "xn--" in text.lower()
    encoded(text)


def test_addresses_without_a_scheme_are_understood_as_browsers_do() -> None:
    addresses = [link.target for link in clean_html('<a href="www.x.example/a">x</a><a href="//y.example">y</a>').links]
    assert addresses == ["http://www.x.example/a", "https://y.example"]


def test_entities_are_read_once() -> None:
    assert html_to_text("<p>&amp;copy; &copy; a&b <b>R&amp;D</b>&amp;lt;</p>") == "&copy; © a&b R&D&lt;"
