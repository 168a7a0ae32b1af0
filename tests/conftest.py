"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

# Before anything of Qt is imported: windows that nobody sees, and qasync on the one Qt that is meant.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

pytest_plugins = ["tests.support.servers"]


@pytest.fixture(scope="session", autouse=True)
def nobodys_profile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A test that forgets to name a profile must not write into the one of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(tmp_path_factory.mktemp("data")))
        yield
