"""A hub behind a bad line, and a hub that loses what it has: both over any hub."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from random import Random

from deskhelp.domain.segments import BrokenItem, Hub, HubTrouble, MissingItem

Copy = dict[str, bytes]


class BadLine:
    """A hub as it is met once, by a way (`how`) that something is wrong with.

    ``cut_off``: no answer from some call on. ``half``: as that, and the last item arrives in half. ``unanswered``: as
    that, and the last item arrives whole. ``unlisted``: some names are not listed yet. ``late``: some of the `young`
    items are listed and cannot be got yet, as where the folders of several computers are kept alike. ``full``: nothing
    can be put or taken away.
    """

    def __init__(self, hub: Hub, how: str, random: Random, young: Collection[str]) -> None:
        self._hub, self._how, self._random, self._young = hub, how, random, young
        self._left = random.randrange(8) if how in ("cut_off", "half", "unanswered") else -1
        self.withdrawn: list[str] = []

    def put(self, name: str, data: bytes) -> None:
        self._need_room()
        if self._is_over():
            if self._how != "cut_off":
                self._hub.put(name, data[: len(data) // 2] if self._how == "half" else data)
            raise HubTrouble("The line is dead.")
        self._hub.put(name, data)

    def get(self, name: str) -> bytes:
        if self._is_over():
            raise HubTrouble("The line is dead.")
        if self._how == "late" and name in self._young and self._random.random() < 0.3:
            raise MissingItem("{name} is not there yet.", name=name)
        return self._hub.get(name)

    def _need_room(self) -> None:
        if self._how == "full":
            raise HubTrouble("The place is full.")

    def _is_over(self) -> bool:
        self._left -= 1
        return self._left == -1 or (self._left < -1 and self._how in ("cut_off", "half", "unanswered"))

    def expect(self, names: Sequence[str]) -> None:
        self._hub.expect(names)

    def names(self, prefix: str) -> list[str]:
        found = self._hub.names(prefix)
        return [name for name in found if self._random.random() < 0.7] if self._how == "unlisted" else found

    def withdraw(self, name: str) -> None:
        self._need_room()
        self.withdrawn.append(name)
        self._hub.withdraw(name)

    def replace(self, name: str, data: bytes) -> None:
        self._need_room()
        if self._is_over():
            raise HubTrouble("The line is dead.")
        self._hub.replace(name, data)

    def remove(self, names: Collection[str]) -> None:
        self._need_room()
        if self._is_over():
            if self._how != "cut_off":
                self._hub.remove(list(names)[: len(names) // 2] if self._how == "half" else names)
            raise HubTrouble("The line is dead.")
        self._hub.remove(names)

    def say(self, replica: str, note: bytes) -> None:
        self._hub.say(replica, note)

    def heard(self) -> dict[str, bytes]:
        return self._hub.heard()

    def close(self) -> None:
        self._hub.close()


def copy_of(hub: Hub) -> Copy:
    """All sound items of a hub."""
    found = {}
    for name in hub.names(""):
        try:
            found[name] = hub.get(name)
        except (BrokenItem, MissingItem):
            continue
    return found


def put_back(hub: Hub, copy: Copy) -> None:
    """Make the hub what it was when the copy was made."""
    for name in hub.names(""):
        hub.withdraw(name)
    for name, data in copy.items():
        hub.put(name, data)


def damage(hub: Hub, name: str) -> None:
    """Leave half of an item."""
    try:
        data = hub.get(name)
    except (BrokenItem, MissingItem):
        return
    hub.withdraw(name)
    hub.put(name, data[: len(data) // 2])
