"""The content check: what it finds, where, and that it stays silent about good articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kbviewer.content.check import CheckReport, check_path
from kbviewer.model.errors import UsageError

GOOD = """---
title: {title}
uid: kb1
lang: {lang}
kb.aliases: [Q1234]
---
# {title}

Lead with <abbr>NAT</abbr> and [a section](#one), [a step](#second), [another](xref:kb2#there).

## One {{#one}}

How to: {{#proc}}

1. First {{#first}}

   1. Below {{#below}}

2. Second {{#second}}

> [!div class="kb-scope"]
>
> | Q | A | B |
> |---|---|---|
> | r | [One](#one) | [Two](#two) |

> [!NOTE]
> Text.

## Two {{#two}}

- a
- b

![Picture](media/a.png)

<details id="faq"><summary>Why?</summary>

Because.

</details>
"""

PACK = """
id = "p"
languages = ["sv", "en"]
[[absent]]
id = "KB9999"
title = {sv = "Saknas"}
"""

GLOSSARY = '[[term]]\nid = "nat"\nsv = {term = "NAT", tip = "T"}\nen = {term = "NAT", tip = "T"}\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A library without a single problem."""
    folder = tmp_path / "library"
    (folder / "kb1" / "media").mkdir(parents=True)
    (folder / "kb2").mkdir()
    (folder / "pack.toml").write_text(PACK, encoding="utf-8")
    (folder / "glossary.toml").write_text(GLOSSARY, encoding="utf-8")
    (folder / "kb1" / "media" / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    for lang in ("sv", "en"):
        text = GOOD.format(title=f"T {lang}", lang=lang)
        (folder / "kb1" / f"{lang}.md").write_text(text, encoding="utf-8")
        other = f"---\nlang: {lang}\nuid: kb2\n---\n# Other\n\nText.\n\n## There {{#there}}\n\nText.\n"
        (folder / "kb2" / f"{lang}.md").write_text(other, encoding="utf-8")
    return folder


def change(root: Path, old: str, new: str, path: str = "kb1/en.md") -> CheckReport:
    file = root / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return check_path(root)


def found(report: CheckReport) -> list[tuple[str, str]]:
    return [(f"{problem.path}:{problem.line}", problem.kind) for problem in report.problems]


def test_good_articles_have_no_problems(root: Path) -> None:
    report = check_path(root)

    assert report.problems == ()
    assert report.ok
    assert (report.files, dict(report.unknown)) == (4, {})
    assert report.blocks > 30


@pytest.mark.parametrize("part", ["kb1", "kb1/en.md"])
def test_a_part_of_a_library_is_judged_by_the_whole(root: Path, part: str) -> None:
    report = check_path(root / part)

    assert report.problems == ()
    assert report.files == (2 if part == "kb1" else 1)
    assert report.root == root


def test_a_dangling_section_link_names_the_closest_id(root: Path) -> None:
    report = change(root, "(#second)", "(#secnd)")

    assert found(report) == [("kb1/en.md:9", "dangling-link")]
    assert report.problems[0].render(str) == (
        "kb1/en.md:9: link to '#secnd' leads nowhere; the article has '#second'."
    )


@pytest.mark.parametrize("target", ["kb3", "kb2#here", "../kb2"])
def test_a_dangling_article_link_is_found(root: Path, target: str) -> None:
    assert found(change(root, "xref:kb2#there", f"xref:{target}")) == [("kb1/en.md:9", "dangling-link")]


def test_works_that_the_pack_lists_as_absent_may_be_linked(root: Path) -> None:
    assert change(root, "xref:kb2#there", "xref:9999").ok


def test_links_in_matrices_are_checked(root: Path) -> None:
    report = change(root, "[Two](#two)", "[Two](#too)")

    assert ("kb1/en.md:23", "dangling-link") in found(report)


def test_missing_ids_are_found_where_they_are_missing(root: Path) -> None:
    report = change(root, "2. Second {#second}", "2. Second")

    assert ("kb1/en.md:19", "missing-id") in found(report)


def test_sub_steps_may_do_without_ids(root: Path) -> None:
    change(root, " {#below}", "", "kb1/sv.md")

    assert change(root, " {#below}", "", "kb1/en.md").ok


def test_duplicate_ids_are_found(root: Path) -> None:
    assert ("kb1/en.md:30", "duplicate-id") in found(change(root, "{#two}", "{#one}"))


def test_debris_is_counted_and_found(root: Path) -> None:
    report = change(root, "- a\n", "- a **\n")

    assert found(report) == [("kb1/en.md:32", "debris")]
    assert dict(report.unknown) == {"debris": 1}


def test_a_term_that_the_glossary_lacks_is_found(root: Path) -> None:
    report = change(root, "<abbr>NAT</abbr>", "<abbr>LAN</abbr>")

    assert found(report) == [("kb1/en.md:9", "glossary"), ("kb1/en.md:9", "unknown-term")]


def test_a_missing_picture_is_found(root: Path) -> None:
    report = change(root, "media/a.png", "media/b.png")

    assert found(report) == [("kb1/en.md:35", "missing-media")]


STRUCTURE = {
    "a section less": ("## Two {#two}\n", ""),
    "a step less": ("2. Second {#second}\n\n", ""),
    "a sub-step less": ("   1. Below {#below}\n\n", ""),
    "other order of steps": (
        "1. First {#first}\n\n   1. Below {#below}\n\n2. Second {#second}",
        "1. Second {#second}\n\n2. First {#first}\n\n   1. Below {#below}",
    ),
    "another kind of block": ("> [!NOTE]\n> Text.", "Text."),
    "another kind of callout": ("[!NOTE]", "[!TIP]"),
    "a bullet less": ("- b\n", ""),
    "a matrix column less": (
        " B |\n> |---|---|---|\n> | r | [One](#one) | [Two](#two) |",
        "\n> |---|---|\n> | r | [One](#one) |",
    ),
    "another matrix target": ("[One](#one) | [Two](#two)", "[One](#two) | [Two](#one)"),
    "another level": ("## Two", "### Two"),
    "no title of the procedure": ("How to: {#proc}\n\n", ""),
    "one paragraph more in an answer": ("Because.", "Because.\n\nReally."),
}


@pytest.mark.parametrize("name", STRUCTURE)
def test_languages_that_differ_in_structure_are_found_with_both_places(root: Path, name: str) -> None:
    report = change(root, *STRUCTURE[name])

    structural = [problem for problem in report.problems if problem.kind == "structure"]
    assert structural
    for problem in structural:
        other = "kb1/en.md" if problem.path == "kb1/sv.md" else "kb1/sv.md"
        assert problem.line > 0
        assert f"{other}:" in problem.what.render(str)


def test_other_words_are_no_difference(root: Path) -> None:
    assert change(root, "Because.", "That is **how** it is, see [one](#one).").ok


METADATA = {
    "language": ("lang: en", "lang: de"),
    "uid": ("uid: kb1", "uid: kb3"),
    "topic": ("uid: kb1", "uid: kb1\nkb.topic: nothing"),
    "part": ("uid: kb1", "uid: kb1\nkb.part: {guide: g, title: G, number: 3, parts: [a, b]}"),
    "metadata": ("kb.aliases: [Q1234]", "kb.aliases: [Q1235]"),
    "translation": ("uid: kb1", "uid: kb1\ntranslation: {from: en, method: human}"),
}


@pytest.mark.parametrize("kind", METADATA)
def test_contradictions_in_front_matter_are_found(root: Path, kind: str) -> None:
    assert ("kb1/en.md:1", kind) in found(change(root, *METADATA[kind]))


def test_a_translation_of_an_older_revision_is_found(root: Path) -> None:
    change(root, "uid: kb1", 'uid: kb1\nkb.revision: "6.0"', "kb1/sv.md")

    report = change(
        root,
        "uid: kb1",
        'uid: kb1\nkb.revision: "6.0"\ntranslation: {from: sv, revision: "5.0", method: human}',
    )

    assert found(report) == [("kb1/en.md:1", "translation")]


def test_two_texts_cannot_be_translated_from_each_other(root: Path) -> None:
    change(root, "uid: kb1", "uid: kb1\ntranslation: {from: en, method: human}", "kb1/sv.md")
    report = change(root, "uid: kb1", "uid: kb1\ntranslation: {from: sv, method: human}")

    assert found(report) == [("kb1/en.md:1", "translation"), ("kb1/sv.md:1", "translation")]


def test_broken_files_are_reported_and_the_others_checked(root: Path) -> None:
    (root / "kb2" / "en.md").write_bytes(b"# T\n\n\xff\n")

    report = change(root, "(#second)", "(#secnd)")

    assert found(report) == [("kb1/en.md:9", "dangling-link"), ("kb2/en.md:3", "encoding")]


def test_a_broken_pack_or_glossary_is_reported(root: Path) -> None:
    (root / "glossary.toml").write_text("[[term]]", encoding="utf-8")

    assert ("glossary.toml:0", "broken-article") in found(check_path(root))


def test_an_article_s_folder_outside_any_library_is_checked_by_itself(root: Path) -> None:
    (root / "pack.toml").unlink()
    (root / "glossary.toml").unlink()
    folder = root / "kb1"
    for lang in ("sv", "en"):
        file = folder / f"{lang}.md"
        file.write_text(file.read_text(encoding="utf-8").replace("<abbr>NAT</abbr>", "NAT"), encoding="utf-8")

    assert check_path(folder).ok
    assert check_path(folder / "sv.md").ok


def test_a_path_without_articles_is_a_misuse(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere", tmp_path / "home"):
        with pytest.raises(UsageError):
            check_path(path)


def test_the_report_is_json(root: Path) -> None:
    data = json.loads(json.dumps(change(root, "(#second)", "(#secnd)").to_json()))

    assert data["files"] == 4
    assert data["problems"][0]["path"] == "kb1/en.md"
    assert set(data["problems"][0]) == {"path", "line", "kind", "what", "remedy", "blocking"}


def test_a_folder_is_no_article_because_one_of_its_files_is_called_like_a_language(tmp_path: Path) -> None:
    """`os.md` beside others is about operating systems; all of them are checked."""
    for name in ("os", "files", "net"):
        (tmp_path / f"{name}.md").write_text("# Title\n\nText **bad.\n", encoding="utf-8")

    report = check_path(tmp_path)

    assert report.files == 3
    assert report.counts["debris"] == 3
