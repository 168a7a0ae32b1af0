"""The tree of a parsed mail: the standard library's, with what reading asks for again and again found quickly."""

from __future__ import annotations

import email.policy
from email.message import Message
from typing import Any


class Mail(Message):
    """A parsed mail or part; fields are found by an index, as reading asks for forty of each."""

    def __init__(self, policy: Any = email.policy.compat32) -> None:
        super().__init__(policy)
        self._index: dict[str, tuple[str, Any]] = {}
        self._indexed = 0
        self._kind: tuple[object, str] | None = None

    def get(self, name: str, failobj: Any = None) -> Any:
        """The first field of that name, as `Message.get`."""
        if self._indexed != len(self):
            self._index = {key.lower(): (key, value) for key, value in reversed(list(self.raw_items()))}
            self._indexed = len(self)
        found = self._index.get(name.lower())
        return failobj if found is None else self.policy.header_fetch_parse(*found)

    def get_param(self, param: str, failobj: Any = None, header: str = "content-type", unquote: bool = True) -> Any:
        """As `Message.get_param`; a field that does not even hold the name is not taken apart."""
        field = self.get(header, "")
        if isinstance(field, str) and param.lower() not in field.lower():
            return failobj
        return super().get_param(param, failobj, header, unquote)

    def get_content_type(self) -> str:
        """As `Message.get_content_type`, worked out once."""
        field = self._index.get("content-type") if self._indexed == len(self) else None
        if self._kind is None or self._kind[0] is not field:
            found = super().get_content_type()
            self._kind = (self._index.get("content-type"), found)
        return self._kind[1]
