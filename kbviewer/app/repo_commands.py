"""`kbviewer repo`: what a publisher does, from the keys to the folder that is served."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kbviewer.app.commands import Outcome, Session
from kbviewer.app.pack_index import index_builder
from kbviewer.app.passphrases import PassphraseSource, terminal
from kbviewer.content.export.plain_text import printable
from kbviewer.content.updates.adding import Added, PackAddition, Wishes
from kbviewer.content.updates.bundle import export
from kbviewer.content.updates.first_trust import in_groups
from kbviewer.content.updates.founding import ROOT_DAYS, Founded, Plan, check_publisher, found
from kbviewer.content.updates.keys import RELEASE_KEYS, ROOT_KEYS, key_files, make_key, read_key
from kbviewer.content.updates.metadata_files import fingerprint
from kbviewer.content.updates.release import RELEASE_DAYS, When
from kbviewer.content.updates.repository import Repository
from kbviewer.content.updates.root_signing import KeyChanges, RootSigning, Sitting
from kbviewer.i18n.formats import format_date, format_percent
from kbviewer.i18n.sizes import format_size
from kbviewer.model.errors import UsageError
from kbviewer.model.messages import N_, message

if TYPE_CHECKING:
    from kbviewer.content.updates.keys import PrivateKey, PublicKey

MAX_DAYS = 36_500
MAX_DELTAS = 20
Progress = Callable[[int, int], None]


def run_repo_command(
    session: Session,
    options: argparse.Namespace,
    on_progress: Progress | None,
    now: datetime | None = None,
    write_line: Callable[[str], None] | None = None,
) -> Outcome:
    """Run the command that the arguments name.

    Args:
        now: the time; the computer's when not given.
        write_line: shows one line in place of the one before; None where nobody looks.

    Raises:
        PackError: a repository, pack or key is damaged or missing, or something cannot be written.
        PolicyError, UpdateError: a server cannot be looked at.
        UsageError: the arguments cannot be.
    """
    now = now or datetime.now(UTC)
    if options.repo_command == "serve-check":
        from kbviewer.app.repo_check import check_served

        return check_served(session, options, now, write_line)
    publishing = Publishing(session, options, now, on_progress)
    match options.repo_command:
        case "init":
            return publishing.init()
        case "add":
            return publishing.add()
        case "sign":
            return publishing.sign_root() if options.root else publishing.sign()
        case _:
            return publishing.export()


class Publishing:
    """One command of a publisher's."""

    def __init__(
        self, session: Session, options: argparse.Namespace, now: datetime, on_progress: Progress | None
    ) -> None:
        self._session = session
        self.gettext = session.translator.gettext
        self._options = options
        self._now = now
        self._on_progress = on_progress
        self._repository = Repository(options.folder)
        files = getattr(options, "passphrase_file", [])
        self._passphrases = PassphraseSource(files, terminal(), self.gettext)

    def init(self) -> Outcome:
        """Make a repository and its keys."""
        options = self._options
        name = check_publisher(options.name or options.folder.resolve().name)
        keys = options.keys or _default_keys(options.folder)
        plan = Plan(name, options.root_keys, options.threshold, self._days(RELEASE_DAYS))
        passphrase = self._passphrases.for_new_keys()
        founded = found(options.folder, keys, plan, passphrase, self._now)
        return Outcome(self._text(self._about_founded(founded, plan, is_locked=bool(passphrase))))

    def add(self) -> Outcome:
        """Add a pack."""
        options = self._options
        deltas = _within("--deltas", options.deltas, 0, MAX_DELTAS)
        wishes = Wishes(
            When(self._now, self._days(RELEASE_DAYS)), deltas, options.older, self._session.profile.cache
        )
        signers = self._signers(RELEASE_KEYS)
        addition = PackAddition(self._repository, wishes, index_builder(self._on_progress))
        added = addition.add(options.pack, signers)
        remarks = "\n".join(printable(remark.render(self.gettext)) for remark in added.remarks)
        return Outcome(self._text(self._about_added(added)), remarks)

    def sign(self) -> Outcome:
        """Sign what is offered anew."""
        options = self._options
        if options.replace_key or options.new_root_key or options.threshold:
            raise UsageError(message(N_("Keys change in the root.")), message(N_("Write --root as well.")))
        when = When(self._now, self._days(RELEASE_DAYS))
        self._repository.renew(self._signers(RELEASE_KEYS), when)
        return Outcome(self._text([self._valid_until(when)]))

    def sign_root(self) -> Outcome:
        """Begin the next root, or go on with it."""
        options = self._options
        signers = self._signers(ROOT_KEYS)
        made: dict[str, PrivateKey] = signers

        def make_changes() -> KeyChanges:
            replaced = dict(self._replacement(value, made) for value in options.replace_key)
            added = tuple(self._new_key(path, made) for path in options.new_root_key)
            return KeyChanges(replaced, added, options.threshold)

        signing = RootSigning(
            self._repository, When(self._now, self._days(ROOT_DAYS)), When(self._now, RELEASE_DAYS)
        )
        wants_changes = bool(options.replace_key or options.new_root_key or options.threshold)
        sitting = signing.sign(signers, make_changes, wants_changes=wants_changes)
        return Outcome(self._text(self._about_sitting(sitting)))

    def export(self) -> Outcome:
        """Write a bundle."""
        options = self._options
        exported = export(self._repository, options.output, options.only, options.base)
        files = self._session.translator.ngettext("{count} file", "{count} files", exported.files)
        line = self.gettext("{path}: {files}, {size}.")
        shown = line.format(
            path=options.output, files=files.format(count=exported.files), size=self._size(exported.size)
        )
        return Outcome(self._text([shown]))

    def _signers(self, pattern: str) -> dict[str, PrivateKey]:
        """Return the keys that were named, by their ids."""
        places: Sequence[Path] = self._options.keys or [_default_keys(self._options.folder)]
        signers = [read_key(path, self._passphrases) for path in key_files(places, pattern)]
        return {signer.public_key.keyid: signer for signer in signers}

    def _replacement(self, value: str, made: dict[str, PrivateKey]) -> tuple[str, PublicKey]:
        old, equals, new = value.partition("=")
        if not (old and equals and new):
            raise UsageError(
                message(N_("--replace-key is “{value}”."), value=value),
                message(N_("Write the id or file of the old key, “=”, and the file of the new one.")),
            )
        if Path(old).is_file():
            old = read_key(Path(old), self._passphrases).public_key.keyid
        return old, self._new_key(Path(new), made)

    def _new_key(self, path: Path, made: dict[str, PrivateKey]) -> PublicKey:
        """Return the key in a file, which is made when there is none; it signs, too."""
        if path.exists():
            signer = read_key(path, self._passphrases)
        else:
            signer = make_key(path, self._passphrases.for_new_keys())
        made[signer.public_key.keyid] = signer
        return signer.public_key

    def _about_founded(self, founded: Founded, plan: Plan, *, is_locked: bool) -> Iterator[str]:
        gettext = self.gettext
        yield gettext("{publisher}: an empty repository in {path}.").format(
            publisher=plan.publisher, path=self._options.folder
        )
        yield gettext("Fingerprint, which administrators compare: {fingerprint}").format(
            fingerprint=in_groups(founded.fingerprint)
        )
        yield gettext(
            "Root keys, of which {threshold} change keys together; move each to a stick of its own, and keep "
            "the sticks in different places:"
        ).format(threshold=plan.threshold)
        for path, keyid in founded.root_keys:
            yield f"  {path} ({keyid[:8]})"
        yield gettext("Release key, which signs each version; it stays with you:")
        path, keyid = founded.release_key
        yield f"  {path} ({keyid[:8]})"
        if not is_locked:
            yield gettext("The keys have no passphrase: whoever has the files can sign.")

    def _about_added(self, added: Added) -> Iterator[str]:
        gettext, target = self.gettext, added.target
        shown = f"{target.pack_id} {target.version}".strip()
        if not added.is_new:
            yield gettext("{pack} is offered already; nothing has changed.").format(pack=shown)
            return
        yield gettext("{pack} is offered: {size}.").format(pack=shown, size=self._size(added.size))
        for delta in added.deltas:
            if delta.has_index:
                line = gettext("Delta from {version}, with its index: {size} ({percent}).")
            else:
                line = gettext("Delta from {version}: {size} ({percent}).")
            percent = format_percent(delta.size / added.size, self._session.translator.language, decimals=2)
            yield line.format(version=delta.version, size=self._size(delta.size), percent=percent)
        yield self._valid_until(When(self._now, self._days(RELEASE_DAYS)))

    def _about_sitting(self, sitting: Sitting) -> Iterator[str]:
        gettext = self.gettext
        if sitting.is_published:
            yield gettext("Root {version} is in force.").format(version=sitting.version)
            yield gettext("The fingerprint that administrators compare stays as it is: {fingerprint}").format(
                fingerprint=in_groups(fingerprint(self._repository.files))
            )
            return
        ngettext = self._session.translator.ngettext
        signed = len(sitting.signed)
        yield ngettext(
            "Root {version} is signed by {count} key.", "Root {version} is signed by {count} keys.", signed
        ).format(version=sitting.version, count=signed)
        if sitting.needs_release_key:
            yield gettext(
                "It has another release key: run the command once more, with that key among --keys."
            )
            return
        missing = max(sitting.missing_old, sitting.missing_new)
        yield ngettext(
            "{count} more has to sign: run “kbviewer repo sign --root” with that key.",
            "{count} more have to sign: run “kbviewer repo sign --root” with those keys.",
            missing,
        ).format(count=missing)

    def _valid_until(self, when: When) -> str:
        shown = format_date(when.expires.date(), self._session.translator.language)
        return self.gettext("Valid until {date}.").format(date=shown)

    def _days(self, otherwise: int) -> int:
        days = self._options.days
        return _within("--days", days, 1, MAX_DAYS) if days else otherwise

    def _size(self, size: int) -> str:
        return format_size(size, self._session.translator)

    def _text(self, lines: Iterator[str] | list[str]) -> str:
        return "".join(f"{printable(line)}\n" for line in lines)


def _default_keys(folder: Path) -> Path:
    whole = folder.resolve()
    return whole.with_name(f"{whole.name}.keys")


def _within(option: str, value: int, least: int, most: int) -> int:
    if not least <= value <= most:
        raise UsageError(
            message(N_("{option} is {value}."), option=option, value=value),
            message(N_("Write a number from {least} to {most}."), least=least, most=most),
        )
    return value
