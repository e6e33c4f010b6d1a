"""Xapian, through the bindings that Debian makes for its own Python."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

from tests.benchmarks.search.corpus import Plain
from tests.benchmarks.search.rival import (
    HITS,
    SNIPPET_CHARACTERS,
    SNIPPET_SOURCE_CHARACTERS,
    TITLE_WEIGHT,
    Found,
    imported,
    understand,
)


class Xapian:
    """A database per language, because a stemmer belongs to one; all are asked, the hits merged by weight.

    One database with a filter per language was tried; it walks every list twice and takes up to 1.8 times as
    long.
    The begun word goes through FLAG_PARTIAL, which takes the hundred most frequent words.
    """

    name: ClassVar[str] = "Xapian"

    _STEMMERS: ClassVar[dict[str, str]] = {"sv": "swedish", "en": "english"}

    # FLAG_PARTIAL does nothing for the last word of "2.4.5-p" or "env.p", where it makes a phrase of them.
    _LAST_SIGN: ClassVar[re.Pattern[str]] = re.compile(
        r"(?<=[^\W_])(?:[^\w\s.\"'&]|(?<!\d)\.|\.(?!\d))(?=\w+$)"
    )

    def __init__(self, folder: Path) -> None:
        self._engine = imported("xapian", "apt-get install python3-xapian, with Debian's Python version")
        self._folder = folder
        self._databases: dict[str, Any] = {}
        self._parsers: dict[str, Any] = {}
        self._stemmers: dict[str, Any] = {}

    def build(self, articles: Iterable[Plain]) -> None:
        """Compact at the end, as Xapian advises for databases that no longer change."""
        engine = self._engine
        flags = engine.DB_CREATE_OR_OVERWRITE | engine.DB_NO_SYNC
        growing: dict[str, tuple[Any, Any]] = {}
        for key, language, title, text in articles:
            if language not in growing:
                generator = engine.TermGenerator()
                generator.set_stemmer(engine.Stem(self._STEMMERS.get(language, "none")))
                growing[language] = (
                    engine.WritableDatabase(str(self._folder / f"{language}.growing"), flags),
                    generator,
                )
            database, generator = growing[language]
            document = engine.Document()
            generator.set_document(document)
            generator.index_text(title, TITLE_WEIGHT)
            generator.increase_termpos()
            generator.index_text(text)
            document.set_data("\n".join((key, title, text)))
            database.add_document(document)
        for language, (database, _) in growing.items():
            database.commit()
            database.compact(str(self._folder / language))
            database.close()
            shutil.rmtree(self._folder / f"{language}.growing")
            self._open(language)

    def _open(self, language: str) -> None:
        engine = self._engine
        database = self._databases[language] = engine.Database(str(self._folder / language))
        parser = self._parsers[language] = engine.QueryParser()
        stemmer = self._stemmers[language] = engine.Stem(self._STEMMERS.get(language, "none"))
        parser.set_database(database)
        parser.set_stemmer(stemmer)
        parser.set_stemming_strategy(parser.STEM_SOME)

    def search(self, text: str) -> list[Found]:
        text = self._LAST_SIGN.sub(" ", text)
        hits = self._ask(text, self._engine.Query.OP_AND, HITS)
        if len(hits) < HITS and understand(text).parts > 1:
            known = {hit[1:3] for hit in hits}
            others = self._ask(text, self._engine.Query.OP_OR, HITS + len(hits))
            hits += [hit for hit in others if hit[1:3] not in known][: HITS - len(hits)]
        found = []
        for _, language, number, answer in hits:
            data = self._databases[language].get_document(number).get_data().decode()
            key, title, body = data.split("\n", 2)
            snippet = answer.snippet(
                body[:SNIPPET_SOURCE_CHARACTERS], SNIPPET_CHARACTERS, self._stemmers[language]
            )
            found.append((key, title, snippet.decode()))
        return found

    def _ask(self, text: str, operator: int, limit: int) -> list[tuple[float, str, int, Any]]:
        """Return weight, language, number and answer set of the best."""
        hits = []
        for language, parser in self._parsers.items():
            parser.set_default_op(operator)
            enquire = self._engine.Enquire(self._databases[language])
            enquire.set_query(parser.parse_query(text, parser.FLAG_PHRASE | parser.FLAG_PARTIAL))
            answer = enquire.get_mset(0, limit)
            hits += [(match.weight, language, match.docid, answer) for match in answer]
        return sorted(hits, key=lambda hit: -hit[0])[:limit]

    def close(self) -> None:
        for database in self._databases.values():
            database.close()
