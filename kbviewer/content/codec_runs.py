"""Runs of text as plain JSON values, and back; a run with no look is its text alone."""

from __future__ import annotations

from typing import Any

from kbviewer.model.inline import Link, LinkKind, Mark, Run, Runs

_MARKS = tuple(Mark)
_MARK_SETS = tuple(
    frozenset(mark for bit, mark in enumerate(_MARKS) if number >> bit & 1)
    for number in range(1 << len(_MARKS))
)
_new: Any = object.__new__
_set_text, _set_marks, _set_link, _set_language, _set_tip, _set_image = (
    Run.__dict__[name].__set__ for name in ("text", "marks", "link", "language", "tip", "image")
)
_LINK_KINDS = {kind.value: kind for kind in LinkKind}


def encode_runs(runs: Runs) -> list[Any]:
    """Return `runs` as a list: text; text and marks; or those with link, language, tip and image."""
    return [_encode_run(run) for run in runs]


def _encode_run(run: Run) -> Any:
    if not (run.marks or run.link or run.language or run.tip or run.image):
        return run.text
    marks = sum(1 << bit for bit, mark in enumerate(_MARKS) if mark in run.marks)
    if not (run.link or run.language or run.tip or run.image):
        return [run.text, marks]
    link = [run.link.kind.value, run.link.target, run.link.anchor] if run.link else None
    return [run.text, marks, link, run.language, run.tip, run.image]


def decode_runs(value: Any) -> Runs:
    """Return what `encode_runs` was given.

    Raises:
        ValueError, TypeError, KeyError, IndexError: `value` is nothing that `encode_runs` returns.
    """
    return tuple([_plain_run(run) if run.__class__ is str else _decode_run(run) for run in value])


def _plain_run(text: str, marks: frozenset[Mark] = _MARK_SETS[0]) -> Run:
    # Runs are most of an article, and a frozen dataclass's own __init__ takes twice as long.
    run: Run = _new(Run)
    _set_text(run, text)
    _set_marks(run, marks)
    _set_link(run, None)
    _set_language(run, "")
    _set_tip(run, "")
    _set_image(run, "")
    return run


def _decode_run(value: Any) -> Run:
    if len(value) == 2:
        text, marks = value
        if text.__class__ is not str:
            raise TypeError("not a text")
        return _plain_run(text, _MARK_SETS[marks])
    text, marks, link, language, tip, image = value
    require_text(text, language, tip, image)
    return Run(text, _MARK_SETS[marks], _decode_link(link) if link else None, language, tip, image)


def _decode_link(value: Any) -> Link:
    kind, target, anchor = value
    require_text(target, anchor)
    return Link(_LINK_KINDS[kind], target, anchor)


def require_text(*values: Any) -> None:
    """Raise TypeError unless all of `values` are texts."""
    for value in values:
        if value.__class__ is not str:
            raise TypeError("not a text")
