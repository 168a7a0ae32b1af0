"""Files that only their passphrase opens: what comes back, and what is no longer what was written."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskhelp.db import sealed_file
from deskhelp.db.sealed_file import DamagedBackup, WrongPassphrase

SECRET = "correct horse"


@pytest.fixture(autouse=True, scope="module")
def small() -> object:
    """Pieces of sixteen bytes and a passphrase that is stretched fast, so that many can be tried."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealed_file, "_PIECE", 16)
        patch.setattr(sealed_file, "_COST", (4, 8, 1))
        yield


def sealed(*pieces: bytes, passphrase: str = SECRET) -> bytes:
    file = io.BytesIO()
    sealed_file.seal_to(file, pieces, passphrase)
    return file.getvalue()


def opened(data: bytes, passphrase: str = SECRET) -> bytes:
    return b"".join(sealed_file.unsealed(io.BytesIO(data), passphrase, "the backup"))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.binary(max_size=50), min_size=1).filter(any), st.text(min_size=8))
def test_what_was_sealed_comes_back_however_it_was_cut(pieces: list[bytes], passphrase: str) -> None:
    assert opened(sealed(*pieces, passphrase=passphrase), passphrase) == b"".join(pieces)


@settings(max_examples=300, deadline=None)
@given(st.binary(min_size=1, max_size=100), st.data())
def test_a_changed_bit_or_a_missing_end_is_found(content: bytes, data: st.DataObject) -> None:
    whole = sealed(content)
    place = data.draw(st.integers(0, len(whole) - 1))
    if data.draw(st.booleans()):
        hurt = whole[:place]
    else:
        hurt = whole[:place] + bytes([whole[place] ^ 1 << data.draw(st.integers(0, 7))]) + whole[place + 1 :]
    with pytest.raises(DamagedBackup, match="damaged or not complete"):
        opened(hurt)


@pytest.mark.parametrize("order", [[0, 1], [1, 0, 2], [0, 2], [0, 1, 1, 2], [0, 1, 2, 2], [2], []])
def test_pieces_left_out_doubled_or_exchanged_are_found(order: list[int]) -> None:
    whole = sealed(b"a" * 16, b"b" * 16, b"c" * 16)
    head, rest = whole[: -3 * 32], whole[-3 * 32 :]
    with pytest.raises(DamagedBackup):
        opened(head + b"".join(rest[32 * at : 32 * at + 32] for at in order))


def test_a_piece_of_another_file_is_found() -> None:
    one, other = sealed(b"a" * 16), sealed(b"a" * 16)
    with pytest.raises(DamagedBackup):
        opened(one[:-32] + other[-32:])


def test_another_passphrase_is_said_to_be_one() -> None:
    with pytest.raises(WrongPassphrase, match="not the passphrase"):
        opened(sealed(b"content"), "incorrect horse")
    with pytest.raises(WrongPassphrase, match="at least 8"):
        sealed(b"content", passphrase="short")


def test_a_passphrase_typed_on_another_keyboard_is_the_same() -> None:
    assert opened(sealed(b"content", passphrase="зелёный ёж"), "зелёный ёж".replace("ё", "е\u0308")) == b"content"


def test_neither_content_nor_passphrase_is_seen() -> None:
    whole = sealed(b"the customer's letter", passphrase="the passphrase")
    assert b"letter" not in whole
    assert b"passphrase" not in whole
