"""How the window is arranged: sizes, which panes are wanted, what gives way in a narrow window, all remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from deskhelp.ui import theme
from deskhelp.ui.panes.queues import FIRST_KEY
from deskhelp.ui.panes.sidebar import NARROW_PX

if TYPE_CHECKING:
    from deskhelp.ui.main_window import MainWindow

SIZE: Final = (1280, 800)
WIDTHS: Final = (200, 340, 488, 252)
CONTEXT_FITS_PX: Final = 1180
CONTEXT_AT: Final = 3
SIDEBAR_FITS_PX: Final = 900
NO_MAXIMUM_PX: Final = 16_777_215  # Qt's QWIDGETSIZE_MAX


class Arrangement:
    """Of one window, kept in its profile's `WindowState`."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._state = window, window.state
        self.wants_sidebar = self._state.flag("sidebar", True)
        self.wants_context = self._state.flag("context", True)

    def restore(self) -> None:
        """As it was the last time, or as it is meant to be."""
        window = self._window
        window.resize(*SIZE)
        window.restoreGeometry(self._state.bytes("geometry"))
        if not window.split.restoreState(self._state.bytes("panes")):
            window.split.setSizes([round(width * self._scale()) for width in WIDTHS])
        window.list.set_sort(self._state.text("sort", "updated"))

    def remember(self) -> None:
        """Write down how the window is arranged and what it shows."""
        window, state = self._window, self._state
        state.set_bytes("geometry", window.saveGeometry())
        state.set_bytes("panes", window.split.saveState())
        state.set_text("sort", window.list.sort)
        state.set_text("queue", window.sidebar.current_key() or FIRST_KEY)
        state.set_text("ticket", window.ticket)
        state.set_flag("sidebar", self.wants_sidebar)
        state.set_flag("context", self.wants_context)
        state.save()

    def want_sidebar(self, on: bool) -> None:
        self.wants_sidebar = on
        self._window.sidebar.setVisible(on)

    def want_context(self, on: bool) -> None:
        self.wants_context = on
        self._context().setVisible(on)

    def _context(self) -> QWidget:
        """The fourth pane, or what keeps its place at first."""
        found = self._window.split.widget(CONTEXT_AT)
        assert found is not None
        return found

    def resized(self, event: QResizeEvent) -> None:
        """A narrow window keeps its list and conversation: the side panes give way."""
        window, width, before = self._window, event.size().width(), event.oldSize().width()
        context_fits, sidebar_fits = CONTEXT_FITS_PX * self._scale(), SIDEBAR_FITS_PX * self._scale()
        if before < 0 or (width < context_fits) != (before < context_fits):
            context = self._context()
            context.setVisible(self.wants_context and width >= context_fits)
            window.actions_by_name["show_context"].setChecked(not context.isHidden())
        if before < 0 or (width < sidebar_fits) != (before < sidebar_fits):
            window.sidebar.setMaximumWidth(NARROW_PX if width < sidebar_fits else NO_MAXIMUM_PX)
            if before >= 0:
                self._share_out(NARROW_PX if width < sidebar_fits else round(WIDTHS[0] * self._scale()))

    def _share_out(self, sidebar_px: int) -> None:
        """The sidebar was folded to icons or opened again: the conversation gets or gives what that makes out."""
        sizes = self._window.split.sizes()
        sizes[2] += sizes[0] - sidebar_px
        sizes[0] = sidebar_px
        self._window.split.setSizes(sizes)

    def _scale(self) -> float:
        """How much wider panes must be for the font in use."""
        return theme.wide(self._window.fontMetrics(), 100) / 100
