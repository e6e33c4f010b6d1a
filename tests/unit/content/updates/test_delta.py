"""A newer pack made of an older one and a delta."""

from __future__ import annotations

import hashlib
import json
import lzma
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbviewer.content.packs.building import BuildIndex, build_pack
from kbviewer.content.updates.delta import apply_delta, delta_head, index_recipe, make_delta
from kbviewer.content.updates.delta_file import MAGIC
from kbviewer.model.errors import PackError
from tests.support.packs import PIXEL, make_folder, make_pack, with_index, without_index

Files = dict[str, bytes]
Value = dict[str, Any]


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two versions with their indexes; a picture moves, a text changes, a file comes."""
    folder = tmp_path_factory.mktemp("packs")
    old = make_pack(folder / "old.kbp", index=True)
    root = make_folder(folder / "new", "2", says="Köp en ny skrivare.")
    (root / "screen" / "media").mkdir()
    (root / "printer" / "media" / "skrivare.png").rename(root / "screen" / "media" / "annan.png")
    (root / "screen" / "en.md").write_text("# The screen is black\n\nLook at the cable.\n")
    build_pack(root, folder / "new.kbp", with_index)
    return old, folder / "new.kbp"


@pytest.fixture(scope="module", params=[True, False], ids=["with its index", "to be rebuilt"])
def delta(request: pytest.FixtureRequest, packs: tuple[Path, Path]) -> Path:
    path = packs[0].with_name(f"{request.param}.kbd")
    make_delta(*packs, path, with_index=request.param)
    return path


def applied(old: Path, delta: Path, out: Path, build: BuildIndex = with_index) -> bytes:
    apply_delta(old, delta, out, build)
    return out.read_bytes()


def test_the_new_pack_comes_out_byte_for_byte(packs: tuple[Path, Path], delta: Path, tmp_path: Path) -> None:
    assert applied(packs[0], delta, tmp_path / "out.kbp") == packs[1].read_bytes()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["out.kbp"]


def test_a_delta_says_what_it_is_for(packs: tuple[Path, Path], delta: Path) -> None:
    head = delta_head(delta)

    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in packs]
    assert [head.old, head.new] == digests
    assert head.size == packs[1].stat().st_size
    assert head.recipe == ("" if delta.stem == "True" else index_recipe())


def test_the_recipe_fits_the_metadata() -> None:
    """`layout.from_custom` takes texts of up to 200 characters."""
    assert 0 < len(index_recipe()) <= 200


def test_progress_reaches_the_end(packs: tuple[Path, Path], delta: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    apply_delta(packs[0], delta, tmp_path / "out.kbp", with_index, lambda *told_: told.append(told_))

    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


def test_a_delta_between_the_same_packs_is_next_to_nothing(packs: tuple[Path, Path], tmp_path: Path) -> None:
    make_delta(packs[0], packs[0], tmp_path / "none.kbd", with_index=True)

    assert (tmp_path / "none.kbd").stat().st_size < 500
    assert applied(packs[0], tmp_path / "none.kbd", tmp_path / "out.kbp") == packs[0].read_bytes()


def test_making_a_delta_twice_gives_the_same_bytes(packs: tuple[Path, Path], tmp_path: Path) -> None:
    for name in ("a", "b"):
        make_delta(*packs, tmp_path / name, with_index=True)

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


NAMES = st.sampled_from(
    ["a/sv.md", "a/en.md", "b/sv.md", "å/en.md", "b/media/x.png", "a/media/y.png", "z.txt"]
)
WORDS = st.lists(st.sampled_from(["skrivaren", "svarar", "inte", "log", "restart", "åäö"]), max_size=30)


@st.composite
def folders(draw: st.DrawFn) -> Files:
    """Articles and pictures; there is always one that can be read."""
    files: Files = {"always/en.md": f"# {' '.join(draw(WORDS))} title\n\nText.\n".encode()}
    for name in draw(st.sets(NAMES)):
        text = f"# Title {len(name)}\n\n{' '.join(draw(WORDS))}\n".encode()
        files[name] = PIXEL + draw(st.binary(max_size=60)) if name.endswith(".png") else text
    return files


def packed(files: Files, path: Path, build: BuildIndex) -> Path:
    for name, data in files.items():
        file = path.with_suffix("") / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    build_pack(path.with_suffix(""), path, build)
    return path


@settings(max_examples=15)
@given(folders(), folders(), st.booleans())
def test_any_folder_is_made_of_any_other(
    tmp_path_factory: pytest.TempPathFactory, before: Files, after: Files, carried: bool
) -> None:
    room = tmp_path_factory.mktemp("any")
    old, new = packed(before, room / "old.kbp", with_index), packed(after, room / "new.kbp", with_index)

    make_delta(old, new, room / "x.kbd", with_index=carried)

    assert applied(old, room / "x.kbd", room / "out.kbp") == new.read_bytes()


def test_another_pack_than_the_one_it_is_for_is_refused(
    packs: tuple[Path, Path], delta: Path, tmp_path: Path
) -> None:
    with pytest.raises(PackError, match=r"for another version than “new\.kbp”.*whole pack"):
        apply_delta(packs[1], delta, tmp_path / "out.kbp", with_index)

    assert not list(tmp_path.glob("*.kbp"))


def test_an_index_that_another_program_builds_is_noticed(packs: tuple[Path, Path], tmp_path: Path) -> None:
    """The recipe is a promise; what counts is the result."""
    make_delta(*packs, tmp_path / "x.kbd", with_index=False)

    with pytest.raises(PackError, match="not what it says"):
        apply_delta(packs[0], tmp_path / "x.kbd", tmp_path / "out.kbp", without_index)
    assert not list(tmp_path.glob("*.kbp"))
    assert not list(tmp_path.glob(".*"))


def test_a_full_disk_is_told_before_anything_is_written(
    packs: tuple[Path, Path], delta: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda path: type("Usage", (), {"free": 3 << 20}))

    with pytest.raises(PackError, match=r"has 3 MB left; \d+ MB are needed"):
        apply_delta(packs[0], delta, tmp_path / "out.kbp", with_index)


def test_a_pack_of_another_writer_is_refused(packs: tuple[Path, Path], tmp_path: Path) -> None:
    """Its directory could not be made anew from the names of its members."""
    from tests.support.packs import members_of, write_zip

    other = write_zip(tmp_path / "other.kbp", members_of(packs[1]))

    with pytest.raises(PackError, match=r"other\.kbp” was not written by this program"):
        make_delta(packs[0], other, tmp_path / "x.kbd", with_index=True)


@pytest.mark.parametrize("missing", ["old", "new", "delta"])
def test_a_file_that_is_missing_is_named(packs: tuple[Path, Path], tmp_path: Path, missing: str) -> None:
    gone = tmp_path / f"{missing}.gone"
    with pytest.raises(PackError, match=rf"{missing}\.gone"):
        if missing == "delta":
            apply_delta(packs[0], gone, tmp_path / "out", with_index)
        else:
            old, new = (gone, packs[1]) if missing == "old" else (packs[0], gone)
            make_delta(old, new, tmp_path / "x.kbd", with_index=True)


# Hostile files: each says something that cannot be. Nobody may rely on the signature alone.


def parts_of(delta: Path) -> tuple[Value, bytes]:
    stream = lzma.decompress(delta.read_bytes().removeprefix(MAGIC))
    (length,) = struct.unpack("<L", stream[:4])
    return json.loads(stream[4 : 4 + length]), stream[4 + length :]


def forged(path: Path, head: object, data: bytes, length: int | None = None) -> Path:
    raw = head if isinstance(head, bytes) else json.dumps(head).encode()
    stream = struct.pack("<L", len(raw) if length is None else length) + raw + data
    path.write_bytes(MAGIC + lzma.compress(stream))
    return path


def with_step(head: Value, step: object) -> Value:
    return {**head, "steps": [*head["steps"], step]}


FORGERIES: dict[str, Callable[[Value], Value]] = {
    "a member beyond the old pack": lambda head: with_step(head, ["same", 5000, 1]),
    "more members than there are": lambda head: with_step(head, ["same", 0, 65_000]),
    "a member twice": lambda head: with_step(head, ["same", 0, 1]),
    "a name that climbs": lambda head: with_step(head, ["moved", 0, "../../x"]),
    "an absolute name": lambda head: with_step(head, ["moved", 0, "/etc/x"]),
    "a negative number": lambda head: with_step(head, ["same", -1, 1]),
    "a number that is none": lambda head: with_step(head, ["same", True, 1]),
    "a step that is none": lambda head: with_step(head, ["run", "x"]),
    "no step at all": lambda head: with_step(head, 7),
    "more bytes than follow": lambda head: with_step(head, ["raw", "content/x", 0, 9, 9, 0]),
    "far more bytes than follow": lambda head: with_step(head, ["raw", "x", 0, 1 << 31, 1 << 31, 0]),
    "a method that is none": lambda head: with_step(head, ["raw", "x", 12, 0, 0, 0]),
    "edits outside of the old text": lambda head: with_step(head, ["text", "x", 0, 99, 0, [0, 99, 0]]),
    "edits that come to less": lambda head: with_step(head, ["text", "x", 0, 99, 0, [0, 1, 0]]),
    "half an edit": lambda head: with_step(head, ["text", "x", 0, 1, 0, [0, 1]]),
    "a bomb of one text": lambda head: with_step(head, ["text", "x", 0, 8 << 30, 0, []]),
    "a small size": lambda head: {**head, "size": 100},
    "another result": lambda head: {**head, "new": "0" * 64},
    "a size that is none": lambda head: {**head, "size": "100"},
    "another format": lambda head: {**head, "format": 2},
    "no digest": lambda head: {**head, "old": "x" * 64},
    "a long recipe": lambda head: {**head, "recipe": "x" * 1000},
    "too many steps": lambda head: {**head, "steps": [["same", 0, 0]] * 70_000},
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_delta_that_says_what_cannot_be_is_refused(
    packs: tuple[Path, Path], delta: Path, tmp_path: Path, name: str
) -> None:
    head, data = parts_of(delta)
    path = forged(tmp_path / "forged.kbd", FORGERIES[name](head), data)

    with pytest.raises(PackError, match=r"“forged\.kbd” is no whole update"):
        apply_delta(packs[0], path, tmp_path / "out.kbp", with_index)

    assert [entry.name for entry in tmp_path.iterdir() if entry.name not in ("home", "profile")] == [
        "forged.kbd"
    ]


def test_texts_without_end_are_refused_before_one_is_made(
    packs: tuple[Path, Path], delta: Path, tmp_path: Path
) -> None:
    """A hundred texts of 128 MB are twelve bytes each."""
    head, data = parts_of(delta)
    steps = [["text", f"content/{n}", 8, 1 << 27, -1, [0, 0, 1 << 27]] for n in range(100)]
    path = forged(tmp_path / "bomb.kbd", {**head, "steps": steps}, data)

    with pytest.raises(PackError, match="too large"):
        apply_delta(packs[0], path, tmp_path / "out.kbp", with_index)


@pytest.mark.parametrize(
    ("head", "length"),
    [(b"[" * 100_000, None), (b"\xff\xfe", None), (b"{}", 1 << 31), (b"{}", 50), (b'"\\ud800"', None)],
)
def test_a_head_that_cannot_be_read_is_refused(tmp_path: Path, head: bytes, length: int | None) -> None:
    with pytest.raises(PackError, match="is no whole update"):
        delta_head(forged(tmp_path / "x.kbd", head, b"", length))


@pytest.mark.parametrize("cut", [0, 5, 15, 40, 0.5, -1])
def test_a_delta_that_is_cut_short_is_refused(
    packs: tuple[Path, Path], delta: Path, tmp_path: Path, cut: float
) -> None:
    whole = delta.read_bytes()
    at = int(cut * len(whole)) if 0 < cut < 1 else int(cut)
    (tmp_path / "cut.kbd").write_bytes(whole[:at])

    with pytest.raises(PackError, match=r"cut\.kbd” is no whole update"):
        apply_delta(packs[0], tmp_path / "cut.kbd", tmp_path / "out.kbp", with_index)


def test_a_delta_with_something_after_its_end_is_refused(
    packs: tuple[Path, Path], delta: Path, tmp_path: Path
) -> None:
    (tmp_path / "more.kbd").write_bytes(delta.read_bytes() + b"more")

    with pytest.raises(PackError, match="more bytes than it says"):
        apply_delta(packs[0], tmp_path / "more.kbd", tmp_path / "out.kbp", with_index)


@settings(max_examples=60)
@given(data=st.data())
def test_flipped_bits_are_noticed(
    packs: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Whatever they do: either the new pack comes out, or an error says that it did not."""
    room = tmp_path_factory.mktemp("flipped")
    make_delta(*packs, room / "x.kbd", with_index=True)
    raw = bytearray((room / "x.kbd").read_bytes())
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    (room / "x.kbd").write_bytes(raw)

    try:
        made = applied(packs[0], room / "x.kbd", room / "out.kbp")
    except PackError:
        assert not (room / "out.kbp").exists()
    else:
        assert made == packs[1].read_bytes()


def test_a_decoder_that_wants_much_memory_is_refused(tmp_path: Path) -> None:
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 29}]
    (tmp_path / "x.kbd").write_bytes(MAGIC + lzma.compress(b"\0" * 100, filters=filters))

    with pytest.raises(PackError, match="its bytes have changed"):
        delta_head(tmp_path / "x.kbd")


def test_what_is_no_regular_file_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="no regular file"):
        delta_head(tmp_path)


def test_what_is_at_the_place_of_the_result_outlives_a_failure(
    packs: tuple[Path, Path], delta: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "out.kbp").write_bytes(b"before")
    monkeypatch.setattr(Path, "replace", refuse)

    with pytest.raises(PackError, match=r"out\.kbp” cannot be written: No space left"):
        apply_delta(packs[0], delta, tmp_path / "out.kbp", with_index)
    assert (tmp_path / "out.kbp").read_bytes() == b"before"
