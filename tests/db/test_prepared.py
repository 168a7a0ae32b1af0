"""What is prepared of an event belongs to that event alone."""

from __future__ import annotations

from deskhelp.db.prepared import NO_TEXT, Preparations, packed_text, prepare
from deskhelp.domain.events import MAIL_RECEIVED, Event, about_message

ABOUT = about_message("m" * 32)


def mail(text: str, name: str = "e" * 32) -> Event:
    body = {"mailbox": "b" * 32, "at_ms": 1}
    return Event(name, MAIL_RECEIVED, ABOUT, 1, body=body, text={"subject": text, "text": text})


def test_what_was_prepared_is_given_and_the_rest_is_worked_out() -> None:
    known, other = mail("Printer"), mail("Telephone", "f" * 32)
    marked = prepare(known)._replace(words=("marked", "", "", ""))
    ready = Preparations([known, other], {known.id: marked})

    assert ready.words_of(known, ready.row_of(known)) == marked.words
    assert ready.row_of(known) == marked.row
    assert ready.row_of(known) is not marked.row
    assert prepare(other) == (ready.text_of(other), ready.row_of(other), ready.words_of(other, ready.row_of(other)))


def test_another_payload_under_the_same_id_gets_nothing_of_it() -> None:
    one, other = mail("Printer"), mail("Telephone")
    for ready in (Preparations([one, other], {one.id: prepare(one)}), Preparations([one], {one.id: prepare(one)})):
        assert ready.text_of(other) == packed_text(other) != packed_text(one)
        assert ready.row_of(other)["subject"] == "Telephone"
        assert "telephon" in ready.words_of(other, ready.row_of(other))[0]


def test_an_event_without_text_has_no_blob() -> None:
    assert packed_text(Event("e", MAIL_RECEIVED, ABOUT, 1)) is NO_TEXT
