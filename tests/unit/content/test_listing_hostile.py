"""Whole folders that nobody means well with: contents, redirects and caches that are anything but."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kbviewer.content.contents import read_contents
from kbviewer.content.contents_codec import decode_contents, encode_contents
from kbviewer.content.folder import FolderLibrary
from kbviewer.content.included import cut_code
from kbviewer.content.redirects import Destinations
from kbviewer.content.zones import level_zones
from kbviewer.model.contents import ContentsEntry, walk_contents

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
_ITEM = st.fixed_dictionaries(
    {},
    optional={
        "name": st.text(max_size=8) | st.integers() | st.none(),
        "href": st.sampled_from(
            ["a.md", "toc.yml", "../toc.yml", "sub/", "/", "https://x", "#", "//h/s", ""]
        ),
        "items": _JSON,
        "tocHref": st.sampled_from(["toc.yml", "sub/toc.yml", "x", ""]),
        "uid": _JSON,
    },
)
_PATHS = st.text(alphabet="ab/.~?#%:\\ ", max_size=12)


@given(
    st.dictionaries(
        st.sampled_from(["toc.yml", "sub/toc.yml", "TOC.md"]), st.lists(_ITEM | _JSON, max_size=5)
    )
)
def test_any_contents_end(files: dict[str, list[object]]) -> None:
    texts = {source: json.dumps(items) for source, items in files.items()}
    entries = read_contents(texts, lambda path: path)

    assert decode_contents(json.loads(json.dumps(encode_contents(entries)))) == entries
    assert all(isinstance(entry.title, str) for _, entry in walk_contents(entries))


@given(st.text(max_size=300))
def test_any_text_may_call_itself_contents(text: str) -> None:
    read_contents({"TOC.md": text, "toc.yml": text}, lambda path: path)


@given(_JSON)
def test_any_cached_contents_are_read_or_refused(data: object) -> None:
    decoded = decode_contents(data)

    assert decoded is None or all(isinstance(entry, ContentsEntry) for entry in decoded)


@given(st.lists(_PATHS, max_size=6), st.dictionaries(_PATHS, _PATHS, max_size=6), _PATHS, _PATHS)
def test_any_redirects_lead_to_an_article_or_nowhere(
    ids: list[str], moved: dict[str, str], address: str, source: str
) -> None:
    assert Destinations(ids, moved).find(address, source) in ("", *ids)


@settings(max_examples=30)
@given(_JSON | st.fixed_dictionaries({"redirections": st.lists(_JSON, max_size=4)}))
def test_any_list_of_redirects_is_survived(tmp_path: Path, data: object) -> None:
    (tmp_path / "a.md").write_text("# A\n", encoding="utf-8")
    (tmp_path / ".openpublishing.redirection.json").write_text(json.dumps(data), encoding="utf-8")

    assert [entry.id for entry in FolderLibrary(tmp_path).entries()] == ["a"]


@given(
    st.lists(
        st.sampled_from(
            [":::row:::", ":::row-end:::", ":::column:::", ":::column-end:::", "text", "```", "    x", ""]
        ),
        max_size=30,
    ).map(lambda lines: "\n".join("  " * (at % 5) + line for at, line in enumerate(lines)))
)
def test_levelled_text_has_the_same_words_in_the_same_lines(text: str) -> None:
    levelled = level_zones(text).split("\n")

    assert [line.split() for line in levelled] == [line.split() for line in text.split("\n")]


@given(
    st.text(alphabet="ab<>/# region\nend", max_size=200),
    st.sampled_from(["a", ""]),
    st.text("0123,-", max_size=6),
)
def test_any_code_is_cut_or_not(text: str, name: str, lines: str) -> None:
    cut = cut_code(text, name, lines)

    assert cut is None or len(cut) <= 60 * max(1, len(text))
