"""What the usual programs write, as a text browser can draw it, and as text."""

from __future__ import annotations

import pytest

from deskhelp.mail.html import clean_html, html_to_text
from deskhelp.mail.html_css import cleaned_style, is_hidden


def shown(page: str) -> str:
    return clean_html(page, keeps_places=True).html


@pytest.mark.parametrize(
    ("style", "kept"),
    [
        ("border: 1px solid rgb(171, 171, 171)", "border: 1px solid #ababab"),
        ("border-bottom: solid rgba(1,2,3,.5) 1pt", "border-bottom: 1px solid #010203"),
        ("border: 1px solid #999999", "border: 1px solid #999999"),
        ("margin: 0 auto; padding: 0 128px", "margin: 0 0; padding: 0 80px"),
        ("margin-left: 1.0in; text-indent: -.25in", "margin-left: 96px; text-indent: -24px"),
        ("margin: 0cm 0cm 0cm 36pt; text-indent: -18pt", "margin: 0px 0px 0px 48px; text-indent: -24px"),
        ("color: red; text-indent: -.25in", "color: red"),
        ("color: inherit; background: initial; background-color: UNSET", ""),
        ("background-image: linear-gradient(90deg, #5b21b6, #db2777)", "background-color: #5b21b6"),
        ("background-image: url(https://x.example/a.png)", ""),
    ],
)
def test_styles_of_programs_are_understood(style: str, kept: str) -> None:
    assert cleaned_style(style) == kept


@pytest.mark.parametrize(
    "style",
    ["height:0;overflow:hidden", "max-height:0", "text-indent:-9999px", "position:absolute; left: -9999px"],
)
def test_what_stands_outside_the_page_is_hidden(style: str) -> None:
    assert is_hidden(style)


def test_what_only_stands_a_little_outside_is_not_hidden() -> None:
    assert not any(
        map(is_hidden, ("text-indent:-24px", "height:0", "margin-top:-1200px", "height:40px;overflow:hidden"))
    )


# -- letters on their ground ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "color"),
    [
        ('<p style="color:rgb(255,255,255)">word</p>', "#000000"),
        ('<p style="color:#fff;background:#fefefe">word</p>', "#000000"),
        ('<p style="color:#000;background:#101010">word</p>', "#ffffff"),
        ('<td style="background:url(https://x.example/a.jpg)"><p style="color:white">word</p></td>', "#000000"),
        ('<p style="color:transparent">word</p>', "#000000"),
        ('<div style="color:#fff"><p>word</p></div>', "#000000"),
    ],
)
def test_letters_that_nobody_could_see_get_a_colour(page: str, color: str) -> None:
    assert f"color: {color}" in shown(f"<b>x</b>{page}")


@pytest.mark.parametrize(
    "page",
    [
        '<p style="color:#bbb">word</p>',
        '<div style="background:#123"><p style="color:#fff">word</p></div>',
        '<table bgcolor="navy"><tr><td><font color="white">word</font></td></tr></table>',
        '<p style="background:rgba(0,0,0,0.02)">word</p>',
        '<p style="background:#000"><a href="https://x.example">word</a></p>',
        '<p style="color:var(--x);background:papayawhip">word</p>',
    ],
)
def test_colours_that_are_only_pale_are_the_senders_own(page: str) -> None:
    assert "#000000" not in shown(page) and "#ffffff" not in shown(page).replace("#fff", "")


def test_marks_that_are_hidden_twice_are_left_out() -> None:
    assert "ABCD-1" not in shown('<p>a</p><span style="color:#FFFFFF" aria-hidden="true">[ABCD-1]</span>')


# -- lines ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "made"),
    [
        ("a<br><br><table><tr><td>b</td></tr></table>", "a<br>\xa0<table>"),
        ("<div>x</div><div>a<br><div>b</div></div>", "<div>a<div>b</div></div>"),
        ("<font>a<br><br><p>b</p></font>", "a<br>\xa0<p>"),
    ],
)
def test_a_break_before_a_block_is_no_line_of_its_own(page: str, made: str) -> None:
    assert made in shown(page).replace("&nbsp;", "\xa0")


