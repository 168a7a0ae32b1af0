"""The demonstration: sixty conversations through the real intake into a real file, a trickle, and answers."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from deskhelp.db import details
from deskhelp.db.check import check, state_hash
from deskhelp.domain.errors import Refused
from deskhelp.domain.identity import digest
from deskhelp.domain.placeholders import KNOWN_NAMES, fill, questions_in, unresolved_in
from deskhelp.domain.status import DONE_STATUSES, Delivery, Direction, Status
from deskhelp.domain.views import Person, TicketSummary
from deskhelp.mail.kinds import Kind
from deskhelp.mail.reader import read_mail
from deskhelp.services import catalog, demo, sending, team
from deskhelp.services.demo_content import DemoConversation, header_id, load_demo, raw_mail, travels
from deskhelp.services.drafts import Draft
from deskhelp.services.local_mail import SENT_FOLDER, send_local
from deskhelp.services.office import Office
from deskhelp.settings import open_profile, resource_path

from .conftest import START_MS, Clock

OPENED = datetime.fromtimestamp(START_MS / 1000, UTC)
PACK = load_demo(resource_path("demo"))
TRICKLE = [pytest.param(one, id=one.slug) for one in PACK.trickle]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile that holds the demonstration, closed."""
    root = tmp_path_factory.mktemp("demo") / "desk"
    with Office.open(open_profile(root), clock=Clock()) as office:
        demo.fill(office)
    return root


@pytest.fixture(scope="module")
def shown(filled: Path) -> Iterator[Office]:
    """The demonstration to look at only."""
    with Office.open(open_profile(filled), clock=Clock(), readonly=True) as office:
        yield office


@pytest.fixture
def desk(filled: Path, tmp_path: Path) -> Iterator[Office]:
    """The demonstration to work in, a copy."""
    shutil.copytree(filled, tmp_path / "demo")
    with Office.open(open_profile(tmp_path / "demo"), clock=Clock()) as office:
        yield office


# -- finding things ----------------------------------------------------------------------------------


def rows(office: Office, query: str, *values: object) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = office.replica.database.execute_sql(query, values).fetchall()
    return found


def tickets_of(office: Office, conversation: DemoConversation) -> set[str]:
    """The tickets over which the messages of a conversation are spread; one, if all is well."""
    found = set()
    for index, message in enumerate(conversation.messages):
        if travels(message):
            place, name = "header_id", header_id(conversation, index)
        else:
            place, name = "id", digest("demo", "message", conversation.slug, str(index))
        tickets = [ticket for (ticket,) in rows(office, f"SELECT ticket FROM message WHERE {place} = ?", name)]
        assert len(tickets) == 1, f"{conversation.slug}: message {index} is there {len(tickets)} times"
        found.add(tickets[0])
    return found


def summary(office: Office, conversation: DemoConversation) -> TicketSummary:
    (ticket,) = tickets_of(office, conversation)
    return details.ticket_detail(office.replica, ticket).summary


def number_of_tickets(office: Office) -> int:
    return int(rows(office, "SELECT COUNT(*) FROM ticket")[0][0])


def after_ms(moment_ms: int, wait: Any) -> int:
    return 0 if wait is None else moment_ms + int(wait.total_seconds() * 1000)


# -- what the files say ------------------------------------------------------------------------------


def test_there_is_enough_to_look_at_in_both_languages() -> None:
    spoken = Counter(one.language for one in PACK.conversations)
    lengths = [len(one.messages) for one in PACK.conversations]

    assert len(PACK.conversations) >= 55
    assert spoken["ru"] >= 25 and spoken["en"] >= 18
    assert max(lengths) >= 20
    assert sum(length >= 6 for length in lengths) >= 8
    assert len(PACK.trickle) >= 10
    assert sum(bool(one.answers) for one in PACK.trickle) >= 4


