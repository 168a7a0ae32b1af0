"""Server addresses in one line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.domain.errors import DeskTrouble
from deskhelp.mail.urls import Endpoint, Protocol, Security, format_endpoint, parse_endpoint


@pytest.mark.parametrize(
    ("text", "endpoint"),
    [
        ("imaps://anna@mail.example", Endpoint("imap", "tls", "mail.example", 993, "anna")),
        ("imap+starttls://anna@mail.example:1143", Endpoint("imap", "starttls", "mail.example", 1143, "anna")),
        ("smtps://mail.example", Endpoint("smtp", "tls", "mail.example", 465, "")),
        ("SMTP+STARTTLS://Anna@Mail.Example/", Endpoint("smtp", "starttls", "mail.example", 587, "Anna")),
        ("imaps://anna%40example.org@mail.example", Endpoint("imap", "tls", "mail.example", 993, "anna@example.org")),
        ("imaps://anna@example.org@mail.example", Endpoint("imap", "tls", "mail.example", 993, "anna@example.org")),
        ("imaps://анна@почта.рф", Endpoint("imap", "tls", "xn--80a1acny.xn--p1ai", 993, "анна")),
        ("imaps://anna@straße.example", Endpoint("imap", "tls", "xn--strae-oqa.example", 993, "anna")),
        ("imaps://anna@[::1]:9993", Endpoint("imap", "tls", "::1", 9993, "anna")),
    ],
)
def test_a_line_is_read(text: str, endpoint: Endpoint) -> None:
    assert parse_endpoint(text) == endpoint


@pytest.mark.parametrize("text", ["imap://anna@mail.example", "smtp://mail.example"])
def test_without_tls_is_refused_and_the_safe_way_named(text: str) -> None:
    with pytest.raises(DeskTrouble) as caught:
        parse_endpoint(text)
    assert "unprotected" in caught.value.sentence
    assert "+starttls://" in caught.value.advice


@pytest.mark.parametrize(
    "text",
    [
        "",
        "mail.example",
        "http://mail.example",
        "imaps://",
        "imaps://a@b:99999",
        "imaps://a@b/INBOX",
        "imaps://a b@c d",
    ],
)
def test_nonsense_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(DeskTrouble) as caught:
        parse_endpoint(text)
    assert "imaps://name@mail.example.org:993" in caught.value.advice


def test_a_password_in_the_line_is_refused_without_repeating_it() -> None:
    with pytest.raises(DeskTrouble) as caught:
        parse_endpoint("imaps://anna:hunter2@mail.example")
    assert "hunter2" not in str(caught.value)


@given(
    protocol=st.sampled_from(["imap", "smtp"]),
    security=st.sampled_from(["tls", "starttls"]),
    host=st.from_regex(r"[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?(\.[a-z]{2,5}){1,3}", fullmatch=True),
    port=st.integers(1, 65535),
    user=st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)
def test_what_is_written_is_read_back(protocol: Protocol, security: Security, host: str, port: int, user: str) -> None:
    endpoint = Endpoint(protocol, security, host, port, user)
    assert parse_endpoint(format_endpoint(endpoint)) == endpoint


def test_what_is_wrong_is_told_as_it_was_typed() -> None:
    with pytest.raises(DeskTrouble) as caught:
        parse_endpoint("imaps://olga%40desk.example@")
    assert "olga@desk.example" in str(caught.value)