def test_the_rule_above_the_history_goes_with_it() -> None:
    clean = clean_html("<p>a</p><hr><div id=divRplyFwdMsg>From: Help<br>Sent: Monday<br>Subject: x</div><p>b</p>")
    assert clean.html == "<p>a</p>" and "From: Help" in clean.quoted


def test_lists_inside_lists_stand_close_and_lists_without_signs_are_lines() -> None:
    made = shown("<ol><li>a<ul><li>b</li></ul></li></ol>")
    assert '<li><div>a</div><ul style="margin-top: 0px; margin-bottom: 0px">' in made
    assert "<li" not in shown('<ul style="list-style:none"><li>a</li></ul>')


def test_a_heading_of_its_own_size_is_a_bold_paragraph() -> None:
    assert shown('<h2 style="font-size:14px">a</h2><h2>b</h2>') == (
        '<p style="font-weight: bold; font-size: 14px">a</p><h2>b</h2>'
    )


def test_an_empty_block_with_a_line_is_a_rule() -> None:
    line = '<p style="border-top:solid 1px #dddddd;font-size:1px;margin:0px auto;width:100%"></p>'
    assert '<hr style="background-color: #dddddd">' in shown(f"<p>a</p>{line}<p>b</p>")


def test_a_sentence_that_may_not_be_broken_is_broken_if_it_is_long() -> None:
    assert "nowrap" not in shown(f'<b>x</b><div style="white-space:nowrap">{"_" * 80}</div>')
    assert "nowrap" in shown('<b>x</b><span style="white-space:nowrap">5 000,00</span>')


def test_boxes_to_be_ticked_are_signs() -> None:
    page = '<ul><li><input type="checkbox" checked> done</li><li><input type="checkbox" disabled> open</li></ul>'
    assert "\u2611</span> done" in shown(page) and "\u2610 open" in html_to_text(page)


