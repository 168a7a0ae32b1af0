"""The outbox: every state of DESIGN section 6, and that nothing is sent twice or forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from deskhelp.db import details
from deskhelp.domain.entities import Mailbox
from deskhelp.domain.errors import DeskTrouble, NotFound, Refused
from deskhelp.domain.status import Delivery, Direction, Status
from deskhelp.domain.views import Person
from deskhelp.mail.smtp import Outcome, Reply, SendResult
from deskhelp.mail.troubles import AuthTrouble, NetworkTrouble
from deskhelp.services import desk, drafts, maintenance, outbox, sending, sync, writing
from deskhelp.services.desk import Done
from deskhelp.services.intake import Taken
from deskhelp.services.office import Office
from deskhelp.settings import open_profile

from .conftest import BOX, Clock, raw_mail

Receive = Callable[..., Taken]
ACCEPTED = SendResult(Outcome.ACCEPTED, Reply(250, "kept"))
NO = Reply(550, "no such user")
CUT = NetworkTrouble("The connection broke.")


def answer(office: Office, ticket: str, text: str = "Please restart it.", **options: object) -> Done:
    draft = replace(writing.start(office, ticket, "reply"), text=text)
    return sending.send(office, draft, **options)  # type: ignore[arg-type]


def state_of(office: Office, message: str) -> Delivery:
    return details.message(office.replica, message).delivery


def hand_over(office: Office, message: str, result: SendResult) -> Delivery:
    assert outbox.begin(office, message) is not None
    return outbox.finish(office, message, result)


def test_an_answer_is_stored_with_its_final_bytes_before_it_leaves(office: Office, ticket: str) -> None:
    done = answer(office, ticket)

    row = outbox.find(office, done.message)
    mail = message_from_bytes(outbox.raw_of_blob(office, row.raw_blob), policy=policy.default)
    code = details.ticket_detail(office.replica, ticket).summary.code
    assert mail["Message-ID"] == f"<{row.header_id}>"
    assert (mail["In-Reply-To"], mail["References"]) == ("<q1@customer.example>", "<q1@customer.example>")
    assert mail["Subject"] == f"Re: Printer [#{code}]"
    assert mail["To"] == "Maria Ivanova <maria@customer.example>"
    assert state_of(office, done.message) is Delivery.QUEUED


def test_nothing_leaves_before_the_time_for_undoing_is_over(office: Office, ticket: str, clock: Clock) -> None:
    done = answer(office, ticket)

    assert outbox.due(office) == []
    assert outbox.begin(office, done.message) is None
    clock.pass_s(office.settings.undo_send_s)
    assert [row.message for row in outbox.due(office)] == [done.message]


def test_undoing_a_sending_brings_the_draft_back(office: Office, ticket: str) -> None:
    done = answer(office, ticket, "My careful words.")

    outbox.take_back(office, done.message)

    draft = drafts.load_draft(office, ticket)
    assert draft is not None
    assert draft.text == "My careful words."
    assert draft.to == (Person("Maria Ivanova", "maria@customer.example"),)
    assert outbox.due(office) == []
    assert state_of(office, done.message) is Delivery.DROPPED


def test_a_message_on_its_way_cannot_be_taken_back(office: Office, ticket: str) -> None:
    done = answer(office, ticket, send_now=True)
    outbox.begin(office, done.message)

    with pytest.raises(Refused):
        outbox.take_back(office, done.message)
    outbox.finish(office, done.message, ACCEPTED)
    with pytest.raises((Refused, NotFound)):
        outbox.take_back(office, done.message)


def test_accepted_is_sent_and_never_due_again(office: Office, ticket: str, clock: Clock) -> None:
    done = answer(office, ticket, send_now=True)

    assert hand_over(office, done.message, ACCEPTED) is Delivery.SENT
    clock.pass_s(1_000_000)
    assert outbox.due(office) == []
    assert outbox.begin(office, done.message) is None


def test_deferred_is_tried_later_and_later_and_held_after_two_days(office: Office, ticket: str, clock: Clock) -> None:
    done = answer(office, ticket, send_now=True)
    later = SendResult(Outcome.DEFERRED, Reply(451, "try later"))
    waits = []
    while hand_over(office, done.message, later) is Delivery.DEFERRED:
        due_ms = outbox.next_due_ms(office)
        assert due_ms is not None
        waits.append((due_ms - clock.now_ms) / 1000)
        assert outbox.due(office) == []
        clock.now_ms = due_ms

    assert waits[:5] == [60, 300, 900, 3600, 3600]
    assert sum(waits) >= 48 * 3600
    assert state_of(office, done.message) is Delivery.HELD


def test_refused_says_the_servers_words_and_restores_the_draft(office: Office, ticket: str) -> None:
    done = answer(office, ticket, "To nobody.", send_now=True)

    hand_over(office, done.message, SendResult(Outcome.REFUSED, Reply(550, "no such user")))

    message = details.message(office.replica, done.message)
    draft = drafts.load_draft(office, ticket)
    assert message.delivery is Delivery.REFUSED
    assert "no such user" in message.delivery_text
    assert draft is not None
    assert draft.text == "To nobody."
    assert details.ticket_detail(office.replica, ticket).summary.has_failed_delivery


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.PARTLY])
def test_what_became_of_a_message_is_written_whole_or_not_at_all(
    office: Office, ticket: str, outcome: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = answer(office, ticket, "To nobody.", send_now=True)
    outbox.begin(office, done.message)
    outbox.mark_phase(office, done.message, outbox.PAYLOAD)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(outbox, "bring_back" if outcome is Outcome.REFUSED else "_keep_recipients", killed)
    with pytest.raises(KeyboardInterrupt):
        outbox.finish(office, done.message, SendResult(outcome, Reply(550, "no"), {"maria@customer.example": NO}))

    row = outbox.find(office, done.message)
    assert (row.state, row.phase) == (Delivery.SENDING, outbox.PAYLOAD), "the next start calls it uncertain"


def test_partly_is_sent_again_only_to_those_who_did_not_get_it(office: Office, ticket: str) -> None:
    draft = replace(writing.start(office, ticket, "reply"), text="To both.", cc=(Person("", "bad@elsewhere.example"),))
    done = sending.send(office, draft, send_now=True)
    refused = {"bad@elsewhere.example": Reply(550, "unknown")}

    assert hand_over(office, done.message, SendResult(Outcome.PARTLY, Reply(250, "kept"), refused)) is Delivery.PARTLY
    assert outbox.due(office) == []
    outbox.send_again(office, done.message)

    assert [row.recipients for row in outbox.due(office)] == [("bad@elsewhere.example",)]


def test_uncertain_is_never_sent_again_by_itself(office: Office, ticket: str, clock: Clock) -> None:
    done = answer(office, ticket, send_now=True)

    hand_over(office, done.message, SendResult(Outcome.UNCERTAIN, trouble=CUT))

    clock.pass_s(10_000_000)
    outbox.recover(office)
    assert state_of(office, done.message) is Delivery.UNCERTAIN
    assert outbox.due(office) == []
    outbox.mark_sent(office, done.message)
    assert state_of(office, done.message) is Delivery.SENT


@pytest.mark.parametrize(("phase", "state"), [("", Delivery.QUEUED), (outbox.PAYLOAD, Delivery.UNCERTAIN)])
def test_what_a_crash_left_half_way_depends_on_the_phase(
    office: Office, ticket: str, phase: str, state: Delivery
) -> None:
    done = answer(office, ticket, send_now=True)
    outbox.begin(office, done.message)
    outbox.mark_phase(office, done.message, phase)

    outbox.recover(office)

    assert state_of(office, done.message) is state


def test_what_waits_in_a_backup_does_not_leave_when_it_is_put_back(
    office: Office, ticket: str, tmp_path: Path, clock: Clock
) -> None:
    waiting, half_way, unsure = (answer(office, ticket, send_now=True).message for _ in range(3))
    for message, phase in ((half_way, ""), (unsure, outbox.PAYLOAD)):
        outbox.begin(office, message)
        outbox.mark_phase(office, message, phase)
    maintenance.back_up(office.profile, tmp_path / "copy.backup")
    profile = open_profile(tmp_path / "put back")
    maintenance.restore(profile, tmp_path / "copy.backup")

    with Office.open(profile, clock=clock) as restored:
        outbox.recover(restored)
        states = [state_of(restored, message) for message in (waiting, half_way, unsure)]
        assert states == [Delivery.HELD, Delivery.HELD, Delivery.UNCERTAIN]
        outbox.send_again(restored, waiting)
        outbox.recover(restored)
        assert [row.message for row in outbox.due(restored)] == [waiting]


def test_a_refused_password_holds_the_message_after_some_tries(office: Office, ticket: str, clock: Clock) -> None:
    done = answer(office, ticket, send_now=True)
    wrong = SendResult(Outcome.FAILED_BEFORE_PAYLOAD, trouble=AuthTrouble("The server refuses the password."))
    tries = 1
    while hand_over(office, done.message, wrong) is Delivery.DEFERRED:
        clock.pass_s(3600)
        tries += 1

    assert tries <= 5
    assert state_of(office, done.message) is Delivery.HELD


def test_a_message_is_held_if_the_customer_wrote_what_its_author_had_not_seen(
    office: Office, ticket: str, receive: Receive
) -> None:
    done = answer(office, ticket, send_now=True)
    receive(raw_mail(2, subject="Re: Printer", In_Reply_To="<q1@customer.example>", text="Never mind!"))

    assert outbox.begin(office, done.message) is None
    assert state_of(office, done.message) is Delivery.HELD

    outbox.send_again(office, done.message)
    assert outbox.begin(office, done.message) is not None


def test_an_out_of_office_answer_meanwhile_holds_nothing(office: Office, ticket: str, receive: Receive) -> None:
    done = answer(office, ticket, send_now=True)
    receive(raw_mail(2, subject="Away", In_Reply_To="<q1@customer.example>", Auto_Submitted="auto-replied"))

    assert outbox.begin(office, done.message) is not None


def test_two_answers_of_ones_own_do_not_hold_each_other(office: Office, ticket: str) -> None:
    first = answer(office, ticket, "One.", send_now=True)
    second = answer(office, ticket, "Two.", send_now=True)

    assert outbox.begin(office, first.message) is not None
    assert outbox.begin(office, second.message) is not None


def test_an_open_placeholder_cannot_leave(office: Office, ticket: str) -> None:
    with pytest.raises(Refused, match=r"customer\.name"):
        answer(office, ticket, "Dear {customer.name},")
    with pytest.raises(Refused):
        answer(office, ticket, "Your order {?What is the order number} is on its way.")
    assert answer(office, ticket, 'Set {"name": 1} in the file.').what == "sent"


def test_nobody_to_go_to_and_nothing_to_say_are_said(office: Office, ticket: str) -> None:
    with pytest.raises(DeskTrouble, match="to whom"):
        sending.send(office, replace(writing.start(office, ticket, "reply"), to=(), text="Hello."))
    with pytest.raises(DeskTrouble, match="nothing to send"):
        sending.send(office, writing.start(office, ticket, "reply"))


def test_notes_and_blind_copies_never_stand_in_outgoing_bytes(office: Office, ticket: str) -> None:
    sending.add_note(office, ticket, "He is the difficult one.")
    draft = replace(writing.start(office, ticket, "reply_all"), text="Done.", bcc=(Person("", "boss@desk.example"),))
    done = sending.send(office, draft)

    row = outbox.find(office, done.message)
    raw = outbox.raw_of_blob(office, row.raw_blob)
    assert b"difficult" not in raw
    assert b"boss@" not in raw
    assert "boss@desk.example" in row.recipients


def test_sending_with_a_status_covers_what_its_author_had_seen_only(
    office: Office, ticket: str, receive: Receive
) -> None:
    answer(office, ticket, then=Status.SOLVED)
    assert details.ticket_detail(office.replica, ticket).summary.status is Status.SOLVED

    receive(raw_mail(2, subject="Re: Printer", In_Reply_To="<q1@customer.example>"))

    assert details.ticket_detail(office.replica, ticket).summary.status is Status.OPEN


def test_a_customers_answer_to_our_mail_joins_by_its_signed_reference(
    office: Office, ticket: str, receive: Receive
) -> None:
    done = answer(office, ticket)
    ours = outbox.find(office, done.message).header_id

    receive(raw_mail(5, sender="secretary@other.example", subject="something else", In_Reply_To=f"<{ours}>"))

    messages = details.messages_of(office.replica, ticket)
    assert [message.direction for message in messages] == [Direction.IN, Direction.OUT, Direction.IN]


def test_our_own_copy_from_the_sent_folder_is_not_a_second_message(
    office: Office, ticket: str, receive: Receive
) -> None:
    done = answer(office, ticket)
    raw = outbox.raw_of_blob(office, outbox.find(office, done.message).raw_blob)

    taken = receive(raw, is_sent=True)

    assert taken.duplicates == 1
    assert len(details.messages_of(office.replica, ticket)) == 2


def test_an_attachment_comes_back_with_a_taken_back_message(office: Office, ticket: str) -> None:
    file = drafts.attach(office, "плата.png", "image/png", b"\x89PNG data")
    draft = replace(writing.start(office, ticket, "reply"), text="See.", files=(file,))
    done = sending.send(office, draft)

    outbox.take_back(office, done.message)

    again = drafts.load_draft(office, ticket)
    assert again is not None
    assert [(one.name, office.replica.blob(one.blob)) for one in again.files] == [("плата.png", b"\x89PNG data")]


def test_undo_of_desk_takes_a_queued_message_back(office: Office, ticket: str) -> None:
    done = answer(office, ticket)
    assert done.undo is not None
    assert done.undo.queued_message == done.message

    desk.undo(office, done.undo)

    assert state_of(office, done.message) is Delivery.DROPPED


@pytest.mark.parametrize("then", [None, Status.SOLVED])
def test_the_status_sent_with_a_message_comes_back_with_it(office: Office, ticket: str, then: Status | None) -> None:
    done = answer(office, ticket, then=then)
    assert details.ticket_detail(office.replica, ticket).summary.status is (then or Status.OPEN)
    assert done.undo is not None

    desk.undo(office, done.undo)

    assert details.ticket_detail(office.replica, ticket).summary.status is Status.NEW


def test_a_mailbox_without_a_server_for_sending_says_so(office: Office, ticket: str) -> None:
    answer(office, ticket, send_now=True)

    def call(fn: Callable[..., object], *args: object) -> object:
        return fn(office, *args)

    with pytest.raises(DeskTrouble, match="no server for outgoing mail"):
        sync.send_due(call, Mailbox(BOX.id, BOX.name, BOX.address), "secret", sync.Round())
