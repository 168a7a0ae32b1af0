"""The tree of a parsed mail: the standard library's, with what reading asks for again and again found quickly."""

from __future__ import annotations

import email.policy
import re
from email.message import Message
from typing import Any, Final

_KIND: Final = re.compile(r"([\w.+-]+/[\w.+-]+)\s*(?:;|\Z)", re.ASCII)
_BOUNDARY: Final = re.compile(r"""[^";']*;\s*boundary="([^"\\;'*%\ud800-\udfff]+)"\s*""", re.IGNORECASE)


class Mail(Message):
    """A parsed mail or part; fields are found by an index, as reading asks for forty of each.

    `fields` has all values by their small-letter names, in the order in which these are met first, and as they stand:
    stray bytes are surrogates. The parsers fill it through `set_raw`; nobody writes into a parsed mail afterwards.
    `is_cut` says that so much was in it that its end was not taken in.
    """

    def __init__(self, policy: Any = email.policy.compat32) -> None:
        super().__init__(policy)
        self.fields: dict[str, list[Any]] = {}
        self.is_cut = False
        self._kind: tuple[object, str] | None = None

    def set_raw(self, name: str, value: Any) -> None:
        vars(self)["_headers"].append((name, value))
        self.fields.setdefault(name.lower(), []).append(value)

    def all(self, name: str) -> list[Any]:
        """The fields of that name, which is in small letters."""
        return self.fields.get(name, [])

    def raw(self, name: str) -> Any:
        """The first field of that name, which is in small letters; None if there is none."""
        found = self.fields.get(name)
        return found[0] if found else None

    def get(self, name: str, failobj: Any = None) -> Any:
        """The first field of that name, as `Message.get`."""
        found = self.fields.get(name.lower())
        return self.policy.header_fetch_parse(name, found[0]) if found else failobj

    def get_param(self, param: str, failobj: Any = None, header: str = "content-type", unquote: bool = True) -> Any:
        """As `Message.get_param`; a field that does not even hold the name is not taken apart."""
        field = self.get(header, "")
        if isinstance(field, str) and param.lower() not in field.lower():
            return failobj
        return super().get_param(param, failobj, header, unquote)

    def get_boundary(self, failobj: Any = None) -> Any:
        """As `Message.get_boundary`; nearly all mails name it once, in quotes."""
        field = self.raw("content-type")
        plain = _BOUNDARY.fullmatch(field) if isinstance(field, str) else None
        return super().get_boundary(failobj) if plain is None else plain[1].rstrip()

    def get_content_type(self) -> str:
        """As `Message.get_content_type`, worked out once."""
        field = self.raw("content-type")
        if self._kind is None or self._kind[0] is not field:
            plain = _KIND.match(field) if isinstance(field, str) else None
            self._kind = (field, plain[1].lower() if plain else super().get_content_type())
        return self._kind[1]
