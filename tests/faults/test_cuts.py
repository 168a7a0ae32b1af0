"""The line to the server for outgoing mail is cut at a byte: what became of the answer is known, and never sent twice.

Here each so-many-th byte; `python -m tests.bench cuts` takes all of them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.proxy import Direction
from tests.support.smtp_server import SmtpServer

from .cutting import DIRECTIONS, WAYS, line_to

IN_CI = 25
"""How many bytes of each conversation; which ones differs from one to the next."""


@pytest.mark.parametrize("has_refused", [False, True], ids=["one", "one-of-two"])
@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("way", WAYS)
def test_a_line_cut_at_a_byte_leaves_the_right_state_and_sends_nothing_twice(
    way: str, direction: Direction, has_refused: bool, smtp_server: SmtpServer, tmp_path: Path
) -> None:
    with line_to(tmp_path, smtp_server, way, has_refused=has_refused) as line:
        offsets = line.offsets(direction)
        stride = len(offsets) // IN_CI
        for offset in offsets[sum(way.encode()) % stride :: stride]:
            line.cut_at(direction, offset)


@pytest.mark.parametrize("way", ["clear", "tls"])
def test_a_line_cut_about_the_end_leaves_the_right_state_and_sends_nothing_twice(
    way: str, smtp_server: SmtpServer, tmp_path: Path
) -> None:
    """Where it is decided: about the word "go on", the final dot, and the word on the mail."""
    with line_to(tmp_path, smtp_server, way) as line:
        for direction in DIRECTIONS:
            end, begin = len(line.offsets(direction)), line.lengths.before_payload[direction]
            for offset in (*range(begin - 6, begin + 4), *range(end - 30, end, 1 if direction == "down" else 3)):
                line.cut_at(direction, offset)
