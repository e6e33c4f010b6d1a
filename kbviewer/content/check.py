"""The editor's tool: what is wrong in a library, an article or one file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kbviewer.content.check_article import check_article
from kbviewer.content.check_metadata import check_metadata, check_variants, guessed_language
from kbviewer.content.check_pairs import check_pair
from kbviewer.content.check_scope import CheckedVariant, open_scope
from kbviewer.content.check_translations import check_translations
from kbviewer.content.folder_index import OnProgress
from kbviewer.model.blocks import walk
from kbviewer.model.library import Problem
from kbviewer.model.messages import Gettext

_UNKNOWN_SYNTAX = frozenset(
    {
        "debris",
        "deep-nesting",
        "include",
        "no-table",
        "unclosed-html",
        "unknown-directive",
        "unknown-marker",
        "unsafe-link",
    }
)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check has found.

    Attributes:
        root: the library's folder, to which the paths of the problems are relative.
        problems: ordered by file and line.
        files: number of article files that were read.
        blocks: number of blocks in them, at all depths.
        unknown: how often something was not understood and is shown as text, by kind of problem.
        notes: what is no fault, but good to know: whose language is only guessed.
    """

    root: Path
    problems: tuple[Problem, ...]
    files: int
    blocks: int
    unknown: Mapping[str, int]
    notes: tuple[Problem, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    @property
    def counts(self) -> Mapping[str, int]:
        """How often each kind of problem was found, the most frequent first."""
        return dict(Counter(problem.kind for problem in self.problems).most_common())

    @property
    def understood(self) -> float:
        """The share of the blocks that hold nothing that was not understood, from 0 to 1."""
        places = {
            (problem.path, problem.line) for problem in self.problems if problem.kind in _UNKNOWN_SYNTAX
        }
        return max(0.0, 1 - len(places) / self.blocks) if self.blocks else 1.0

    def to_json(self, gettext: Gettext = str) -> dict[str, Any]:
        """Return the report as values that `json.dumps` takes."""
        return {
            "root": str(self.root),
            "files": self.files,
            "blocks": self.blocks,
            "unknown": dict(self.unknown),
            "understood": round(self.understood, 5),
            "counts": dict(self.counts),
            "problems": [_problem_as_json(problem, gettext) for problem in self.problems],
            "notes": [_problem_as_json(note, gettext) for note in self.notes],
        }


def _problem_as_json(problem: Problem, gettext: Gettext) -> dict[str, Any]:
    return {
        "path": problem.path,
        "line": problem.line,
        "kind": problem.kind,
        "what": problem.what.render(gettext),
        "remedy": problem.remedy.render(gettext),
        "blocking": problem.blocking,
    }


def check_path(path: Path, on_progress: OnProgress | None = None) -> CheckReport:
    """Check a library, the folder of one article, or one file.

    Links to other articles are judged by the library that the path lies in: the nearest folder above it that
    has a pack.toml.

    Raises:
        UsageError: there is nothing at `path`.
        ReadingStoppedError: `on_progress` wanted it.
    """
    scope = open_scope(path)
    variants = scope.variants(on_progress)
    problems = list(scope.problems)
    for variant in variants:
        problems += variant.problems
        problems += check_article(variant, scope)
        problems += check_metadata(variant, scope)
    for group in _by_entry(variants).values():
        first, *others = group
        problems += check_variants(group)
        for other in others:
            problems += check_pair(first, other)
    problems += check_translations(scope)
    # The same fault seen from two sides is told once.
    told = {(problem.path, problem.line, problem.kind, str(problem.what)): problem for problem in problems}
    ordered = tuple(told[place] for place in sorted(told))
    return CheckReport(
        root=scope.root,
        problems=ordered,
        files=len(scope.files),
        blocks=sum(1 for variant in variants for _ in walk(variant.article.blocks)),
        unknown=Counter(problem.kind for problem in ordered if problem.kind in _UNKNOWN_SYNTAX),
        notes=tuple(filter(None, map(guessed_language, variants))),
    )


def _by_entry(variants: list[CheckedVariant]) -> dict[str, list[CheckedVariant]]:
    groups: dict[str, list[CheckedVariant]] = {}
    for variant in variants:
        groups.setdefault(variant.article.id, []).append(variant)
    return groups