def test_the_conversations_show_what_a_desk_has_to_do() -> None:
    everything = (*PACK.conversations, *PACK.trickle)
    messages = [message for one in everything for message in one.messages]
    names = {file.name.rpartition(".")[2] for message in messages for file in message.files}

    assert {one.status for one in everything} >= {None, *Status}
    assert {message.kind for message in messages} >= {"auto_reply", "bounce", "newsletter"}
    assert names >= {"pdf", "csv", "png", "ics", "txt"}
    assert {str(one.channel) for one in everything} == {"mail", "phone", "chat", "visit"}
    assert any(one.escalation and one.due and one.due.total_seconds() < 0 for one in everything)
    assert any(one.escalation and one.due and one.due.total_seconds() > 0 for one in everything)
    assert any(one.snoozed for one in everything)
    assert any(len(one.subject) > 150 for one in everything)


@pytest.mark.parametrize("folder", ["start", "trickle"])
def test_nothing_is_written_in_the_future_or_before_what_it_answers(folder: str) -> None:
    for one in PACK.trickle if folder == "trickle" else PACK.conversations:
        ages = [message.age for message in one.messages]
        assert ages == sorted(ages, reverse=True), one.slug
        assert ages[-1].total_seconds() >= 0, one.slug


def test_every_reference_resolves() -> None:
    agents, tags = {agent.key for agent in PACK.agents}, {tag.name for tag in PACK.tags}
    departments = {department.key for department in PACK.departments}
    for one in (*PACK.conversations, *PACK.trickle):
        assert one.assignee in agents | {""}, one.slug
        assert one.department in departments | {""}, one.slug
        assert set(one.tags) <= tags, one.slug
        assert all(person.endswith(".example") for person in addresses_in(one)), one.slug


def addresses_in(one: DemoConversation) -> set[str]:
    people = [person for message in one.messages for person in (message.sender, *message.to, *message.cc)]
    return {one.customer.address, *(person.address for person in people if person.address)}


# -- opening it --------------------------------------------------------------------------------------


def test_every_conversation_is_one_ticket_and_no_two_share_one(shown: Office) -> None:
    found = {one.slug: tickets_of(shown, one) for one in PACK.conversations}

    assert {slug: tickets for slug, tickets in found.items() if len(tickets) != 1} == {}
    assert len(set().union(*found.values())) == len(PACK.conversations)
    assert number_of_tickets(shown) == len(PACK.conversations)
    assert check(shown.replica).ok


@pytest.mark.parametrize("one", [pytest.param(one, id=one.slug) for one in PACK.conversations])
def test_a_ticket_stands_as_its_file_says(shown: Office, one: DemoConversation) -> None:
    ticket = summary(shown, one)

    if one.status is not None:
        assert ticket.status is one.status
    assert ticket.priority is one.priority
    assert ticket.channel is one.channel
    assert ticket.requester_address == one.customer.address
    assert ticket.assignee == (digest("demo", "agent", one.assignee) if one.assignee else "")
    assert set(ticket.tags) == {catalog.tag_id(name) for name in one.tags}
    raised = ticket.escalation and (ticket.escalation.level, ticket.escalation.to, ticket.escalation.reason)
    wanted = one.escalation and (one.escalation.level, one.escalation.to, one.escalation.reason)
    assert raised == wanted
    assert ticket.due_ms == after_ms(START_MS, one.due)
    assert ticket.snoozed_until_ms == after_ms(START_MS, one.snoozed)
    assert ticket.message_count == len(one.messages)
    assert not ticket.is_quarantined
    assert ticket.conflicts == ()


def test_what_people_wrote_is_shown_without_what_they_quote(shown: Office) -> None:
    for one in PACK.conversations:
        for index, message in enumerate(one.messages):
            if travels(message) and message.direction is Direction.IN and not (message.kind or message.html):
                (text,) = rows(shown, "SELECT text FROM message WHERE header_id = ?", header_id(one, index))[0]
                assert " ".join(text.split()).startswith(" ".join(message.text.split())[:200]), one.slug
                assert len(text) <= len(message.text) + 80, one.slug


def test_machines_are_known_for_what_they_are(shown: Office) -> None:
    kinds = {"": "", "auto_reply": Kind.AUTO_REPLY, "bounce": Kind.BOUNCE, "newsletter": Kind.MAILING_LIST}
    for one in PACK.conversations:
        for index, message in enumerate(one.messages):
            if message.kind:
                (found,) = rows(shown, "SELECT kind FROM message WHERE header_id = ?", header_id(one, index))[0]
                assert found == kinds[message.kind], one.slug


