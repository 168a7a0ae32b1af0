"""A hundred thousand damaged mails: none may raise, none may take two seconds, none may vanish."""

from __future__ import annotations

import os
import time
import traceback
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from deskhelp.mail.reader import read_mail
from deskhelp.services.demo_content.loading import load_demo
from deskhelp.services.demo_content.mails import raw_mail, travels
from deskhelp.settings import resource_path
from tests.bench.mutants import mutant
from tests.bench.report import Result

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
ALL, QUICK, AT_ONCE = 100_000, 2_000, 500
SLOW_S = 2.0
_seeds: list[bytes] = []


def seeds() -> list[bytes]:
    """Mails to be damaged: those of the demonstration, and the corpus beside the project where it is."""
    if not _seeds:
        _seeds.extend(own_mails())
        if CORPUS.exists():
            _seeds.extend(path.read_bytes() for path in sorted(CORPUS.rglob("*")) if path.suffix in (".eml", ".msg"))
    return _seeds


def own_mails() -> list[bytes]:
    """The mails of the demonstration: plain and with HTML, with files, in three charsets, forwarded and returned."""
    pack, now = load_demo(resource_path("demo")), datetime(2026, 3, 2, 12, tzinfo=UTC)
    return [
        raw_mail(conversation, index, now, pack.mailbox)
        for conversation in pack.conversations
        for index, message in enumerate(conversation.messages)
        if travels(message)
    ]


def measure(*, quick: bool = False) -> list[Result]:
    count = QUICK if quick else ALL
    parts = [range(first, min(first + AT_ONCE, count)) for first in range(0, count, AT_ONCE)]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        found = [one for part in pool.map(judge, parts) for one in part]
    slowest = max(seconds for _number, seconds, _wrong in found)
    wrong = [(number, said) for number, _seconds, said in found if said]
    for number, said in wrong[:10]:
        print(f"mutant {number}: {said}")
    against = f"{count:,} mutants of {len(seeds())} mails"
    return [
        Result("damaged mails that raise or vanish", len(wrong), "mails", 0, False, against),
        Result("slowest damaged mail", slowest, "s", SLOW_S, False, against),
    ]


def judge(numbers: range) -> list[tuple[int, float, str]]:
    """For each mutant its number, the seconds it took, and what is wrong with what was read."""
    return [(number, *_judged(mutant(seeds(), number))) for number in numbers]


def _judged(raw: bytes) -> tuple[float, str]:
    begun = time.process_time()
    try:
        read = read_mail(raw)
    except Exception:
        return time.process_time() - begun, traceback.format_exc().strip().splitlines()[-1]
    seconds = time.process_time() - begun
    shown = read.text.strip() or read.attachments or read.subject or read.problems or read.sender.address
    is_lost = bool(raw.strip()) and not shown
    return seconds, "nothing of it is shown and no problem is told" if is_lost else ""
