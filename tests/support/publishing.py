"""A publisher with keys and a repository, and the client that The Update Framework itself brings along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tuf.api.exceptions import DownloadHTTPError
from tuf.ngclient.fetcher import FetcherInterface
from tuf.ngclient.updater import Updater

from kbviewer.content.updates.adding import Added, PackAddition, Wishes
from kbviewer.content.updates.founding import Founded, Plan, found
from kbviewer.content.updates.keys import read_key
from kbviewer.content.updates.layout import METADATA, TARGETS
from kbviewer.content.updates.release import When
from kbviewer.content.updates.repository import Repository
from kbviewer.content.updates.root_signing import KeyChanges, RootSigning, Sitting
from tests.support.packs import with_index

if TYPE_CHECKING:
    from securesystemslib.signer import CryptoSigner

NOW = datetime(2026, 11, 27, 12, 0, 0, tzinfo=UTC)


def no_passphrase(_path: Path) -> tuple[bytes, ...]:
    return ()


class Publisher:
    """Has three root keys, of which two have to sign, and a release key."""

    def __init__(self, folder: Path, now: datetime = NOW) -> None:
        self.folder = folder / "repo"
        self.keys = folder / "keys"
        self.now = now
        self.founded: Founded = found(self.folder, self.keys, Plan("Kontoret"), b"", now)
        self.repository = Repository(self.folder)

    def signers(self, *names: str) -> dict[str, CryptoSigner]:
        """The keys in the files that are called `names`, without their suffix."""
        signers = [read_key(self.keys / f"{name}.pem", no_passphrase) for name in names]
        return {signer.public_key.keyid: signer for signer in signers}

    def add(self, pack: Path, *, days: int = 400, deltas: int = 3, older: bool = False) -> Added:
        wishes = Wishes(When(self.now, days), deltas, older)
        return PackAddition(self.repository, wishes, with_index).add(pack, self.signers("release"))

    def renew(self, days: int = 400) -> None:
        self.repository.renew(self.signers("release"), When(self.now, days))

    def sign_root(
        self, *names: str, changes: KeyChanges | None = None, foreign: Sequence[CryptoSigner] = ()
    ) -> Sitting:
        signers = self.signers(*names) | {signer.public_key.keyid: signer for signer in foreign}
        signing = RootSigning(self.repository, When(self.now, 3650), When(self.now))
        return signing.sign(signers, lambda: changes or KeyChanges(), wants_changes=bool(changes))

    def files(self) -> dict[str, bytes]:
        """All that is served."""
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }


class FolderFetcher(FetcherInterface):
    """Gives the stock client the files of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _fetch(self, url: str) -> Iterator[bytes]:
        path = self._folder / url.removeprefix("folder:///")
        if not path.is_file():
            raise DownloadHTTPError("not there", 404)
        yield path.read_bytes()


class StockClient:
    """What anybody can do with the repository who trusts its first root."""

    def __init__(self, folder: Path, publisher: Publisher, version: int = 1) -> None:
        self._folder = folder
        self._publisher = publisher
        self._root = (publisher.folder / METADATA / f"{version}.root.json").read_bytes()
        for name in ("metadata", "targets"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    def refresh(self) -> Updater:
        """Fetch and verify the metadata; errors are those of tuf."""
        updater = Updater(
            str(self._folder / "metadata"),
            f"folder:///{METADATA}/",
            str(self._folder / "targets"),
            f"folder:///{TARGETS}/",
            FolderFetcher(self._publisher.folder),
            bootstrap=self._root,
        )
        updater.refresh()
        return updater

    def fetch_all(self) -> dict[str, bytes]:
        """Refresh, then fetch and verify every target; return them by name."""
        updater = self.refresh()
        trusted = updater._trusted_set.targets
        fetched = {}
        for name in trusted.targets:
            info = updater.get_targetinfo(name)
            assert info is not None
            fetched[name] = Path(updater.download_target(info)).read_bytes()
        return fetched
