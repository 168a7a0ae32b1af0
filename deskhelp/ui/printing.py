"""A ticket on paper or as PDF: subject, facts, and every message in order."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from deskhelp.domain.conversation import MessageView
from deskhelp.domain.status import Direction
from deskhelp.domain.ticket import QUARANTINE_KIND
from deskhelp.services.shown import Opened
from deskhelp.ui import quarantine_words, words
from deskhelp.ui.facts import Facts
from deskhelp.ui.panes.mail_text import breakable


def print_ticket(opened: Opened, facts: Facts, parent: QWidget) -> QPrintDialog:
    """Ask for a printer (or a file) and print there."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(opened.detail.summary.code)
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: document(opened, facts).print_(printer))
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.show()
    return dialog


def document(opened: Opened, facts: Facts) -> QTextDocument:
    """The ticket as a document in black on white."""
    summary = opened.detail.summary
    title = escape(words.subject(summary) or QCoreApplication.translate("Printing", "(no subject)"))
    lines = [f"<h2>{title}</h2>", f"<p>{escape(_facts_line(opened, facts))}</p>"]
    lines += [_message(message, facts) for message in opened.detail.messages if not message.is_hidden]
    result = QTextDocument()
    result.setHtml("".join(lines))
    return result


def _facts_line(opened: Opened, facts: Facts) -> str:
    summary = opened.detail.summary
    tags = ", ".join(tag.name for tag in facts.shown_tags(summary.tags))
    parts = [summary.code, words.status_name(summary.status), facts.agent_name(summary.assignee), tags]
    return " · ".join(part for part in parts if part)


def _message(message: MessageView, facts: Facts) -> str:
    who = facts.agent_name(message.agent) or words.full_person(message.sender)
    when = QLocale().toString(words.qt_time(message.at_ms), QLocale.FormatType.ShortFormat)
    kind = QCoreApplication.translate("Printing", "internal note") if message.direction is Direction.NOTE else ""
    rest = " · ".join(part for part in (when, kind) if part)
    head = f"<hr><p><b>{escape(who)}</b> · {escape(rest)}</p>"
    files = ", ".join(attachment.name for attachment in message.attachments)
    text = quarantine_words.said(message.text) if message.kind == QUARANTINE_KIND else message.text
    body = f'<div style="white-space: pre-wrap">{breakable(text)}</div>'
    return head + body + (f"<p><i>{escape(files)}</i></p>" if files else "")
