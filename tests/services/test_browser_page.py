"""A mail as a page for the browser: what stands in it, and that nothing in it can ask the network."""

from __future__ import annotations

import base64
import re
from email.message import EmailMessage

import pytest
from lxml import html as lxml_html

from deskhelp.services import intake
from deskhelp.services.browser_page import browser_page
from deskhelp.services.incoming import Incoming
from deskhelp.services.office import Office

from .conftest import BOX

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def page_of(office: Office, markup: str, *, shows_network: bool = False, subject: str = "Offer") -> str:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "shop@x.example", "help@desk.example", subject
    message["Message-ID"] = f"<{abs(hash((markup, subject)))}@x.example>"
    message.set_content("Plain.")
    message.add_alternative(markup, subtype="html")
    message.get_payload()[1].add_related(PNG, maintype="image", subtype="png", cid="<logo@x>")  # type: ignore[index, union-attr]
    intake.take_in(office, BOX, [Incoming(message.as_bytes(), 1_790_000_000_000)])
    (row,) = office.replica.database.execute_sql("SELECT id FROM message ORDER BY n DESC LIMIT 1").fetchall()
    return browser_page(office, row[0], shows_network=shows_network)


def policy_of(page: str) -> dict[str, str]:
    """The policy that a browser takes: that of the first element that is one, which must stand before all content."""
    found = re.match(
        r'<!doctype html><html><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">'
        r'<meta http-equiv="x-dns-prefetch-control" content="off">'
        r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">',
        page,
    )
    assert found is not None
    return {name: rest for name, _, rest in (part.strip().partition(" ") for part in found[1].split(";"))}


def test_without_being_asked_for_no_picture_is_loaded_from_the_network(office: Office) -> None:
    page = page_of(office, '<img src="https://shop.example/a.png"><table background="https://shop.example/b.png">')
    policy = policy_of(page)

    assert policy["img-src"] == "data:"
    assert policy["default-src"] == policy["form-action"] == policy["base-uri"] == "'none'"
    assert policy["style-src"] == "'unsafe-inline'"
    assert "upgrade-insecure-requests" in policy


def test_with_being_asked_for_only_the_hosts_of_its_pictures_are_asked_over_tls(office: Office) -> None:
    markup = (
        '<img src="https://shop.example/a.png"><img src="http://Пример.example:8080/b.png">'
        '<img src="https://cdn.example:8443/c.png"><img src="https://count.example/t.gif" width="1" height="1">'
        '<img src="https://x.example;script-src/%20*"><img src="https://*/x"><img src="file:///etc/passwd">'
    )
    policy = policy_of(page_of(office, markup, shows_network=True))

    assert policy["img-src"].split() == [
        "data:",
        "https://shop.example",
        "https://xn--e1afmkfd.example",
        "https://cdn.example:8443",
    ]
    assert "script-src" not in policy


def test_pictures_that_came_with_the_mail_are_in_the_page(office: Office) -> None:
    page = page_of(office, '<p>Hello</p><img src="cid:logo@x"><img src="cid:other@x"><p style="x:url(cid:logo%40x)">')

    inside = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
    assert page.count(inside) == 2
    assert 'src="cid:other@x"' in page


@pytest.mark.parametrize(
    "markup",
    [
        '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
        '<me<meta x>ta http-equiv="refresh" content="0;url=https://evil.example/">',
        '<META/http-equiv="refresh" content="0;url=https://evil.example/">',
        '<base href="https://evil.example/"><link rel="dns-prefetch" href="//evil.example">',
        '<li<link>nk rel="preconnect" href="https://evil.example">',
        '<iframe src="https://evil.example"></iframe><frame src="https://evil.example">',
        '<form action="https://evil.example"><input></form>',
        '</body></html><meta http-equiv="refresh" content="0;url=https://evil.example/"',
        '{title}{pictures}<a href="https://x.example" ping="https://evil.example">x</a>',
        '<img attributionsrc="https://evil.example"><a href="https://x.example" AttributionSrc>x</a>',
    ],
)
def test_nothing_in_the_page_goes_anywhere_by_itself(office: Office, markup: str) -> None:
    page = page_of(office, markup)

    assert policy_of(page)["img-src"] == "data:"
    tree = lxml_html.fromstring(page)
    active = {"base", "link", "iframe", "frame", "object", "embed", "form", "script", "applet"}
    assert [element.tag for element in tree.iter() if element.tag in active] == []
    assert len(list(tree.iter("meta"))) == 4  # the page's own
    assert not any({"ping", "attributionsrc"} & set(element.attrib) for element in tree.iter("a", "img"))


def test_the_subject_is_text(office: Office) -> None:
    page = page_of(office, "<p>x</p>", subject='</title><meta http-equiv="refresh">{body}')

    assert "<title>&lt;/title&gt;&lt;meta http-equiv=&quot;refresh&quot;&gt;{body}</title>" in page
