"""Files that are called after their language (`vpn.sv.md`) are one article in several languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbviewer.content.check import check_path
from kbviewer.content.folder import FolderLibrary
from kbviewer.content.folder_scan import ArticleFile
from kbviewer.content.language_tags import language_of, split_suffix
from kbviewer.content.suffix_pairs import own_articles
from kbviewer.content.translation.new_variant import new_file
from kbviewer.content.translation.workspace import open_workspace


def write(root: Path, **texts: str) -> None:
    for name, text in texts.items():
        (root / f"{name.replace('__', '.').replace('_', '-')}.md").write_text(text, encoding="utf-8")


def languages(root: Path, cache: Path | None = None) -> dict[str, list[str]]:
    return {entry.id: list(entry.variants) for entry in FolderLibrary(root, cache).entries()}


@pytest.mark.parametrize(
    ("stem", "name", "language"),
    [
        ("vpn.sv", "vpn", "sv"),
        ("vpn.en", "vpn", "en"),
        ("guide.sv-SE", "guide", "sv"),
        ("guide.sv-se", "guide", "sv"),
        ("guide.de-DE", "guide", "de"),
        ("release.1.0.en", "release.1.0", "en"),
        ("Så här.sv", "Så här", "sv"),
    ],
)
def test_the_language_stands_after_the_last_dot(stem: str, name: str, language: str) -> None:
    assert split_suffix(stem) == (name, language)


@pytest.mark.parametrize(
    "stem", ["vpn", "main.ts", "who.is", "skatteverket.se", "list.to-do", "sv", ".sv", "..sv"]
)
def test_a_name_with_a_dot_is_just_a_name(stem: str) -> None:
    """Two letters are a country, a file of a program or a word more often than a language."""
    assert split_suffix(stem) == (stem, "")


def test_the_languages_of_the_library_count_alone() -> None:
    assert split_suffix("vpn.de", ("sv", "de")) == ("vpn", "de")


_STEMS = st.text(st.sampled_from("aksvenSEdå.- _1"), max_size=12) | st.text(max_size=12)


@given(stem=_STEMS, known=st.sampled_from([(), ("de",), ("fil",)]))
def test_a_name_is_taken_apart_without_loss(stem: str, known: tuple[str, ...]) -> None:
    name, language = split_suffix(stem, known)

    assert stem.startswith(name)
    if language:
        assert name.strip(". ")
        assert language_of(stem[len(name) + 1 :], known) == language
    else:
        assert name == stem


_MEMBERS = st.lists(
    st.builds(
        lambda name, tag, language, uid: (
            ArticleFile(f"{name}.{tag}.md", name, tag, (1, 1), own_id=f"{name}.{tag}")
            if tag
            else ArticleFile(f"{name}.md", name, "", (1, 1)),
            language,
            uid,
        ),
        st.sampled_from("ab"),
        st.sampled_from(["", "sv", "en", "de"]),
        st.sampled_from(["sv", "en", "de"]),
        st.sampled_from(["", "x", "X", "y"]),
    ),
    max_size=8,
    unique_by=lambda member: member[0].source,
)


@given(_MEMBERS)
def test_no_article_is_lost_to_another_one(members: list[tuple[ArticleFile, str, str]]) -> None:
    """Whatever front matter says: each file is one language of one article, and so is shown."""
    own = own_articles(members)
    shown = [
        (file.own_id if file.source in own else file.entry_id, language) for file, language, _ in members
    ]

    assert len(set(shown)) == len(shown)
    assert own <= {file.source for file, _, _ in members if file.own_id}


def test_a_pair_is_one_article_in_two_languages(tmp_path: Path) -> None:
    write(tmp_path, vpn="# VPN\n\nOpen it.\n", vpn__sv="# VPN\n\nÖppna.\n", guide__sv_SE="# Guide\n\nText.\n")
    library = FolderLibrary(tmp_path)

    assert languages(tmp_path) == {"guide": ["sv"], "vpn": ["en", "sv"]}
    assert library.resolve("vpn.sv").id == library.resolve(str(tmp_path / "vpn.sv.md")).id == "vpn"
    assert library.article("vpn", "sv").source == "vpn.sv.md"
    assert [library.article("vpn", tag).is_language_guessed for tag in ("en", "sv")] == [True, False]


def test_a_text_that_tells_nothing_is_in_the_language_that_no_other_file_has(tmp_path: Path) -> None:
    """Also when the cache knows the text from before the other file came."""
    root, cache = tmp_path / "library", tmp_path / "cache"
    root.mkdir()
    write(root, vpn="# VPN\n\nStarta om datorn.\n")
    assert languages(root, cache) == {"vpn": ["en"]}
    assert FolderLibrary(root, cache).article("vpn", "sv").language == "en"

    write(root, vpn__en="# VPN\n\nRestart.\n")

    assert languages(root, cache) == {"vpn": ["en", "sv"]} or languages(root, cache) == {"vpn": ["sv", "en"]}
    assert FolderLibrary(root, cache).article("vpn", "sv").title == "VPN"
    assert FolderLibrary(root, cache).article("vpn", "sv").language == "sv"


@pytest.mark.parametrize("front", ["lang: en", "uid: other", "lang: en\nuid: vpn"])
def test_front_matter_comes_before_the_name(tmp_path: Path, front: str) -> None:
    """What is no language of its neighbour is an article of its own, found and read under its name."""
    root, cache = tmp_path / "library", tmp_path / "cache"
    root.mkdir()
    write(root, vpn="---\nlang: en\nuid: vpn\n---\n# VPN\n\nText.\n", vpn__sv="# VPN\n\nText.\n")
    assert languages(root, cache) == {"vpn": ["en", "sv"]}
    assert FolderLibrary(root, cache).article("vpn", "sv").id == "vpn"

    write(root, vpn__sv=f"---\n{front}\n---\n# Other\n\nText.\n")
    library = FolderLibrary(root, cache)

    assert sorted(languages(root, cache)) == ["vpn", "vpn.sv"]
    assert library.resolve("vpn.sv").id == "vpn.sv"
    assert library.article("vpn.sv", "sv").title == "Other"


def test_an_article_that_was_cached_as_a_language_gets_its_own_id(tmp_path: Path) -> None:
    """Its file has not changed: only its neighbour says now that it is in Swedish, too."""
    root, cache = tmp_path / "library", tmp_path / "cache"
    root.mkdir()
    write(root, vpn="# VPN\n\nText.\n", vpn__sv="# VPN\n\nText.\n")
    library = FolderLibrary(root, cache)
    assert library.article("vpn", "sv").id == "vpn"
    before = library.stamps()["vpn.sv.md"]

    write(root, vpn="---\nlang: sv\n---\n# VPN\n\nText.\n")

    assert FolderLibrary(root, cache).article("vpn.sv", "sv").id == "vpn.sv"
    assert library.stamps()["vpn.sv.md"] != before


def test_languages_that_front_matter_swaps_stay_one_article(tmp_path: Path) -> None:
    write(
        tmp_path, vpn="---\nlang: sv\n---\n# VPN\n\nText.\n", vpn__sv="---\nlang: en\n---\n# VPN\n\nText.\n"
    )

    assert languages(tmp_path) == {"vpn": ["sv", "en"]}


def test_the_check_says_where_name_and_front_matter_disagree(tmp_path: Path) -> None:
    write(
        tmp_path,
        vpn="---\nlang: en\n---\n# VPN\n\nText.\n",
        vpn__sv="---\nlang: en\n---\n# VPN\n\nText.\n",
        mail__sv="---\nlang: sv\n---\n# Post\n\nText.\n",
    )

    report = check_path(tmp_path)

    assert [(problem.path, problem.kind) for problem in report.problems] == [("vpn.sv.md", "language")] * 2
    told = " ".join(problem.render(str) for problem in report.problems)
    assert "called 'vpn.sv' but says lang: en" in told
    assert "an article of its own: vpn.md is in the same language" in told
    assert report.notes == ()


def test_the_check_notes_a_guessed_language_and_calls_it_no_fault(tmp_path: Path) -> None:
    write(tmp_path, vpn="# VPN\n\nText.\n", vpn__sv="# VPN\n\nText.\n")

    report = check_path(tmp_path)

    assert report.ok
    assert [note.render(str) for note in report.notes] == [
        "vpn.md:1: the language is guessed from the text: en; "
        "write 'lang: en' into its front matter, or call it vpn.en.md."
    ]
    assert [note["kind"] for note in report.to_json()["notes"]] == ["language-guessed"]


def test_a_new_translation_gets_a_name_of_the_same_kind() -> None:
    source = ArticleFile("help/vpn.en-US.md", "help/vpn", "en", (1, 1), own_id="help/vpn.en-US")

    file = new_file(source, "sv", [source])

    assert file is not None
    assert (file.source, file.entry_id, file.language) == ("help/vpn.sv.md", "help/vpn", "sv")


def test_translators_work_on_files_as_the_library_has_them(tmp_path: Path) -> None:
    """In the language that front matter or text says, also where the name tells none."""
    write(
        tmp_path,
        vpn="# VPN\n\nStarta om datorn.\n",
        vpn__en="# VPN\n\nRestart the computer.\n",
        mail="---\nlang: sv\n---\n# Post\n\nText.\n",
        mail__sv="---\nlang: en\n---\n# Mail\n\nText.\n",
        apart="---\nlang: en\n---\n# A\n\nText.\n",
        apart__en="# B\n\nText.\n",
    )
    workspace = open_workspace(tmp_path)

    found = {
        (entry_id, tag): file.source
        for entry_id, files in workspace.entries().items()
        for tag, file in files.items()
    }

    assert found == {
        ("vpn", "sv"): "vpn.md",
        ("vpn", "en"): "vpn.en.md",
        ("mail", "sv"): "mail.md",
        ("mail", "en"): "mail.sv.md",
        ("apart", "en"): "apart.md",
        ("apart.en", "en"): "apart.en.md",
    }
    assert workspace.work("vpn", "sv") is not None
    draft = workspace.draft(workspace.entries()["apart"]["en"])
    new = new_file(draft.file, "sv", [])
    assert new is not None
    assert new.source == "apart.sv.md"


def test_the_check_compares_translations_of_such_files(tmp_path: Path) -> None:
    write(tmp_path, vpn="# VPN\n\nOpen **Options**.\n", vpn__sv="# VPN\n\nÖppna **Val**.\n")
    (tmp_path / "glossary.toml").write_text(
        '[[term]]\nid = "ui-options"\nsv = {term = "Alternativ"}\nen = {term = "Options"}\n', encoding="utf-8"
    )

    report = check_path(tmp_path)

    assert any("Alternativ" in problem.render(str) for problem in report.problems)
