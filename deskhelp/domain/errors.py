"""The world's troubles, told to an agent in one sentence; everything else is a bug."""

from __future__ import annotations


class DeskTrouble(Exception):
    """Something outside the program is in the way: a server, a disk, a file, an input.

    `template` is an English sentence with ``{name}`` fields; template and fields stay apart so that the
    window can translate the sentence. `advice` says what happens next or what to do, `detail` is for an
    administrator (a server's answer, a path). Both may use the same fields.
    """

    def __init__(self, template: str, *, advice: str = "", detail: str = "", **fields: object) -> None:
        super().__init__(template)
        self.template = template
        self.advice_template = advice
        self.detail = detail
        self.fields = fields

    @property
    def sentence(self) -> str:
        """What happened, in English, with its fields filled in."""
        return fill(self.template, self.fields)

    @property
    def advice(self) -> str:
        """What happens next or what to do, in English; empty where there is nothing to do."""
        return fill(self.advice_template, self.fields)

    def __str__(self) -> str:
        return " ".join(part for part in (self.sentence, self.advice) if part)

    def __reduce__(self) -> tuple[object, ...]:
        state = (self.template, self.advice_template, self.detail, self.fields)
        return (_rebuild, (type(self), state, dict(self.__dict__)))


def _rebuild(
    kind: type[DeskTrouble],
    state: tuple[str, str, str, dict[str, object]],
    rest: dict[str, object],
) -> DeskTrouble:
    trouble = kind.__new__(kind)
    template, advice, detail, fields = state
    DeskTrouble.__init__(trouble, template, advice=advice, detail=detail, **fields)
    trouble.__dict__.update(rest)
    return trouble


def fill(template: str, fields: dict[str, object]) -> str:
    """`template` with its ``{name}`` fields replaced; a field that is not known stays as it is."""
    for name, value in fields.items():
        template = template.replace("{" + name + "}", str(value))
    return template


class NotFound(DeskTrouble):
    """A ticket, message, tag or other named thing does not exist in this replica."""


class Refused(DeskTrouble):
    """The program declines an action by its own rules (an unresolved placeholder, a ticket that moved on)."""
