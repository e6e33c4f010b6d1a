"""What a translator exports and imports unchanged changes nothing, in our articles and in real ones."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kbviewer.content.translation.comparison import TextState, compare, count
from kbviewer.content.translation.exchange import export_article, import_article
from kbviewer.content.translation.lock_file import parse_lock, write_lock
from kbviewer.content.translation.po_file import parse_po, write_po
from kbviewer.content.translation.workspace import Work, Workspace, open_workspace

ROOT = Path(__file__).parents[4]
CORPUS = Path(os.environ.get("KBVIEWER_CORPUS") or ROOT.parent / "shared" / "corpora" / "commerce-kb")


def works(workspace: Workspace) -> list[Work]:
    found = [
        workspace.work(entry_id, language)
        for entry_id, files in workspace.entries().items()
        for language in files
    ]
    return [work for work in found if work is not None]


def round_trip(work: Work) -> None:
    exported = export_article(work.source, work.target.file.language, work.pairs)
    read = parse_po(write_po(exported), "x.po")
    texts = [(entry.context, entry.source, entry.translation, entry.is_fuzzy) for entry in exported.entries]
    assert [
        (entry.context, entry.source, entry.translation, entry.is_fuzzy) for entry in read.entries
    ] == texts

    imported = import_article(work.source, work, read.entries, "x.po")

    assert not imported.problems
    assert imported.changed == 0
    assert imported.target is not None
    assert imported.target.data == work.target.data
    assert imported.lock is not None
    lock = parse_lock(write_lock(imported.lock), "lock")
    counts = count(compare(work.source.text.units, imported.target.text.units, lock))
    assert counts[TextState.STALE] == counts[TextState.UNACCEPTED] == 0
    assert counts[TextState.MISSING] == count(work.pairs)[TextState.MISSING]


def test_all_shipped_articles_come_back_as_they_were() -> None:
    found = works(open_workspace(ROOT / "content"))

    assert len(found) == 4
    for work in found:
        round_trip(work)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="shared/corpora/commerce-kb is not beside the checkout")
def test_articles_of_a_real_library_come_back_as_they_were() -> None:
    """Both folders of commerce-kb: every fifth of the articles that have both languages."""
    found = works(open_workspace(CORPUS))

    assert len(found) >= 200
    sample = found[::5]
    for work in sample:
        round_trip(work)
    assert sum(len(work.pairs) for work in sample) > 900
