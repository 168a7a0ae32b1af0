"""new, reply, note, tag, set, escalate, merge, split, hint: an agent's day, scriptable."""

from __future__ import annotations

import argparse
import mimetypes
import sys
from datetime import datetime
from pathlib import Path

from deskhelp.domain.codes import ticket_code
from deskhelp.domain.errors import DeskTrouble, NotFound
from deskhelp.domain.status import Channel, Priority, Status
from deskhelp.domain.views import Person
from deskhelp.services.desk import Done
from deskhelp.services.drafts import DraftFile
from deskhelp.services.office import Office

from .context import Commands, Shared, command, office_of
from .output import Output


def register(commands: Commands, shared: Shared) -> None:
    new = command(commands, shared, "new", "a ticket by hand", _new)
    new.add_argument("--from", dest="sender", required=True, metavar="ADDRESS")
    new.add_argument("--name", default="")
    new.add_argument("--subject", default="")
    new.add_argument("--text", default="", help="“-” reads standard input")
    new.add_argument("--channel", choices=["phone", "chat", "visit", "mail"], default="phone")
    reply = command(commands, shared, "reply", "answer a ticket", _reply)
    reply.add_argument("ref")
    what = reply.add_mutually_exclusive_group(required=True)
    what.add_argument("--text", help="“-” reads standard input")
    what.add_argument("--canned", metavar="NAME")
    reply.add_argument("--all", action="store_true", help="to everybody")
    reply.add_argument("--attach", action="append", type=Path, default=[], metavar="F")
    reply.add_argument("--send-now", action="store_true", help="without the time for undoing")
    reply.add_argument("--then", choices=["solved", "pending", "open"], help="status afterwards")
    note = command(commands, shared, "note", "a note for colleagues", _note)
    note.add_argument("ref")
    note.add_argument("--text", required=True)
    tag = command(commands, shared, "tag", "tag REF +printer -vpn", _tag)
    tag.add_argument("ref")
    tag.add_argument("tags", nargs=argparse.REMAINDER, metavar="+TAG|-TAG")
    change = command(commands, shared, "set", "set REF status=solved priority=high assignee=AGENT", _set)
    change.add_argument("ref")
    change.add_argument("fields", nargs="+", metavar="FIELD=VALUE")
    up = command(commands, shared, "escalate", "hand a ticket up", _escalate)
    up.add_argument("ref")
    up.add_argument("--to", default="")
    up.add_argument("--reason", default="")
    up.add_argument("--level", type=int, default=1)
    up.add_argument("--off", action="store_true", help="end the escalation")
    merge = command(commands, shared, "merge", "merge tickets into the first", _merge)
    merge.add_argument("ref")
    merge.add_argument("others", nargs="+", metavar="REF")
    split = command(commands, shared, "split", "put messages into a ticket of their own", _split)
    split.add_argument("ref")
    split.add_argument("messages", nargs="+", metavar="MESSAGE", help="ids or Message-IDs")
    hint = command(commands, shared, "hint", "answer what the desk asks about a ticket (`ticket REF --json`)", _hint)
    hint.add_argument("ref")
    hint.add_argument("about", metavar="ABOUT", help="which hint: its `about`, or the code of the other ticket")
    hint.add_argument("--no", action="store_true", help="it is not so; do not ask again")


def _text(given: str) -> str:
    return sys.stdin.read() if given == "-" else given


def _ticket(office: Office, reference: str) -> str:
    from deskhelp.db.details import resolve_ticket

    return resolve_ticket(office.replica, reference)


def _say(output: Output, done: Done, words: str) -> None:
    codes = [ticket_code(ticket) for ticket in done.ids]
    value = {"done": done.what, "code": codes[0] if codes else None, "codes": codes, "message": done.message or None}
    output.show(value, f"{' '.join(codes)} {words}".strip())


