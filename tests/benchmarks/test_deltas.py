"""What an update transfers: 26 articles of 2,461 have changed, the index included, as a share of the pack.

Without its index a delta holds the changed words only; with it, what fits any program. The pack has 94 MB of
pictures, as the real one that packs were designed with; beside it the same without a single picture, and the
corpus as it is, of which a larger share has changed.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from kbviewer.content.packs.building import build_pack
from kbviewer.content.updates.delta import apply_delta, make_delta
from tests.benchmarks.big_library import CORPUS, add_pictures, change_articles, copy_texts
from tests.support.packs import with_index

CHANGED = 26
MOST = 0.03
MOST_WITHOUT_PICTURES = 0.15
MOST_OF_A_SMALL_LIBRARY = 0.15


def versions(root: Path, folder: Path) -> tuple[Path, Path]:
    """A pack of a folder, and one of it with changed articles."""
    packs = folder / "old.kbp", folder / "new.kbp"
    build_pack(root, packs[0], with_index, cache_dir=folder / "cache")
    change_articles(root, CHANGED)
    build_pack(root, packs[1], with_index, cache_dir=folder / "cache")
    return packs


def shares(old: Path, new: Path, folder: Path) -> tuple[float, float]:
    """Of a delta without its index and of one with it; both are tried out."""
    found = []
    for with_it in (False, True):
        delta = folder / "x.kbd"
        started = time.perf_counter()
        make_delta(old, new, delta, with_index=with_it)
        made = time.perf_counter()
        apply_delta(old, delta, folder / "out.kbp", with_index, cache_dir=folder / "reader")
        applied = time.perf_counter()
        assert (folder / "out.kbp").read_bytes() == new.read_bytes()
        size, whole = delta.stat().st_size, new.stat().st_size
        print(
            f"\n{'with' if with_it else 'without'} index: {size:,} of {whole:,} bytes = {size / whole:.3%}, "
            f"made in {made - started:.1f} s, applied in {applied - made:.1f} s"
        )
        found.append(size / whole)
    return found[0], found[1]


@pytest.mark.parametrize(
    ("pictures", "most"),
    [(True, MOST), (False, MOST_WITHOUT_PICTURES)],
    ids=["with pictures", "texts only"],
)
def test_an_update_of_a_large_knowledge_base(tmp_path: Path, pictures: bool, most: float) -> None:
    copy_texts(tmp_path / "docs")
    if pictures:
        add_pictures(tmp_path / "docs")

    without_it, with_it = shares(*versions(tmp_path / "docs", tmp_path), tmp_path)

    assert without_it <= MOST
    assert with_it <= most


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside this checkout")
def test_an_update_of_a_corpus_as_it_is(tmp_path: Path) -> None:
    """463 articles, no two alike: 26 of them are one in eighteen."""
    shutil.copytree(CORPUS, tmp_path / "docs")

    without_it, with_it = shares(*versions(tmp_path / "docs", tmp_path), tmp_path)

    assert without_it <= MOST
    assert with_it <= MOST_OF_A_SMALL_LIBRARY
