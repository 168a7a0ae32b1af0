"""What is said of a link: where it leads, and why one should look twice."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from deskhelp.domain.links import Doubt, doubt, target_of

MAX_SHOWN = 600


def host_line(address: str) -> str:
    """Where a link leads, for the status line and the tip: its host first, as it is read and as the network knows it,
    then the whole address; what deceives the eye is named."""
    target = target_of(address)
    if target is None:
        return address[:MAX_SHOWN]
    if not target.host:
        return address[:MAX_SHOWN]
    shown = target.host if target.host == target.raw_host else f"{target.host} ({target.raw_host})"
    warning = said(doubt("", address))
    return " · ".join(part for part in (shown, warning, address[:MAX_SHOWN]) if part)


def said(why: Doubt) -> str:
    """A doubt as a short sentence, "" for none."""
    return {
        Doubt.OTHER_HOST: QCoreApplication.translate("Links", "it says another address than it leads to"),
        Doubt.MIXED_SCRIPTS: QCoreApplication.translate(
            "Links", "its name mixes letters of different alphabets that look alike"
        ),
        Doubt.LOOKS_LATIN: QCoreApplication.translate("Links", "its name is written in letters that only look Latin"),
        Doubt.DISGUISED_HOST: QCoreApplication.translate("Links", "its address is disguised"),
    }.get(why, "")
