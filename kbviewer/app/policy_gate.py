"""What the policy lets the command line do, and which files and libraries may be opened from there."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kbviewer.app.paths import is_pack_file, markdown_file
from kbviewer.model.errors import PolicyError
from kbviewer.model.messages import N_, message
from kbviewer.model.policy import Policy, Right
from kbviewer.state.filesystem import real_path

if TYPE_CHECKING:
    from kbviewer.app.commands import Session
    from kbviewer.app.window_request import WindowRequest

_SUBCOMMANDS: Final = (
    "case_command",
    "data_command",
    "pack_command",
    "policy_command",
    "repo_command",
    "translate_command",
)
_TEXT: Final = "text"

COMMAND_RIGHTS: Final[Mapping[str, tuple[Right, ...]]] = {
    "open": (),
    "show": (),
    "print": (Right.PRINT, Right.EXPORT),
    "search": (),
    "contents": (),
    "evaluate": (Right.OPEN_FILE,),
    "check": (),
    "case list": (Right.NOTES,),
    "case show": (Right.NOTES,),
    "case report": (Right.NOTES, Right.EXPORT),
    "data export": (Right.EXPORT,),
    "data import": (Right.IMPORT,),
    "doctor": (),
    "pack build": (Right.EXPORT,),
    "pack verify": (),
    "pack info": (),
    "pack install": (),
    "pack remove": (),
    "pack rollback": (),
    "pack list": (),
    "policy show": (),
    "policy check": (),
    "policy schema": (),
    "policy hash-pin": (),
    "repo init": (Right.EXPORT,),
    "repo add": (Right.EXPORT,),
    "repo sign": (Right.EXPORT,),
    "repo export": (Right.EXPORT,),
    "repo serve-check": (Right.OPEN_FILE,),
    "translate status": (),
    "translate export": (Right.EXPORT,),
    "translate import": (Right.IMPORT,),
    "translate accept": (Right.IMPORT,),
    "update": (),
}
"""What each command needs besides the files that it names. One that stands not here needs everything."""

_FILES: Final[Mapping[str, tuple[str, ...]]] = {
    "check": ("path",),
    "pack build": ("folder",),
    "pack verify": ("file",),
    "pack info": ("file",),
    "translate status": ("path",),
    "translate export": ("article",),
    "translate accept": ("article",),
}
# From where updates come is asked where a source is opened (`app/updates.py`).
_CHANGES_PACKS: Final = frozenset({"pack install", "pack remove", "pack rollback", "update"})
# Articles are searched in any language, and who asks what is allowed is told so in his own.
_ANY_LANGUAGE: Final = frozenset({"search", "evaluate", "policy show", "policy check", "policy schema"})


def check_command(options: argparse.Namespace, session: Session) -> None:
    """Make sure that a command may be run with these options.

    Raises:
        PolicyError: it may not.
    """
    policy = session.policy
    if not policy.source:
        return
    name = _name(options)
    if name == "open":
        # The window opens all the same, and says what it does not show: a terminal has to start.
        return
    if not all(map(policy.allows, COMMAND_RIGHTS.get(name, tuple(Right)))):
        raise _forbidden(name)
    if getattr(options, "format", _TEXT) != _TEXT and not policy.allows(Right.EXPORT):
        raise _forbidden(f"{name} --format")
    if options.language and name not in _ANY_LANGUAGE and not policy.allows(Right.SWITCH_LANGUAGE):
        raise _forbidden("--language")
    for path in (*session.libraries, *_named_files(name, options)):
        check_may_open(policy, path)
    if name in _CHANGES_PACKS:
        _check_change(policy, name, options)


def check_may_open(policy: Policy, path: Path) -> None:
    """Make sure that readers may open a folder, pack or file.

    Raises:
        PolicyError: they may not.
    """
    if not may_open(policy, path):
        raise _not_to_be_opened(path)


def may_open(policy: Policy, path: Path) -> bool:
    """Return whether readers may open a folder, pack or file: where links and dots lead is what counts."""
    if policy.allows(Right.OPEN_FILE):
        return True
    real = real_path(path)
    return any(real.is_relative_to(real_path(Path(folder))) for folder in policy.library_dirs)


def allowed_part(policy: Policy, request: WindowRequest) -> tuple[WindowRequest, PolicyError | None]:
    """Return what the window may do of a request, from this start or another one, and what it refuses."""
    file = markdown_file(request.article)
    pack = Path(request.pack) if request.pack else None
    update = Path(request.update) if request.update else None
    named = (*request.libraries, *(path for path in (file, pack, update) if path is not None))
    refused = [path for path in named if not may_open(policy, path)]
    if update is not None and update not in refused and (policy.is_kiosk or not _may_change(policy)):
        refused.append(update)
    is_allowed = file not in refused
    allowed = request._replace(
        libraries=tuple(path for path in request.libraries if path not in refused),
        language=request.language if policy.allows(Right.SWITCH_LANGUAGE) else "",
        article=request.article if is_allowed else "",
        anchor=request.anchor if is_allowed else "",
        pack="" if pack in refused else request.pack,
        update="" if update in refused else request.update,
    )
    return allowed, _not_to_be_opened(refused[0]) if refused else None


def _may_change(policy: Policy) -> bool:
    return policy.allows(Right.CHANGE_PACKS)


_REMEDY: Final = N_("Ask them if you need it; “kbviewer policy show” lists what is allowed.")


def _not_to_be_opened(path: Path) -> PolicyError:
    return PolicyError(
        message(N_("This computer's administrator does not allow “{path}” to be opened."), path=path),
        message(_REMEDY),
    )


def _forbidden(command: str) -> PolicyError:
    return PolicyError(
        message(N_("This computer's administrator does not allow “{command}”."), command=command),
        message(_REMEDY),
    )


def _name(options: argparse.Namespace) -> str:
    command = options.command or "open"
    inner = (getattr(options, each, None) for each in _SUBCOMMANDS)
    return " ".join([command, *(name for name in inner if name)])


def _named_files(name: str, options: argparse.Namespace) -> Iterator[Path]:
    """Yield the files and folders that a command would read articles from."""
    for argument in _FILES.get(name, ()):
        value = getattr(options, argument, None)
        if isinstance(value, Path) or (isinstance(value, str) and Path(value).exists()):
            yield Path(value)
    if name in ("show", "print"):
        reference = getattr(options, "article", "")
        for part in (reference, reference.rpartition("#")[0]):
            if part and (is_pack_file(Path(part)) or markdown_file(part)):
                yield Path(part)


def _check_change(policy: Policy, name: str, options: argparse.Namespace) -> None:
    """Make sure that packs may be changed, and that what comes in is no reader's own file."""
    if not policy.may_change_packs(for_machine=options.machine):
        raise _forbidden(name if options.machine else f"{name} (without --machine)")
    if name == "pack install":
        check_may_install(policy, options.file, for_machine=options.machine)


def check_may_change_packs(policy: Policy) -> None:
    """Make sure that the reader may install, update and remove packs of his own.

    Raises:
        PolicyError: he may not.
    """
    if not policy.allows(Right.CHANGE_PACKS):
        raise PolicyError(
            message(N_("This computer's administrator does not allow packs to be changed.")), message(_REMEDY)
        )


def check_may_install(policy: Policy, path: Path, *, for_machine: bool = False) -> None:
    """Make sure that the file of a pack may be installed, where packs may be changed at all.

    Raises:
        PolicyError: it may not.
    """
    if not for_machine:
        check_may_open(policy, path)
    # Files that somebody has signed come through updates only.
    if not policy.allows_unsigned:
        raise unsigned(path)


def unsigned(pack: object) -> PolicyError:
    """Return the error for a pack that nobody has signed."""
    return PolicyError(
        message(N_("“{path}” is not signed, and this computer wants signed packs."), path=pack),
        message(N_("Get it through updates, or ask the computer's administrator.")),
    )
