"""What the author of a mail wrote that has no text but HTML: markup says what is quoted and what is a signature."""

from __future__ import annotations

import pytest

from deskhelp.mail.html import clean_html, html_to_texts

GMAIL = '<div class="gmail_quote"><div>On Sun, 22 Nov 2026 at 18:36, Timur &lt;t@desk.example&gt; wrote:<br></div>'
CITED = '<blockquote type="cite"><p>Have you tried?</p></blockquote>'
ANSWER = "It helped, thank you."


def own(html: str) -> str:
    return html_to_texts(html)[1]


@pytest.mark.parametrize(
    "quotation",
    [
        f"{GMAIL}<blockquote class=gmail_quote>Have you tried?</blockquote></div>",
        f'<div class="moz-cite-prefix">Am 22.11.26 um 18:36 schrieb Timur:</div>{CITED}',
        f'<p id="reply-intro">Nobody knows this attribution</p>{CITED}',
        f"<div>Timur (timur@desk.example) said on 22 Nov 18:36</div>{CITED}",
        CITED,
        '<div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>Frå:</b> Timur<br>Sendt: x</div>Have you tried?',
        "<div>----------------</div><div>Кому: Антон;</div><div>Тема: x;</div>"
        '<div>22.11.2026, 18:36, "Тимур" &lt;t@desk.example&gt;:</div><blockquote>Have you tried?</blockquote>',
    ],
)
def test_history_is_folded(quotation: str) -> None:
    assert own(f"<div>{ANSWER}</div>{quotation}") == ANSWER


@pytest.mark.parametrize("quote", ['<blockquote type="cite">', '<blockquote class="gmail_quote">', "<blockquote>"])
def test_answers_between_the_lines_are_kept_whole(quote: str) -> None:
    html = (
        f"<p>Hello,</p>{GMAIL}{quote}Is it on?</blockquote><div>Yes.</div>{quote}And now?</blockquote><p>No.</p></div>"
    )
    whole, written = html_to_texts(html)
    assert written == whole
    assert written.endswith("No.")


def test_an_answer_below_its_quotation_is_what_was_written() -> None:
    signature = '<div class="moz-signature">-- <br>Anton<br>Example</div>'
    assert (
        own(f'<div class="moz-cite-prefix">On 22/11/26 18:36, Timur wrote:</div>{CITED}<p>{ANSWER}</p>{signature}')
        == ANSWER
    )


def test_history_is_folded_on_the_page_with_the_signature_below_it() -> None:
    signature = '<pre class="moz-signature">-- \nAnton\nExample</pre>'
    page = clean_html(f"<p>{ANSWER}</p><div>On 22/11/26 18:36, Timur wrote:</div>{CITED}{signature}")
    assert (html_to_texts(page.html)[0], "Have you tried?" in page.quoted) == (ANSWER, True)


def test_words_that_somebody_indents_are_their_own() -> None:
    html = f'<div>{ANSWER}<blockquote style="margin:0 0 0 40px;border:none;padding:0px">Error 5</blockquote></div>'
    assert own(html).endswith("Error 5")


@pytest.mark.parametrize(
    "signature",
    [
        '<div class="gmail_signature" data-smartmail="gmail_signature"><b>Anton</b><div>Example Ltd</div></div>',
        '<div id="Signature"><div>Anton</div><div>Example Ltd</div></div>',
        '<div class="moz-signature">Anton<br>Example</div>',
        '<div id="ms-outlook-mobile-signature">Outlook kaufen</div>',
        '<div class="protonmail_signature_block">Proton</div>',
        '<br id="lineBreakAtBeginningOfSignature"><div>Anton</div><div>Example</div>',
        '<div data-signature-widget="container"><div>Anton</div></div>',
    ],
)
def test_a_signature_is_folded_where_nothing_follows(signature: str) -> None:
    history = f"<br>{GMAIL}<blockquote>Have you tried?</blockquote></div>"
    assert own(f"<div>{ANSWER}</div>{signature}") == ANSWER
    assert own(f"<div>{ANSWER}</div>{signature}{history}") == ANSWER
    assert own(f"<div>{signature}</div>{history}").startswith(("Anton", "Outlook", "Proton"))


def test_what_is_written_below_a_signature_is_kept() -> None:
    signature = '<div class="gmail_signature">Anton</div>'
    assert own(f"<div>Hello</div>{signature}<div>{ANSWER}</div>").endswith(ANSWER)
    assert own('<div>Hello</div><div class="gmail_signature">Anton<br>Will you come?</div>').endswith("come?")


def test_signs_of_ours_in_a_mail_mean_nothing() -> None:
    html = f"<p>{ANSWER}</p>\ufdd3&#xfdd0;&#64979;<p>And it still burns.</p>"
    assert own(html) == f"{ANSWER}\n\nAnd it still burns."


def test_the_whole_text_is_as_it_was() -> None:
    whole, _ = html_to_texts(
        f"<p>{ANSWER}</p>{GMAIL}<blockquote><div>Have you</div><div>tried?</div></blockquote></div>"
    )
    assert [line for line in whole.split("\n") if line] == [
        ANSWER,
        "On Sun, 22 Nov 2026 at 18:36, Timur <t@desk.example> wrote:",
        "Have you",
        "tried?",
    ]
