"""One window in a process of its own, measured from within; started by the benches. Prints one JSON object.

bare                     a plain PySide6 window, to its first paint
start FOLDER             the program on a profile, to the paint of its first rows
work FOLDER TICKET...    the same, then tickets opened, views changed, searches typed
slow FOLDER MS           the same without and with MS milliseconds more for each file call of the team's place
stall FOLDER COUNT PASS  the same while COUNT mails come in; how long the loop did not turn
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Callable, Coroutine
from functools import cache
from pathlib import Path
from typing import Any

FIRST = "queue:active"
VIEWS = tuple(f"queue:{name}" for name in ("unassigned", "escalated", "overdue", "waiting", "done", "spam"))
TYPED = ("принтер не работает", "invoice refund", "person77@client77.example")
TICK_MS = 5
UNPAINTED_S, PATIENCE_S, BESIDE_S = 0.15, 30, 20.0


def main() -> None:
    kind, *rest = sys.argv[1:]
    if kind == "bare":
        bare()
    else:
        desk(kind, *rest)


def tell(**found: Any) -> None:
    """Print what was measured, with the memory held now."""
    status = Path("/proc/self/status")
    rss_kb = 0
    if status.exists():
        rss_kb = int(next(line for line in status.read_text().splitlines() if line.startswith("VmRSS")).split()[1])
    print(json.dumps(found | {"rss_mb": rss_kb / 1024}), flush=True)


def bare() -> None:
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

    app = QApplication([])
    window = QMainWindow()
    window.resize(1280, 800)
    view = QTableView(window)
    window.setCentralWidget(view)
    after_paint(view.viewport(), lambda: True, lambda: (tell(painted_at=time.time()), app.quit()))
    window.show()
    app.exec()


def after_paint(widget: Any, holds: Callable[[], bool], act: Callable[[], Any]) -> None:
    """Call `act` once the widget has been painted while `holds()` is true."""
    watch([widget], holds, act)


def watch(widgets: list[Any], holds: Callable[[], bool], act: Callable[[], Any]) -> None:
    """As `after_paint`, whichever of the widgets is the one that is painted."""
    watcher = _watch_type()(holds, act, widgets[0])
    for widget in widgets:
        widget.installEventFilter(watcher)


@cache
def _watch_type() -> Any:
    """Made once and late: Qt is loaded by what is measured."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Watch(QObject):
        def __init__(self, holds: Callable[[], bool], act: Callable[[], Any], parent: QObject) -> None:
            super().__init__(parent)
            self._holds, self._act = holds, act
            self._is_done = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if not self._is_done and event.type() == QEvent.Type.Paint and self._holds():
                self._is_done = True
                QTimer.singleShot(0, self._act)
                self.deleteLater()
            return False

    return Watch


def desk(kind: str, folder: str, *rest: str) -> None:
    """The program as it is started by everybody, with a listener at the first rows."""
    gc.disable()  # as the program does where it begins to load the window
    from deskhelp.__main__ import main as program
    from deskhelp.ui import main_window

    begin, finish = main_window.MainWindow.start, main_window.MainWindow.finish

    def start(window: Any) -> None:
        if kind == "start" and not window.list.model.rows():
            after_paint(window.list.view.viewport(), lambda: bool(window.list.model.rows()), lambda: painted(window))
        begin(window)

    def painted(window: Any) -> None:
        tell(painted_at=time.time())
        window.close()

    def finished(window: Any) -> None:
        import asyncio  # here: the program itself paints its first rows without it

        finish(window)
        if kind != "start":
            kinds = {"stall": lambda: stall(window, *rest), "slow": lambda: slow(window, *rest)}
            work = kinds.get(kind, lambda: Work(window).run(*rest))()
            window.measuring = asyncio.get_running_loop().create_task(ended(window, work), name="measuring")

    main_window.MainWindow.start = start  # type: ignore[method-assign]
    main_window.MainWindow.finish = finished  # type: ignore[method-assign]
    program(["--profile", folder])


async def ended(window: Any, work: Coroutine[Any, Any, dict[str, Any]]) -> None:
    """Tell what the work has found, and close the window whatever came of it."""
    try:
        tell(**await work)
    finally:
        window.close()


