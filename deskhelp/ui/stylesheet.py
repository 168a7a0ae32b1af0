"""The style sheet: how widgets use the theme's colours. Widgets name their role by object name or property.

``resources/style/window.qss`` names colours and sizes by ``@name``; here they get their values."""

from __future__ import annotations

import re
from collections.abc import Callable

from deskhelp.settings import resource_path


def style_sheet(color: Callable[[str], str], line_px: int, body: int) -> str:
    """The sheet for the theme that `color` knows by name, for a font of `body` pixels with lines of `line_px`."""
    is_dark = color("text") > color("surface")
    sizes = {"line": line_px, "heading": round(body * 1.15), "title": round(body * 1.3), "small": round(body * 0.88)}
    shades = {
        "icons": resource_path("icons").as_posix(),
        "shade": "dark" if is_dark else "light",
        "accent_shade": "on-accent-dark" if is_dark else "on-accent-light",
    }

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name.endswith("px"):
            return f"{sizes[name[:-2]]}px"
        return shades.get(name) or color(name)

    return re.sub(r"@([a-z_]+)", value, resource_path("style", "window.qss").read_text(encoding="utf-8"))
