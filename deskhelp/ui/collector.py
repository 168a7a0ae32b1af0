"""Python's cycle collector, kept to the window's thread.

It runs in whichever thread happens to make the next object. A widget in a cycle that a mail thread collects is
destroyed in that thread, which Qt answers with a crash; so it is switched off there and run from a timer here.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY_MS = 1_000


class Collector(QObject):
    """Collects like Python itself would (the same thresholds), only here; until `stop`."""

    def __init__(self) -> None:
        super().__init__()
        self._thresholds = gc.get_threshold()
        self._is_frozen = False
        gc.disable()
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        if not self._is_frozen:  # asking for the count of what is frozen would take 10 ms
            self._is_frozen = True
            gc.freeze()  # what the program itself is made of: never garbage, and the most of what there is to look at
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
