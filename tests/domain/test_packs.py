"""The names of packs, what lies in them, and what is to be packed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.domain.events import Event
from deskhelp.domain.packs import (
    Sizes,
    Span,
    blocks,
    chain_of,
    decode_pack,
    encode_pack,
    next_block,
    pack_name,
    span_of,
    widest_first,
)
from deskhelp.domain.segments import (
    BrokenItem,
    Entry,
    Segment,
    encode,
    hash_of,
    is_item_name,
    joined,
    named_by,
    parted,
    place_of,
    seal,
    segment_name,
    texts_name,
)

OURS = "00000000000000aa"
numbers = st.integers(1, 10**10 - 1)
replicas = st.text("0123456789abcdef", min_size=16, max_size=16)
digests = st.text("0123456789abcdef", min_size=32, max_size=32)
sizes = st.builds(Sizes, st.integers(0, 5), st.integers(2, 5), st.integers(1, 4), st.integers(0, 500))


def chain(length: int, replica: str = OURS, word: str = "") -> dict[str, bytes]:
    """Segments 1 to `length` by their names."""
    found: dict[str, bytes] = {}
    before = ""
    for number in range(1, length + 1):
        event = Event(f"{word}{number}", "kind", "ticket:one", number)
        data = encode(Segment(replica, number, before, (Entry(event),)))
        found[segment_name(replica, number, data)] = data
        before = hash_of(data)
    return found


@given(replicas, numbers, numbers, digests)
def test_a_name_says_what_it_was_made_of(replica: str, one: int, two: int, digest: str) -> None:
    first, last = sorted((one, two))
    segment = f"seg/{replica}/{last:010d}-{digest}"
    name = pack_name(first, segment)

    assert is_item_name(name)
    assert is_item_name(texts_name(name))
    assert named_by(texts_name(name)) == name
    assert named_by(texts_name(segment)) == segment
    assert span_of(name) == span_of(texts_name(name)) == Span(replica, first, last, digest)
    assert span_of(name).last_segment == segment
    assert span_of(name).has(*place_of(segment))


@pytest.mark.parametrize(
    "name", ["pack/", "pack/x", f"pack/{OURS}/0000000001-{'d' * 32}", f"seg/{OURS}/1-2-{'d' * 32}"]
)
def test_other_names_are_none(name: str) -> None:
    assert not is_item_name(name)


@given(st.lists(st.binary(max_size=40)))
def test_what_is_joined_is_parted_again(contents: list[bytes]) -> None:
    assert list(parted(joined(contents), "name")) == contents


@given(st.data())
def test_a_pack_is_told_by_its_name_alone_and_holds_just_that(data: st.DataObject) -> None:
    length = data.draw(st.integers(1, 6))
    first = data.draw(st.integers(1, length))
    last = data.draw(st.integers(first, length))
    ours, clones = chain(length), chain(length, word="other")
    names = list(ours)[first - 1 : last]
    name = pack_name(first, names[-1])

    pieces = chain_of(name, (ours | clones).get)

    assert [piece.name for piece in pieces] == names
    assert decode_pack(encode_pack([piece.data for piece in pieces]), name) == pieces
    lost = data.draw(st.sampled_from(names))
    assert chain_of(name, {one: held for one, held in (ours | clones).items() if one != lost}.get) == []


@given(st.data())
def test_a_pack_of_anything_else_is_broken(data: st.DataObject) -> None:
    ours, clones = list(chain(4).values()), list(chain(4, word="other").values())
    pieces = data.draw(st.lists(st.sampled_from([*ours, *clones, seal(b"rubbish")]), max_size=5))
    name = pack_name(1, list(chain(4))[-1])
    if pieces == ours:
        return
    with pytest.raises(BrokenItem):
        decode_pack(encode_pack(pieces), name)


@pytest.mark.parametrize("content", [b"\0\0", b"\0\0\0\5abc", b""])
def test_half_a_pack_is_broken(content: bytes) -> None:
    with pytest.raises(BrokenItem):
        decode_pack(seal(content), pack_name(1, list(chain(2))[-1]))


def test_the_widest_come_first() -> None:
    names = [f"pack/{OURS}/{first:010d}-{last:010d}-{'d' * 32}" for first, last in ((1, 2), (3, 4), (1, 4))]

    assert widest_first(names) == [names[2], names[0], names[1]]


# -- what is to be packed ------------------------------------------------------------------------


@given(st.integers(0, 400), sizes)
def test_blocks_lie_one_after_the_other_and_leave_less_than_one_over(last: int, how: Sizes) -> None:
    found = list(blocks(last, how))

    assert [first for first, _ in found] == [1, *(end + 1 for _, end in found)][: len(found)]
    assert last - (found[-1][1] if found else 0) < how.base
    assert len(found) <= (how.base - 1) * (how.levels - 1) + last // how.base**how.levels


@given(st.integers(0, 300), st.integers(0, 300), sizes)
def test_a_longer_log_has_each_block_whole_in_one_of_its_own(less: int, more: int, how: Sizes) -> None:
    wider = list(blocks(less + more, how))

    assert all(any(one[0] <= first and last <= one[1] for one in wider) for first, last in blocks(less, how))


@given(st.integers(0, 300), sizes)
def test_packing_goes_on_until_few_are_left_and_never_touches_the_newest(top: int, how: Sizes) -> None:
    loose = set(range(1, top + 1))
    packs: list[tuple[int, int]] = []

    def weight(first: int, last: int) -> int:
        return 10 * (last - first + 1)

    while block := next_block(loose, top, weight, how):
        assert block[0] == block[1] or weight(*block) <= how.most_bytes
        assert block[1] <= top - how.newest
        assert block not in packs
        packs.append(block)
        loose -= set(range(block[0], block[1] + 1))

    assert len(loose) < how.newest + how.base


def test_a_year_of_a_busy_agent_is_a_few_names() -> None:
    usual, loose, top, packs = Sizes(), set(), 75_000, 0
    loose = set(range(1, top + 1))
    while block := next_block(loose, top, lambda first, last: 600 * (last - first + 1), usual):
        loose -= set(range(block[0], block[1] + 1))
        packs += 1

    assert packs + len(loose) < 275
