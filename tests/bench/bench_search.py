"""Lists, counts and searches of a large replica, each as the window asks for them: first page with snippets."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from deskhelp.db.lists import count_tickets, list_tickets
from deskhelp.db.replica import Replica
from deskhelp.domain.query import parse_query
from tests.bench.make_replica import AGENT, NOW_MS, replica_of
from tests.bench.report import Result, median, percentile

QUEUES = (
    *("is:active", "is:active is:mine", "is:active is:unassigned", "is:escalated", "is:overdue", "is:snoozed"),
    *("is:waiting", "is:draft", "is:failed", "is:done", "status:spam", "is:unread", "is:active tag:vpn", ""),
)
TYPED = ("принтер не работает", "заявка счёт", "invoice refund", "person77@client77.example", "пароль is:mine")
SEARCHES = (
    *("принтер", "заявок", "printer invoice", '"не работает"', "нетакогослова", "отчёт status:spam"),
    *("оплата is:active", "from:иванова", "subject:принтер", "to:person5 договор", "возврат -доставка"),
    *("лицензия has:attachment", "1042", "license is:done", "монитор телефон", "от:смирнова доступ", "обновл"),
)


def measure(*, quick: bool = False) -> list[Result]:
    with Replica.open(replica_of(10_000 if quick else 100_000), readonly=True) as replica:
        rounds = 3 if quick else 7
        lists = [_typical(lambda text=text: _list(replica, text), rounds) for text in QUEUES]
        counts = _typical(lambda: _count(replica), rounds)
        keys = [_typical(lambda text=text: _list(replica, text), rounds) for text in keystrokes()]
        whole = [_typical(lambda text=text: _list(replica, text), rounds) for text in SEARCHES]
    return [
        Result("first page of a queue, slowest", max(lists), "ms", 20, False, f"median {median(lists):.1f} ms"),
        Result("counts of all queues together", counts, "ms", 20, False, f"{len(QUEUES)} queues"),
        Result(
            "keystroke to first results, p95", percentile(keys, 0.95), "ms", 50, False, f"{len(keys)} keys", tuple(keys)
        ),
        Result(
            "search with snippets, p95",
            percentile(whole, 0.95),
            "ms",
            36,
            False,
            "notmuch by threads: 36",
            tuple(whole),
        ),
    ]


def keystrokes() -> Iterator[str]:
    """What stands in the search box after each key."""
    for text in TYPED:
        for end in range(1, len(text) + 1):
            yield text[:end]


def _list(replica: Replica, text: str) -> None:
    list_tickets(replica, parse_query(text), agent=AGENT, now_ms=NOW_MS)


def _count(replica: Replica) -> None:
    queries = {text: parse_query(text) for text in QUEUES}
    count_tickets(replica, queries, agent=AGENT, now_ms=NOW_MS)


def _typical(act: Callable[[], None], rounds: int) -> float:
    """Milliseconds, the median of several readings: somebody's second look is as common as the first."""
    readings = []
    for _ in range(rounds):
        started = time.perf_counter()
        act()
        readings.append(1000 * (time.perf_counter() - started))
    return median(readings)


if __name__ == "__main__":
    from tests.bench.report import markdown

    print(markdown(measure()))
