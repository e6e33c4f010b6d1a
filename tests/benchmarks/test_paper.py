"""An article on paper: from the model to the bytes of a PDF file.

The ratio is against QTextDocument's own printing of the same text without any formats, in the same run.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QPdfWriter, QTextDocument
from PySide6.QtWidgets import QApplication

from kbviewer.app.libraries import open_libraries
from kbviewer.app.paths import data_folders
from kbviewer.content.folder import FolderLibrary
from kbviewer.i18n.translator import Translator
from kbviewer.model.article import Article
from kbviewer.ui.article.paper_builder import PaperBuilder
from kbviewer.ui.article.printout import Printout, paper_size
from tests.benchmarks.sample import make_article
from tests.support.paper_rules import slips

ROUNDS = 5


def _median_ms(action: Callable[[], object]) -> float:
    action()
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        action()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_pages_of_real_articles(paper: str, qapp: QApplication) -> None:
    """Every tenth article of `shared/corpora/commerce-kb` beside the checkout, or of KBVIEWER_CORPUS."""
    beside = Path(__file__).parents[3] / "shared" / "corpora" / "commerce-kb"
    root = Path(os.environ.get("KBVIEWER_CORPUS", beside))
    if not root.is_dir():
        pytest.skip("no corpus")
    library = FolderLibrary(root, None)
    found = []
    for entry in list(library.entries())[::10]:
        for language in entry.variants:
            texts = Translator(data_folders().i18n, language)
            builder = PaperBuilder(texts, library.media, lambda _reference: None, lambda _reference: "")
            article = library.article(entry.id, language)
            printout = Printout(builder, texts, article, (language,), {}, paper_size(paper, landscape=False))
            found += [f"{entry.id} {language}: {slip}" for slip in slips(printout)]
    assert found == []


@pytest.mark.parametrize("name", ["longest own", "2,000 blocks"])
def test_pdf(name: str, qapp: QApplication) -> None:
    """Goal: the longest article at most 1 s."""
    data = data_folders()
    article: Article = (
        open_libraries((), data.content).article("online-meetings", "sv")
        if name == "longest own"
        else make_article(2000, "sv")
    )
    texts = Translator(data.i18n, "sv")
    builder = PaperBuilder(texts, lambda _id, _path: None, lambda _reference: None, lambda _reference: "")

    def ours() -> Printout:
        printout = Printout(builder, texts, article, ("sv",), {})
        assert printout.as_pdf()
        return printout

    printout = ours()
    text = "\n".join(printout.text_of(page) for page in range(1, printout.page_count + 1))

    def bare() -> None:
        buffer = QBuffer()
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        document = QTextDocument(text)
        document.print_(QPdfWriter(buffer))

    taken, reference = _median_ms(ours), _median_ms(bare)
    print(
        f"\n{name}: PDF of {printout.page_count} pages in {taken:.0f} ms "
        f"({taken / reference:.1f} × plain text)"
    )
    assert taken > 0
