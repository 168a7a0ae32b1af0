"""What agents do, and taking it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deskhelp.db import details
from deskhelp.db.check import check, rebuild, state_hash
from deskhelp.domain.entities import EntityKind, Tag
from deskhelp.domain.errors import DeskTrouble, NotFound, Refused
from deskhelp.domain.status import Channel, Direction, Priority, Status
from deskhelp.domain.views import Person, TicketSummary
from deskhelp.services import catalog, desk, drafts, sending
from deskhelp.services.desk import Done
from deskhelp.services.drafts import Draft
from deskhelp.services.intake import Taken
from deskhelp.services.office import Office
from deskhelp.services.sending import NewTicket

from .conftest import ANNA, BORIS, Clock, raw_mail

Receive = Callable[..., Taken]
RED = "c" * 32


def summary(office: Office, ticket: str) -> TicketSummary:
    return details.ticket_detail(office.replica, details.resolve_ticket(office.replica, ticket)).summary


@pytest.mark.parametrize(
    "act",
    [
        lambda office, ticket: desk.set_status(office, [ticket], Status.SOLVED),
        lambda office, ticket: desk.set_priority(office, [ticket], Priority.URGENT),
        lambda office, ticket: desk.assign(office, [ticket], BORIS),
        lambda office, ticket: desk.set_due(office, [ticket], 1_800_000_000_000),
        lambda office, ticket: desk.snooze(office, [ticket], 1_800_000_000_000),
        lambda office, ticket: desk.set_subject(office, ticket, "Another"),
        lambda office, ticket: desk.escalate(office, [ticket], level=2, to="Second line", reason="needs a part"),
        lambda office, ticket: desk.tag(office, [ticket], add=[RED]),
    ],
)
def test_every_act_changes_the_ticket_and_undo_restores_it(
    office: Office, ticket: str, clock: Clock, act: Callable[[Office, str], Done]
) -> None:
    before = summary(office, ticket)
    clock.pass_s(60)

    done = act(office, ticket)

    assert ticket in done.change.tickets
    changed = summary(office, ticket)
    assert done.undo is not None
    desk.undo(office, done.undo)
    after = summary(office, ticket)
    names = ("status", "priority", "assignee", "due_ms", "snoozed_until_ms", "subject", "escalation", "tags")
    assert any(getattr(changed, name) != getattr(before, name) for name in names)
    assert [getattr(after, name) or None for name in names] == [getattr(before, name) or None for name in names]
    assert check(office.replica).ok


def test_undo_is_refused_once_the_ticket_moved_on(office: Office, ticket: str) -> None:
    done = desk.assign(office, [ticket], BORIS)
    desk.assign(office, [ticket], ANNA)

    assert done.undo is not None
    with pytest.raises(Refused):
        desk.undo(office, done.undo)
    assert summary(office, ticket).assignee == ANNA


def test_several_tickets_at_once_and_only_those_that_differ(office: Office, receive: Receive) -> None:
    tickets = sorted(
        receive(*(raw_mail(n, sender=f"c{n}@x.example", subject=f"Question {n}") for n in range(5))).change.tickets
    )
    desk.set_priority(office, tickets[:2], Priority.HIGH)

    done = desk.set_priority(office, tickets, Priority.HIGH)

    assert done.undo is not None
    assert len(done.undo.steps) == 3
    desk.undo(office, done.undo)
    assert [summary(office, t).priority for t in tickets] == [Priority.HIGH] * 2 + [Priority.NORMAL] * 3


def test_a_close_covers_only_what_its_author_had_seen(office: Office, ticket: str, receive: Receive) -> None:
    desk.set_status(office, [ticket], Status.CLOSED)
    receive(raw_mail(2, subject="Re: Printer", In_Reply_To="<q1@customer.example>"))

    assert summary(office, ticket).status is Status.OPEN


def test_merging_and_undoing_it_days_later(office: Office, receive: Receive, clock: Clock) -> None:
    (one,) = receive(raw_mail(1)).change.tickets
    (two,) = receive(raw_mail(2, sender="boss@customer.example", subject="Printer again")).change.tickets
    hash_before = state_hash(office.replica)
    codes = [summary(office, one).code, summary(office, two).code]

    done = desk.merge(office, [two], one)

    assert len(details.messages_of(office.replica, one)) == 2
    assert {details.resolve_ticket(office.replica, code) for code in codes} == {one}
    clock.pass_s(5 * 86_400)
    receive(
        raw_mail(3, sender="boss@customer.example", subject="Re: Printer again", In_Reply_To="<q2@customer.example>")
    )
    assert len(details.messages_of(office.replica, one)) == 3
    assert done.undo is not None
    desk.undo(office, done.undo)
    assert [len(details.messages_of(office.replica, t)) for t in (one, two)] == [1, 2]
    assert state_hash(office.replica) != hash_before
    with pytest.raises(DeskTrouble, match="itself"):
        desk.merge(office, [one], one)


def test_splitting_makes_a_ticket_of_its_own_and_its_answers_follow(office: Office, receive: Receive) -> None:
    (ticket,) = receive(raw_mail(1)).change.tickets
    receive(raw_mail(2, subject="Re: Printer", In_Reply_To="<q1@customer.example>", text="Also the VPN."))
    second = details.messages_of(office.replica, ticket)[1].id

    done = desk.split(office, [second])

    (new,) = done.ids
    assert [len(details.messages_of(office.replica, t)) for t in (ticket, new)] == [1, 1]
    with pytest.raises(DeskTrouble, match="stay in the old"):
        desk.split(office, [second])
    assert done.undo is not None
    desk.undo(office, done.undo)
    assert len(details.messages_of(office.replica, ticket)) == 2


def test_a_note_is_no_mail_and_only_notes_can_be_hidden(office: Office, ticket: str) -> None:
    done = sending.add_note(office, ticket, "Ask Boris.")
    received, note = details.messages_of(office.replica, ticket)
    assert (note.direction, note.agent, note.has_raw) == (Direction.NOTE, ANNA, False)

    desk.hide(office, done.message)

    assert details.message(office.replica, done.message).is_hidden
    with pytest.raises(Refused):
        desk.hide(office, received.id)


def test_a_ticket_by_hand(office: Office) -> None:
    form = NewTicket(Channel.PHONE, Person("Ivan", "ivan@customer.example"), "No sound", "Called twice.", Priority.HIGH)

    (ticket,) = sending.new_ticket(office, form).ids

    made = summary(office, ticket)
    assert (made.channel, made.subject, made.priority) == (Channel.PHONE, "No sound", Priority.HIGH)
    assert made.requester_address == "ivan@customer.example"
    assert made.status is Status.NEW


def test_an_escalation_needs_somebody_and_a_reason(office: Office, ticket: str) -> None:
    with pytest.raises(DeskTrouble):
        desk.escalate(office, [ticket], level=1, to="", reason="x")
    with pytest.raises(DeskTrouble):
        desk.escalate(office, [ticket], level=1, to="Boss", reason=" ")
    with pytest.raises(DeskTrouble):
        desk.escalate(office, [ticket], level=0, to="Boss", reason="x")


def test_reading_marks_are_local(office: Office, ticket: str, clock: Clock) -> None:
    assert summary(office, ticket).is_unread
    clock.pass_s(1)
    desk.mark_read(office, [ticket])
    assert not summary(office, ticket).is_unread
    desk.mark_read(office, [ticket], is_read=False)
    assert summary(office, ticket).is_unread


def test_unknown_tickets_are_said(office: Office) -> None:
    with pytest.raises(NotFound):
        desk.set_status(office, ["f" * 32], Status.SOLVED)


def test_everything_can_be_rebuilt_from_the_log(office: Office, ticket: str, receive: Receive) -> None:
    desk.tag(office, [ticket], add=[catalog.tag_named(office, "Принтер").id])
    desk.escalate(office, [ticket], level=1, to="Boss", reason="angry")
    (other,) = receive(raw_mail(7, sender="x@y.example", subject="VPN")).change.tickets
    desk.merge(office, [other], ticket)
    before = state_hash(office.replica)

    rebuild(office.replica)

    assert state_hash(office.replica) == before


# -- catalogue and drafts ------------------------------------------------------------------------------


def test_tags_of_one_name_are_one_tag(office: Office) -> None:
    first = catalog.tag_named(office, "Отчёт")
    assert catalog.tag_named(office, " отчет ").id == first.id

    catalog.delete(office, first)
    assert catalog.entities(office, EntityKind.TAG) == ()
    assert catalog.tag_named(office, "Отчёт").id == first.id
    assert [tag.name for tag in catalog.tags(office)] == ["Отчёт"]


def test_saving_writes_only_what_differs(office: Office) -> None:
    tag = catalog.tag_named(office, "vpn")
    events = len(office.replica.events())

    catalog.save(office, tag)
    assert len(office.replica.events()) == events
    catalog.save(office, Tag(tag.id, tag.name, "#000000"))
    assert len(office.replica.events()) == events + 1


def test_canned_replies_go_out_and_come_in_again(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "canned.toml"
    file.write_text('[[canned]]\nname = "Hello"\nfolder = "General"\ntext = """Dear {customer.name},\nline two"""\n')
    assert catalog.import_canned(office, file) == 1
    assert catalog.import_canned(office, file) == 1
    (reply,) = catalog.canned_replies(office)
    assert (reply.folder, reply.text) == ("General", "Dear {customer.name},\nline two")

    again = tmp_path / "again.toml"
    assert catalog.export_canned(office, again) == 1
    catalog.delete(office, reply)
    catalog.import_canned(office, again)

    assert [one.text for one in catalog.canned_replies(office)] == [reply.text]


def test_a_broken_file_of_canned_replies_is_named(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "canned.toml"
    file.write_text('[[canned]]\nname = "Hello\n')

    with pytest.raises(DeskTrouble, match=r"canned\.toml"):
        catalog.import_canned(office, file)


def test_a_draft_is_kept_one_a_ticket_and_an_empty_one_dropped(office: Office, ticket: str) -> None:
    drafts.save_draft(office, Draft(ticket, text="half a sentence", to=(Person("M", "m@x.example"),)))
    drafts.save_draft(office, Draft(ticket, text="a whole sentence."))

    held = drafts.load_draft(office, ticket)
    assert held is not None
    assert (held.text, held.to) == ("a whole sentence.", ())
    assert summary(office, ticket).has_draft

    drafts.save_draft(office, Draft(ticket, text="  "))
    assert drafts.load_draft(office, ticket) is None
