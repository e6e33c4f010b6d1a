"""What the strip says about one page goes with that page."""

from __future__ import annotations

from collections.abc import Callable

from kbviewer.model.messages import Message
from kbviewer.ui.shell.notice_bar import NoticeBar


class PassingNotice:
    """Shows messages that are about what is in front, and takes them away with it."""

    def __init__(self, strip: NoticeBar, where: Callable[[], object]) -> None:
        """Args:
        where: names the page that is in front, and what it shows.
        """
        self._strip = strip
        self._where = where
        self._shown: tuple[Message, object] | None = None

    def show(self, message: Message) -> None:
        """Show `message` while the same page is in front."""
        self._shown = message, self._where()
        self._strip.show_message(message)

    def look(self) -> None:
        """Take the message away when another page is in front; the same page, shown anew, keeps it."""
        if self._shown is not None and self._shown[1] != self._where():
            self.drop()

    def drop(self) -> None:
        """Take the message away: what it says is no longer so. Other messages in the strip stay."""
        if self._shown is not None:
            self._strip.withdraw(self._shown[0])
            self._shown = None