def test_a_mail_that_came_back_stands_in_its_ticket(shown: Office) -> None:
    """Though the machine that sent it back takes no part in the ticket: the address that failed does."""
    bounced = [one for one in PACK.conversations if any(message.kind == "bounce" for message in one.messages)]

    assert bounced
    for one in bounced:
        (index,) = (index for index, message in enumerate(one.messages) if message.kind == "bounce")
        read = read_mail(raw_mail(one, index, OPENED, PACK.mailbox))
        failed = [(item.address, item.permanent, item.original_message_id) for item in read.bounced]
        assert failed == [(one.messages[index].failed, True, header_id(one, index - 1))]
        assert len(tickets_of(shown, one)) == 1


def test_attachments_can_be_opened_under_their_names(shown: Office) -> None:
    for one in PACK.conversations:
        for index, message in enumerate(one.messages):
            if travels(message) and message.files:
                (name,) = rows(shown, "SELECT id FROM message WHERE header_id = ?", header_id(one, index))[0]
                found = [file.name for file in details.message(shown.replica, name).attachments]
                assert found == [file.name for file in message.files], one.slug


def test_two_openings_at_the_same_time_are_alike(shown: Office, tmp_path: Path) -> None:
    with Office.open(open_profile(tmp_path / "again"), clock=Clock()) as again:
        demo.fill(again)

        for table in ("ticket", "ticket_tag", "message", "attachment", "entity"):
            query = f"SELECT * FROM {table} ORDER BY 1, 2"
            columns = [column[1] for column in rows(shown, f"PRAGMA table_info({table})")]
            own = {columns.index(name) for name in ("source_event",) if name in columns}
            both = [[cells(row, own) for row in rows(office, query)] for office in (shown, again)]
            assert both[0] == both[1], table
            assert both[0], table


def cells(row: tuple[Any, ...], left_out: set[int]) -> list[Any]:
    """A row without what names the installation."""
    return [cell for at, cell in enumerate(row) if at not in left_out]


def test_filling_it_twice_changes_nothing(desk: Office) -> None:
    before = state_hash(desk.replica)

    demo.fill(desk)

    assert state_hash(desk.replica) == before
    assert number_of_tickets(desk) == len(PACK.conversations)


# -- what comes in while one watches ---------------------------------------------------------------


def test_the_trickle_brings_each_once_and_then_ends(desk: Office) -> None:
    fresh = [one for one in PACK.trickle if not one.answers]
    assert isinstance(desk.now, Clock)
    for _ in PACK.trickle:
        desk.now.pass_s(25)
        assert demo.next_arrival(desk)

    assert not demo.next_arrival(desk)
    assert number_of_tickets(desk) == len(PACK.conversations) + len(fresh)
    assert all(len(tickets_of(desk, one)) == 1 for one in PACK.trickle)
    assert check(desk.replica).ok


