"""A folder of the size of a real knowledge base: 2,461 articles, 1,830 pictures, 108 MB."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]
CORPUS = Path(os.environ.get("KBVIEWER_CORPUS", ROOT.parent / "shared" / "corpora" / "commerce-kb"))
VARIANTS = 2461
PICTURES = 1830
SMALLEST, LARGEST = 10_000, 93_000


def copy_texts(root: Path) -> None:
    """Write the corpus several times over; without it our own articles, many times over."""
    source = CORPUS if CORPUS.is_dir() else ROOT / "content"
    files = [path for path in sorted(source.rglob("*.md")) if path.name not in ("TOC.md", "metadata.md")]
    for number in range(VARIANTS):
        path = files[number % len(files)].relative_to(source)
        copy = root / path.parts[0] / f"part-{number // len(files)}" / Path(*path.parts[1:])
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / path, copy)


def add_pictures(root: Path) -> None:
    """Write pictures that do not get smaller when they are packed."""
    chance = random.Random(1)
    pictures = root / "en" / "assets"
    pictures.mkdir(parents=True, exist_ok=True)
    for number in range(PICTURES):
        noise = chance.randbytes(chance.randrange(SMALLEST, LARGEST))
        (pictures / f"{number}.png").write_bytes(b"\x89PNG\r\n\x1a\n" + noise)


def change_articles(root: Path, count: int) -> None:
    """Say something else in some of the articles: a sentence that is new, and one that is gone."""
    chance = random.Random(2)
    for path in chance.sample(sorted(root.rglob("*.md")), count):
        lines = path.read_text(encoding="utf-8").splitlines()
        middle = len(lines) // 2
        words = chance.sample(" ".join(lines).split(), 8)
        lines[middle : middle + 1] = [
            "",
            f"Restart the service {chance.randrange(10**6)}: {' '.join(words)}.",
            "",
        ]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
