"""Pairing codes survive being read out and typed, and tell slips."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhelp.domain.codes import DIGITS
from deskhelp.domain.errors import DeskTrouble
from deskhelp.domain.pairing import SECRET_BYTES, code_of, new_secret, secret_of

SECRETS = st.binary(min_size=SECRET_BYTES, max_size=SECRET_BYTES)


@given(SECRETS)
def test_a_code_says_its_secret_in_any_spelling(secret: bytes) -> None:
    code = code_of(secret)

    assert [len(group) for group in code.split("-")] == [4] * 7
    assert secret_of(code) == secret_of(code.lower().replace("-", " ")) == secret
    assert secret_of(code.replace("0", "O").replace("1", "l")) == secret
    assert secret_of(code.replace("A", "А").replace("K", "к")) == secret  # the Russian letters


@given(SECRETS, st.integers(0, 27), st.sampled_from(DIGITS))
def test_one_wrong_letter_is_seen(secret: bytes, at: int, letter: str) -> None:
    letters = code_of(secret).replace("-", "")
    wrong = letters[:at] + letter + letters[at + 1 :]
    if wrong != letters:
        with contextlib.suppress(DeskTrouble):
            assert secret_of(wrong) != secret  # one in a thousand slips fits its checks by chance


CODE = code_of(b"x" * SECRET_BYTES)


@pytest.mark.parametrize("text", ["", "7K3-QF2M", "Z" * 28, "!" * 28, CODE[:-1], CODE + "0"])
def test_what_is_no_code_is_said(text: str) -> None:
    with pytest.raises(DeskTrouble, match="no pairing code"):
        secret_of(text)


def test_secrets_differ() -> None:
    assert new_secret() != new_secret()
