"""Printing: JSON for scripts, plain lines for people; never both, never mixed with logs."""

from __future__ import annotations

import json
import sys
from typing import Any


class Output:
    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json

    def show(self, value: Any, *lines: str) -> None:
        """The value as JSON, or the lines for people."""
        if self.as_json:
            sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
        else:
            for line in lines:
                sys.stdout.write(line + "\n")
        sys.stdout.flush()
