"""A ticket on paper."""

from __future__ import annotations

from deskhelp.services import sending
from deskhelp.services.office import Office
from deskhelp.ui.printing import document
from tests.ui.conftest import Desk, ticket_named

PRINTER = "Printer on fire"


async def test_the_paper_has_every_message_and_tells_notes_apart(shown: Desk) -> None:
    def note(office: Office) -> None:
        sending.add_note(office, ticket_named(office, PRINTER), "She <never> reads manuals.")

    await shown.ask_to_write(note)
    await shown.choose(PRINTER)
    await shown.until(lambda: len(shown.window.conversation.opened.detail.messages) == 3)  # type: ignore[union-attr]
    text = document(shown.window.conversation.opened, shown.life.desk.facts).toPlainText()  # type: ignore[arg-type]
    assert text.startswith(f"{PRINTER}\n")
    assert "New · Olga Krylova · printer" in text
    assert text.count("Maria Ivanova <maria@customer.example>") == 2
    mails, _, note_text = text.partition("internal note")
    assert "It burns more now." in mails
    assert mails.rstrip(" ·").rpartition("\n")[2].startswith("Olga Krylova")
    assert "She <never> reads manuals." in note_text
