"""Fixtures shared by all tests."""

from __future__ import annotations

import os

# Before anything of Qt is imported: windows that nobody sees, and qasync on the one Qt that is meant.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

pytest_plugins = ["tests.support.servers"]