def test_rows_of_signs_that_nobody_sees_are_left_out() -> None:
    page = "<div>Hello" + "&#847; &zwnj;&nbsp;" * 40 + "</div><p>\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645</p>"
    assert html_to_text(page).split() == ["Hello", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"]


# -- rows, columns, buttons ----------------------------------------------------------------------

FLOATING = "\n".join(f'<table align="{side}" width="{{0}}"><tr><td>a</td></tr></table>' for side in ("left", "right"))


def test_tables_that_float_beside_each_other_become_a_row() -> None:
    made = shown(f"<b>x</b><div>{FLOATING.format(270)}</div>")
    assert made.count("<tr>") == 3 and 'width="270"' in made and made.count("<table") == 3
    assert (
        shown(f"<b>x</b><div>{FLOATING.format(900)}</div>").count("<tr>") == 2
    )  # they would not stand beside each other


def test_the_parts_of_a_flexible_box_do_not_run_together() -> None:
    made = shown('<div style="display:flex;justify-content:space-between"><span>a</span><span>b</span></div>')
    assert made.count("<td") == 2 and 'align="right"' in made
    assert "<td" not in shown('<div style="display:flex;flex-direction:column"><p>a</p><p>b</p></div>')


def test_widths_that_are_given_elsewhere_are_those_of_the_cells() -> None:
    made = shown(
        "<table><col width=30><col style='width:200pt'><tr><td colspan=2>a</td></tr><tr><td>b</td><td>c</td></tr>"
    )
    assert '<td width="30">b' in made and '<td width="267">c' in made
    assert '<td style="width: 160px" width="160">' in shown("<table><tr><td style='width:160px'>a</td><td>b</td></tr>")
    nested = "<table width='100%'><tr><td>x<table width=600><tr><td>a</td></tr></table></td></tr></table>"
    assert '<td width="600">a' in shown(f"<p>p</p>{nested}")


def test_a_line_around_a_table_is_not_drawn_around_its_cells() -> None:
    made = shown("<p>p</p><table width=500 style='border:1px solid #ccc'><tr><td>a</td><td>b</td></tr></table>")
    assert (
        '<table cellspacing="0" cellpadding="0" width="500"' in made
        and '<td style="border: 1px solid #ccc"><table' in made
    )
    assert (
        shown("<p>p</p><table border=1 style='border:1px solid #ccc'><tr><td>a</td></tr></table>").count("<table") == 1
    )
    lined = "<td style='border:1px solid'>a</td>"
    assert shown(f"<p>p</p><table style='border:1px solid #ccc'><tr>{lined}</tr></table>").count("<table") == 1


def test_a_table_keeps_its_greatest_width() -> None:
    page = "<p>p</p><table width='100%' style='max-width:600px;margin:0 auto'><tr><td>a</td></tr></table>"
    assert 'width="600"' in shown(page) and 'align="center"' in shown(page)


@pytest.mark.parametrize(
    ("page", "look"),
    [
        ('<td bgcolor="#0a7d33">{}</td><td>x</td>', '<td bgcolor="#0a7d33" style="padding: 12px 18px"><a '),
        ('<td><span style="background:#31CB4B">{}</span></td>', 'background-color: #31CB4B; padding: 12px 18px"><a '),
        ('<td style="background:#234">{}</td>', '<td style="background-color: #234; padding: 12px 18px"><a '),
    ],
)
def test_a_button_gets_the_room_of_its_cell(page: str, look: str) -> None:
    button = '<a href="https://x.example" style="color:#fff;padding:12px 18px">Go</a>'
    made = shown(f"<p>p</p><table><tr>{page.format(button)}</tr></table>")
    assert look in made


def test_a_button_of_a_line_alone_is_one() -> None:
    tall = "background-color:#556270;color:#fff;display:inline-block;line-height:40px;width:200px"
    assert "padding: 11px 24px" in shown(f'<p>p</p><div><a href="https://x.example" style="{tall}">Go</a></div>')
    ghost = "display:inline-block;padding:12px 24px;border:2px solid #111827"
    assert "border: 2px solid #111827; padding" in shown(
        f'<p>p</p><div><a href="https://x.example" style="{ghost}">Go</a></div>'
    )


def test_a_link_around_a_table_is_not_lost() -> None:
    inner = "<table><tr><td style='color:#fff'>View message</td></tr></table>"
    page = f"<p>p</p><a href='https://x.example/m' style='background:#0a66c2;color:#fff;padding:9px'>{inner}</a>"
    clean = clean_html(page)
    assert [link.text for link in clean.links] == ["View message"]
    assert ">View message</a>" in clean.html
    (card,) = clean_html(f"<p>p</p><a href='https://x.example/m'>{inner}</a>").links
    assert card.text == "View message"


def test_a_picture_has_the_width_of_its_style_wherever_that_stands() -> None:
    assert 'width="400"' in shown('<p>a</p><img src="cid:a" style="height:150px; width:400px">')


# -- as text ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ('<p class="MsoNormal">a</p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>b</p>', "a\n\nb"),
        ('<p class="MsoListParagraph">1. a</p><p class="MsoListParagraph">2. b</p>', "1. a\n2. b"),
        ('<p style="margin:0">a</p><p style="margin:0 0 0 9px">b</p>', "a\nb"),
        ("<div>a</div><div>&nbsp;</div><div>b</div>", "a\n\nb"),
        ("<dl><dt>Since</dt><dd>02:10</dd></dl>", "Since\n02:10"),
        (
            "<table><tr><td>a long line of words</td></tr><tr><td align=center>Go</td></tr></table>",
            "a long line of words\nGo",
        ),
    ],
)
def test_lines_are_lines_in_the_text_too(page: str, text: str) -> None:
    assert html_to_text(page).startswith(text)
