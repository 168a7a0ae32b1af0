"""Two thousand conversations, in any order: every mail in its ticket, none in a stranger's."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest

from deskhelp.db import rows
from deskhelp.db.check import check, state_hash
from deskhelp.db.replica import Replica
from deskhelp.domain.events import Event
from deskhelp.domain.threads import Node, partition
from deskhelp.mail.reader import read_mail
from deskhelp.services.mail_events import received
from tests.bench import testbed
from tests.support.conversations import DESK, MAILBOX, TEAM_KEY, Letter, letters

CONVERSATIONS = 2_000
RIGHT = 0.995


def event_of(letter: Letter, own: Iterable[str] = (DESK,)) -> Event:
    draft = received(
        read_mail(letter.raw),
        mailbox=MAILBOX,
        raw="",
        arrived_at_ms=letter.at_ms,
        own_addresses=frozenset(own),
        team_key=TEAM_KEY,
        is_sent=letter.is_sent,
    )
    return draft.event()


@cache
def mail() -> tuple[dict[str, Event], dict[str, Letter]]:
    """The events of all letters, and the letters, by message."""
    made = [(event_of(letter), letter) for letter in letters(CONVERSATIONS, "threading")]
    events = {event.about.partition(":")[2]: event for event, _ in made}
    return events, {event.about.partition(":")[2]: letter for event, letter in made}


def node_of(event: Event) -> Node:
    return rows.node_of(rows.message_values(event))


def misplaced(tickets: Mapping[str, str], truth: Mapping[str, int]) -> set[str]:
    """Mails that are not in the ticket that has most of their conversation, or are in one that is mostly another's."""
    of_conversation: dict[int, Counter[str]] = defaultdict(Counter)
    of_ticket: dict[str, Counter[int]] = defaultdict(Counter)
    for message, ticket in tickets.items():
        of_conversation[truth[message]][ticket] += 1
        of_ticket[ticket][truth[message]] += 1
    home = {conversation: found.most_common(1)[0][0] for conversation, found in of_conversation.items()}
    owner = {ticket: found.most_common(1)[0][0] for ticket, found in of_ticket.items()}
    return {
        message
        for message, ticket in tickets.items()
        if ticket != home[truth[message]] or owner[ticket] != truth[message]
    }


def among_strangers(tickets: Mapping[str, str], truth: Mapping[str, int]) -> set[str]:
    """Mails in a ticket that another requester began."""
    owners: dict[str, set[int]] = defaultdict(set)
    for message, ticket in tickets.items():
        owners[ticket].add(requester_of(truth[message]))
    return {message for message, ticket in tickets.items() if len(owners[ticket]) > 1}


def requester_of(conversation: int) -> int:
    return conversation // 3 if conversation >= 0 else conversation


def tickets_of(nodes: Sequence[Node]) -> dict[str, str]:
    found = partition(nodes).canonical
    return {node.message_id: found[node.home] for node in nodes}


def test_nearly_every_mail_is_in_its_ticket_and_none_in_a_strangers() -> None:
    events, known = mail()
    truth = {message: letter.conversation for message, letter in known.items()}
    tickets = tickets_of([node_of(event) for event in events.values()])
    wrong = misplaced(tickets, truth)
    assert 1 - len(wrong) / len(tickets) >= RIGHT, Counter(known[one].way for one in wrong)
    assert not among_strangers(tickets, truth)


def test_any_order_gives_the_same_tickets() -> None:
    events, _ = mail()
    nodes = [node_of(event) for event in events.values()]
    expected = partition(nodes)
    for number in range(20):
        random.Random(number).shuffle(nodes)
        assert partition(nodes) == expected


@pytest.mark.timeout(300)
def test_any_order_of_arrival_gives_the_same_database(tmp_path: Path) -> None:
    events = [*mail()[0].values()][:1_500]
    states = set()
    for number, batch in enumerate((50, 7, 400)):
        shuffled = random.Random(number).sample(events, len(events))
        with Replica.open(tmp_path / f"{number}.sqlite") as replica:
            for start in range(0, len(shuffled), batch):
                replica.apply(shuffled[start : start + batch], "elsewhere")
            assert check(replica).problems == ()
            states.add(state_hash(replica))
    assert len(states) == 1


def test_the_mailbox_of_known_truth_is_threaded_as_it_truly_is() -> None:
    """The generator that stands beside the project; its agents write in other mail programs."""
    if not testbed.TESTBED.is_dir():
        pytest.skip("the generator of mailboxes is not beside the project")
    generator = testbed.testbed_module("make_mailbox")
    truth: dict[str, int] = {}
    nodes: dict[str, Node] = {}
    requester: dict[int, str] = {}
    for made in generator.generate(6_000, attachments=0, single=True):
        conversation = made.truth["conversation"]
        node = node_of(event_of(Letter(made.raw, made.time * 1000, conversation, ""), own=[generator.SUPPORT]))
        nodes[node.message_id] = node
        truth.setdefault(node.message_id, conversation)
        requester.setdefault(conversation, made.truth["from"])
    tickets = tickets_of(list(nodes.values()))
    assert 1 - len(misplaced(tickets, truth)) / len(tickets) >= RIGHT
    owners: dict[str, set[str]] = defaultdict(set)
    for message, ticket in tickets.items():
        owners[ticket].add(requester[truth[message]])
    assert all(len(people) == 1 for people in owners.values())