def _new(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services.sending import NewTicket, new_ticket

    with office_of(options) as office:
        form = NewTicket(
            Channel(options.channel), Person(options.name, options.sender), options.subject, _text(options.text)
        )
        _say(output, new_ticket(office, form), "made")


def _reply(options: argparse.Namespace, output: Output) -> None:
    from dataclasses import replace

    from deskhelp.services import catalog, writing
    from deskhelp.services.sending import send

    with office_of(options) as office:
        ticket = _ticket(office, options.ref)
        draft = writing.start(office, ticket, "reply_all" if options.all else "reply")
        then = Status(options.then) if options.then else None
        if options.canned is not None:
            canned = catalog.find_canned(office, options.canned)
            text = writing.fill_for(office, ticket, canned.text).text
            then = then or (Status(canned.status) if canned.status else None)
        else:
            text = _text(options.text)
        files = tuple(_attached(office, path) for path in options.attach)
        done = send(office, replace(draft, text=text, files=files), then=then, send_now=options.send_now)
        if options.canned is not None and canned.tags:
            writing.apply_tags(office, ticket, canned.tags)
        _say(output, done, "reply queued")


def _attached(office: Office, path: Path) -> DraftFile:
    from deskhelp.services import drafts

    try:
        data = path.read_bytes()
    except OSError as error:
        raise DeskTrouble("{path} cannot be read: {why}.", path=path, why=error.strerror or error) from error
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return drafts.attach(office, path.name, kind, data)


def _note(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services.sending import add_note

    with office_of(options) as office:
        _say(output, add_note(office, _ticket(office, options.ref), _text(options.text)), "noted")


def _tag(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services import catalog, desk

    words = [word for word in options.tags if word != "--json"]
    if "--json" in options.tags:
        output.as_json = True
    if not words or any(word[0] not in "+-" or len(word) < 2 for word in words):
        raise DeskTrouble("Write tags as +printer or -vpn.")
    with office_of(options) as office:
        ticket = _ticket(office, options.ref)
        add = [catalog.tag_named(office, word[1:]).id for word in words if word[0] == "+"]
        remove = [catalog.tag_named(office, word[1:]).id for word in words if word[0] == "-"]
        _say(output, desk.tag(office, [ticket], add=add, remove=remove), "tagged")


def _set(options: argparse.Namespace, output: Output) -> None:
    with office_of(options) as office:
        ticket = _ticket(office, options.ref)
        done = None
        for pair in options.fields:
            name, mark, value = pair.partition("=")
            if not mark:
                raise DeskTrouble("Write fields as status=solved.")
            done = _set_field(office, ticket, name.strip(), value.strip())
        if done is not None:
            _say(output, done, "changed")


def _set_field(office: Office, ticket: str, name: str, value: str) -> Done:
    from deskhelp.services import catalog, desk

    if name == "status":
        return desk.set_status(
            office, [ticket], Status(_one_of(value, [str(s) for s in Status if s is not Status.NEW]))
        )
    if name == "priority":
        return desk.set_priority(office, [ticket], Priority(_one_of(value, [str(p) for p in Priority])))
    if name == "assignee":
        return desk.assign(office, [ticket], "" if value in ("", "none") else _agent(office, value))
    if name == "department":
        return desk.set_department(office, [ticket], catalog.find_department(office, value).id if value else "")
    if name == "subject":
        return desk.set_subject(office, ticket, value)
    if name == "due":
        return desk.set_due(office, [ticket], _moment(value))
    if name == "snooze":
        return desk.snooze(office, [ticket], _moment(value))
    raise DeskTrouble(
        "There is no field “{name}”; there are status, priority, assignee, department, subject, due, snooze.", name=name
    )


def _agent(office: Office, value: str) -> str:
    from deskhelp.services import catalog

    if value == "me":
        if not office.agent_id:
            raise DeskTrouble("Nobody has said who works at this installation yet.")
        return office.agent_id
    return catalog.find_agent(office, value).id


def _one_of(value: str, words: list[str]) -> str:
    if value not in words:
        raise DeskTrouble("“{value}” is none of {words}.", value=value, words=", ".join(words))
    return value


def _moment(value: str) -> int:
    if value in ("", "none"):
        return 0
    try:
        return int(datetime.fromisoformat(value).astimezone().timestamp() * 1000)
    except ValueError as error:
        raise DeskTrouble("“{text}” is no time; write it as 2026-01-31T09:00.", text=value) from error


def _escalate(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services import desk

    with office_of(options) as office:
        ticket = _ticket(office, options.ref)
        if options.off:
            done = desk.deescalate(office, [ticket])
        else:
            done = desk.escalate(office, [ticket], level=options.level, to=options.to, reason=options.reason)
        _say(output, done, "escalation ended" if options.off else "escalated")


def _merge(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services import desk

    with office_of(options) as office:
        others = [_ticket(office, ref) for ref in options.others]
        _say(output, desk.merge(office, others, _ticket(office, options.ref)), "merged")


def _split(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.db.details import messages_of
    from deskhelp.services import desk

    with office_of(options) as office:
        messages = messages_of(office.replica, _ticket(office, options.ref))
        wanted = {name.strip("<>") for name in options.messages}
        ids = [message.id for message in messages if message.id in wanted or message.header_id in wanted]
        if len(ids) != len(wanted):
            raise DeskTrouble("Not all of these messages are in this ticket.")
        _say(output, desk.split(office, ids), "split off")


def _hint(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.db.details import ticket_detail
    from deskhelp.services import hinting

    with office_of(options) as office:
        detail = ticket_detail(office.replica, _ticket(office, options.ref))
        found = hinting.hints_of(office, detail)
        wanted = next((hint for hint in found if options.about in (hint.about, hint.code)), None)
        if wanted is None:
            raise NotFound("Nothing of this kind is asked about ticket {code}.", code=detail.summary.code)
        answer = hinting.refuse if options.no else hinting.follow
        _say(output, answer(office, detail.summary.id, wanted), "not asked again" if options.no else str(wanted.kind))