@pytest.fixture(scope="module")
def watched(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The demonstration after all of its trickle, 25 seconds apart."""
    root = tmp_path_factory.mktemp("watched") / "desk"
    shutil.copytree(filled, root)
    clock = Clock()
    with Office.open(open_profile(root), clock=clock) as office:
        for _ in PACK.trickle:
            clock.pass_s(25)
            demo.next_arrival(office)
        yield office


@pytest.mark.parametrize("one", TRICKLE)
def test_what_trickles_in_joins_its_ticket_or_starts_one(watched: Office, shown: Office, one: DemoConversation) -> None:
    ticket = summary(watched, one)

    if one.parent is None:
        assert ticket.message_count == len(one.messages)
        assert ticket.status is (one.status or Status.NEW)
        assert ticket.is_unread
        return
    before = summary(shown, one.parent)
    assert ticket.id == before.id
    is_person = any(not message.kind for message in one.messages if message.direction is Direction.IN)
    if is_person and before.status in (*DONE_STATUSES, Status.PENDING, Status.ON_HOLD):
        assert ticket.status is Status.OPEN
    else:
        assert ticket.status is before.status


def test_a_solved_ticket_reopens_and_an_automatic_answer_does_not(shown: Office) -> None:
    """That both are among the trickle; what they do is tested above."""
    parents = [(one, summary(shown, one.parent).status) for one in PACK.trickle if one.parent]

    assert any(status is Status.SOLVED and not one.messages[0].kind for one, status in parents)
    assert any(status is Status.PENDING and one.messages[0].kind == "auto_reply" for one, status in parents)


def test_nothing_that_trickles_in_is_from_the_future(watched: Office) -> None:
    latest = rows(watched, "SELECT MAX(at_ms), MAX(sent_at_ms) FROM message")[0]

    assert max(latest) <= watched.now()


# -- working in it ----------------------------------------------------------------------------------


def test_an_answer_goes_to_the_local_sent_box_and_takes_no_server(desk: Office) -> None:
    one = next(one for one in PACK.conversations if one.status is Status.OPEN and one.language == "ru")
    (ticket,) = tickets_of(desk, one)
    to = Person(one.customer.name, one.customer.address)
    draft = Draft(ticket, to=(to,), subject=f"Re: {one.subject}", text="Буду у вас завтра в девять.")

    done = sending.send(desk, draft, then=Status.SOLVED, send_now=True)
    box = next(box for box in desk.mailboxes if box.is_local)
    sent = send_local(lambda act, *values: act(desk, *values), box)

    assert sent == 1
    (file,) = (desk.profile.root / SENT_FOLDER).glob("*.eml")
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    plain = mail.get_body(("plain",))
    assert one.customer.address in mail["To"]
    assert plain is not None
    assert "Буду у вас завтра в девять." in plain.get_content()
    assert details.message(desk.replica, done.message).delivery is Delivery.SENT
    assert summary(desk, one).status is Status.SOLVED


# -- canned replies ------------------------------------------------------------------------------------


def test_there_are_canned_replies_in_folders_and_both_languages(shown: Office) -> None:
    replies = catalog.canned_replies(shown)
    texts = [reply.text for reply in replies]

    assert len(replies) >= 20 and len(replies) == len(PACK.canned)
    spoken = Counter(reply.language for reply in replies)
    assert spoken["ru"] >= 10 and spoken["en"] >= 8
    assert len({reply.folder for reply in replies}) >= 5
    assert len({(reply.folder, reply.name) for reply in replies}) == len(replies)
    assert any("{cursor}" in text for text in texts)
    assert sum(bool(questions_in(text)) for text in texts) >= 2
    assert sum("|" in text for text in texts) >= 8


@pytest.mark.parametrize("reply", [pytest.param(one, id=f"{one.folder}/{one.name}") for one in PACK.canned])
def test_a_canned_reply_is_complete_once_filled(reply: Any) -> None:
    known = {name: "" if name == "customer.first_name" else f"<{name}>" for name in KNOWN_NAMES}
    filled = fill(reply.text, known, ask=lambda question: f"<{question}>")

    assert unresolved_in(filled.text) == ()
    assert not set("{}") & set(filled.text)
    assert set(reply.tags) <= {tag.name for tag in PACK.tags}
    assert reply.status == "" or Status(reply.status)


def test_invented_tickets_never_reach_a_team(tmp_path: Path) -> None:
    with Office.open(open_profile(tmp_path / "desk"), clock=Clock()) as office:
        demo.fill(office)
        with pytest.raises(Refused, match="demonstration"):
            team.create(office, f"folder://{tmp_path}")
    assert [path.name for path in tmp_path.iterdir()] == ["desk"]


# -- the mails -----------------------------------------------------------------------------------------


def test_mails_are_the_same_bytes_every_time_and_thread_by_their_headers() -> None:
    for one in (*PACK.conversations, *PACK.trickle):
        before: list[str] = []
        for index in (index for index, message in enumerate(one.messages) if travels(message)):
            raw = raw_mail(one, index, OPENED, PACK.mailbox)
            assert raw == raw_mail(one, index, OPENED, PACK.mailbox), one.slug
            mail = message_from_bytes(raw, policy=policy.default)
            assert not mail.defects and mail["Message-ID"] == f"<{header_id(one, index)}>", one.slug
            if before or one.parent:
                references = str(mail["References"]).replace("<", " ").replace(">", " ").split()
                assert references[len(references) - len(before) :] == before, one.slug
                assert str(mail["In-Reply-To"]).strip("<>") in references, one.slug
            before.append(header_id(one, index))
