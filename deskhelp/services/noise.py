"""Mail that nobody wants: senders and domains that are blocked, what becomes of their mail, and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from deskhelp.db import details
from deskhelp.db.entities import all_entities
from deskhelp.domain.entities import EntityKind, SenderRule
from deskhelp.domain.errors import DeskTrouble, Refused
from deskhelp.domain.events import EventDraft, about_entity, about_message, about_ticket
from deskhelp.domain.identity import ticket_id_of
from deskhelp.domain.senders import ALLOW, BLOCK, SenderRules, rule_id, rule_name
from deskhelp.domain.status import Direction, Status
from deskhelp.domain.views import Change

from . import catalog, desk
from .desk import Done, Step, Undo
from .office import Office


def rules_of(office: Office) -> SenderRules:
    """The rules for senders that are in force."""
    return SenderRules(listed(office))


def listed(office: Office) -> tuple[SenderRule, ...]:
    """All rules that are in force, by name."""
    found = (e for e in all_entities(office.replica, EntityKind.SENDER) if isinstance(e, SenderRule))
    return tuple(sorted((rule for rule in found if not rule.is_deleted), key=lambda rule: rule.name))


# -- what agents do -----------------------------------------------------------------------------------


def block(office: Office, names: Iterable[str]) -> Done:
    """Block addresses or domains: their new mail goes to spam, and so does what nobody has begun to answer."""
    wanted = [rule_name(name) for name in names]
    for name in wanted:
        _refuse_ours(office, name)
    return _ruled(office, wanted, BLOCK, moved=True)


def allow(office: Office, names: Iterable[str]) -> Done:
    """Want the mail of addresses or domains, whatever is said about the domains above them."""
    return _ruled(office, [rule_name(name) for name in names], ALLOW, moved=False)


def forget(office: Office, names: Iterable[str]) -> Done:
    """Take back what was said about addresses or domains; DeskTrouble if nothing was."""
    known = {rule.name: rule for rule in listed(office)}
    steps = []
    with office.replica.transaction():
        change = Change()
        for name in map(rule_name, names):
            if name not in known:
                raise DeskTrouble("Nothing is said about “{name}”.", name=name)
            change |= catalog.delete(office, known[name])
            steps.append(Step(_about(name), "deleted", False, True))
    return Done(change, "sender_forgotten", (), Undo(tuple(steps)))


def block_senders(office: Office, ids: Sequence[str], *, whole_domain: bool = False) -> Done:
    """Block those who wrote tickets, and put these tickets into spam, whatever their state."""
    tickets = [details.ticket_detail(office.replica, details.resolve_ticket(office.replica, one)) for one in ids]
    addresses = [ticket.summary.requester_address for ticket in tickets if ticket.summary.requester_address]
    if not addresses:
        raise DeskTrouble("Nobody wrote this ticket by mail, so there is no sender to block.")
    names = [address.rpartition("@")[2] if whole_domain else address for address in addresses]
    if whole_domain:
        for name in dict.fromkeys(names):
            _refuse_known(office, name, addresses)
    with office.replica.transaction():
        blocked = block(office, dict.fromkeys(names))
        others = [ticket.summary.id for ticket in tickets if ticket.summary.id not in blocked.ids]
        moved = desk.set_status(office, others, Status.SPAM)
    return _together("block", blocked, moved)


def block_author(office: Office, message_id: str, *, whole_domain: bool = False) -> Done:
    """Block who wrote a message; its ticket goes to spam too unless it is somebody else's."""
    message = details.message(office.replica, message_id)
    requester = details.ticket_detail(office.replica, message.ticket).summary.requester_address
    address = message.sender.address
    if address.casefold() == requester.casefold():
        return block_senders(office, [message.ticket], whole_domain=whole_domain)
    if whole_domain:
        _refuse_known(office, address.rpartition("@")[2], [address])
    return block(office, [address.rpartition("@")[2] if whole_domain else address])


def to_spam(office: Office, ids: Sequence[str]) -> Done:
    """Put tickets into spam; their senders may go on writing."""
    return _named(desk.set_status(office, ids, Status.SPAM), "spam")


def not_spam(office: Office, ids: Sequence[str]) -> Done:
    """Bring tickets back from spam; a sender who was blocked is wanted again."""
    tickets = [details.ticket_detail(office.replica, details.resolve_ticket(office.replica, one)) for one in ids]
    rules = rules_of(office)
    addresses = {ticket.summary.requester_address for ticket in tickets}
    blocked = sorted(address for address in addresses if address and rules.blocks(address))
    with office.replica.transaction():
        own = [address for address in blocked if rules.deciding(address) == address.casefold()]
        freed = [forget(office, own)] if own else []
        still = rules_of(office)
        under = [address for address in blocked if still.blocks(address)]
        freed += [allow(office, under)] if under else []
        back = desk.set_status(office, ids, Status.OPEN)
    return _together("not_spam", *freed, back)


