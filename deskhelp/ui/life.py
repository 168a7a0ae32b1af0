"""The life of the window's program: the office opened after the first paint, mail watched, everything ended in time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtWidgets import QApplication

from deskhelp.domain.errors import DeskTrouble
from deskhelp.domain.views import Change
from deskhelp.settings import Profile, Settings
from deskhelp.ui import desk_reads, i18n, theme
from deskhelp.ui.main_window import MainWindow
from deskhelp.ui.stage import Stage
from deskhelp.ui.state import WindowState
from deskhelp.ui.tasks import Tasks

if TYPE_CHECKING:
    from deskhelp.services.workers import Workers

CLOSE_PATIENCE_S = 2.0
SILENT_S = 1.0
_log = logging.getLogger(__name__)


class Life:
    """`restores` says that a backup is to be put in place when all is closed.

    Made in the window's thread of what stands on the stage already, before the loop runs: no key comes too early."""

    def __init__(self, loop: asyncio.AbstractEventLoop, stage: Stage, *, demo: bool = False) -> None:
        self._profile, self._demo = stage.profile, demo
        self._loop = loop
        self._over: asyncio.Future[None] = self._loop.create_future()
        self._watch: Any = None
        self._is_closed = False
        self.restores = False
        self._language = stage.desk.settings.language
        self.workers, self.desk, self.window = stage.workers, stage.desk, stage.window
        self.workers.listener = self._announced
        self.workers.begin()
        self.desk.tasks = self._tasks = Tasks(self.desk.trouble.emit)
        self.desk.settings_changed.connect(self._settings_changed)
        self.desk.restore_wanted.connect(self._restore)
        self._adopt(self.window)
        if self.window.isHidden():  # somebody closed it while the rest was loaded
            self._end()

    def _adopt(self, window: MainWindow) -> None:
        window.closing.connect(self._end)
        window.mail_wanted.connect(self._check_mail)
        window.actions_by_name.bind_keys()

    def _restore(self) -> None:
        self.restores = True
        self.window.close()

    def _end(self) -> None:
        if not self._over.done():
            self._over.set_result(None)

    # -- opening -----------------------------------------------------------------------------

    async def open(self) -> None:
        """Open the office, fill the window, begin to watch mail. Raises DeskTrouble if the office cannot be opened."""
        workers = await self._opened()
        if self._demo:
            await self.desk.write(_fill_demo)
        await self.window.load_facts()
        self.window.start()
        await self.desk.settle()  # the rows are there, and are painted before what takes long to make
        await asyncio.sleep(0)
        self.window.finish()
        self.desk.run(self.desk.read(desk_reads.load_reader), "load reader")
        self.desk.run(self._start_watching(workers), "watch mail")

    async def _opened(self) -> Workers:
        """The workers; where they take long, the window says what is waited for."""
        telling = self._loop.call_later(SILENT_S, self.window.status.show_opening)
        try:
            return await self.workers.opened()
        finally:
            telling.cancel()

    async def _start_watching(self, workers: Workers) -> None:
        from deskhelp.ui.mail_watch import MailWatch

        self._watch = MailWatch(self.desk, workers, is_demo=self._demo)
        self._watch.state_changed.connect(self._mail_told)
        self.desk.look_wanted.connect(self._check_mail)
        await self._watch.start()

    def _announced(self, change: Change) -> None:
        """In the writing thread: hand the change over to the window's."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.desk.announce, change)

    async def _in_thread(self, fn: Callable[..., Any], *args: Any) -> Any:
        return await self._loop.run_in_executor(None, fn, *args)

    # -- living ------------------------------------------------------------------------------

    def _mail_told(self, state: Any) -> None:
        self.window.status.show_mail(state, desk_reads.now_ms())

    def _check_mail(self) -> None:
        if self._watch is not None:
            self._watch.check_now()

    def _settings_changed(self, settings: Settings) -> None:
        """Another theme is put on; another language wants a window made anew."""
        theme.theme().choose(settings.theme)
        if settings.language != self._language:
            self._language = settings.language
            app = QApplication.instance()
            assert app is not None
            i18n.install(app, settings.language)
            self._replace_window()

    def _replace_window(self) -> None:
        old = self.window
        old.arrangement.remember()
        if old.composer is not None:
            old.composer.save_now()
        self.window = MainWindow(self.desk, WindowState(self._profile))
        self._adopt(self.window)
        self.window.show()
        self.window.start()
        self.window.finish()
        if old.has_settings_open():
            self.window.window_acts.settings("general")
        if self._watch is not None:
            self._mail_told(self._watch.state)
        old.close_now()
        old.deleteLater()

    def raise_window(self) -> None:
        """Bring the window to the front."""
        if self.window.isMinimized():
            self.window.showNormal()
        self.window.raise_()
        self.window.activateWindow()

    # -- ending ------------------------------------------------------------------------------

    async def closed(self) -> None:
        """Until the window was closed."""
        await self._over

    async def close(self) -> None:
        """End the tasks and threads; what does not end in two seconds is left behind."""
        await self._tasks.close(CLOSE_PATIENCE_S / 2)
        try:
            await asyncio.wait_for(self._end_threads(), CLOSE_PATIENCE_S)
        except (TimeoutError, DeskTrouble):
            _log.warning("a thread did not end in time")
        if not self._is_closed:
            self._is_closed = True
            self.window.close_now()
            # Now and in this thread: left to Python it might be destroyed later in another one.
            shiboken6.delete(self.window)

    async def put_in_place(self) -> None:
        """Let the backup that was made ready be the database; after `close`."""
        await self._in_thread(_put_in_place, self._profile)

    async def _end_threads(self) -> None:
        if self._watch is not None:
            await self._watch.stop()
        await self._in_thread(self.workers.close)


def _put_in_place(profile: Profile) -> None:
    from deskhelp.services import maintenance

    maintenance.put_in_place(profile)


def _fill_demo(office: Any) -> None:
    from deskhelp.services import demo

    demo.fill(office)
