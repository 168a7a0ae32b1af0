"""Write requirements/constraints.txt and THIRD-PARTY-NOTICES.md from what this interpreter has installed.

``.venv/bin/python packaging/lock.py`` after an upgrade that passed all checks; ``--check`` only
compares. Versions of packages that other systems need (`OTHER_SYSTEMS`) are kept by hand, since
they cannot be installed here.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / "requirements" / "constraints.txt"
NOTICES = ROOT / "THIRD-PARTY-NOTICES.md"

OTHER_SYSTEMS = {
    "colorama": "0.4.6",
    "macholib": "1.16.4",
    "pefile": "2024.8.26",
    "pywin32-ctypes": "0.2.3",
    "tzdata": "2026.6",
}
UNPINNED = {"setuptools"}  # comes with pip, differs with the Python
LICENCES = {  # where the metadata names none, or not by its SPDX name
    "imapclient": "BSD-3-Clause",
    "peewee": "MIT",
    "pyside6-essentials": "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only",
    "shiboken6": "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only",
}
CONSTRAINTS_HEAD = """\
# Exact versions that all checks passed with; written by packaging/lock.py.
# pip install -c requirements/constraints.txt ... keeps an installation to them.
"""
NOTICES_HEAD = """\
# Third-party notices

DeskHelp itself is under the MIT licence (LICENSE). It runs on the works of others, listed here with
the versions of `requirements/constraints.txt`. A packaged DeskHelp carries their licence texts in
its folder `licenses/`.

**Qt and PySide6** are used under the GNU Lesser General Public License, version 3. They are shipped
as separate libraries that you may replace by your own builds; nothing in DeskHelp's licence forbids
changing them, or reverse engineering to debug such changes. Their source is published by the Qt
Project (https://www.qt.io/licensing/ tells where) for each version named here.

**psycopg** is used under the same licence, version 3, in the same way: it lies as separate libraries
in the folder, with PostgreSQL's own libpq beside it. Its source is published with each version at
https://www.psycopg.org/.

| Package | Version | Licence |
| --- | --- | --- |
"""


def project() -> dict[str, Any]:
    """The parsed pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def group(groups: dict[str, list[Any]], name: str) -> list[str]:
    """The requirements of a PEP 735 dependency group, included groups too."""
    found: list[str] = []
    for item in groups[name]:
        found += [item] if isinstance(item, str) else group(groups, item["include-group"])
    return found


def closure(requirements: Iterable[str]) -> dict[str, Distribution]:
    """All distributions that `requirements` bring on this system, by canonical name."""
    found: dict[str, Distribution] = {}
    waiting = [Requirement(text) for text in requirements]
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if name in found or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            raise SystemExit(f"{name} is required but not installed here") from None
        waiting += [Requirement(text) for text in found[name].requires or ()]
        waiting += [Requirement(text) for extra in wanted.extras for text in _extra(found[name], extra)]
    return found


def _extra(dist: Distribution, extra: str) -> list[str]:
    wanted = [Requirement(text) for text in dist.requires or ()]
    return [f"{r.name}{r.specifier}" for r in wanted if r.marker and r.marker.evaluate({"extra": extra})]


def constraints(everything: dict[str, Distribution]) -> str:
    """One ``name==version`` a line, sorted; no hosts, no hashes."""
    versions = {name: dist.version for name, dist in everything.items()} | OTHER_SYSTEMS
    return CONSTRAINTS_HEAD + "".join(f"{name}=={versions[name]}\n" for name in sorted(versions.keys() - UNPINNED))


def licence(name: str, dist: Distribution) -> str:
    """The licence in few words: SPDX where stated, else the short field, else the classifiers."""
    meta = dist.metadata
    stated = [value for field in ("License-Expression", "License") for value in meta.get_all(field) or ()]
    said = LICENCES.get(name) or next(filter(None, stated), "")
    if said and "\n" not in said and len(said) < 60:
        return said
    classes = [line.rpartition(" :: ")[2] for line in meta.get_all("Classifier") or () if "License" in line]
    return ", ".join(classes) or "see its licence text"


def notices(shipped: dict[str, Distribution]) -> str:
    """The table of what DeskHelp runs on."""
    rows = [f"| {name} | {dist.version} | {licence(name, dist)} |" for name, dist in sorted(shipped.items())]
    return NOTICES_HEAD + "\n".join(rows) + "\n"


def main() -> int:
    """Write both files, or compare them with ``--check``; 1 where they differ."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    meta = project()
    shipped = closure(meta["project"]["dependencies"])
    everything = shipped | closure(group(meta["dependency-groups"], "dev"))
    wanted = {CONSTRAINTS: constraints(everything), NOTICES: notices(shipped)}
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text]
    for path in stale:
        if not options.check:
            path.write_text(wanted[path], encoding="utf-8", newline="\n")
        sys.stderr.write(f"{'differs' if options.check else 'written'}: {path.relative_to(ROOT)}\n")
    return 1 if stale and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
