"""A team's folder in a mailbox: what only this carrier has to stand; the contract of all is in tests/db."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Collection, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from deskhelp.domain.segments import HubTrouble, MissingItem, Occupied, seal
from deskhelp.mail import hub_imap
from deskhelp.mail.hub_imap import ImapHub
from deskhelp.mail.hub_items import Index, Label, label_of, parts_of, read, written
from deskhelp.mail.imap_folders import TEAM_FOLDER, parse_list, sent_folder
from deskhelp.mail.imap_store import StoringSession
from tests.support.dovecot import Dovecot
from tests.support.hubs import damage_message, imap_hub, messages
from tests.support.imap_script import ScriptedImap
from tests.support.proxy import Proxy
from tests.support.servers import ImapUser, require_dovecot

DIGEST = "dddddddddddddddddddddddddddddddd"
ONE, TWO = f"seg/00000000000000aa/0000000001-{DIGEST}", f"seg/00000000000000aa/0000000002-{DIGEST}"
BLOB = "blob/" + "c" * 32
ANNA = "a" * 16
QUOTA = """
mail_plugins = quota
protocol imap {
  mail_plugins = quota imap_quota
}
plugin {
  quota = maildir:User quota
  quota_rule = *:storage=100K
}
"""
Opened = Callable[..., ImapHub]


@pytest.fixture
def opened() -> Iterator[Opened]:
    """``opened(user)`` opens the hub in a mailbox, closed after the test."""
    with contextlib.ExitStack() as stack:
        yield lambda user, **options: stack.enter_context(contextlib.closing(imap_hub(user, **options)))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """The UIDs of each question for messages, as they are asked."""
    found: list[list[int]] = []
    fetch = StoringSession.fetch

    def counted(session: StoringSession, uids: Collection[int], **options: Any) -> Any:
        found.append(list(uids))
        return fetch(session, uids, **options)

    monkeypatch.setattr(StoringSession, "fetch", counted)
    return found


def user_of(server: Dovecot, name: str = "anna") -> ImapUser:
    return ImapUser(server, name, server.add_user(name))


def subjects(user: ImapUser) -> list[str]:
    """The subjects of what lies in the folder, oldest first."""
    lines = [line for raw in messages(user).values() for line in raw.split(b"\r\n") if line.startswith(b"Subject:")]
    return [line.partition(b": ")[2].decode("latin-1") for line in lines]


def test_a_connection_is_kept_for_a_turn_only(imap_user: ImapUser, opened: Opened) -> None:
    hub, long = opened(imap_user, turn_s=0.0), opened(imap_user)
    first, kept = hub._session, long._session

    for one in (hub, long):
        one.put(ONE, seal(b"one"))
        assert one.names("seg/") == [ONE]

    assert hub._session is not first
    assert long._session is kept


def test_who_takes_in_many_mails_fetches_them_many_at_a_time(
    imap_user: ImapUser, opened: Opened, asked: list[list[int]]
) -> None:
    hub = opened(imap_user)
    items = {f"blob/{number:032x}": seal(b"mail %d" % number) for number in range(80)}
    for name, data in items.items():
        hub.put(name, data)
    del asked[:]
    assert {name: hub.get(name) for name in items} == items
    assert len(asked) < 12
    assert sum(map(len, asked)) < 90

    del asked[:]
    for name in list(items)[::20]:
        assert hub.get(name) == items[name]
    assert [len(uids) for uids in asked] == [1, 1, 1, 1]


def test_changes_that_have_come_are_fetched_together(
    imap_user: ImapUser, opened: Opened, asked: list[list[int]]
) -> None:
    reader, author = opened(imap_user), opened(imap_user)
    author.put(BLOB, seal(b"a mail"))
    assert reader.names("seg/") == []
    items: dict[str, bytes] = {}
    for number in range(1, 11):
        name = f"00000000000000aa/{number:010d}-{DIGEST}"
        items |= {f"txt/{name}": seal(b"text %d" % number), f"seg/{name}": seal(b"segment %d" % number)}
    for name, data in items.items():
        author.put(name, data)
    del asked[:]

    for name in reader.names("seg/"):
        assert (reader.get(name), reader.get(f"txt{name[3:]}")) == (items[name], items[f"txt{name[3:]}"])

    assert [len(uids) for uids in asked] == [len(items)]


def put_behind(user: ImapUser, name: str, data: bytes) -> None:
    """Put an item as another program does that was killed right afterwards."""
    user.append(written(Label(name), data, os.urandom(8).hex()), folder=TEAM_FOLDER)


# -- the folder and its messages -------------------------------------------------------------------


def test_mail_programs_do_not_show_the_folder_and_a_message_says_what_it_is(
    imap_user: ImapUser, opened: Opened
) -> None:
    opened(imap_user).put(ONE, seal(b"one"))

    (raw,) = messages(imap_user).values()
    assert b"\r\n\r\nThis message belongs to DeskHelp." in raw
    with imap_user.server.client(imap_user.name) as client:
        assert not any(TEAM_FOLDER.encode() in line for line in client.lsub()[1])
        assert any(TEAM_FOLDER.encode() in line for line in client.list()[1])
        client.select(TEAM_FOLDER, readonly=True)
        assert b"\\Seen" in client.fetch("1", "(FLAGS)")[1][0]


def test_the_folder_is_no_folder_with_mail() -> None:
    names = [rb'(\Sent) "." "INBOX.DeskHelp-Sync"', rb'() "." "INBOX.Sent"']
    found = sent_folder(parse_list(names))
    assert found is not None
    assert found.name == "INBOX.Sent"


@pytest.mark.parametrize(
    ("answer", "folder"),
    [
        (rb'(("INBOX." ".")) NIL NIL', "INBOX.DeskHelp-Sync"),
        (rb'(("" "/")("#shared/" "/")) NIL NIL', "DeskHelp-Sync"),
        (rb'(("INBOX" "/")) NIL NIL', "INBOX/DeskHelp-Sync"),
        (rb"NIL NIL NIL", "DeskHelp-Sync"),
        (rb"nonsense", "DeskHelp-Sync"),
    ],
)
def test_the_folder_lies_where_the_server_wants_those_of_its_users(
    imap_server: Dovecot, answer: bytes, folder: str
) -> None:
    def script(command: str) -> bytes:
        if command == "NAMESPACE":
            return b"* NAMESPACE " + answer + b"\r\nTAG OK done\r\n"
        return SELECTED if command.startswith("SELECT") else b""

    with ScriptedImap(imap_server, script, b"IMAP4rev1 AUTH=PLAIN NAMESPACE") as server:
        imap_hub(ImapUser(imap_server, "anna", "x"), server.port).close()
    assert f'SELECT "{folder}"' in server.commands


SELECTED = b"* 0 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 4] x\r\nTAG OK [READ-WRITE] done\r\n"


def test_a_folder_that_may_only_be_read_is_said(imap_server: Dovecot) -> None:
    with ScriptedImap(imap_server, lambda _: b"") as server, pytest.raises(HubTrouble) as caught:  # [READ-ONLY]
        imap_hub(ImapUser(imap_server, "anna", "x"), server.port)
    assert "cannot be used" in caught.value.sentence


@pytest.mark.parametrize(
    "subject",
    [
        b"Printer on fire",
        "Принтер".encode(),
        b"\xff\xfe\x00" + ONE.encode(),
        b"=?utf-8?B?c2VnL2Fh?=",
        b"seg/00000000000000aa/0000000001-dddddddddddddddddddddddddddddddd (3/2) 0123456789abcdef",
        ONE.encode() + b" (1/2)",
        b"Re: " + ONE.encode(),
        b"../about",
        b"live/anna",
        b"",
    ],
)
def test_what_others_put_into_the_folder_is_passed_over(subject: bytes, imap_user: ImapUser, opened: Opened) -> None:
    opened(imap_user).put(TWO, seal(b"two"))
    foreign = b"From: a@b.example\r\nSubject: " + subject + b"\r\n\r\nWhat is this?\r\n"
    imap_user.append(foreign, b"no head at all", b"\r\nno header", folder=TEAM_FOLDER)

    hub = opened(imap_user)

    assert hub.names("") == [TWO]
    assert hub.heard() == {}
    hub.put(ONE, seal(b"one"))
    assert hub.get(ONE) == seal(b"one")
    assert len(messages(imap_user)) == 5


def test_a_subject_that_a_server_folded_is_read(imap_user: ImapUser, opened: Opened) -> None:
    opened(imap_user).names("")
    raw = written(Label(ONE), seal(b"one"), "1@x").replace(b"Subject: ", b"subject:\r\n\t")
    imap_user.append(raw, folder=TEAM_FOLDER)

    assert opened(imap_user).get(ONE) == seal(b"one")


# -- parts -----------------------------------------------------------------------------------------


def test_a_large_item_goes_in_parts_and_is_there_once_all_are(imap_user: ImapUser, opened: Opened) -> None:
    hub, data = opened(imap_user, part_bytes=4000), seal(os.urandom(9500))
    hub.put(BLOB, data)
    assert [subject.rpartition(" ")[0] for subject in subjects(imap_user)] == [f"{BLOB} ({n}/3)" for n in (1, 2, 3)]
    assert opened(imap_user).get(BLOB) == data

    imap_user.server.expunge(imap_user.name, 2, folder=TEAM_FOLDER)
    assert hub.names("") == []
    with pytest.raises(MissingItem):
        hub.get(BLOB)
    hub.put(BLOB, data)

    assert hub.names("") == [BLOB]
    assert hub.get(BLOB) == data
    assert list(messages(imap_user)) == [1, 3, 4]


def test_a_broken_part_is_noticed_and_all_are_put_anew(imap_user: ImapUser, opened: Opened) -> None:
    hub, data = opened(imap_user, part_bytes=4000), seal(os.urandom(9500))
    hub.put(BLOB, data)
    damage_message(imap_user, str(next(iter(parts_of(BLOB, data, 4000)))))
    imap_user.server.expunge(imap_user.name, 2, folder=TEAM_FOLDER)

    opened(imap_user, part_bytes=4000).put(BLOB, data)

    assert hub.get(BLOB) == data
    assert len(messages(imap_user)) == 3


def test_parts_of_two_packings_are_not_mixed(imap_user: ImapUser, opened: Opened) -> None:
    one, other = seal(os.urandom(9500)), seal(os.urandom(9500))
    opened(imap_user, part_bytes=4000).put(BLOB, one)
    imap_user.server.expunge(imap_user.name, 1, folder=TEAM_FOLDER)
    hub = opened(imap_user, part_bytes=4000)
    hub.put(BLOB, other)

    assert hub.get(BLOB) == other
    assert list(messages(imap_user)) == [2, 3, 4, 5, 6]


@pytest.mark.parametrize("size", [0, 1, 3999, 4000, 4001, 12_000])
def test_parts_make_up_the_item_and_their_subjects_are_read_again(size: int) -> None:
    data = seal(os.urandom(size))
    parts = parts_of(BLOB, data, 4000)
    assert b"".join(parts.values()) == data
    for label, piece in parts.items():
        assert label_of(f"Subject: {label}\r\n\r\n".encode()) == label
        assert read(written(label, piece, "1")) == (label, piece)


# -- several at once -------------------------------------------------------------------------------


def test_of_two_that_put_the_same_at_once_one_message_stays(imap_user: ImapUser, opened: Opened) -> None:
    first, second = opened(imap_user), opened(imap_user)
    for hub in (first, second):
        hub.names("")  # neither sees the other's when it puts
    first.put(ONE, seal(b"one"))
    second.put(ONE, seal(b"one"))

    assert list(messages(imap_user)) == [1]
    assert first.get(ONE) == second.get(ONE) == seal(b"one")


def test_of_two_that_put_different_things_at_once_the_later_is_told(imap_user: ImapUser, opened: Opened) -> None:
    """Where its message had been removed before it could look, too."""
    first, second = opened(imap_user), opened(imap_user)
    for hub in (first, second):
        hub.names("")
    first.put(ONE, seal(b"one"))
    with pytest.raises(Occupied):
        second.put(ONE, seal(b"other"))

    assert list(messages(imap_user)) == [1]
    assert second.get(ONE) == seal(b"one")


def test_a_message_that_another_removed_at_once_is_not_taken_for_stored(
    imap_user: ImapUser, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = opened(imap_user), opened(imap_user)
    second.names("")
    first.put(ONE, seal(b"one"))
    append = StoringSession.append

    def beaten(session: StoringSession, *arguments: Any) -> int | None:
        uid = append(session, *arguments)
        imap_user.server.expunge(imap_user.name, uid or 0, folder=TEAM_FOLDER)
        session.refresh()
        return uid

    monkeypatch.setattr(StoringSession, "append", beaten)
    with pytest.raises(Occupied):
        second.put(ONE, seal(b"other"))


def test_of_two_messages_the_first_sound_one_counts_and_the_others_are_removed_in_time(
    imap_user: ImapUser, opened: Opened
) -> None:
    hub = opened(imap_user)
    hub.put(ONE, seal(b"one"))
    put_behind(imap_user, ONE, seal(b"one"))
    put_behind(imap_user, ONE, seal(b"third"))
    assert hub.names("") == [ONE]
    assert hub.get(ONE) == seal(b"one")
    with pytest.raises(Occupied):
        hub.put(ONE, seal(b"other"))

    assert list(messages(imap_user)) == [1]


def test_a_broken_message_does_not_hide_a_sound_one(imap_user: ImapUser, opened: Opened) -> None:
    hub = opened(imap_user)
    hub.names("")
    put_behind(imap_user, ONE, seal(b"one")[:-1])
    put_behind(imap_user, ONE, seal(b"one"))

    assert hub.get(ONE) == seal(b"one")
    hub.put(ONE, seal(b"one"))
    assert list(messages(imap_user)) == [2]


def test_a_message_that_goes_while_it_is_fetched_is_missing_not_broken(imap_user: ImapUser, opened: Opened) -> None:
    hub = opened(imap_user)
    hub.put(ONE, seal(b"one"))
    imap_user.server.expunge(imap_user.name, 1, folder=TEAM_FOLDER)
    with pytest.raises(MissingItem):
        hub.get(ONE)
    put_behind(imap_user, ONE, seal(b"anew"))

    assert hub.get(ONE) == seal(b"anew")


def test_notes_are_replaced_and_read_once(imap_user: ImapUser, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    hub, reader = opened(imap_user), opened(imap_user)
    for turn in range(3):
        hub.say(ANNA, b"note %d" % turn)
        assert reader.heard() == {ANNA: b"note %d" % turn}
    assert len(messages(imap_user)) == 1

    monkeypatch.setattr(hub_imap, "read", lambda raw: pytest.fail("read again"))
    assert reader.heard() == {ANNA: b"note 2"}


def test_the_servers_clock_is_seen_by_our_own_note(
    imap_user: ImapUser, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub, other = opened(imap_user), opened(imap_user)
    other.say("b" * 16, b"of somebody else")
    hub.heard()
    assert hub.skew_ms is None

    day_ms = 86_400_000
    off = SimpleNamespace(**vars(time) | {"time_ns": lambda: time.time_ns() - day_ms * 1_000_000})
    monkeypatch.setattr(hub_imap, "time", off)
    hub.say(ANNA, b"ours")
    hub.heard()

    assert hub.skew_ms is not None
    assert abs(hub.skew_ms - day_ms) < 60_000


# -- servers that can less -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def poor_server() -> Iterator[Dovecot]:
    """A server without UIDPLUS, NAMESPACE, ESEARCH and the like."""
    require_dovecot()
    with Dovecot(capability="IMAP4rev1 LITERAL+") as server:
        yield server


def test_without_uidplus_what_is_removed_is_marked_and_nothing_is_expunged(
    poor_server: Dovecot, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    user, append = user_of(poor_server), StoringSession.append
    monkeypatch.setattr(StoringSession, "append", lambda *arguments: [append(*arguments), None][1])
    hub, other = opened(user), opened(user)
    for data in (b"one", b"two"):
        hub.put(ONE, seal(data))
        assert other.get(ONE) == seal(data)
        hub.withdraw(ONE)
        assert hub.names("") == other.names("") == opened(user).names("") == []
    for note in (b"here", b"there"):
        hub.say(ANNA, note)
        assert other.heard() == {ANNA: note}
    other.put(ONE, seal(b"three"))
    with pytest.raises(Occupied):
        hub.put(ONE, seal(b"four"))

    with user.server.client(user.name) as client:
        assert client.select(TEAM_FOLDER, readonly=True)[1] == [b"6"]
        assert client.search(None, "DELETED")[1] == [b"1 2 3 6"]


def test_a_mailbox_that_changes_what_is_put_there_is_no_place(
    imap_user: ImapUser, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = StoringSession.append

    def mangled(session: StoringSession, folder: str, raw: bytes, *flags: Collection[str]) -> None:
        append(session, folder, raw.replace(b"octet-stream", b"x-removed"), *flags)  # type: ignore[arg-type]

    monkeypatch.setattr(StoringSession, "append", mangled)
    with pytest.raises(HubTrouble, match="does not keep what is put there"):
        opened(imap_user).put(ONE, seal(b"one"))


# -- what stands in the way ------------------------------------------------------------------------


def test_an_append_that_is_cut_off_leaves_nothing_and_the_hub_goes_on(
    imap_user: ImapUser, opened: Opened, proxy: Callable[[int], Proxy]
) -> None:
    line = proxy(imap_user.server.tls_port)
    hub = opened(imap_user, port=line.port)
    hub.names("")
    line.cut_after("up", 200_000)
    with pytest.raises(HubTrouble) as caught:
        hub.put(BLOB, seal(os.urandom(1_000_000)))
    assert "broke off" in caught.value.sentence
    assert messages(imap_user) == {}

    line.reset()
    hub.put(BLOB, seal(b"whole"))
    assert opened(imap_user).get(BLOB) == seal(b"whole")


def test_a_server_that_is_gone_and_a_refused_password_are_said(imap_user: ImapUser) -> None:
    with pytest.raises(HubTrouble) as caught:
        imap_hub(imap_user, port=1)
    assert caught.value.sentence == "127.0.0.1 takes no connections on port 1."
    with pytest.raises(HubTrouble) as caught:
        imap_hub(ImapUser(imap_user.server, imap_user.name, "wrong"))
    assert "refused the password" in caught.value.sentence


def test_a_folder_that_is_deleted_while_it_is_open_is_made_anew(imap_user: ImapUser, opened: Opened) -> None:
    hub = opened(imap_user)
    hub.put(ONE, seal(b"one"))
    with imap_user.server.client(imap_user.name) as client:
        assert client.delete(TEAM_FOLDER)[0] == "OK"
    with pytest.raises(HubTrouble):  # once, so that whoever was in the middle of something begins again
        hub.put(TWO, seal(b"two"))

    assert hub.names("") == []
    hub.put(TWO, seal(b"other"))
    assert opened(imap_user).get(TWO) == seal(b"other")


def test_numbers_that_mean_other_messages_are_noticed(imap_user: ImapUser, opened: Opened) -> None:
    index = Index()
    hub = opened(imap_user, index=index)
    for name in (ONE, TWO):
        hub.put(name, seal(name.encode()))
    hub.close()
    with imap_user.server.client(imap_user.name) as client:
        client.delete(TEAM_FOLDER)
        client.create(TEAM_FOLDER)
    for name in (BLOB, ONE, "about"):
        put_behind(imap_user, name, seal(b"new " + name.encode()))

    anew = opened(imap_user, index=index)

    assert anew.get(ONE) == seal(b"new " + ONE.encode())
    assert anew.names("") == ["about", BLOB, ONE]


def test_a_change_of_uidvalidity_while_the_folder_is_open_is_noticed(imap_user: ImapUser, opened: Opened) -> None:
    index = Index()
    hub = opened(imap_user, index=index)
    hub.put(ONE, seal(b"one"))
    imap_user.server.set_uidvalidity(imap_user.name, 4711, folder=TEAM_FOLDER)
    with pytest.raises(HubTrouble, match="broke off"):
        hub.names("")

    assert hub.names("") == [ONE]
    assert hub.get(ONE) == seal(b"one")
    assert index.uidvalidity == 4711


def test_a_server_put_back_from_a_backup_gives_numbers_again(imap_user: ImapUser) -> None:
    index = Index()
    index.begin(7, 10)
    index.add({9: f"Subject: {ONE}\r\n".encode(), 12: f"Subject: {TWO}\r\n".encode()})
    index.begin(7, 13)
    assert sorted(index.names()) == [ONE, TWO]
    index.begin(7, 11)
    assert list(index.names()) == []


def test_a_full_mailbox_is_said(opened: Opened) -> None:
    require_dovecot()
    with Dovecot(settings=QUOTA) as server:
        user = user_of(server)
        hub = opened(user)
        hub.put(ONE, seal(b"one"))
        with pytest.raises(HubTrouble) as caught:
            hub.put(BLOB, seal(os.urandom(200_000)))
        assert caught.value.sentence == "The mailbox on 127.0.0.1 is full: the team's changes cannot be put there."
        assert hub.names("") == [ONE]
        hub.close()


def test_what_was_known_of_the_folder_is_not_asked_again(
    imap_user: ImapUser, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Index()
    hub = opened(imap_user, index=index)
    for number in range(1, 6):
        hub.put(f"seg/00000000000000aa/{number:010d}-{DIGEST}", seal(b"one"))
    hub.close()
    opened(imap_user).put(BLOB, seal(b"new"))
    asked: list[int] = []
    real = StoringSession.subjects

    def counted(session: StoringSession, uids: Collection[int]) -> dict[int, bytes]:
        asked.extend(uids)
        return real(session, uids)

    monkeypatch.setattr(StoringSession, "subjects", counted)

    assert len(opened(imap_user, index=index).names("")) == 6
    assert asked == [6]
