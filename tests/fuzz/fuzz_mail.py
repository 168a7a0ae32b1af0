"""Fuzzing, guided by coverage, of everything that the bytes of strangers go through before they are shown.

    pip install atheris          (Linux, Python 3.11 or 3.12)
    python -m tests.fuzz.fuzz_mail build/fuzz -max_total_time=600

Arguments are libFuzzer's; the first folder keeps what was found interesting and is filled at the first start with the
demonstration's mails. It stops at the first input that raises or takes over two seconds, and writes it to ``crash-*``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from deskhelp.mail.forwarded import forwarded
from deskhelp.mail.html import clean_html, html_to_text
from deskhelp.mail.quotes import history_at, reply_text
from deskhelp.mail.reader import part_bytes, read_mail

SLOW_S = 2


def one_input(data: bytes) -> None:
    """Read a mail as an import does and make it ready to be shown; what must hold is asserted."""
    read = read_mail(data)
    for part in read.attachments[:20]:
        assert len(part_bytes(data, part.index)) == part.size
    reply_text(read.text)
    history_at(read.text.split("\n"))
    forwarded(read, data, ())
    if read.html:
        html_to_text(read.html)
        page = clean_html(read.html)
        assert "<script" not in page.html.lower()
    assert "\x00" not in read.text
    read.text.encode("utf-8", "surrogatepass")


def main() -> None:
    import atheris

    atheris.instrument_all()
    folders = [Path(name) for name in sys.argv[1:] if not name.startswith("-")]
    if folders:
        _fill(folders[0])
    atheris.Setup([*sys.argv, f"-timeout={SLOW_S}"], one_input)
    atheris.Fuzz()


def _fill(folder: Path) -> None:
    from tests.bench.bench_mutants import own_mails

    folder.mkdir(parents=True, exist_ok=True)
    for number, raw in enumerate(own_mails() if not any(folder.iterdir()) else ()):
        (folder / f"seed-{number:03}").write_bytes(raw)


if __name__ == "__main__":
    main()
