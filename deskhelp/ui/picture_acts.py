"""Pictures of the network, fetched when an agent wants to see them, and the senders who are trusted with it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from deskhelp.domain.conversation import MessageView
from deskhelp.domain.errors import DeskTrouble
from deskhelp.settings import save_settings
from deskhelp.ui.panes.conversation import ConversationPane
from deskhelp.ui.worker_bridge import DeskBridge

if TYPE_CHECKING:
    from deskhelp.services.remote_pictures import Fetcher

KEPT_BYTES = 30_000_000


class PictureActs(QObject):
    """Fetched pictures are kept in memory for a while: opening the ticket again asks nobody."""

    def __init__(self, desk: DeskBridge, conversation: ConversationPane, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._conversation = desk, conversation
        self._kept: dict[str, bytes] = {}
        self._asked_for: set[str] = set()
        self.fetcher: Fetcher | None = None

    def wanted(self, what: str, message: MessageView) -> None:
        """Do what the line over a mail asks for."""
        address = message.sender.address
        if what == "pictures_always":
            self._trust(address, is_wanted=True)
        if what in ("pictures", "pictures_always"):
            if not self._desk.settings.shows_pictures_of(address):  # else it is the sender who is trusted
                self._asked_for.add(message.id)
            self._desk.run(self._show(message), "pictures")
        elif what == "pictures_ask":
            self._asked_for.discard(message.id)
            self._trust(address, is_wanted=False)
            if card := self._conversation.card_of(message.id):
                card.show_pictures({}, is_trusted=False)

    def are_allowed(self, message: MessageView) -> bool:
        """Whether the agent has asked for the pictures of this message, or always wants those of its sender."""
        settings = self._desk.settings
        is_asked_for = message.id in self._asked_for and settings.remote_images != "never"
        return is_asked_for or settings.shows_pictures_of(message.sender.address)

    def _trust(self, address: str, *, is_wanted: bool) -> None:
        settings = self._desk.settings.with_pictures_of(address, is_wanted=is_wanted)
        try:
            save_settings(self._desk.profile, settings)
        except DeskTrouble as trouble:
            self._desk.trouble.emit(trouble)
        self._desk.set_settings(settings)

    async def _show(self, message: MessageView) -> None:
        card = self._conversation.card_of(message.id)
        if card is None or self._desk.settings.remote_images == "never":
            return
        wanted = [place.url for place in card.body.remote]
        missing = [url for url in wanted if url not in self._kept]
        if missing:
            card.loading_pictures()
            self._keep(await self._fetched(missing))
        if card := self._conversation.card_of(message.id):
            shown = {url: self._kept[url] for url in wanted if url in self._kept}
            is_trusted = self._desk.settings.shows_pictures_of(message.sender.address)
            card.show_pictures(shown, is_trusted=is_trusted)

    async def _fetched(self, urls: Sequence[str]) -> dict[str, bytes]:
        """Fetch in a thread of its own: neither the replica nor closing the window waits for somebody's web server."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[dict[str, bytes]] = loop.create_future()

        def tell(found: dict[str, bytes]) -> None:
            if not answer.done():
                answer.set_result(found)

        def work() -> None:
            found: dict[str, bytes] = {}
            try:
                found |= self._fetcher().fetch(urls)
            finally:
                if not loop.is_closed():
                    loop.call_soon_threadsafe(tell, found)

        threading.Thread(target=work, name="pictures", daemon=True).start()
        return await answer

    def _fetcher(self) -> Fetcher:
        from deskhelp.services.remote_pictures import fetcher

        if self.fetcher is None:
            self.fetcher = fetcher()
        return self.fetcher

    def _keep(self, found: dict[str, bytes]) -> None:
        """Keep the newest; the oldest go when there is too much."""
        self._kept |= found
        while self._kept and sum(map(len, self._kept.values())) > KEPT_BYTES:
            del self._kept[next(iter(self._kept))]
