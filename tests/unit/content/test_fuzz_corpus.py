"""All that fuzzing has found worth keeping goes through every reader of untrusted bytes (`tests/soak`)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.soak.fuzz_targets import CORPUS, TARGETS, clear_folder


@pytest.fixture(scope="module", autouse=True)
def _leaves_nothing_behind() -> Iterator[None]:
    yield
    clear_folder()


def test_every_corpus_has_its_target() -> None:
    """A renamed target would leave its findings unused."""
    assert {folder.name for folder in CORPUS.iterdir()} <= set(TARGETS)


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_the_corpus_is_survived(target: str) -> None:
    kept = sorted((CORPUS / target).iterdir())
    assert kept
    for path in kept:
        TARGETS[target](path.read_bytes())
