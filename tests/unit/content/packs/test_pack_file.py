"""A pack that is open: everything in it is compared with the manifest before it is used."""

from __future__ import annotations

import json
import random
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.content.packs.layout import is_pack_id
from kbviewer.content.packs.library import PackLibrary
from kbviewer.content.packs.pack_file import PackFile
from kbviewer.model.errors import ContentError, PackError
from tests.support.packs import make_pack, members_of, with_changed, write_zip


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return make_pack(tmp_path / "office.kbp")


def refused(path: Path, expected_manifest: str = "") -> str:
    with pytest.raises(PackError) as caught, closing(PackFile(path, expected_manifest)) as file:
        file.verify()
    assert str(caught.value).count("\n") == 0
    return str(caught.value)


def test_a_whole_pack_is_verified_and_says_what_it_is(pack: Path) -> None:
    seen: list[tuple[int, int]] = []
    with closing(PackFile(pack)) as file:
        file.verify(lambda done, total: seen.append((done, total)))
        facts = file.facts
        assert (facts.pack.id, facts.pack.version, facts.pack.publisher) == ("office", "1", "Kontoret")
        assert (facts.articles, dict(facts.variants)) == (2, {"en": 1, "sv": 2})
        assert not file.is_trusted
    assert seen[-1][0] <= seen[-1][1]
    assert seen == sorted(seen)


def test_only_who_knows_the_manifest_trusts_the_pack(pack: Path) -> None:
    with closing(PackFile(pack)) as file:
        digest = file.manifest_digest
    with closing(PackFile(pack, digest)) as file:
        assert file.is_trusted
    assert "changed since it was installed" in refused(pack, "0" * 64)


@pytest.mark.parametrize("name", ["pack.json", "listing.json", "content/printer/sv.md", "content/LICENSE"])
def test_other_bytes_than_the_manifest_says_are_refused(pack: Path, name: str) -> None:
    data = dict(members_of(pack))[name]
    with_changed(pack, {name: data[:-1] + b"x"})
    assert "not what the manifest says" in refused(pack)


def test_a_changed_article_is_an_error_when_it_is_opened(pack: Path, tmp_path: Path) -> None:
    """The rest can still be read."""
    data = dict(members_of(pack))["content/printer/sv.md"]
    with_changed(pack, {"content/printer/sv.md": data[:-1] + b"x"})
    with closing(PackLibrary.open(pack)) as library:
        with pytest.raises(ContentError, match="manifest"):
            library._store.read(library.catalogue.sources["printer", "sv"])
        assert library.article("printer", "sv").language == "en"
        assert library.article("screen", "sv").title == "Skärmen är svart"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"content/more.md": b"# More"}, "other files"),
        ({"content/LICENSE": None}, "other files"),
        ({"content/LICENSE": b"longer than it was"}, "other files"),
        ({"MANIFEST.json": None}, "has no “MANIFEST.json”"),
        ({"MANIFEST.json": b"["}, "manifest is damaged"),
        ({"MANIFEST.json": b"[" * 100_000}, "manifest is damaged"),
        ({"MANIFEST.json": b'{"format": 1, "files": {"a": [1, 2]}}'}, "manifest is damaged"),
        ({"MANIFEST.json": b'{"format": 1, "files": []}'}, "manifest is damaged"),
        ({"MANIFEST.json": b'{"format": 7, "files": {}}'}, "version 7"),
        ({"mimetype": b"application/epub+zip" + b" " * 13}, "another kind of file"),
    ],
)
def test_a_pack_whose_files_and_manifest_differ_is_not_opened(
    pack: Path, changes: dict[str, bytes | None], why: str
) -> None:
    assert why in refused(with_changed(pack, changes))


@pytest.mark.parametrize(
    "facts",
    [
        b"", b"[]", b"null", b"{}", b'{"format": 2}', b"{" * 1000,
        b'{"format": 1, "pack": {"id": "../x"}, "articles": 1, "variants": {}, "made_with": ""}',
        b'{"format": 1, "pack": {"id": 5}, "articles": 1, "variants": {}, "made_with": ""}',
        b'{"format": 1, "pack": {"id": "x"}, "articles": "x", "variants": {}, "made_with": ""}',
        b'{"format": 1, "pack": {"id": "x"}, "articles": 1, "variants": [], "made_with": ""}',
        b'{"format": 1, "pack": {"id": "x"}, "articles": 1e999, "variants": {}, "made_with": ""}',
        b'{"format": 1, "pack": {"id": "x"}, "articles": 1, "variants": {}, "made_with": "\\ud800"}',
    ],
)  # fmt: skip
def test_facts_that_are_none_are_refused(pack: Path, facts: bytes) -> None:
    assert "pack.json" in refused(with_changed(pack, {"pack.json": facts}, honest=True))


