"""Pictures of the network: over TLS alone, from public addresses alone, known kinds, bounded."""

from __future__ import annotations

import contextlib
import http.server
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from deskhelp.mail.tls import client_context
from deskhelp.services import remote_pictures
from deskhelp.services.remote_pictures import Fetcher, is_picture, is_public
from tests.support.certificates import Authority

PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 100


class Web(http.server.BaseHTTPRequestHandler):
    """Answers by path; remembers what it was asked, and with which fields."""

    asked: ClassVar[list[tuple[str, dict[str, str]]]] = []

    def do_GET(self) -> None:
        self.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        body = {"/huge.png": PICTURE[:8] + b"\0" * 6_000_000, "/page.png": b"<html>"}.get(self.path, PICTURE)
        self.send_response(302 if self.path.startswith("/moved") else 404 if self.path == "/none.png" else 200)
        if self.path.startswith("/moved"):
            self.send_header("Location", {"/moved-loop": "/moved-loop", "/moved-in": "https://inner.test/x.png",
                                          "/moved-file": "file:///etc/hostname"}.get(self.path, "/a.png"))  # fmt: skip
        self.send_header("Set-Cookie", "who=you")
        self.end_headers()
        with contextlib.suppress(OSError):  # whoever asked may have gone
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture
def port(authority: Authority) -> Iterator[int]:
    certificate = authority.issue("web", "DNS:pictures.test,DNS:inner.test")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.cert, certificate.key)
    Web.asked = []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Web) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield int(server.server_address[1])
        server.shutdown()
        thread.join()


def fetcher(authority: Authority) -> Fetcher:
    """Every name is this computer; ``inner.test`` counts as one of the office's own."""
    inside = {"inner.test": "10.0.0.7"}
    return Fetcher(
        lambda: client_context(Path(authority.ca_file)),
        lambda host, _port: [inside.get(host, "127.0.0.1")],
        lambda address: address == "127.0.0.1",
    )


def test_pictures_are_fetched_and_nothing_is_told(authority: Authority, port: int) -> None:
    urls = [f"https://pictures.test:{port}/{name}" for name in ("a.png?x=1 2", "moved", "b.png")]
    assert dict(fetcher(authority).fetch(urls)) == dict.fromkeys(urls, PICTURE)
    for _path, fields in Web.asked:
        assert set(fields) == {"host", "accept", "accept-encoding"}


@pytest.mark.parametrize("path", ["none.png", "page.png", "huge.png", "moved-loop", "moved-in", "moved-file"])
def test_what_is_no_picture_or_lies_inside_is_passed_over(authority: Authority, port: int, path: str) -> None:
    good = f"https://pictures.test:{port}/a.png"
    assert list(dict(fetcher(authority).fetch([f"https://pictures.test:{port}/{path}", good]))) == [good]


def test_a_server_that_says_nothing_holds_up_no_other(authority: Authority, port: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        deaf = [f"https://pictures.test:{silent.getsockname()[1]}/{name}.png" for name in "ab"]
        good = [f"https://pictures.test:{port}/{name}.png" for name in "cdef"]
        found = fetcher(authority).fetch([*deaf, *good])
        assert {next(found)[0] for _ in good} == set(good)  # while the two still wait


@pytest.mark.parametrize(
    "url", ["file:///etc/hostname", "ftp://pictures.test/x", "https://user:secret@pictures.test/x", "https:///x", "//x"]
)
def test_other_addresses_are_never_asked(authority: Authority, url: str) -> None:
    assert list(fetcher(authority).fetch([url])) == []


def test_a_certificate_of_somebody_else_is_refused(authority: Authority, port: int) -> None:
    assert list(fetcher(authority).fetch([f"https://other.test:{port}/a.png"])) == []
    assert Web.asked == []


def test_a_plain_address_is_asked_over_tls_or_not_at_all(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, int]] = []

    def noted(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return []

    plain = Fetcher(lambda: client_context(Path(authority.ca_file)), noted, lambda _address: True)
    assert list(plain.fetch(["http://pictures.test/x.png", "http://pictures.test:8080/x.png"])) == []
    assert asked == [("pictures.test", 443)] * 2


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.1.1", "0.0.0.0", "::1", "fe80::1%eth0", "fd00::1",
     "::ffff:127.0.0.1", "2002:7f00:1::", "224.0.0.1", "100.64.0.1", "nothing",
     "64:ff9b::10.0.0.1", "::192.168.0.1"],
)  # fmt: skip
def test_addresses_of_inner_networks_are_not_public(address: str) -> None:
    assert not is_public(address)
    assert is_public("93.184.215.14") and is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")
    assert is_public("64:ff9b::93.184.215.14")


def test_kinds_are_known_by_their_first_bytes() -> None:
    assert is_picture(PICTURE) and is_picture(b"RIFF\0\0\0\0WEBPVP8 ") and is_picture(b"\xff\xd8\xff\xe0")
    assert not is_picture(b"<svg xmlns='http://www.w3.org/2000/svg'/>") and not is_picture(b"")
    assert remote_pictures.fetcher().is_allowed is is_public