def _refuse_known(office: Office, domain: str, addresses: Sequence[str]) -> None:
    """A domain where we have customers is not blocked by a slip of the hand; in the settings it still can be."""
    rules = SenderRules([SenderRule("", domain.casefold())])
    blocked = {address.casefold() for address in addresses}
    rows = office.replica.database.execute_sql("SELECT DISTINCT requester_address FROM ticket WHERE last_out_ms > 0")
    known = {address.casefold() for (address,) in rows.fetchall() if rules.blocks(address)} - blocked
    if known:
        raise Refused(
            "{domain} cannot be blocked from here: others who write from there have been answered ({address}, …).",
            advice="Block this sender alone, or the domain in the settings if you mean it.",
            domain=domain,
            address=min(known),
        )


def _refuse_ours(office: Office, name: str) -> None:
    """Nobody may lock out the desk itself."""
    ours = office.own_addresses | office.agents_addresses
    rules = SenderRules([SenderRule("", name)])
    hit = next((address for address in sorted(ours) if rules.blocks(address)), "")
    if hit:
        raise Refused("{name} cannot be blocked: {address} is one of our own.", name=name, address=hit)


def _ruled(office: Office, names: Sequence[str], verdict: str, *, moved: bool) -> Done:
    known = {rule.id: rule for rule in all_entities(office.replica, EntityKind.SENDER) if isinstance(rule, SenderRule)}
    steps: list[Step] = []
    change = Change()
    with office.replica.transaction():
        for name in dict.fromkeys(names):
            before = known.get(rule_id(name), SenderRule(rule_id(name), is_deleted=True))
            change |= catalog.save(office, SenderRule(rule_id(name), name, verdict))
            if before.is_deleted:
                now = office.replica.fields(_about(name)).get("deleted")
                steps.append(Step(_about(name), "deleted", True, now))
            elif before.verdict != verdict:
                steps.append(Step(_about(name), "verdict", before.verdict, verdict))
        done = Done(change, "block" if verdict == BLOCK else "allow", (), Undo(tuple(steps)))
        if not moved:
            return done
        return _together("block", done, desk.set_status(office, _unbegun(office), Status.SPAM))


def _unbegun(office: Office) -> list[str]:
    """The tickets of blocked senders that nobody has begun to work on."""
    rules = rules_of(office)
    rows = office.replica.database.execute_sql(
        "SELECT id, requester_address FROM ticket WHERE status = 'new' AND assignee = ''"
    )
    return [ticket for ticket, address in rows.fetchall() if rules.blocks(address)]


def _about(name: str) -> str:
    return about_entity(str(EntityKind.SENDER), rule_id(name))


def _together(what: str, *parts: Done) -> Done:
    change = Change()
    steps: tuple[Step, ...] = ()
    ids: tuple[str, ...] = ()
    for part in parts:
        change |= part.change
        steps += part.undo.steps if part.undo else ()
        ids += part.ids
    return Done(change, what, tuple(dict.fromkeys(ids)), Undo(steps) if steps else None)


def _named(done: Done, what: str) -> Done:
    return _together(what, done)


# -- what becomes of their mail -----------------------------------------------------------------------


def sort_out(office: Office, mails: Iterable[EventDraft]) -> Change:
    """Put what blocked senders have just sent into spam; called in the transaction that takes the mails in."""
    rules = rules_of(office)
    if not rules:
        return Change()
    change = Change()
    for mail in mails:
        if _came_by_itself(mail) and rules.blocks(mail.text.get("sender", ("", ""))[1]):
            change |= _to_spam(office, mail.about.partition(":")[2], rules)
    return change


def _came_by_itself(mail: EventDraft) -> bool:
    """Whether a mail is new and nobody here has sent it on."""
    body, people = mail.body, mail.text.get("people", {})
    return body.get("direction") == Direction.IN and not body.get("is_history") and "forwarded_by" not in people


def _to_spam(office: Office, message_id: str, rules: SenderRules) -> Change:
    ticket = details.message(office.replica, message_id).ticket
    others = [m for m in details.messages_of(office.replica, ticket) if m.id != message_id and not m.is_hidden]
    drafts: list[EventDraft] = []
    if any(other.direction is not Direction.IN or not rules.blocks(other.sender.address) for other in others):
        if details.ticket_detail(office.replica, ticket).summary.status is Status.SPAM:
            return Change()
        # A conversation with somebody else, or one that was answered: it is left alone, this mail goes elsewhere.
        ticket = ticket_id_of(message_id)
        drafts.append(_write(office, about_message(message_id), "placed_in", ticket))
    drafts.append(_write(office, about_ticket(ticket), "status", str(Status.SPAM)))
    return office.replica.append(drafts)


def _write(office: Office, about: str, field: str, value: str) -> EventDraft:
    return office.replica.field_draft(about, field, value, at_ms=office.now())
