"""Blobs as they are stored, and as they travel between processes."""

from __future__ import annotations

import os

from hypothesis import given
from hypothesis import strategies as st

from deskhelp.db.packing import light, pack, unpacked, whole
from deskhelp.domain.identity import blob_id

CONTENTS = st.binary(max_size=300) | st.sampled_from([b"word " * 9000, os.urandom(40_000), b"x" * 121])


@given(CONTENTS)
def test_a_content_comes_out_as_it_went_in(content: bytes) -> None:
    blob = pack(content)

    assert unpacked(blob.data) == content
    assert (blob.name, blob.size) == (blob_id(content), len(content))
    assert whole(light(blob), content) == blob


def test_what_deflating_does_not_help_travels_without_its_bytes() -> None:
    assert light(pack(os.urandom(40_000))).data == b""
    assert len(pack(b"word " * 9000).data) < 1000