class Work:
    """What an agent does; each step is timed to the end of the paint that shows its first rows."""

    def __init__(self, window: Any) -> None:
        self._window = window

    async def run(self, *tickets: str) -> dict[str, Any]:
        self._window.sidebar.choose(FIRST)  # whatever was left open last time
        await self._window.desk.settle()
        opened = [await self._open(ticket) for ticket in tickets]
        views = [await self._choose(key) for _ in range(3) for key in VIEWS]
        typed = [ms for text in TYPED for ms in await self._type(text)]
        return {"open_ms": opened, "view_ms": views, "key_ms": typed}

    async def run_beside_the_team(self) -> dict[str, Any]:
        """Views, searches and saved changes, for as long as several exchanges take."""
        from deskhelp.domain.status import Priority
        from deskhelp.services import desk, sending

        self._window.sidebar.choose(FIRST)
        await self._window.desk.settle()
        views, typed, saved = [], [], []
        end = time.monotonic() + BESIDE_S
        while time.monotonic() < end:
            self._window.sidebar.choose(FIRST)
            views += [await self._choose(key) for key in VIEWS]
            typed += [ms for text in TYPED for ms in await self._type(text)]
            for row in self._window.list.model.rows()[:10]:
                priority = Priority.LOW if row.priority is Priority.HIGH else Priority.HIGH
                saved.append(await self._save(sending.add_note, row.id, f"Note {len(saved)}"))
                saved.append(await self._save(desk.set_priority, [row.id], priority))
        return {"list": views, "search": typed, "save": saved}

    async def _save(self, fn: Callable[..., Any], *args: Any) -> float:
        """Milliseconds until a change is on the disk and the window knows of it."""
        begun = time.perf_counter()
        await self._window.desk.write(fn, *args)
        taken = 1000 * (time.perf_counter() - begun)
        await self._window.desk.settle()
        return taken

    async def _open(self, ticket: str) -> float:
        pane = self._window.conversation
        return await self._timed(
            lambda: pane.show_ticket(ticket),
            pane.scroll_area.viewport(),
            lambda: pane.opened is not None and pane.opened.detail.summary.id == ticket and bool(pane.cards),
        )

    async def _choose(self, key: str) -> float:
        return await self._timed(lambda: self._window.sidebar.choose(key), *self._list_answers())

    async def _type(self, text: str) -> list[float]:
        """Milliseconds from each key to the rows that answer it."""
        box, taken = self._window.tool_bar.search, []
        box.setFocus()
        for sign in text:
            taken.append(await self._timed(lambda sign=sign: box.insert(sign), *self._list_answers()))
        self._window.clear_search()
        await self._window.desk.settle()
        return taken

    def _list_answers(self) -> tuple[Any, Callable[[], bool]]:
        """The widget that shows the answer to the next question, and whether it is there."""
        pane = self._window.list
        before = pane.model.generation
        return pane, lambda: pane.model.generation > before and not pane.model.is_asking

    async def _timed(self, act: Callable[[], Any], widget: Any, holds: Callable[[], bool]) -> float:
        import asyncio

        done: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        begun = time.perf_counter()
        act()
        watch_all(widget, holds, lambda: done.done() or done.set_result(1000 * (time.perf_counter() - begun)))
        async with asyncio.timeout(PATIENCE_S):
            while not (done.done() or holds()):
                await asyncio.sleep(0.01)
        there = 1000 * (time.perf_counter() - begun)
        await asyncio.wait([done], timeout=UNPAINTED_S)  # nothing in the place of nothing is not painted anew
        await self._window.desk.settle()
        return done.result() if done.done() else there


async def slow(window: Any, delay_ms: str) -> dict[str, Any]:
    """What an agent does while the team's place is as it is, and while it is slow."""
    import asyncio
    import tempfile
    import threading

    from tests.bench.slow_calls import slow_calls

    pulled: list[int] = []
    window.desk.team_changed.connect(lambda: pulled.append(window.desk.team.pulled if window.desk.team else 0))
    work = Work(window)
    while window.desk.team is None or not window.desk.team.is_reached:
        await asyncio.sleep(0.1)
    before = await work.run_beside_the_team()
    (thread,) = (one.native_id for one in threading.enumerate() if one.name == "team")
    del pulled[:]
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "calls")
        with slow_calls(thread or 0, int(delay_ms), log):
            after = await work.run_beside_the_team()
        calls = len(log.read_text().splitlines())
    found = {f"{name}_before_ms": taken for name, taken in before.items()}
    return found | {f"{name}_ms": taken for name, taken in after.items()} | {"calls": [calls], "pulled": [sum(pulled)]}


def watch_all(widget: Any, holds: Callable[[], bool], act: Callable[[], Any]) -> None:
    """As `after_paint`, whichever of the widget's children is the one that is painted."""
    from PySide6.QtWidgets import QWidget

    watch([widget, *widget.findChildren(QWidget)], holds, act)


async def stall(window: Any, count: str, password: str) -> dict[str, Any]:
    """The gaps between turns of the window's loop while a mailbox of `count` mails is taken in."""
    import asyncio

    from PySide6.QtCore import Qt, QTimer

    from deskhelp.services import passwords

    await window.desk.settle()
    for box in window.desk.facts.live_mailboxes:
        passwords.keep(box.id, password, remember=False)
    gaps: list[float] = []
    last = time.perf_counter()

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append(1000 * (now - last) - TICK_MS)
        last = now

    timer = QTimer(window, timerType=Qt.TimerType.PreciseTimer, interval=TICK_MS)
    timer.timeout.connect(tick)
    begun = time.perf_counter()
    window.mail_wanted.emit()
    timer.start()
    while await window.desk.read(count_messages) < int(count):
        await asyncio.sleep(0.25)
    seconds = time.perf_counter() - begun
    timer.stop()
    return {"gaps_ms": sorted(gaps), "seconds": seconds}


def count_messages(office: Any) -> int:
    return int(office.replica.database.execute_sql("SELECT COUNT(*) FROM message").fetchone()[0])


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main()
