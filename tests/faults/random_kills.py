"""Taking in and sending with programs that are killed at any moment, so often, and then looked at."""

from __future__ import annotations

import contextlib
from collections import Counter
from dataclasses import replace
from pathlib import Path

from deskhelp.db.check import check
from deskhelp.services import sending, writing
from deskhelp.services.incoming import Incoming
from deskhelp.services.intake import take_in
from deskhelp.services.office import Office
from deskhelp.settings import Profile, open_profile

from .killing import Killer
from .scene import Servers, done, header_ids, mail, outbox_states

_IMPORT_S, _SYNC_S = 0.5, 0.6
_AT_ONCE = 25
_MAILS_A_KILL, _MOST_MAILS = 60, 3000


def import_killed(killer: Killer, folder: Path, kills: int) -> None:
    """Every mail comes in once, however often the import is killed and begun again."""
    source, profile = folder / "Maildir", open_profile(folder / "desk")
    for name in ("new", "cur", "tmp"):
        (source / name).mkdir(parents=True)
    count = min(_MAILS_A_KILL * kills, _MOST_MAILS)
    for number in range(count):
        (source / "new" / f"{number:06}.test").write_bytes(mail(number))
    whole = Counter({f"q{number}@customer.example": 1 for number in range(count)})

    wanted = killer.kills + kills
    while killer.kills < wanted:
        ended = killer.run_and_kill(profile.root, "import", str(source), within_s=_IMPORT_S)
        assert ended.killed or ended.status == 0, ended
        if not ended.killed:  # it came to its end: begin again from nothing
            assert_whole(profile)
            assert header_ids(profile.root) == whole
            _forget_all(profile)
        elif killer.kills % 10 == 0 and profile.database.exists():
            assert_whole(profile)
    done(killer.run(profile.root, "import", str(source)))
    assert_whole(profile)
    assert header_ids(profile.root) == whole


def sending_killed(killer: Killer, folder: Path, servers: Servers, kills: int) -> None:
    """Nothing is sent twice and nothing forgotten, however often the program is killed while it sends."""
    profile = open_profile(folder / "desk")
    servers.connect(killer, profile.root)
    queued, wanted = 0, killer.kills + kills
    while killer.kills < wanted:
        if "queued" not in outbox_states(profile.root).values():
            _fill_outbox(profile, queued)
            queued += _AT_ONCE
        ended = killer.run_and_kill(profile.root, "sync", "--once", within_s=_SYNC_S)
        assert ended.killed or ended.status == 0, ended
    for _ in range(3):
        done(killer.run(profile.root, "sync", "--once"))

    assert_whole(profile)
    states, arrived, filed = outbox_states(profile.root), servers.arrived(), servers.filed()
    assert len(states) == queued
    assert set(states.values()) <= {"sent", "uncertain"}
    assert max(arrived.values()) == 1
    assert {name for name, state in states.items() if state == "sent"} <= set(arrived)
    assert set(arrived) <= set(states)
    assert set(filed) <= set(arrived) and max(filed.values()) == 1


def assert_whole(profile: Profile) -> None:
    with Office.open(profile) as office:
        report = check(office.replica)
    assert report.ok, report.problems


def _fill_outbox(profile: Profile, first: int) -> None:
    """Queue an answer to each of some new customers."""
    with Office.open(profile) as office:
        box = office.mailboxes[0]
        mails = [Incoming(mail(number), 1_790_000_000_000 + number) for number in range(first, first + _AT_ONCE)]
        for ticket in sorted(take_in(office, box, mails).change.tickets):
            draft = writing.start(office, ticket, "reply")
            sending.send(office, replace(draft, text="Solved."), send_now=True)


def _forget_all(profile: Profile) -> None:
    for end in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            profile.database.with_name(profile.database.name + end).unlink()
