"""What has to be in a delta: the members of two packs, compared."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

from kbviewer.content.packs.layout import FACTS_NAME, INDEX, MANIFEST_NAME, MIMETYPE_NAME
from kbviewer.content.packs.pack_file import PackFile
from kbviewer.content.packs.zip_frame import deflate, directory_of, local_header
from kbviewer.content.packs.zip_reader import STORED, Member, ZipReader
from kbviewer.content.updates.delta_file import Moved, Raw, Same, Step, Text
from kbviewer.content.updates.edits import find_edits
from kbviewer.model.errors import PackError
from kbviewer.model.messages import N_, Message, message

FIRST_NAMES = (MIMETYPE_NAME, FACTS_NAME, MANIFEST_NAME)
MAX_EDITED_BYTES = 64 << 20
"""How much is held in memory to be edited, of the old member and of the new one."""


class Pack:
    """A pack from both sides: what its manifest says of the members, and how they lie in the file."""

    def __init__(self, path: Path) -> None:
        """Open a pack.

        Raises:
            PackError: it cannot be read, or is none.
        """
        with ExitStack() as stack:
            self.file = stack.enter_context(closing(PackFile(path)))
            self.zip = stack.enter_context(closing(ZipReader(path)))
            self._opened = stack.pop_all()
        self.members = tuple(self.zip.members.values())
        self.numbers = {member.name: number for number, member in enumerate(self.members)}

    def close(self) -> None:
        """Close the file."""
        self._opened.close()


class Changes:
    """What makes `new` of `old`.

    Args:
        rebuilt: index and manifest are made anew by whoever applies the delta; they are left out, and texts
            are packed anew.

    Attributes:
        size: of the new pack in bytes.
    """

    def __init__(self, old: Path, new: Path, *, rebuilt: bool) -> None:
        """Open both packs.

        Raises:
            PackError: one is damaged, or the new one has another form than our packs have.
        """
        self._rebuilt = rebuilt
        self._data: list[bytes | str] = []
        with ExitStack() as stack:
            self._old = stack.enter_context(closing(Pack(old)))
            self._new = stack.enter_context(closing(Pack(new)))
            self.size = self._new.file.size
            _check_form(self._new)
            self._opened = stack.pop_all()
        self._by_digest = {
            self._old.file.digest(member.name): number
            for number, member in enumerate(self._old.members)
            if self._old.file.digest(member.name)
        }

    def close(self) -> None:
        """Close both packs."""
        self._opened.close()

    def steps(self) -> tuple[Step, ...]:
        """Return how each member comes about, in their order.

        Raises:
            PackError: a pack is damaged, or a text cannot be packed here as it is in the new pack.
        """
        self._data.clear()
        steps: list[Step] = []
        for member in self._new.members:
            if self._rebuilt and (member.name == MANIFEST_NAME or member.name.startswith(INDEX)):
                continue
            step = self._step(member)
            before = steps[-1] if steps else None
            if isinstance(step, Same) and isinstance(before, Same) and step.at == before.at + before.count:
                steps[-1] = Same(before.at, before.count + 1)
            else:
                steps.append(step)
        return tuple(steps)

    def data(self) -> Iterator[bytes]:
        """Yield the new bytes for the steps that `steps` has returned, in their order."""
        for piece in self._data:
            if isinstance(piece, str):
                yield from self._new.zip.packed_chunks(piece)
            else:
                yield piece

    def _step(self, member: Member) -> Step:
        number = self._old.numbers.get(member.name, -1)
        if number >= 0 and self._lies_same(self._old.members[number], member):
            return Same(number, 1)
        elsewhere = self._by_digest.get(self._new.file.digest(member.name), -1)
        if elsewhere >= 0 and self._lies_same(self._old.members[elsewhere], member):
            return Moved(elsewhere, member.name)
        return self._changed(member, number)

    def _lies_same(self, old: Member, new: Member) -> bool:
        """Return whether two members have the same packed bytes."""
        if old[1:5] != new[1:5]:
            return False
        pairs = zip(
            self._old.zip.packed_chunks(old.name), self._new.zip.packed_chunks(new.name), strict=False
        )
        return all(before == after for before, after in pairs)

    def _changed(self, member: Member, number: int) -> Step:
        is_stored = member.method == STORED
        if not (self._rebuilt or is_stored) or (is_stored and member.size > MAX_EDITED_BYTES):
            self._data.append(member.name)
            return Raw(member._replace(at=0))
        plain = self._new.zip.read(member.name, member.size)
        if not is_stored and deflate(plain) != b"".join(self._new.zip.packed_chunks(member.name)):
            raise _other_form(
                self._new, message(N_("“{name}” would be packed differently here"), name=member.name)
            )
        before = b""
        if number >= 0 and self._old.members[number].size <= MAX_EDITED_BYTES:
            before = self._old.zip.read(member.name, MAX_EDITED_BYTES)
        edits, fresh = find_edits(before, plain)
        self._data.append(fresh)
        return Text(member.name, member.method, member.size, number if before else -1, tuple(edits))


def in_order(names: Iterator[str]) -> list[str]:
    """Return the names of a pack's members in the order in which they lie there."""
    rest = set(names)
    first = [name for name in FIRST_NAMES if name in rest]
    return first + sorted(rest.difference(FIRST_NAMES))


def _check_form(pack: Pack) -> None:
    """See that the file around the members is what we would write around them.

    Raises:
        PackError: it is not.
    """
    last = 0
    for member in pack.members:
        header = local_header(member)
        if pack.zip.read_at(member.at, len(header)) != header:
            raise _other_form(pack, message(N_("“{name}” has another header"), name=member.name))
        last = member.at + len(header) + member.packed_size
    directory = directory_of(pack.members, last)
    if pack.zip.read_at(last, len(directory) + 1) != directory or list(pack.numbers) != in_order(
        iter(pack.numbers)
    ):
        raise _other_form(pack, message(N_("its directory is another")))


def _other_form(pack: Pack, why: Message) -> PackError:
    name = pack.file.path.name
    return PackError(
        message(N_("“{file}” was not written by this program: {reason}."), file=name, reason=why),
        message(N_("Build it with “kbviewer pack build”.")),
    )