@pytest.mark.parametrize(
    "change",
    [
        lambda listing: listing.pop("entries"),
        lambda listing: listing["entries"][0].pop(),
        lambda listing: listing["entries"].append(5),
        lambda listing: listing["entries"][0].__setitem__(0, ["id"]),
        lambda listing: listing["entries"][0][4][0].__setitem__(3, "../../outside.md"),
        lambda listing: listing["entries"][0][4][0].__setitem__(3, "missing.md"),
        lambda listing: listing["entries"][0][4][0].__setitem__(1, 5),
        lambda listing: listing["entries"][0][4][0].__setitem__(4, "new state"),
        lambda listing: listing["entries"][0].__setitem__(4, []),
        lambda listing: listing["references"].__setitem__("kb1", "nowhere"),
        lambda listing: listing["references"].__setitem__("kb1", None),
        lambda listing: listing["entries"][0][4][0].__setitem__(1, "half \ud800"),
        lambda listing: listing["entries"][0].__setitem__(2, [[], 1e999]),
    ],
)
def test_a_listing_that_lies_is_refused(pack: Path, change: Any) -> None:
    listing = json.loads(dict(members_of(pack))["listing.json"])
    change(listing)
    with_changed(pack, {"listing.json": json.dumps(listing).encode()}, honest=True)
    assert "listing.json" in refused(pack)
    with pytest.raises(PackError, match=r"listing\.json"):
        PackLibrary.open(pack)


def test_a_zip_of_something_else_is_no_pack(tmp_path: Path) -> None:
    assert "has no “mimetype”" in refused(write_zip(tmp_path / "x.kbp", [("a", b"b")]))


@pytest.mark.parametrize("text", ["office", "commerce-kb", "a", "a.b_c-1", "0"])
def test_ids_name_packs(text: str) -> None:
    assert is_pack_id(text)


@pytest.mark.parametrize("text", ["", ".", "..", ".a", "-a", "a.", "A", "å", "a/b", "a b", "a" * 81, "a\n"])
def test_what_could_be_a_path_or_an_option_is_no_id(text: str) -> None:
    assert not is_pack_id(text)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(value=_JSON, name=st.sampled_from(["MANIFEST.json", "pack.json", "listing.json"]), seed=st.integers())
def test_no_manifest_facts_or_listing_do_more_than_be_refused(
    tmp_path_factory: pytest.TempPathFactory, value: Any, name: str, seed: int
) -> None:
    """A random value in place of the file, or in place of something in it."""
    folder = tmp_path_factory.getbasetemp() / "fuzzed"
    folder.mkdir(exist_ok=True)
    good = folder / "good.kbp"
    if not good.exists():
        make_pack(good)
    path = folder / "fuzz.kbp"
    path.write_bytes(good.read_bytes())
    chance = random.Random(seed)
    whole = json.loads(dict(members_of(good))[name])
    changed = value if chance.random() < 0.2 else _with_one_other(whole, value, chance)
    with_changed(path, {name: json.dumps(changed).encode()}, honest=name != "MANIFEST.json")
    try:
        with closing(PackLibrary.open(path)) as library:
            library.entries()
            library.languages()
            for entry_id, language in library.catalogue.sources:
                library.article(entry_id, language)
            library.signature()
    except (PackError, ContentError):
        return


def _with_one_other(whole: Any, value: Any, chance: random.Random) -> Any:
    if isinstance(whole, dict) and whole and chance.random() < 0.85:
        key = chance.choice(list(whole))
        return {**whole, key: _with_one_other(whole[key], value, chance)}
    if isinstance(whole, list) and whole and chance.random() < 0.85:
        at = chance.randrange(len(whole))
        return [*whole[:at], _with_one_other(whole[at], value, chance), *whole[at + 1 :]]
    return value
