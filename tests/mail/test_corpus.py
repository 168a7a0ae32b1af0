"""Every mail of the corpus beside the project against what is known to be right about it (docs/mail-corpus.md)."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.support import corpus
from tests.support.corpus import Verdict

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not corpus.CORPUS.exists(), reason="the corpus is not beside the project"),
]
MOST_SECONDS = 2.0
PAGE = Path(__file__).parents[2] / "docs" / "mail-corpus.md"


def table(verdicts: list[Verdict]) -> list[tuple[str, str, int, int]]:
    """Source, what was judged, how many expectations there are, how many are met."""
    expected = Counter((verdict.source, verdict.what) for verdict in verdicts)
    right = Counter((verdict.source, verdict.what) for verdict in verdicts if verdict.right)
    return [(*key, expected[key], right[key]) for key in sorted(expected)]


def test_every_file_is_read_in_time_and_without_an_error() -> None:
    slow = {corpus.name_of(path): corpus.read(path).seconds for path in corpus.files()}

    assert len(slow) > 800
    assert {name: seconds for name, seconds in slow.items() if seconds > MOST_SECONDS} == {}


def test_what_stands_beside_the_mails_is_met(capsys: pytest.CaptureFixture[str]) -> None:
    verdicts = corpus.all_verdicts()
    rows = table(verdicts)
    with capsys.disabled():
        sys.stdout.write("\n".join(["", *(f"{a:26} {b:20} {c:4} {d:4}" for a, b, c, d in rows), ""]))
    missed = [verdict for verdict in verdicts if not verdict.right]
    for miss in missed:
        sys.stdout.write(f"{miss.source}, {miss.what}: {miss.name}\n  {miss.expected!s:.300}\n  {miss.found!s:.300}\n")

    assert len(verdicts) - len(missed) >= 1690
    assert {(miss.source, miss.what, miss.name) for miss in missed} <= told()


def told() -> set[tuple[str, ...]]:
    """The misses that the page tells, each with its reason."""
    text = PAGE.read_text("utf-8")
    return {found.groups() for found in re.finditer(r"^- `([^`]+)`, ([^`]+), `([^`]+)`: \S", text, re.MULTILINE)}


def test_the_page_has_the_numbers_of_today() -> None:
    rows = "".join(f"| {a} | {b} | {c} | {d} |\n" for a, b, c, d in table(corpus.all_verdicts()))
    assert rows in PAGE.read_text("utf-8")
