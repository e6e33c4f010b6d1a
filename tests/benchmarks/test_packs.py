"""Packs of the size of a real knowledge base: 2,455 variants, 1,830 pictures, 108 MB.

Each figure stands beside something that everybody has, measured in turn in the same run: building beside
zipping the same folder and indexing the same texts with SQLite FTS5; opening beside Python's `zipfile`;
verifying beside `sha256sum`.
"""

from __future__ import annotations

import hashlib
import random
import shutil
import statistics
import subprocess
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from kbviewer.content.folder import FolderLibrary
from kbviewer.content.packs.building import build_pack
from kbviewer.content.packs.installed import InstalledPacks
from kbviewer.content.packs.library import PackLibrary
from tests.benchmarks.big_library import PICTURES, VARIANTS, add_pictures, copy_texts
from tests.benchmarks.search.corpus import plain
from tests.benchmarks.search.rival_fts5 import Fts5
from tests.support.packs import with_index

LEAST_ARTICLES_PER_S = 160
OPEN_MS = 60
VERIFY_RATIO = 3.0


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus several times over; without it our own articles, many times over."""
    root = tmp_path_factory.mktemp("packs") / "big"
    copy_texts(root)
    return root


@pytest.fixture(scope="module")
def cache(texts: Path) -> Path:
    """All articles are in it, for rendering Markdown is not what is measured."""
    cache = texts.parent / "cache"
    assert sum(1 for _ in FolderLibrary(texts, cache).articles()) > VARIANTS // 2
    return cache


@pytest.fixture(scope="module")
def folder(texts: Path) -> Path:
    """With pictures that do not get smaller."""
    add_pictures(texts)
    return texts


@pytest.fixture(scope="module")
def pack(folder: Path, cache: Path) -> Path:
    path = folder.parent / "big.kbp"
    build_pack(folder, path, with_index, cache_dir=cache)
    return path


def timed(act: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    start = clock()
    act()
    return clock() - start


def test_building_without_markdown_and_pictures(texts: Path, cache: Path, tmp_path: Path) -> None:
    """Hashing, listing, index, zip."""
    articles = list(FolderLibrary(texts, cache).articles())

    def ours() -> None:
        build_pack(texts, tmp_path / "ours.kbp", with_index, cache_dir=cache)

    def theirs() -> None:
        base = tmp_path / "fts5"
        shutil.rmtree(base, ignore_errors=True)
        base.mkdir()
        with closing(Fts5(base)) as index:
            index.build(map(plain, articles))
        with zipfile.ZipFile(tmp_path / "theirs.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for path in [*sorted(texts.rglob("*.md")), base / "articles.sqlite"]:
                archive.write(path, str(path))

    clock = time.process_time
    pairs = [(timed(ours, clock), timed(theirs, clock)) for _ in range(3)]
    seconds = statistics.median(pair[0] for pair in pairs)
    ratio = statistics.median(a / b for a, b in pairs)
    rate = len(articles) / seconds

    print(
        f"\nbuild: {rate:.0f} articles/s ({len(articles)} in {seconds:.1f} s), "
        f"{ratio:.1f} × zip with SQLite FTS5"
    )
    assert rate >= LEAST_ARTICLES_PER_S


def test_opening(pack: Path) -> None:
    """To a library with its entries; the reference only reads the directory of the zip."""

    def ours() -> None:
        with closing(PackLibrary.open(pack)) as library:
            assert library.entries()

    def theirs() -> None:
        with zipfile.ZipFile(pack) as archive:
            assert archive.namelist()

    ours()
    theirs()
    # Processor time, which does not count what others do on a busy machine: all of it is in memory.
    clock = time.process_time
    pairs = [(1000 * timed(ours, clock), 1000 * timed(theirs, clock)) for _ in range(15)]
    taken = statistics.median(pair[0] for pair in pairs)

    print(
        f"\nopen {pack.stat().st_size / 1e6:.0f} MB: {taken:.0f} ms, "
        f"{statistics.median(a / b for a, b in pairs):.1f} × zipfile"
    )
    assert taken <= OPEN_MS


def test_verifying_beside_sha256sum(pack: Path) -> None:
    def ours() -> None:
        with closing(PackLibrary.open(pack)) as library:
            library.file.verify()

    def theirs() -> None:
        if shutil.which("sha256sum"):
            subprocess.run(["sha256sum", pack], check=True, stdout=subprocess.DEVNULL)
        else:
            with pack.open("rb") as file:
                hashlib.file_digest(file, "sha256")

    ours()
    theirs()
    pairs = [(timed(ours), timed(theirs)) for _ in range(7)]
    ratio = statistics.median(a / b for a, b in pairs)

    print(f"\nverify: {statistics.median(pair[0] for pair in pairs):.2f} s, {ratio:.2f} × sha256sum")
    assert ratio <= VERIFY_RATIO


def test_reading_and_installing(pack: Path, folder: Path, tmp_path: Path) -> None:
    """One article and one picture, first from the pack and then from the folder; and a whole installation."""
    chance = random.Random(2)
    with closing(PackLibrary.open(pack)) as library:
        sources = list(library.catalogue.sources.values())
        for what, chosen in (
            ("article", [chance.choice(sources).source for _ in range(300)]),
            ("picture", [f"en/assets/{chance.randrange(PICTURES)}.png" for _ in range(300)]),
        ):
            ours = [timed(partial(library.file.read, f"content/{name}")) for name in chosen]
            theirs = [timed((folder / name).read_bytes) for name in chosen]
            print(
                f"\n{what}: {1e6 * statistics.median(ours):.0f} µs, "
                f"folder {1e6 * statistics.median(theirs):.0f} µs",
                end="",
            )
    seconds = timed(lambda: InstalledPacks(tmp_path / "packs").install(pack))
    print(f"\ninstall: {seconds:.2f} s")
