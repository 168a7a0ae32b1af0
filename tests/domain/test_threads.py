"""Which messages make one ticket: a pure function of the set, and nobody is joined to another customer's ticket."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.domain.identity import digest
from deskhelp.domain.subjects import base_subject
from deskhelp.domain.threads import WEAK_WINDOW_MS, Node, Reason, partition, short_code

ANN, BOB = "ann@a.example", "bob@b.example"


def node(name: str, *refs: str, sender: str = ANN, at_ms: int = 0, **more: Any) -> Node:
    participants = more.pop("participants", frozenset({sender} - {""}))
    references = tuple(f"{ref}@mail" for ref in refs)
    return Node(digest(name), digest("t", name), at_ms, f"{name}@mail", references, sender, participants, **more)


def groups(*nodes: Node, merges: tuple[tuple[str, str], ...] = ()) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    canonical = partition(nodes, merges).canonical
    for one in nodes:
        found.setdefault(canonical[one.home], set()).add(one.header_id.removesuffix("@mail"))
    return {frozenset(group) for group in found.values()}


def together(*nodes: Node, merges: tuple[tuple[str, str], ...] = ()) -> bool:
    return len(groups(*nodes, merges=merges)) == 1


@st.composite
def nodes(draw: st.DrawFn) -> list[Node]:
    made: list[Node] = []
    for number in range(draw(st.integers(1, 7))):
        earlier = [one.home for one in made] or [digest("nowhere")]
        sender = draw(st.sampled_from([ANN, BOB]))
        one = node(
            str(number),
            *draw(st.lists(st.sampled_from("0123456"), max_size=2)),
            sender=sender,
            at_ms=draw(st.integers(0, 2)) * WEAK_WINDOW_MS // 2,
            codes=tuple(short_code(home) for home in draw(st.lists(st.sampled_from(earlier), max_size=1))),
            base_subject=draw(st.sampled_from(["", "vpn"])),
            is_reply=draw(st.booleans()),
            signed_ticket=draw(st.sampled_from(["", "", *earlier])),
            variant_key=draw(st.sampled_from(["", "k"])),
        )
        if draw(st.integers(0, 5)) == 0:
            one = replace(one, home=draw(st.sampled_from(earlier)), is_placed=True, origin=one.home)
        made.append(one)
    return made


@given(nodes(), st.randoms(use_true_random=False), st.data())
def test_the_order_makes_no_difference(made: list[Node], random: Any, data: st.DataObject) -> None:
    homes = st.sampled_from([one.home for one in made])
    merges = data.draw(st.lists(st.tuples(homes, homes), max_size=2))
    shuffled, turned = random.sample(made, len(made)), merges[::-1]
    assert partition(shuffled, turned) == partition(made, merges)


@given(nodes())
def test_every_message_has_a_ticket_that_is_its_own_canonical_one_and_a_reason(made: list[Node]) -> None:
    outcome = partition(made)
    for one in made:
        ticket = outcome.canonical[one.home]
        assert outcome.canonical[ticket] == ticket
        assert one.message_id in outcome.reasons


@given(nodes())
def test_people_with_nothing_in_common_are_joined_only_by_signature_variant_or_an_agent(made: list[Node]) -> None:
    loose = [one for one in made if not (one.signed_ticket or one.variant_key or one.is_placed)]
    outcome = partition(loose)
    people: dict[str, set[str]] = {}
    for one in loose:
        people.setdefault(outcome.canonical[one.home], set()).update(one.participants)
    assert all(len(group) == 1 for group in people.values())


@given(nodes())
def test_a_placed_message_is_where_it_was_put(made: list[Node]) -> None:
    outcome = partition(made)
    for one in made:
        if one.is_placed:
            assert outcome.reasons[one.message_id] is Reason.PLACED
            assert one.origin in outcome.canonical


def test_an_answer_joins_its_question_whichever_is_read_first() -> None:
    assert together(node("a"), node("b", "a", at_ms=5))
    outcome = partition([node("b", "a", at_ms=5), node("a")])
    assert outcome.canonical[node("b").home] == node("a").home
    assert outcome.reasons[digest("b")] is Reason.REFERENCE
    assert outcome.reasons[digest("a")] is Reason.STARTED


def test_siblings_of_a_question_that_never_came_belong_together() -> None:
    assert together(node("b", "lost"), node("c", "lost", at_ms=1))


def test_a_reference_alone_is_not_believed_from_a_stranger() -> None:
    assert not together(node("a"), node("b", "a", sender=BOB))
    assert together(node("a", participants=frozenset({ANN, BOB})), node("b", "a", sender=BOB))


def test_a_signed_reference_of_ours_is_believed_from_anybody() -> None:
    assert together(node("a"), node("b", sender=BOB, signed_ticket=node("a").home))


def test_a_code_is_believed_from_a_participant_only() -> None:
    code = (short_code(node("a").home),)
    assert together(node("a"), node("b", codes=code))
    assert not together(node("a"), node("b", sender=BOB, codes=code))


@pytest.mark.parametrize(
    ("change", "is_joined"),
    [
        ({}, True),
        ({"is_reply": False}, False),
        ({"sender": BOB, "participants": frozenset({BOB})}, False),
        ({"at_ms": WEAK_WINDOW_MS + 1}, False),
        ({"base_subject": "printer"}, False),
        ({"references": ("other@mail",)}, False),
        ({"codes": ("0000000",)}, False),
    ],
)
def test_a_same_subject_joins_only_an_answer_without_other_evidence(change: dict[str, Any], is_joined: bool) -> None:
    answer = replace(node("b", at_ms=10, base_subject="vpn", is_reply=True), **change)
    assert together(node("a", base_subject="vpn"), answer) is is_joined


def test_merged_tickets_keep_the_name_that_the_agent_chose_and_say_why() -> None:
    old, new = node("a"), node("b", sender=BOB, at_ms=5)
    merge = ((old.home, new.home),)
    outcome = partition([old, new], merge)
    assert set(outcome.canonical.values()) == {new.home}
    assert outcome.reasons[old.message_id] is Reason.MERGED
    assert outcome.reasons[new.message_id] is Reason.STARTED


def test_a_merge_elsewhere_explains_nothing_here() -> None:
    alone = [node("a", "b", at_ms=0), node("b", at_ms=5)]
    elsewhere = [node("x", sender=BOB), node("y", sender="eve@e.example")]
    outcome = partition([*alone, *elsewhere], ((elsewhere[0].home, elsewhere[1].home),))
    assert Reason.MERGED not in {outcome.reasons[one.message_id] for one in alone}


def scan(name: str, at_ms: int, **more: Any) -> Node:
    """What a machine sends that has one Message-ID for everything."""
    return replace(node(name, at_ms=at_ms, sent_at_ms=at_ms, **more), header_id="scan@printer")


def test_mails_that_only_share_their_message_id_are_tickets_of_their_own() -> None:
    first = scan("a", 1, base_subject="scan")
    for second in (scan("b", 2, base_subject="scan"), scan("b", 1, base_subject="another")):
        assert len(set(partition([first, second]).canonical.values())) == 2


def test_an_answer_to_a_message_id_of_many_goes_to_the_newest_mail_of_its_subject() -> None:
    mails = [scan("a", 1, base_subject="one"), scan("b", 2, base_subject="two"), scan("c", 3, base_subject="two")]
    late = scan("d", 9, base_subject="two")

    def answered(subject: str) -> str:
        answer = node("answer", at_ms=5, base_subject=subject, is_reply=True)
        answer = replace(answer, references=("scan@printer",))
        outcome = partition([late, answer, *mails])
        assert outcome.reasons[answer.message_id] is Reason.REFERENCE
        return next(one.base_subject + str(one.at_ms) for one in mails if one.home == outcome.canonical[answer.home])

    assert answered("one") == "one1"
    assert answered("two") == "two3"
    assert answered("something else") == "two3"


def test_one_mail_in_two_mailboxes_is_one_ticket() -> None:
    one = node("a", sent_at_ms=7, variant_key="box one")
    two = replace(one, message_id=digest("in the other box"), home=digest("other"), variant_key="box two")
    assert len(set(partition([one, two]).canonical.values())) == 1


def test_a_conversation_of_outlook_joins_who_takes_part_in_it_under_its_subject() -> None:
    first = node("a", base_subject="vpn", conversation="c")
    assert together(first, node("b", at_ms=1, base_subject="vpn", conversation="c"))
    assert not together(first, node("b", at_ms=1, base_subject="new trouble", conversation="c"))
    assert not together(first, node("b", at_ms=1, base_subject="vpn", conversation="c", sender=BOB))
    assert not together(first, node("b", at_ms=1, base_subject="vpn", conversation="d"))


def test_merges_in_a_ring_are_one_ticket() -> None:
    one, two = node("a"), node("b", sender=BOB)
    assert together(one, two, merges=((one.home, two.home), (two.home, one.home)))


def test_a_message_placed_elsewhere_no_longer_ties_its_neighbours() -> None:
    first, middle, last = node("a"), node("b", "a"), node("c", "b")
    assert together(first, middle, last)
    placed = replace(middle, home=digest("split"), is_placed=True, origin=middle.home)
    assert groups(first, placed, last) == {frozenset("a"), frozenset("b"), frozenset("c")}


def test_the_code_of_an_emptied_ticket_follows_its_first_message() -> None:
    placed = replace(node("a"), home=digest("split"), is_placed=True, origin=node("a").home)
    assert partition([placed]).canonical[node("a").home] == digest("split")
    ours = Node(digest("ours"), node("a").home, 9, is_ours=True)
    assert partition([placed, ours]).canonical[node("a").home] == node("a").home


@pytest.mark.parametrize(
    ("subject", "base", "is_reply"),
    [
        ("Printer", "printer", False),
        ("Re: Printer", "printer", True),
        ("RE: FW: Re[2]: Printer", "printer", True),
        ("Fwd: Printer", "printer", False),
        ("Отв: Пересл: Ёлка  горит", "елка горит", True),
        ("AW: WG: Drucker [#7K3-QF2M]", "drucker", True),
        ("Re：打印机", "打印机", True),
        ("R: I: Stampante", "stampante", True),
        ("RES: ENC: Impressora", "impressora", True),
        ("I: Stampante", "stampante", False),
        ("RV: Impresora", "impresora", False),
        ("Re^2: Printer", "printer", True),
        ("Automatic reply: Printer", "printer", True),
        ("Автоответ: Re: Принтер", "принтер", True),
        ("Abwesenheitsnotiz: AW: Drucker", "drucker", True),
        ("自動返信: プリンター", "プリンター", True),
        ("Out of office", "out of office", False),
        ("Reply wanted: x", "reply wanted: x", False),
        ("", "", False),
    ],
)
def test_base_subjects(subject: str, base: str, is_reply: bool) -> None:
    assert base_subject(subject) == (base, is_reply)


@given(st.text(max_size=80))
def test_a_base_subject_is_its_own(subject: str) -> None:
    base, _ = base_subject(subject)
    assert base_subject(base)[0] == base
