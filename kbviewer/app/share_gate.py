"""What a command reads from shares: local copies that are brought up to date first, as in the window.

A share that does not answer is not waited for: the command ends, or reads the copy of before, and says so.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kbviewer.app.libraries import pack_folders
from kbviewer.app.shares import Shares
from kbviewer.model.errors import ShareError
from kbviewer.model.messages import N_, Gettext, Message, message
from kbviewer.state.filesystem import on_network

if TYPE_CHECKING:
    from kbviewer.app.commands import Session
    from kbviewer.content.shares.local_copy import LocalCopy

# They read articles and write nothing to them.
_READING: Final = frozenset({"show", "print", "search", "evaluate", "contents", "case"})
# They look after shares themselves.
_BY_THEMSELVES: Final = frozenset({None, "open", "doctor"})
# The libraries, named before and after the command, have their turn later; nobody reads from a profile.
_ELSEWHERE: Final = frozenset({"libraries", "first_libraries", "profile"})
_log = logging.getLogger(__name__)

OnProgress = Callable[[int, int], bool]


def bring_shares(
    options: argparse.Namespace,
    session: Session,
    say: Callable[[str], object],
    show: Callable[[str], object] | None = None,
    is_network: Callable[[Path], bool] = on_network,
) -> Session:
    """Return the session with copies in place of what lies on shares; say when one may be old.

    Args:
        say: tells whoever gave the command.
        show: shows one line in place of the one before; None where nobody looks.

    Raises:
        ShareError: a share with what was named does not answer, and there is no copy of it.
    """
    if options.command in _BY_THEMSELVES:
        return session
    _check_named_files(options, is_network)
    if options.command not in _READING:
        _check_answers(session.libraries, is_network)
        return session
    machine = pack_folders(session.profile, session.policy)[1]
    shares = Shares(session.profile, is_network, machine)
    copies = shares.copies(session.libraries or (*map(Path, session.policy.library_dirs), machine))
    if not copies:
        return session
    gettext = session.translator.gettext
    for copy, error in _bring(copies, partial(_show, show, gettext)):
        if copy.made_at is not None and copy.is_there:
            say(_copy_is_read(error, copy).render(gettext))
        elif session.libraries:
            raise error
        else:
            # What is not there hides nothing else.
            _log.error("%s", error)
    return replace(session, shares=shares)


def _bring(copies: list[LocalCopy], show: OnProgress) -> Iterator[tuple[LocalCopy, ShareError]]:
    """Bring copies up to date, all at the same time; yield those whose shares do not give them."""
    from kbviewer.content.shares.fetch import Fetch

    fetches = [(copy, Fetch([copy])) for copy in copies]
    for _copy, fetch in fetches:
        fetch.start()
    try:
        for copy, fetch in fetches:
            try:
                fetch.wait(show)
            except ShareError as error:
                yield copy, error
            copy.mark_used()
    finally:
        for _copy, fetch in fetches:
            fetch.give_up()
        show(0, 0)


def _check_named_files(options: argparse.Namespace, is_network: Callable[[Path], bool]) -> None:
    """Make sure that what is named beside the libraries can be asked for, to be read or written."""
    named: list[Path] = []
    for name, value in vars(options).items():
        if name in _ELSEWHERE:
            continue
        values = value if isinstance(value, list | tuple) else (value,)
        named += [each for each in values if isinstance(each, Path)]
        named += [Path(each) for each in values if isinstance(each, str) and each.casefold().endswith(".md")]
    _check_answers(tuple(each.absolute() for each in named), is_network)


def _check_answers(paths: tuple[Path, ...], is_network: Callable[[Path], bool]) -> None:
    for path in paths:
        if is_network(path):
            from kbviewer.content.shares.probe import silence

            error = silence(path)
            if error is not None:
                raise error


def _copy_is_read(error: ShareError, copy: LocalCopy) -> Message:
    made_at = copy.made_at
    time = made_at.astimezone().strftime("%Y-%m-%d %H:%M") if made_at is not None else ""
    return message(
        N_("{what} What is read is the copy on this computer, of {time}."), what=error.what, time=time
    )


def _show(show: Callable[[str], object] | None, gettext: Gettext, done: int, total: int) -> bool:
    """Show how much has been copied, where somebody looks; go on in any case."""
    if show is not None:
        text = gettext("Copying from the share: {done} of {total} MB")
        show(text.format(done=done >> 20, total=total >> 20) if total > done else "")
    return True
