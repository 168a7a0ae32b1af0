"""Pictures of the real window on the demonstration, for looking at and for the README.

    python scripts/screenshots.py out        a set of all looks
    python scripts/screenshots.py out --theme dark --language ru --scale 1.4 --size 1000x700 --do reply --name reply

`--do` runs actions by their names in `deskhelp/ui/actions.py` before the picture is taken. Fonts: DejaVu comes with
fontconfig; `apt-get install fonts-inter fonts-noto-color-emoji` looks better.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_API"] = "pyside6"

import qasync  # noqa: E402
from PySide6.QtGui import QFont, QPixmap  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from deskhelp.settings import Profile, load_settings, open_profile  # noqa: E402
from deskhelp.ui import i18n, theme  # noqa: E402
from deskhelp.ui.app import application  # noqa: E402
from deskhelp.ui.life import Life  # noqa: E402
from deskhelp.ui.stage import Stage  # noqa: E402

SETTLE_S = 0.5


def main() -> int:
    options = parse()
    app = application()
    plain = QFont(app.font())
    loop = qasync.QEventLoop(app)
    with tempfile.TemporaryDirectory() as folder, loop:
        profile = open_profile(options.profile or Path(folder) / "desk")
        for language, look, scale in wanted(options):
            app.setFont(theme.scaled(plain, scale))
            name = options.name or f"window-{look}-{language}-{scale:g}"
            picture = loop.run_until_complete(take(app, profile, options, theme_name=look, language=language))
            options.folder.mkdir(parents=True, exist_ok=True)
            picture.save(str(options.folder / f"{name}.png"))
            print(options.folder / f"{name}.png", flush=True)
    os._exit(0)  # nothing of these profiles is worth an orderly end


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--profile", type=Path, help="an existing profile instead of the demonstration")
    parser.add_argument("--theme", choices=("light", "dark"))
    parser.add_argument("--language", choices=("en", "ru"))
    parser.add_argument("--scale", type=float)
    parser.add_argument("--size", default="1280x800")
    parser.add_argument("--do", action="append", default=[], metavar="ACTION")
    parser.add_argument("--code", action="append", default=[], help="a statement over `window`, for closer looks")
    parser.add_argument("--name", default="")
    return parser.parse_args()


def wanted(options: argparse.Namespace) -> list[tuple[str, str, float]]:
    """One picture if anything was said about it, the whole set otherwise."""
    if options.theme or options.language or options.scale or options.name:
        return [(options.language or "en", options.theme or "light", options.scale or 1.0)]
    return [(language, look, scale) for language in ("en", "ru") for look in ("light", "dark") for scale in (1.0, 1.4)]


async def take(
    app: QApplication, profile: Profile, options: argparse.Namespace, *, theme_name: str, language: str
) -> QPixmap:
    """Open the window, let it settle, do what is asked, take the picture, close."""
    theme.start(app, theme_name)
    i18n.install(app, language)
    settings = replace(load_settings(profile), theme=theme_name, language=language)
    life = Life(asyncio.get_running_loop(), Stage(profile, settings), demo=options.profile is None)
    life.window.resize(*(int(side) for side in options.size.split("x")))
    await life.open()
    await settled(life)
    for name in options.do:
        life.window.trigger(name)
        await settled(life)
    for code in options.code:
        exec(code, {"window": life.window, "app": app, "life": life})
        await settled(life)
    picture = picture_of(app, life)
    await life.close()
    return picture


async def settled(life: Life) -> None:
    await life.desk.settle()
    await asyncio.sleep(SETTLE_S)
    await life.desk.settle()


def picture_of(app: QApplication, life: Life) -> QPixmap:
    """The window, with the dialogs and pickers that stand over it."""
    from PySide6.QtGui import QPainter

    picture = life.window.grab()
    painter = QPainter(picture)
    for widget in app.topLevelWidgets():
        if widget is not life.window and widget.isVisible() and widget.windowTitle() != "DeskHelp":
            place = widget.pos() - life.window.pos()
            painter.drawPixmap(place, widget.grab())
    painter.end()
    return picture


if __name__ == "__main__":
    sys.exit(main())
