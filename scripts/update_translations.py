"""Bring the translations up to date: collect strings from the code, then compile what people translated.

    python scripts/update_translations.py            collect into resources/i18n/*.ts and compile to *.qm
    python scripts/update_translations.py --compile  compile only

English is the source; its own file holds plural forms alone. Sentences of `DeskTrouble` and its kin stand all over the
program outside `ui/`: they are found in the syntax tree and collected under the context ``trouble``.
"""

from __future__ import annotations

import argparse
import ast
import itertools
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"
TROUBLE = "DeskTrouble"
FIELDS = {"advice", "template", "sentence"}
STEP = "ProbeStep"  # its third and fourth arguments are a sentence and a piece of advice


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compile", action="store_true", help="compile only")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the translations are")
    options = parser.parse_args()
    if not options.compile:
        collect(options.folder, "ru")
        collect(options.folder, "en", "-pluralonly")
    for source in sorted(options.folder.glob("*.ts")):
        tool("lrelease", "-silent", str(source), "-qm", str(source.with_suffix(".qm")))
    return 0


def collect(into: Path, language: str, *options: str) -> None:
    """Update one .ts file from the code; translations stay, strings that are gone go."""
    sources = [str(path) for path in sorted((ROOT / "deskhelp" / "ui").rglob("*.py"))]
    with tempfile.TemporaryDirectory() as folder:
        troubles = Path(folder) / "troubles.py"
        troubles.write_text(trouble_calls(), encoding="utf-8")
        target = into / f"deskhelp_{language}.ts"
        tool(
            "lupdate", "-silent", "-no-obsolete", "-locations", "none", *options,
            "-source-language", "en_US", "-target-language", language, *sources, str(troubles), "-ts", str(target),
        )  # fmt: skip


def trouble_calls() -> str:
    """A file of translate() calls for the sentences of all troubles, sorted so that the result stays the same."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "deskhelp").rglob("*.py")]
    troubles = kin_of(TROUBLE, trees)
    found = sorted({text for tree in trees for text in sentences_in(tree, troubles)})
    calls = "".join(f"    QCoreApplication.translate('trouble', {text!r})\n" for text in found)
    return f"def troubles():\n{calls or '    pass'}\n"


def kin_of(name: str, trees: list[ast.Module]) -> set[str]:
    """A class and all that are made from it."""
    bases = {
        node.name: {name_of(base) for base in node.bases}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    kin, before = {name}, 0
    while len(kin) > before:
        before = len(kin)
        kin |= {made for made, of in bases.items() if of & kin}
    return kin


def sentences_in(tree: ast.Module, troubles: set[str]) -> Iterator[str]:
    """The literal sentences and pieces of advice that a file hands to a trouble or a step of the connection test."""
    constants = dict(constants_of(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) == STEP:
            yield from literals(node.args[2:4], constants)
        elif isinstance(node, ast.Call) and is_trouble(name_of(node.func), troubles):
            yield from literals(node.args[:1], constants)
            yield from literals([key.value for key in node.keywords if key.arg in FIELDS], constants)


def is_trouble(name: str, troubles: set[str]) -> bool:
    """Whether a call makes a trouble; functions that do are named so."""
    return name in troubles or name.endswith("_trouble")


def constants_of(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """The module's own names for strings."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            yield node.target.id, node.value


def name_of(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def literals(nodes: list[ast.expr], constants: dict[str, ast.expr]) -> Iterator[str]:
    """Strings, also by the module's own names, put together, and those of both branches of a conditional expression."""
    for node in nodes:
        if isinstance(node, ast.Name) and node.id in constants:
            yield from literals([constants[node.id]], {})
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
            yield node.value
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            pairs = itertools.product(literals([node.left], constants), literals([node.right], constants))
            yield from (left + right for left, right in pairs)
        elif isinstance(node, ast.IfExp):
            yield from literals([node.body, node.orelse], constants)


def tool(name: str, *arguments: str) -> None:
    """Run one of Qt's tools, which the PySide6 package brings."""
    program = Path(sys.executable).with_name(f"pyside6-{name}")
    subprocess.run([str(program), *arguments], check=True)


if __name__ == "__main__":
    sys.exit(main())
