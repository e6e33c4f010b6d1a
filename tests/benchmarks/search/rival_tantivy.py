"""tantivy, through its Python package."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

from tests.benchmarks.search.corpus import Plain
from tests.benchmarks.search.rival import (
    HITS,
    SNIPPET_CHARACTERS,
    SNIPPET_SOURCE_CHARACTERS,
    TITLE_WEIGHT,
    WORD,
    Found,
    imported,
    understand,
)

_LONGEST_START = 3
_BEGUN_TERMS = 50
_HEAP_BYTES = 512_000_000


class Tantivy:
    """The begun word is looked up among the starts of words up to three characters; longer ones are expanded.

    Tried with typed queries on 10,000 articles, p95 without snippets: a regular expression takes 2.1 ms, a
    fuzzy query of distance 0 1.8, the fifty most frequent words of the dictionary 1.9, of which the walk
    through it is 1.5. A field with the starts of words, as edge n-grams, makes that 0.3 for a sixth more
    space. A phrase prefix query is as fast, but takes the first fifty words of the alphabet, unranked.
    Complete words go through the query parser.
    """

    name: ClassVar[str] = "tantivy"

    def __init__(self, folder: Path) -> None:
        self._engine: Any = imported("tantivy", ".venv/bin/python -m pip install tantivy")
        builder = self._engine.SchemaBuilder()
        builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("title", stored=True)
        builder.add_text_field("body", stored=True)
        builder.add_text_field("title_starts", index_option="freq")
        builder.add_text_field("starts", index_option="freq")
        self._schema = builder.build()
        self._index = self._engine.Index(self._schema, path=str(folder))
        self._searcher: Any = None

    def build(self, articles: Iterable[Plain]) -> None:
        """Use one thread, as the other engines do, and so much memory that it ends with few segments."""
        writer = self._index.writer(_HEAP_BYTES, 1)
        for key, _, title, text in articles:
            document = self._engine.Document()
            document.add_text("key", key)
            document.add_text("title", title)
            document.add_text("body", text)
            document.add_text("title_starts", _starts(title))
            document.add_text("starts", _starts(text))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, text: str) -> list[Found]:
        question = understand(text)
        conditions = [self._closed(part) for part in question.closed]
        *before, begun = WORD.findall(question.begun.lower()) or [""]
        if before:
            conditions.append(self._closed(" ".join(before)))
        if begun:
            conditions.append(self._begun(begun))
        if not conditions:
            return []
        places = self._ask(conditions, self._engine.Occur.Must, HITS)
        if len(places) < HITS and len(conditions) > 1:
            known = {(place.segment_ord, place.doc) for place in places}
            others = self._ask(conditions, self._engine.Occur.Should, HITS + len(places))
            others = [place for place in others if (place.segment_ord, place.doc) not in known]
            places += others[: HITS - len(places)]
        documents = [self._searcher.doc(place) for place in places]
        return self._with_snippets(documents, (*question.closed, *before), begun)

    def _ask(self, conditions: list[Any], occur: Any, limit: int) -> list[Any]:
        query = self._engine.Query.boolean_query([(occur, condition) for condition in conditions])
        return [place for _, place in self._searcher.search(query, limit, count=False).hits]

    def _closed(self, part: str) -> Any:
        """Return the query for a complete word, of which one with signs inside is a phrase, or a phrase."""
        words = " ".join(WORD.findall(part))
        boosts = {"title": float(TITLE_WEIGHT)}
        return self._index.parse_query(f'"{words}"', ["title", "body"], field_boosts=boosts)

    def _begun(self, start: str) -> Any:
        query, schema = self._engine.Query, self._schema
        if len(start) <= _LONGEST_START:
            return self._either(
                [query.term_query(schema, "title_starts", start, "freq")],
                [query.term_query(schema, "starts", start, "freq")],
            )
        return self._either(self._expanded("title", start), self._expanded("body", start))

    def _expanded(self, field: str, start: str) -> list[Any]:
        terms = self._searcher.terms_with_prefix(field, start, limit=_BEGUN_TERMS)
        return [self._engine.Query.term_query(self._schema, field, term, "freq") for term, _ in terms]

    def _either(self, in_title: list[Any], in_body: list[Any]) -> Any:
        query, should = self._engine.Query, self._engine.Occur.Should
        boosted = [query.boost_query(each, float(TITLE_WEIGHT)) for each in in_title]
        return query.boolean_query([(should, each) for each in (*boosted, *in_body)])

    def _with_snippets(self, documents: list[Any], closed: tuple[str, ...], begun: str) -> list[Found]:
        """Return the hits; the words to mark are those that the found texts really have."""
        terms = dict.fromkeys(word for part in closed for word in WORD.findall(part.lower()))
        bodies = [document.get_first("body") for document in documents]
        for place, body in enumerate(bodies):
            if len(body) > SNIPPET_SOURCE_CHARACTERS:
                bodies[place] = body[:SNIPPET_SOURCE_CHARACTERS]
                documents[place] = self._shortened(documents[place], bodies[place])
        if begun:
            pattern = re.compile(rf"\b{re.escape(begun)}[^\W_]*", re.IGNORECASE)
            seen = dict.fromkeys(word.lower() for body in bodies for word in pattern.findall(body))
            terms.update(dict.fromkeys(list(seen)[:_BEGUN_TERMS]))
        query, should = self._engine.Query, self._engine.Occur.Should
        marked = query.boolean_query(
            [(should, query.term_query(self._schema, "body", term)) for term in terms]
        )
        generator = self._engine.SnippetGenerator.create(self._searcher, marked, self._schema, "body")
        generator.set_max_num_chars(SNIPPET_CHARACTERS)
        return [
            (
                document.get_first("key"),
                document.get_first("title"),
                # Empty when only the title matches.
                generator.snippet_from_doc(document).to_html() or body[:SNIPPET_CHARACTERS],
            )
            for document, body in zip(documents, bodies, strict=True)
        ]

    def _shortened(self, document: Any, body: str) -> Any:
        key, title = document.get_first("key"), document.get_first("title")
        return self._engine.Document(key=key, title=title, body=body)

    def close(self) -> None:
        self._searcher = None


def _starts(text: str) -> str:
    """Return the first one, two and three characters of each word, as a text of their own."""
    words = WORD.findall(text.lower())
    return " ".join(
        word[:length] for word in words for length in range(1, min(len(word), _LONGEST_START) + 1)
    )
