"""Folders of Markdown files as libraries: layouts, broken files, references, pictures, cache."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kbviewer.content.folder import FolderLibrary
from kbviewer.content.folder_files import MAX_ARTICLE_BYTES, MAX_MEDIA_BYTES
from kbviewer.model.blocks import Heading, StepList
from kbviewer.model.errors import ArticleNotFoundError, ContentError
from kbviewer.model.library import Problem

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 24


def write(root: Path, path: str, text: str | bytes) -> Path:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A library in the house layout with one article in two languages."""
    folder = tmp_path / "library"
    write(
        folder,
        "kb307294/sv.md",
        "---\nlang: sv\nuid: kb307294\nkb.aliases: [Q307294]\n---\n"
        "# Rubrik\n\nText.\n\n## Del {#part}\n\nMer.\n",
    )
    write(folder, "kb307294/en.md", "---\nlang: en\n---\n# Title\n\nText.\n\n## Part {#part}\n\nMore.\n")
    return folder


def test_the_house_layout_gives_one_entry_with_its_languages(root: Path) -> None:
    library = FolderLibrary(root)

    (entry,) = library.entries()

    assert entry.id == "kb307294"
    assert {tag: variant.title for tag, variant in entry.variants.items()} == {"sv": "Rubrik", "en": "Title"}
    assert entry.variants["sv"].source == "kb307294/sv.md"


def test_languages_of_a_documentation_tree_are_paired_without_their_folders(tmp_path: Path) -> None:
    write(tmp_path, "en/help/x.md", "# English")
    write(tmp_path, "sv-SE/help/x.md", "# Svenska")

    (entry,) = FolderLibrary(tmp_path).entries()

    assert entry.id == "help/x"
    assert set(entry.variants) == {"en", "sv"}


def test_front_matter_decides_the_language_where_the_path_does_not(tmp_path: Path) -> None:
    write(tmp_path, "notes/x.md", "---\nlang: sv-SE\n---\n# Anteckning")
    write(tmp_path, "notes/y.md", "# Note")

    library = FolderLibrary(tmp_path)

    assert [list(entry.variants) for entry in library.entries()] == [["sv"], ["en"]]


def test_navigation_metadata_and_licence_files_are_no_articles(tmp_path: Path) -> None:
    for path in ("README.md", "LICENSE.md", "en/TOC.md", "en/metadata.md", ".git/x.md", "en/x.txt"):
        write(tmp_path, path, "# No")
    write(tmp_path, "en/readme.md", "# Yes")

    assert [entry.id for entry in FolderLibrary(tmp_path).entries()] == ["readme"]


def test_languages_of_the_pack_come_first(root: Path) -> None:
    write(root, "pack.toml", 'id = "p"\nlanguages = ["sv", "en"]')
    write(root, "other/de.md", "# Titel")

    assert list(FolderLibrary(root).languages()) == ["sv", "en", "de"]


@pytest.mark.parametrize(
    "reference",
    [
        "kb307294",
        "KB307294",
        "Q307294",
        "307294",
        "kb://307294",
        "kb307294/sv.md",
        "kb307294/en.md",
        " kb307294 ",
    ],
)
def test_every_id_form_finds_the_article(root: Path, reference: str) -> None:
    assert FolderLibrary(root).resolve(reference).id == "kb307294"


def test_a_part_of_a_guide_is_found_by_guide_and_number(root: Path) -> None:
    write(root, "x/en.md", "---\nkb.part: {guide: chat, title: Chat, number: 2, parts: [a, b]}\n---\n# X\n")

    assert FolderLibrary(root).resolve("chat-2").id == "x"


