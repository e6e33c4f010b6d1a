"""The listing of a pack: what the library shows of its articles before any is opened."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kbviewer.content.codec import decode_part, encode_part, texts
from kbviewer.content.collector import CollectorPause
from kbviewer.content.folder_listing import Catalogue
from kbviewer.content.folder_scan import ArticleFile
from kbviewer.content.packs.layout import BAD_JSON, CONTENT, LISTING_NAME, MAX_LISTING_BYTES, parse_json
from kbviewer.content.packs.zip_reader import damaged
from kbviewer.model.article import ArticleState
from kbviewer.model.library import LibraryEntry, Variant
from kbviewer.model.messages import N_, message

if TYPE_CHECKING:
    from kbviewer.content.packs.pack_file import PackFile

_STATES = {state.value: state for state in ArticleState}


def encode_listing(catalogue: Catalogue) -> bytes:
    """Return the listing of all entries that can be read; the same catalogue gives the same bytes."""
    entries = [
        [
            entry.id,
            entry.topic,
            encode_part(entry.part) if entry.part else None,
            sorted(entry.references),
            [
                _encode_variant(variant, catalogue.sources[entry.id, language])
                for language, variant in entry.variants.items()
            ],
        ]
        for entry in catalogue.entries.values()
        if entry.variants
    ]
    known = {row[0] for row in entries}
    references = {name: target for name, target in sorted(catalogue.references.items()) if target in known}
    variants = [variant for entry in catalogue.entries.values() for variant in entry.variants.values()]
    value = {
        "entries": entries,
        "references": references,
        "included": {source: list(paths) for source, paths in sorted(catalogue.included.items()) if paths},
        "guessed": sorted(variant.source for variant in variants if variant.is_guessed),
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _encode_variant(variant: Variant, file: ArticleFile) -> list[Any]:
    return [
        variant.language,
        variant.title,
        variant.description,
        variant.source,
        variant.state.value,
        None if variant.applies_to is None else list(variant.applies_to),
        file.language,
        file.named_by_language,
    ]


def read_listing(pack: PackFile) -> Catalogue:
    """Return the listing of a pack.

    Raises:
        PackError: it is damaged, or lists an article that the pack does not have.
    """
    raw = pack.read(LISTING_NAME, MAX_LISTING_BYTES)
    try:
        catalogue = Catalogue()
        with CollectorPause():
            value: Any = parse_json(raw)
            guessed = frozenset(texts(value.get("guessed", [])))
            for row in value["entries"]:
                _decode_entry(row, catalogue, pack, guessed)
            for source, paths in value.get("included", {}).items():
                catalogue.included[source] = texts(paths)
        references = value["references"]
        if not all(type(target) is str and target in catalogue.entries for target in references.values()):
            raise ValueError("a reference leads nowhere")
        catalogue.references.update(references)
    except BAD_JSON as error:
        raise damaged(pack.path, message(N_("“{name}” is damaged"), name=LISTING_NAME)) from error
    return catalogue


def stamps_of(
    sources: Iterable[str], included: Mapping[str, tuple[str, ...]], digest: Callable[[str], str]
) -> dict[str, str]:
    """Return by source path what changes when an article or what it takes in does.

    Args:
        included: paths of the files that an article takes in, by its source path.
        digest: returns the SHA-256 of a file in the pack, "" when there is none.
    """
    return {
        source: "+".join(digest(CONTENT + path) for path in (source, *included.get(source, ())))
        for source in sources
    }


def _decode_entry(row: Any, catalogue: Catalogue, pack: PackFile, guessed: frozenset[str]) -> None:
    entry_id, topic, part, references, rows = row
    variants: dict[str, Variant] = {}
    languages = [row[0] for row in rows]
    for language, title, description, source, state, products, file_language, named in rows:
        # What is no text cannot be joined.
        "".join((language, title, description, file_language))
        size = pack.file_size(CONTENT + source)
        if size is None:
            raise ValueError("an article is not there")
        variants[language] = Variant(
            language,
            title,
            description,
            source,
            _STATES[state],
            None if products is None else texts(products),
            source in guessed,
        )
        beside = () if file_language else tuple(tag for tag in languages if tag != language)
        catalogue.sources[entry_id, language] = ArticleFile(
            source, entry_id, file_language, (size, 0), named is True, beside=beside
        )
    if type(entry_id) is not str or type(topic) is not str or not variants:
        raise TypeError("not an entry")
    catalogue.entries[entry_id] = LibraryEntry(
        entry_id, variants, frozenset(texts(references)), topic, decode_part(part) if part else None
    )
