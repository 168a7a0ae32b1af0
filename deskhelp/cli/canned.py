"""canned list, import, export; agent add, list, use."""

from __future__ import annotations

import argparse
from pathlib import Path

from .context import Commands, Shared, command, office_of
from .output import Output


def register(commands: Commands, shared: Shared) -> None:
    canned = commands.add_parser("canned", help="canned replies", parents=[shared])
    group = canned.add_subparsers(metavar="list|import|export", required=True)
    command(group, shared, "list", "all canned replies", _list)
    for name, run, text in (("import", _import, "bring in a TOML file"), ("export", _export, "write a TOML file")):
        command(group, shared, name, text, run).add_argument("file", type=Path)
    agent = commands.add_parser("agent", help="who works here", parents=[shared])
    people = agent.add_subparsers(metavar="add|list|use", required=True)
    add = command(people, shared, "add", "a new agent", _add_agent)
    add.add_argument("name")
    add.add_argument("--address", default="")
    add.add_argument("--signature", default="")
    command(people, shared, "list", "all agents", _list_agents)
    command(people, shared, "use", "who works at this installation", _use_agent).add_argument("name")


def _list(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.domain.entities import entity_data
    from deskhelp.services import catalog

    with office_of(options) as office:
        replies = [{"id": reply.id} | entity_data(reply) for reply in catalog.canned_replies(office)]
    output.show(replies, *(f"{r['folder']}/{r['name']}" if r["folder"] else str(r["name"]) for r in replies))


def _import(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services import catalog

    with office_of(options) as office:
        count = catalog.import_canned(office, options.file)
    output.show({"imported": count}, f"{count} canned replies came in.")


def _export(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services import catalog

    with office_of(options) as office:
        count = catalog.export_canned(office, options.file)
    output.show({"exported": count}, f"{count} canned replies were written.")


def _add_agent(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.domain.entities import Agent
    from deskhelp.services import catalog

    with office_of(options) as office:
        agent = Agent(catalog.new_id(), options.name, options.address, signature=options.signature)
        catalog.save(office, agent)
        if not office.agent_id:
            catalog.set_agent(office, agent.id)
    output.show({"id": agent.id, "name": agent.name}, f"{agent.name} is an agent now.")


def _list_agents(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services import catalog

    with office_of(options) as office:
        mine = office.agent_id
        people = [
            {"id": a.id, "name": a.name, "address": a.address, "here": a.id == mine} for a in catalog.agents(office)
        ]
    output.show(people, *(f"{'* ' if p['here'] else '  '}{p['name']}  {p['address']}" for p in people))


def _use_agent(options: argparse.Namespace, output: Output) -> None:
    from deskhelp.services import catalog

    with office_of(options) as office:
        agent = catalog.find_agent(office, options.name)
        catalog.set_agent(office, agent.id)
    output.show({"id": agent.id, "name": agent.name}, f"{agent.name} works here now.")
