"""Links that deceive the eye are doubted, and honest ones are left alone."""

from __future__ import annotations

import pytest

from deskhelp.domain.links import Doubt, doubt, spoken_host, target_of
from deskhelp.mail.html import clean_html

EVIL = "https://evil.test/"


@pytest.mark.parametrize(
    "text",
    [
        "pay\u200bpal.com",
        "pay\u00adpal.com",
        "paypal\u2024com",
        "\uff50\uff41\uff59\uff50\uff41\uff4c\uff0e\uff43\uff4f\uff4d",
        "paypal\u3002com",
        "(paypal.com)",
        "\u00bbpaypal.com\u00ab",
        "paypal.com \u2192",
        "PAYPAL.COM",
        "PayPal.Com",
        "ftp://paypal.com",
        "maib.md",
        "allegro.pl",
        "mail.py.example",
        "\u0441\u0431\u0435\u0440\u0431\u0430\u043d\u043a.\u0440\u0444",
        "paypal.com\nSign in",
        "info@paypal.com",
        "https://paypal.com\u2026",
    ],
)
def test_a_text_that_reads_as_another_host_is_told(text: str) -> None:
    assert doubt(text, EVIL) is Doubt.OTHER_HOST


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("example.com", "https://www.example.com/"),
        ("https://bank.example\u2026", "https://bank.example/a/very/long/path"),
        ("https://bank.exam\u2026", "https://bank.example/a"),
        ("bank.example/a/very/lo...", "https://bank.example/a/very/long"),
        ("<https://bank.example/>", "https://bank.example/"),
        ("paypal.com\u200e", "https://paypal.com/"),
        ("paypal.com", "https://\uff50\uff41\uff59pal.com/"),
        ("m\u00fcller.de", "https://xn--mller-kva.de/"),
        ("Node.js", EVIL),
        ("README.md", EVIL),
        ("cache.py", EVIL),
        ("archive.tar.gz", EVIL),
        ("invoice_03.2026.pdf", EVIL),
        ("Mr.Smith", EVIL),
        ("java.util.List", EVIL),
        ("\u041e\u041e\u041e.\u0420\u043e\u043c\u0430\u0448\u043a\u0430", EVIL),
        ("12.03.2026", EVIL),
    ],
)
def test_honest_texts_and_names_of_files_are_left_alone(text: str, address: str) -> None:
    assert doubt(text, address) is Doubt.NONE


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("\u202emoc.lapyap\u202c", EVIL),
        ("x", "https://\u2460\u2461\u2466.\u24ea.\u24ea.\u2460/"),
        ("x", "https://127.1/"),
    ],
)
def test_what_is_turned_round_or_ringed_is_a_disguise(text: str, address: str) -> None:
    assert doubt(text, address) is Doubt.DISGUISED_HOST


def test_a_backslash_ends_the_host_as_it_does_in_browsers() -> None:
    address = "https://evil.test\\.paypal.com/?a\\b"
    target = target_of(address)
    assert target is not None and target.host == "evil.test"
    (link,) = clean_html(f'<a href="{address}">paypal.com</a>').links
    assert (link.target, link.doubt) == ("https://evil.test/.paypal.com/?a\\b", Doubt.OTHER_HOST)


@pytest.mark.parametrize(
    "inside",
    [
        '<img src="https://x.example/a.png" alt="paypal.com" width=90>',
        "<b>pay</b><i>pal</i>.com",
        "paypal.com<br>Sign in",
        "<div>paypal.com</div><div>Sign in</div>",
        '<table style="padding:9px"><tr><td>paypal.com</td></tr></table>',
        'paypal<span style="display:none">x</span>.com',
        'paypal<span style="font-size:0">x</span>.com',
    ],
)
def test_what_is_read_of_a_link_counts_however_it_is_made(inside: str) -> None:
    (link,) = clean_html(f"<p>a</p><a href={EVIL}>{inside}</a>", keeps_places=True).links
    assert link.doubt is Doubt.OTHER_HOST and link.text.startswith("paypal.com")


def test_what_leads_nowhere_does_not_look_like_a_link() -> None:
    made = clean_html(r'<p><b>x</b></p><p><a href="file:///\\fs01\logs">\\fs01\logs</a> <a name="top">top</a></p>').html
    assert "<a" not in made and r"<span>\\fs01\logs</span>" in made


def test_a_text_that_was_cut_short_says_so() -> None:
    assert spoken_host("https://bank.exam\u2026") == "bank.exam..."
    assert doubt("https://bank.exam\u2026", EVIL) is Doubt.OTHER_HOST
