"""Where the passphrases of keys come from: files, and whoever sits at the terminal."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kbviewer.model.errors import UsageError
from kbviewer.model.messages import N_, Gettext, message
from kbviewer.model.system_errors import system_reason

_MAX_BYTES = 4096

Ask = Callable[[str], str]


def terminal() -> Ask | None:
    """Return what asks without showing what is typed; None where nobody sits."""
    return getpass.getpass if sys.stdin is not None and sys.stdin.isatty() else None


class PassphraseSource:
    """Passphrases for the keys of one command. What was typed for one key is tried for the next ones, too.

    Args:
        files: each with a passphrase in its first line.
        ask: asks whoever sits at the terminal; None where nobody does.
    """

    def __init__(self, files: Sequence[Path], ask: Ask | None, gettext: Gettext) -> None:
        """Read the files.

        Raises:
            UsageError: one cannot be read, or is empty.
        """
        self._from_files = [_read(path) for path in files]
        self._typed: list[bytes] = []
        self._ask = ask
        self.gettext = gettext

    def __call__(self, path: Path) -> Iterator[bytes]:
        """Yield what may open a key; ask for it only when nothing that is known does."""
        yield from [*self._from_files, *self._typed]
        typed = self._asked(self.gettext("Passphrase of {path}: ").format(path=path))
        if typed:
            self._typed.append(typed)
            yield typed

    def for_new_keys(self) -> bytes:
        """Return what new keys are locked with; nothing locks them when it is empty.

        Raises:
            UsageError: what was typed the second time was something else.
        """
        if self._from_files:
            return self._from_files[0]
        typed = self._asked(self.gettext("Passphrase for the new keys (empty for none): "))
        if typed and self._asked(self.gettext("Once more: ")) != typed:
            raise UsageError(
                message(N_("The two passphrases are not the same.")), message(N_("Run the command again."))
            )
        return typed

    def _asked(self, prompt: str) -> bytes:
        """Return what somebody types; nothing where nobody sits, or when he ends the input."""
        if self._ask is None:
            return b""
        try:
            return self._ask(prompt).encode()
        except EOFError:
            return b""


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            line = file.readline(_MAX_BYTES).rstrip(b"\r\n")
    except OSError as error:
        raise UsageError(
            message(N_("“{path}” cannot be read: {reason}."), path=path, reason=system_reason(error)),
            message(N_("Name a file whose first line is the passphrase.")),
        ) from error
    if not line:
        raise UsageError(
            message(N_("“{path}” has no passphrase in its first line."), path=path),
            message(N_("Name a file whose first line is the passphrase.")),
        )
    return line
