"""Whether the keys of a source are trusted, and how trust begins: never by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kbviewer.content.packs.file_kind import as_argument
from kbviewer.content.updates.transport import IsCancelled, Transport, read_whole
from kbviewer.content.updates.trust_store import TrustStore, TrustStores
from kbviewer.content.updates.verification import MAX_ROOT_BYTES, read_root, root_name
from kbviewer.model.errors import MissingFileError, UntrustedSourceError, UpdateError
from kbviewer.model.messages import N_, message
from kbviewer.model.system_errors import system_reason

_BETWEEN = re.compile(r"[\s:.-]+")
_GROUP = 8


class FirstTrust:
    """Finds what is known of a source's publisher, or begins to trust them because somebody says so.

    Whoever is trusted is known by the first root that was trusted, wherever it comes from: a stick, a server
    and a .kbu file of one publisher are one. Nothing is gained by copying somebody's root, for all that
    follows has to be signed by those who are trusted.
    """

    def __init__(self, stores: TrustStores, machine_trust: Path, *, kiosk: bool = False) -> None:
        """Take the reader's stores and the folder of roots that an administrator trusts for everybody."""
        self._stores = stores
        self._machine_trust = machine_trust
        self._kiosk = kiosk

    def store_for(
        self,
        transport: Transport,
        root: bytes | None = None,
        fingerprint: str = "",
        is_cancelled: IsCancelled | None = None,
    ) -> TrustStore:
        """Return what is kept about the publisher of a source.

        Args:
            root: a root that the reader trusts.
            fingerprint: of the source's first root, which the reader has compared.

        Raises:
            UntrustedSourceError: nobody has said that they are to be trusted.
            UpdateError: it cannot be found out.
        """
        offered = _Roots(transport, is_cancelled)
        store = self._known(transport, offered)
        if store is not None:
            self._check_agrees(transport, store, root, fingerprint)
            return store
        for version, found, data in self._machine_roots():
            if offered.fingerprint(version) == found:
                return TrustStore.begin(self._stores.folder, version, found, data)
        if self._kiosk:
            raise UntrustedSourceError(
                message(N_("{address} is not trusted on this computer."), address=transport.address),
                message(N_("Its administrator decides whom to trust.")),
            )
        if root is not None:
            version, found = read_root(root, "root.json", transport.address)
            return TrustStore.begin(self._stores.folder, version, found, root)
        return self._compared(transport, offered, fingerprint)

    def _known(self, transport: Transport, offered: _Roots) -> TrustStore | None:
        store = self._stores.at(transport.address)
        if store is not None:
            return store
        stores = self._stores.all()
        return next(
            (
                store
                for store in stores
                if offered.fingerprint(store.record.first_version) == store.record.fingerprint
            ),
            None,
        )

    def _check_agrees(
        self, transport: Transport, store: TrustStore, root: bytes | None, fingerprint: str
    ) -> None:
        """Make sure that nobody means to trust other keys than those that are trusted."""
        meant = (
            read_root(root, "root.json", transport.address)[1] if root is not None else _plain(fingerprint)
        )
        if meant and meant != store.record.fingerprint and root != store.metadata("root"):
            raise UpdateError(
                message(N_("{publisher} is trusted by other keys already."), publisher=store.name),
                message(
                    N_(
                        "If the publisher has begun anew, forget the source, with “Forget…” in the window or "
                        "“kbviewer update --forget {key}”."
                    ),
                    key=store.key,
                ),
            )

    def _compared(self, transport: Transport, offered: _Roots, fingerprint: str) -> TrustStore:
        found = offered.fingerprint(1)
        if not found:
            raise UntrustedSourceError(
                message(
                    N_("{address} is not trusted yet, and has no first root."), address=transport.address
                ),
                message(
                    N_(
                        "Name the file with their keys that the publisher has given you: “kbviewer update "
                        "{address} --root FILE”."
                    ),
                    address=as_argument(transport.address),
                ),
            )
        if not fingerprint:
            raise UntrustedSourceError(
                message(
                    N_("{address} is not trusted yet. The fingerprint of its keys is {fingerprint}."),
                    address=transport.address,
                    fingerprint=in_groups(found),
                ),
                message(
                    N_(
                        "Compare it with the one that the publisher has told you by another way, on paper "
                        "or by telephone. Only if they are the same, run “kbviewer update {address} "
                        "--trust {plain}”."
                    ),
                    address=as_argument(transport.address),
                    plain=found,
                ),
                fingerprint=found,
            )
        if _plain(fingerprint) != found:
            raise UntrustedSourceError(
                message(
                    N_(
                        "The fingerprint of the keys of {address} is {fingerprint}, not the one that you "
                        "trust."
                    ),
                    address=transport.address,
                    fingerprint=in_groups(found),
                ),
                message(
                    N_("Nothing was changed. Ask the publisher; somebody else may have made this source.")
                ),
                fingerprint=found,
            )
        return TrustStore.begin(self._stores.folder, 1, found, offered.root(1))

    def _machine_roots(self) -> Iterator[tuple[int, str, bytes]]:
        """Yield version, fingerprint and bytes of the roots that are trusted for everybody."""
        try:
            paths = sorted(path for path in self._machine_trust.iterdir() if path.suffix == ".json")
            for path in paths:
                with path.open("rb") as file:
                    data = file.read(MAX_ROOT_BYTES)
                version, found = read_root(data, path.name, str(self._machine_trust))
                yield version, found, data
        except FileNotFoundError:
            return
        except OSError as error:
            raise UpdateError(
                message(
                    N_("“{path}” cannot be read: {reason}."),
                    path=self._machine_trust,
                    reason=system_reason(error),
                ),
                message(N_("Let the administrator of the computer look at it.")),
            ) from error


class _Roots:
    """The roots that a source shows; nothing of them is believed."""

    def __init__(self, transport: Transport, is_cancelled: IsCancelled | None) -> None:
        self._transport = transport
        self._is_cancelled = is_cancelled
        self._read: dict[int, bytes] = {}

    def root(self, version: int) -> bytes:
        """Return a root, nothing when there is none."""
        if version not in self._read:
            try:
                self._read[version] = read_whole(
                    self._transport, root_name(version), MAX_ROOT_BYTES, self._is_cancelled
                )
            except MissingFileError:
                self._read[version] = b""
        return self._read[version]

    def fingerprint(self, version: int) -> str:
        """Return the fingerprint of a root, "" when there is none."""
        data = self.root(version)
        return read_root(data, root_name(version), self._transport.address)[1] if data else ""


def in_groups(fingerprint: str) -> str:
    """Return a fingerprint as it can be compared by eye."""
    return " ".join(fingerprint[at : at + _GROUP] for at in range(0, len(fingerprint), _GROUP))


def _plain(fingerprint: str) -> str:
    return _BETWEEN.sub("", fingerprint).lower()
