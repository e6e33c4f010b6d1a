"""The bundle that `python3 dev.py package` has built, against the checkout in the same run."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from resources.packaging.bundle import size_mb
from resources.packaging.places import ARCHIVE, BUNDLE
from tests.support.virtual_display import virtual_display

ARTICLE, RUNS = "online-meetings", 11


@pytest.mark.skipif(not (BUNDLE / "kbviewer").is_file(), reason="no bundle: python3 dev.py package")
def test_start_of_the_bundle_to_article(tmp_path: Path) -> None:
    """Goals: 1.2 times the checkout, 110 MB, 35 MB packed."""
    shows = ["--language", "sv", "open", ARTICLE]
    bundle = [str(BUNDLE / "kbviewer"), "--profile", str(tmp_path / "bundle"), *shows]
    checkout = [sys.executable, "-m", "kbviewer", "--profile", str(tmp_path / "checkout"), *shows]
    with virtual_display() as display:
        environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        watch = [sys.executable, "-m", "tests.benchmarks.first_text", str(RUNS), *bundle, "--", *checkout]
        watched = subprocess.run(watch, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    pairs = [tuple(map(float, line.split())) for line in watched.stdout.splitlines()]

    ratio = statistics.median(first / second for first, second in pairs)
    middle = [statistics.median(column) for column in zip(*pairs, strict=True)]
    packed = f"{ARCHIVE.stat().st_size / 1e6:.1f} MB packed" if ARCHIVE.is_file() else "not packed"
    print(f"\nstart to text: bundle {middle[0]:.0f} ms, checkout {middle[1]:.0f} ms, ratio {ratio:.2f}")
    print(f"bundle: {size_mb(BUNDLE):.1f} MB, {packed}")
    assert ratio > 0