def test_a_path_on_disk_finds_the_article(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = FolderLibrary(root)
    monkeypatch.chdir(root.parent)

    assert library.resolve(str(root / "kb307294" / "sv.md")).id == "kb307294"
    assert library.resolve(str(Path("library", "kb307294", "en.md"))).id == "kb307294"
    assert library.resolve(str(Path("library", "kb307294"))).id == "kb307294"


@pytest.mark.parametrize("reference", ["", "kb1", "../kb307294", "/etc/passwd", "\0", "x" * 100_000])
def test_strange_references_are_not_found(root: Path, reference: str) -> None:
    with pytest.raises(ArticleNotFoundError):
        FolderLibrary(root).resolve(reference)


def test_a_missing_language_falls_back_and_says_so(root: Path) -> None:
    (root / "kb307294" / "sv.md").unlink()

    article = FolderLibrary(root).article("kb307294", "sv")

    assert article.language == "en"


def test_a_section_that_only_the_other_language_has_is_filled_in_with_its_language(root: Path) -> None:
    write(
        root,
        "kb307294/en.md",
        "# Title\n\nText.\n\n## Part {#part}\n\nMore.\n\n## Extra {#extra}\n\n1. Do it. {#do}\n",
    )

    article = FolderLibrary(root).article("kb307294", "sv")

    extra = next(block for block in article.blocks if isinstance(block, Heading) and block.key == "extra")
    steps = article.blocks[-1]
    assert (article.language, extra.language) == ("sv", "en")
    assert isinstance(steps, StepList)
    assert steps.language == "en"


BROKEN = {
    "yaml/sv.md": (b"---\ntitle: [\n---\n# T\n", "broken-article"),
    "utf16/sv.md": ("# Rubrik".encode("utf-16"), "encoding"),
    "latin/sv.md": (b"# T\n\nR\xe4tt\n", "encoding"),
    "binary/sv.md": (b"# T\n\x00\x01\x02", "binary"),
    "noise/sv.md": (bytes(range(1, 9)) * 200, "broken-article"),
    "large/sv.md": (b"#" * (MAX_ARTICLE_BYTES + 1), "too-large"),
}


@pytest.fixture
def broken(root: Path) -> FolderLibrary:
    for path, (data, _) in BROKEN.items():
        write(root, path, data)
    return FolderLibrary(root)


def test_broken_articles_are_listed_and_never_stop_the_others(broken: FolderLibrary) -> None:
    entries = {entry.id: entry for entry in broken.entries()}

    assert set(entries) == {"kb307294", *(path.split("/")[0] for path in BROKEN)}
    assert broken.article("kb307294", "sv").title == "Rubrik"
    for path, (_, kind) in BROKEN.items():
        entry = entries[path.split("/")[0]]
        (problem,) = entry.problems
        assert not entry.variants
        assert (problem.path, problem.kind, problem.blocking) == (path, kind, True)
    assert {problem.path for problem in broken.problems()} == set(BROKEN)


def test_problems_say_file_and_line(broken: FolderLibrary) -> None:
    by_path: dict[str, Problem] = {problem.path: problem for problem in broken.problems()}

    assert by_path["latin/sv.md"].line == 3
    assert by_path["binary/sv.md"].line == 2
    assert by_path["yaml/sv.md"].render(str).startswith("yaml/sv.md:3: ")
    assert "UTF-16" in by_path["utf16/sv.md"].render(str)


def test_opening_a_broken_article_says_what_the_listing_says(broken: FolderLibrary) -> None:
    with pytest.raises(ContentError) as error:
        broken.article("latin", "sv")

    assert "latin/sv.md:3: " in str(error.value)
    assert error.value.remedy is not None


def test_a_huge_file_is_refused_by_its_size_alone(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(root, "huge/sv.md", b"")
    os.truncate(file, 100 * 1024 * 1024)
    opened: list[Path] = []
    original = Path.open

    def spy(path: Path, *args: object, **kwargs: object) -> object:
        opened.append(path)
        return original(path, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", spy)

    assert FolderLibrary(root).problems()[0].kind == "too-large"
    assert file not in opened


@pytest.mark.skipif(os.name == "nt", reason="links need privileges there")
def test_links_that_leave_the_library_are_not_followed(root: Path, tmp_path: Path) -> None:
    secret = write(tmp_path, "secret.md", "# Secret")
    (root / "linked").mkdir()
    (root / "linked" / "sv.md").symlink_to(secret)
    (root / "loop").symlink_to(root, target_is_directory=True)

    library = FolderLibrary(root)

    assert [problem.kind for problem in library.problems()] == ["outside-library"]
    assert [entry.id for entry in library.entries()] == ["kb307294", "linked"]


@pytest.mark.skipif(os.name == "nt", reason="there are no pipes in folders there")
def test_a_pipe_is_never_opened(root: Path) -> None:
    (root / "pipe").mkdir()
    os.mkfifo(root / "pipe" / "sv.md")

    assert [problem.kind for problem in FolderLibrary(root).problems()] == ["not-a-file"]


def test_two_files_of_one_language_are_told_apart(tmp_path: Path) -> None:
    write(tmp_path, "x.md", "# One")
    write(tmp_path, "en/x.md", "# Two")

    (entry,) = FolderLibrary(tmp_path).entries()

    assert entry.variants["en"].title == "Two"
    assert [problem.kind for problem in entry.problems] == ["duplicate-variant"]


def test_a_missing_folder_is_an_empty_library_with_a_reason(tmp_path: Path) -> None:
    library = FolderLibrary(tmp_path / "nowhere")

    assert library.entries() == ()
    assert [problem.kind for problem in library.problems()] == ["no-folder"]


def test_a_broken_pack_costs_its_titles_only(root: Path) -> None:
    write(root, "pack.toml", "id = ")

    library = FolderLibrary(root)

    assert library.pack.id == "library"
    assert [problem.path for problem in library.problems()] == ["pack.toml"]
    assert library.article("kb307294", "sv").title == "Rubrik"


def test_the_signature_changes_with_every_kind_of_file(root: Path) -> None:
    library = FolderLibrary(root)
    seen = {library.signature()}
    for path in ("pack.toml", "glossary.toml", "new/sv.md", "kb307294/sv.md"):
        write(root, path, "id = 'x'" if path.endswith("toml") else "# Ny")
        seen.add(library.signature())

    assert len(seen) == 5
    assert library.signature() in seen


def test_refresh_shows_what_has_changed(root: Path) -> None:
    library = FolderLibrary(root)
    assert len(library.entries()) == 1
    assert not library.refresh()
    write(root, "new/sv.md", "# Ny")

    assert library.refresh()
    assert len(library.entries()) == 2


def test_pictures_come_from_the_article_s_folder_only(root: Path) -> None:
    write(root, "kb307294/media/a.png", PNG)
    write(root, "other/sv.md", "# Annan")
    write(root, "other/b.png", PNG)
    library = FolderLibrary(root)

    assert library.media("kb307294", "media/a.png") == PNG
    for path in ("../other/b.png", "media/../media/a.png", "MEDIA/A.PNG", str(root / "other" / "b.png"), ""):
        assert library.media("kb307294", path) is None
    for path in ("//host/share/a.png", "\\\\host\\share\\a.png", "C:\\a.png", "media\\a.png", "a\0.png"):
        assert library.media("kb307294", path) is None
    assert library.media("nothing", "media/a.png") is None


def test_only_raster_pictures_of_a_sane_size_are_served(root: Path) -> None:
    write(root, "kb307294/media/a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    large = write(root, "kb307294/media/b.png", PNG)
    os.truncate(large, MAX_MEDIA_BYTES + 1)
    library = FolderLibrary(root)

    assert library.media("kb307294", "media/a.png") is None
    assert library.media("kb307294", "media/b.png") is None


@pytest.mark.skipif(os.name == "nt", reason="links need privileges there")
def test_a_linked_picture_outside_the_folder_is_not_served(root: Path, tmp_path: Path) -> None:
    outside = write(tmp_path, "outside.png", PNG)
    (root / "kb307294" / "a.png").symlink_to(outside)

    assert FolderLibrary(root).media("kb307294", "a.png") is None


def test_words_with_one_meaning_come_from_the_glossary(root: Path) -> None:
    assert FolderLibrary(root).concepts() == ()
    write(root, "glossary.toml", '[[term]]\nid = "nat"\nsv = {term = "NAT", synonyms = ["adressbyte"]}\n')
    assert FolderLibrary(root).concepts() == ({"sv": ("NAT", "adressbyte")},)
    write(root, "glossary.toml", "[[term")
    assert FolderLibrary(root).concepts() == ()


def test_the_glossary_explains_terms_in_the_article_s_language(root: Path) -> None:
    write(root, "glossary.toml", '[[term]]\nid = "nat"\nsv = {term = "NAT", tip = "Förklaring"}\n')
    write(root, "kb307294/sv.md", "# Rubrik\n\n<abbr>NAT</abbr>\n")

    article = FolderLibrary(root).article("kb307294", "sv")

    assert "Förklaring" in {run.tip for block in article.blocks for run in getattr(block, "runs", ())}


def test_a_changed_file_is_read_again(root: Path, tmp_path: Path) -> None:
    library = FolderLibrary(root, tmp_path / "cache")
    assert library.article("kb307294", "sv").title == "Rubrik"
    write(root, "kb307294/sv.md", "# En annan rubrik\n\nText.")

    assert library.article("kb307294", "sv").title == "En annan rubrik"


def test_all_variants_are_yielded_for_the_index(broken: FolderLibrary) -> None:
    assert [article.language for article in broken.all_articles()] == ["en", "sv"]
    assert [article.title for article in broken.articles("sv")] == ["Rubrik"]


_WARM = """
import sys
from pathlib import Path
from kbviewer.content.folder import FolderLibrary
library = FolderLibrary(Path(sys.argv[1]), Path(sys.argv[2]))
for entry in library.entries():
    for language in entry.variants:
        library.article(entry.id, language)
print([name for name in ("markdown_it", "yaml", "tomllib", "PySide6") if name in sys.modules])
"""


def test_a_warm_cache_needs_no_parser(root: Path, tmp_path: Path) -> None:
    """The window's first paint must not wait for them."""
    write(root, "pack.toml", 'id = "p"\nlanguages = ["sv"]')
    write(root, "glossary.toml", '[[term]]\nid = "nat"\nsv = {term = "NAT", tip = "Förklaring"}\n')
    outputs = [
        subprocess.run(
            [sys.executable, "-c", _WARM, str(root), str(tmp_path / "cache")],
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[3],
        ).stdout.strip()
        for _ in range(2)
    ]

    assert "markdown_it" in outputs[0]
    assert outputs[1] == "[]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# T\n\nThe lead\nof two lines.\n\nMore.\n", "The lead of two lines."),
        ("# T\n\nSee [the *guide*](x.md) first.\n", "See the guide first."),
        ("# T\n\n> Note.\n\nThe lead.\n", "The lead."),
        ("# T\n\n## Section\n\nNo lead.\n", ""),
        ("# T\n\n```\ncode\n\ncode\n```\n", ""),
        ("---\ndescription: Said.\n---\n# T\n\nThe lead.\n", "Said."),
        ("# T\n\n" + "word " * 200, "word " * 79 + "word…"),
    ],
)
def test_the_lead_describes_an_article_without_a_description(
    tmp_path: Path, text: str, expected: str
) -> None:
    write(tmp_path, "a/en.md", text)
    (entry,) = FolderLibrary(tmp_path).entries()
    assert entry.variants["en"].description == expected
