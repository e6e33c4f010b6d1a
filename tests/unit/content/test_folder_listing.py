"""What a listing keeps of a file, and that it is found quickly without being found differently."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.content.collector import CollectorPause
from kbviewer.content.folder_listing import Record, decode_record, encode_record
from kbviewer.content.folder_scan import identify, scan
from kbviewer.model.article import ArticleState, Part
from kbviewer.model.library import Problem, Variant
from kbviewer.model.messages import message

_STAMP = {"stamp": [7, 8]}
_PROBLEM = Problem("kb1/sv.md", 3, "broken-article", message("bad"), message("Correct it."), blocking=True)


def variant(state: ArticleState = ArticleState.CURRENT, products: tuple[str, ...] | None = None) -> Variant:
    return Variant("sv", "Rubrik", "Ingress", "kb1/sv.md", state, products, is_guessed=True)


def write(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("# Title\n", encoding="utf-8")


@pytest.mark.parametrize(
    "record",
    [
        Record(variant()),
        Record(variant(ArticleState.ARCHIVED, ()), ids=("kb1", "q1"), topic="sign-in"),
        Record(variant(products=("Windows",)), part=Part("g", "T", 2, ("a", "b")), included=("a.md",)),
        Record(variant(), redirect="https://example.com"),
        Record(None, problem=_PROBLEM),
    ],
)
def test_a_record_comes_back_as_it_was_kept(record: Record) -> None:
    """What a record does not have is left out of the cache, and must not come back as something else."""
    assert decode_record({**_STAMP, **encode_record(record)}) == record


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=4),
        lambda inner: (
            st.lists(inner, max_size=8)
            | st.dictionaries(
                st.sampled_from(["stamp", "variant", "problem", "part", "ids", "topic", "redirect"]), inner
            )
        ),
        max_leaves=12,
    )
)
def test_a_damaged_record_is_read_from_its_file(data: object) -> None:
    """The cache is only data: neither an article without a title nor one that is lost comes out of it."""
    record = decode_record(data)

    assert record is None or record.variant is not None or record.problem is not None


_NAMES = st.sampled_from(
    ["en", "sv-SE", "docs", "docs.sv-se", "ab-test", "xx", "kb1", "Å", "fil", "help.en", "kb1.sv-SE", "x.fil"]
)


@given(
    paths=st.lists(st.lists(_NAMES, min_size=1, max_size=4), min_size=1, max_size=6),
    known=st.sampled_from([(), ("fil",)]),
    parts=st.sampled_from([(), ("docs", "docs.sv-se"), ("help.en/en", "help.en/sv-SE")]),
)
def test_a_scan_finds_what_each_path_alone_tells(
    tmp_path_factory: pytest.TempPathFactory,
    paths: list[list[str]],
    known: tuple[str, ...],
    parts: tuple[str, ...],
) -> None:
    """A scan works out folders once; resolving a reference looks at one path. Both must agree."""
    root = tmp_path_factory.mktemp("tree")
    for path in paths:
        write(root.joinpath(*path[:-1], f"{path[-1]}.md"))

    for found in scan(root, known, parts):
        identity = (found.entry_id, found.language, found.named_by_language, found.own_id)
        assert identity == identify(found.source, known, parts)


def test_a_tree_that_is_named_after_its_language_gives_it_to_its_files(tmp_path: Path) -> None:
    root = tmp_path / "docs.sv-se"
    write(root / "help" / "first.md")

    assert [(file.entry_id, file.language) for file in scan(root)] == [("help/first", "sv")]


def test_the_collector_rests_while_records_are_made_and_works_where_garbage_is() -> None:
    assert gc.isenabled()
    with CollectorPause() as pause:
        assert not gc.isenabled()
        with pause.lifted():
            assert gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    """A start turns it off altogether, and what pauses it meanwhile must not turn it on."""
    gc.disable()
    try:
        with CollectorPause() as pause, pause.lifted():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.mark.parametrize("name", ["my-account", "no-sound", "to-do-list", "is-it-down", "ab-test"])
def test_a_name_that_only_begins_like_a_language_is_a_name(tmp_path: Path, name: str) -> None:
    """Two of them in a folder are two articles, not two languages of one."""
    for each in (name, "so-what"):
        write(tmp_path / "help" / f"{each}.md")

    assert [file.entry_id for file in scan(tmp_path)] == sorted([f"help/{name}", "help/so-what"])


@pytest.mark.parametrize("tag", ["sv", "sv-SE", "zh-hant", "zh-Hans-CN", "es-419", "en-x-easy"])
def test_a_file_that_is_called_a_language_is_that_language(tmp_path: Path, tag: str) -> None:
    write(tmp_path / "kb1" / f"{tag}.md")

    (file,) = scan(tmp_path)

    assert (file.entry_id, file.language, file.named_by_language) == ("kb1", tag.partition("-")[0], True)
