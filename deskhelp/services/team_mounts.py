"""Whether a share is there: an empty folder where one was mounted is not a new place for the team."""

from __future__ import annotations

import os

from deskhelp.domain.segments import HubTrouble

from .team_places import local_path


def mount_of(url: str) -> str:
    """The mount point under which a folder or a database file lies, "" for other places."""
    path = local_path(url)
    if path is None:
        return ""
    for folder in (path, *path.parents):
        if os.path.ismount(folder):
            return str(folder)
    return ""


def require_mounted(url: str, before: str) -> None:
    """Stop where nothing lies and the share is away on which the team has met `before`; HubTrouble."""
    path = local_path(url)
    if path is None or not before or mount_of(url) == before:
        return
    mark = path / "about" if url.startswith("folder") else path
    if not os.path.exists(mark):  # noqa: PTH110  # that of pathlib raises where one may not look
        raise HubTrouble(
            "The share {path} on which the team meets is not connected.",
            advice="Connect it again; DeskHelp goes on without it, and writes nothing in its place.",
            path=before,
        )
