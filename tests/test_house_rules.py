"""Rules of the house that no linter knows (docs/decisions, and traps that libraries set)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CODE = sorted((ROOT / "deskhelp").rglob("*.py"))
UI = [path for path in CODE if "ui" in path.relative_to(ROOT).parts]
# One dialog.exec() inside a coroutine leaves another task stuck for ever; these all run a loop of their own.
NESTED_LOOPS = {"exec", "exec_", "processEvents"}
MESSAGE_BOXES = {"question", "information", "warning", "critical", "about"}
FILE_DIALOGS = {"getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"}
INPUT_DIALOGS = {"getText", "getMultiLineText", "getItem", "getInt", "getDouble", "getColor", "getFont"}
LONGEST_FILE = 400


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def calls(path: Path) -> Iterator[tuple[ast.Call, str, str]]:
    """Each call as (node, what it is called on, what is called)."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node, ast.unparse(node.func.value), node.func.attr


BEFORE_ALL_OTHERS = {"stage.py": "painting"}  # the first paint, when no loop runs that it could be nested in


def runs_a_loop(owner: str, called: str) -> bool:
    if called in NESTED_LOOPS:
        return "app" not in owner.lower() or called == "processEvents"
    return (owner == "QMessageBox" and called in MESSAGE_BOXES) or called in FILE_DIALOGS | INPUT_DIALOGS


@pytest.mark.parametrize("path", UI, ids=name_of)
def test_no_dialog_runs_an_event_loop_of_its_own(path: Path) -> None:
    found = [
        f"line {node.lineno}: {owner}.{called}()"
        for node, owner, called in calls(path)
        if runs_a_loop(owner, called) and owner != BEFORE_ALL_OTHERS.get(path.name)
    ]
    assert found == []


@pytest.mark.parametrize("path", UI, ids=name_of)
def test_what_is_translated_is_a_plain_string(path: Path) -> None:
    """An f-string is extracted but never found again, so its text would stay English."""
    found = [
        f"line {node.lineno}"
        for node, _owner, called in calls(path)
        if called in {"tr", "translate"} and any(isinstance(argument, ast.JoinedStr) for argument in node.args)
    ]
    assert found == []


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_tasks_have_an_owner_and_files_stay_small(path: Path) -> None:
    """A bare create_task may vanish in mid-work, as the loop holds it weakly; services.workers keeps and names them."""
    text = path.read_text("utf-8")
    bare = [
        f"line {node.lineno}"
        for node, owner, called in calls(path)
        if called in {"create_task", "ensure_future"} and owner == "asyncio"
    ]
    unnamed = [
        node.lineno
        for node, owner, called in calls(path)
        if called == "create_task" and owner != "asyncio" and not any(key.arg == "name" for key in node.keywords)
    ]
    assert (bare, unnamed) == ([], [])
    assert text.count("\n") <= LONGEST_FILE


def test_the_rules_notice_what_they_forbid(tmp_path: Path) -> None:
    path = tmp_path / "bad.py"
    path.write_text("QMessageBox.question(self, 'x')\ndialog.exec()\nQFileDialog.getOpenFileName()\napp.exec()\n")
    assert [runs_a_loop(owner, called) for _node, owner, called in calls(path)] == [True, True, True, False]
