"""Which messages make one ticket: a pure function of the set of messages, whatever order they came in.

Every message has a *home*: the ticket it would start (a mail), was written into (ours), or was placed in by an agent.
Evidence ties homes together; tied homes are one ticket, known by its *canonical* id, and the other ids stay valid as
aliases. The evidence, strongest first (DESIGN 4.6):

1. an agent's placement (split) or merge: decides alone;
2. a reference to a Message-ID of ours whose signature is right: decides alone;
3. a reference in common and a participant in common; a Message-ID that several mails bear (some machines have one
   for all they send) leads an answer to one of them, and joins those mails no more than they join themselves;
4. Outlook's conversation, with the same subject and a participant in common;
5. a ticket's code in the subject, from a participant of that ticket;
6. an answer without any reference: same subject, from a participant, within thirty days of the newest such message.

A foreign header or code by itself joins nobody to another customer's ticket.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from .codes import normalise_code, ticket_code

WEAK_WINDOW_MS: Final = 30 * 86_400_000
MAX_REFERENCES: Final = 24
MAX_PARTICIPANTS: Final = 50


class Reason(StrEnum):
    """Why a message is in its ticket."""

    STARTED = "started"
    WRITTEN = "written"
    PLACED = "placed"
    MERGED = "merged"
    OWN_REFERENCE = "own_reference"
    REFERENCE = "reference"
    CODE = "code"
    SUBJECT = "subject"
    VARIANT = "variant"


@dataclass(frozen=True, slots=True)
class Node:
    """What threading needs to know of a message.

    `home` is a ticket id. `header_id` and `references` are Message-IDs without angle brackets. `participants` are
    casefolded addresses without the desk's own; `sender` is the author's, "" for ourselves. `signed_ticket` is the
    ticket that a reference of ours names with a right signature. `codes` are bare codes. `variant_key` is the coarse
    mail key: mails that share it are variants of one mail. `origin` is the ticket that a placed message had started
    before an agent placed it elsewhere, "" for all others. `sent_at_ms` is the mail's own date, 0 if it has none.
    `conversation` is what Outlook calls it, from ``Thread-Index``.
    """

    message_id: str
    home: str
    at_ms: int
    header_id: str = ""
    references: tuple[str, ...] = ()
    sender: str = ""
    participants: frozenset[str] = frozenset()
    codes: tuple[str, ...] = ()
    base_subject: str = ""
    is_reply: bool = False
    signed_ticket: str = ""
    variant_key: str = ""
    is_placed: bool = False
    is_ours: bool = False
    origin: str = ""
    sent_at_ms: int = 0
    conversation: str = ""

    @property
    def identity(self) -> tuple[str, int, str]:
        """What two copies of one mail have in common beside its Message-ID, whichever mailboxes they came to."""
        return self.sender, self.sent_at_ms, self.base_subject

    @property
    def may_join_weakly(self) -> bool:
        """Only an answer that carries no other evidence at all may be joined by its subject."""
        has_evidence = self.references or self.codes or self.signed_ticket or self.is_placed or self.is_ours
        return bool(self.is_reply and self.base_subject and self.sender and not has_evidence)

    @property
    def answered(self) -> tuple[str, ...]:
        """The Message-IDs by which this message finds others; a signed reference has found them already."""
        return () if self.is_placed or self.signed_ticket else self.references


@dataclass(frozen=True, slots=True)
class Partition:
    """`canonical` maps each home, and each ticket named by evidence, to its ticket; `reasons` maps message ids."""

    canonical: Mapping[str, str]
    reasons: Mapping[str, Reason]


def partition(nodes: Iterable[Node], merges: Sequence[tuple[str, str]] = ()) -> Partition:
    """Tie the nodes into tickets. `merges` are pairs (ticket, into ticket) that agents have decided."""
    ordered = sorted(nodes, key=lambda node: (node.at_ms, node.message_id))
    ties = _Ties()
    reasons = {node.message_id: _own_reason(node) for node in ordered}
    for node in ordered:
        ties.add(node.home)
        if node.signed_ticket and not node.is_placed:
            ties.join(node.home, node.signed_ticket)
    _tie_variants(ordered, ties, reasons)
    _tie_references(ordered, ties, reasons)
    _tie_conversations(ordered, ties, reasons)
    _tie_codes(ordered, ties, reasons)
    _tie_subjects(ordered, ties, reasons)
    by_itself = {node.home: ties.root(node.home) for node in ordered}
    for ticket, into in merges:
        ties.join(ticket, into)
    canonical = _named(ordered, ties, frozenset(ticket for ticket, _ in merges))
    for node in ordered:
        ticket = canonical[node.home]
        if reasons[node.message_id] is Reason.STARTED and by_itself[node.home] != by_itself.get(ticket, ticket):
            reasons[node.message_id] = Reason.MERGED
    return Partition(canonical, reasons)


def _own_reason(node: Node) -> Reason:
    if node.is_placed:
        return Reason.PLACED
    if node.is_ours:
        return Reason.WRITTEN
    return Reason.OWN_REFERENCE if node.signed_ticket else Reason.STARTED


def _tie_variants(nodes: Sequence[Node], ties: _Ties, reasons: dict[str, Reason]) -> None:
    first: dict[str, Node] = {}
    for node in nodes:
        if not node.variant_key or node.is_placed:
            continue
        other = first.setdefault(node.variant_key, node)
        if other is not node:
            ties.join(other.home, node.home)
            _explain(reasons, node, Reason.VARIANT)


def _tie_references(nodes: Sequence[Node], ties: _Ties, reasons: dict[str, Reason]) -> None:
    bearers: dict[tuple[str, str], list[Node]] = {}
    answers: dict[tuple[str, str], list[Node]] = {}
    for node in nodes:
        for participant in node.participants:
            if node.header_id and not node.is_placed:
                bearers.setdefault((node.header_id, participant), []).append(node)
            for header_id in node.answered:
                if header_id != node.header_id:
                    answers.setdefault((header_id, participant), []).append(node)
    for copies in bearers.values():
        _tie_copies(copies, ties)
    for key, answering in answers.items():
        meant = bearers.get(key, [])
        if len({node.identity for node in meant}) > 1:
            for node in answering:
                ties.join(_most_likely(node, meant).home, node.home)
        else:
            ties.join_all([*meant, *answering])
        for node in answering[0 if meant else 1 :]:
            _explain(reasons, node, Reason.REFERENCE)


def _tie_copies(bearers: Sequence[Node], ties: _Ties) -> None:
    """A mail that came to several of our mailboxes is one, under one Message-ID; other mails may only share that."""
    first: dict[tuple[str, int, str], Node] = {}
    for node in bearers:
        ties.join(first.setdefault(node.identity, node).home, node.home)


def _most_likely(answer: Node, bearers: Sequence[Node]) -> Node:
    """Which of the mails that bear one Message-ID an answer means: of its subject, the newest before it."""
    alike = [node for node in bearers if node.base_subject == answer.base_subject] or bearers
    earlier = [node for node in alike if node.at_ms <= answer.at_ms]
    return earlier[-1] if earlier else alike[0]


def _tie_conversations(nodes: Sequence[Node], ties: _Ties, reasons: dict[str, Reason]) -> None:
    first: dict[tuple[str, str, str], Node] = {}
    for node in nodes:
        if not node.conversation or node.is_placed or node.signed_ticket:
            continue
        for participant in node.participants:
            other = first.setdefault((node.conversation, node.base_subject, participant), node)
            if other is not node:
                ties.join(other.home, node.home)
                _explain(reasons, node, Reason.REFERENCE)


def _tie_codes(nodes: Sequence[Node], ties: _Ties, reasons: dict[str, Reason]) -> None:
    wanted = {code[:7] for node in nodes for code in node.codes}
    if not wanted:
        return
    known: dict[tuple[str, str], str] = {}
    for node in nodes:
        code = short_code(node.home)
        for participant in node.participants if code in wanted else ():
            known.setdefault((code, participant), node.home)
    for node in nodes:
        if node.is_placed or node.signed_ticket:
            continue
        for code in node.codes:
            home = known.get((code[:7], node.sender))
            if home is not None and home != node.home:
                ties.join(home, node.home)
                _explain(reasons, node, Reason.CODE)


def _tie_subjects(nodes: Sequence[Node], ties: _Ties, reasons: dict[str, Reason]) -> None:
    latest: dict[tuple[str, str], Node] = {}
    for node in nodes:
        if node.may_join_weakly:
            parent = latest.get((node.base_subject, node.sender))
            if parent is not None and node.at_ms - parent.at_ms <= WEAK_WINDOW_MS:
                ties.join(parent.home, node.home)
                _explain(reasons, node, Reason.SUBJECT)
        for participant in node.participants:
            latest[(node.base_subject, participant)] = node


def _explain(reasons: dict[str, Reason], node: Node, reason: Reason) -> None:
    if reasons[node.message_id] is Reason.STARTED:
        reasons[node.message_id] = reason


def _named(nodes: Sequence[Node], ties: _Ties, merged_away: frozenset[str]) -> dict[str, str]:
    """Give each group the id of its earliest home that no agent has merged into another."""
    chosen: dict[str, str] = {}
    for node in (*(n for n in nodes if n.home not in merged_away), *nodes):
        chosen.setdefault(ties.root(node.home), node.home)
    canonical: dict[str, str] = {}
    for ticket in ties.members():
        root = ties.root(ticket)
        canonical[ticket] = chosen.get(root, root)
    for node in nodes:  # the code of a ticket that has lost all its messages leads to where its first one went
        if node.origin:
            canonical.setdefault(node.origin, canonical[node.home])
    return canonical


class _Ties:
    """Union-find over ticket ids whose result does not depend on the order of joins."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def add(self, ticket: str) -> None:
        self._parent.setdefault(ticket, ticket)

    def root(self, ticket: str) -> str:
        self.add(ticket)
        while self._parent[ticket] != ticket:
            self._parent[ticket] = self._parent[self._parent[ticket]]
            ticket = self._parent[ticket]
        return ticket

    def join(self, one: str, other: str) -> None:
        low, high = sorted((self.root(one), self.root(other)))
        self._parent[high] = low

    def join_all(self, nodes: Sequence[Node]) -> None:
        for node in nodes[1:]:
            self.join(nodes[0].home, node.home)

    def members(self) -> list[str]:
        return list(self._parent)


@lru_cache(maxsize=10_000)
def short_code(ticket_id: str) -> str:
    """The bare seven digits by which a subject names a ticket."""
    return normalise_code(ticket_code(ticket_id)) or ""
