"""`kbviewer update`: from a source that is trusted to packs that are installed."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from itertools import chain
from pathlib import Path

from kbviewer.app.commands import Outcome, Session, as_json_text
from kbviewer.app.update_report import (
    ReportWriter,
    SourceReport,
    as_text,
    report_as_json,
    source_as_json,
)
from kbviewer.app.updates import open_updates
from kbviewer.content.updates.session import Offers, UpdateSession
from kbviewer.model.errors import KbError, UpdateError, UsageError
from kbviewer.model.messages import N_, message
from kbviewer.model.system_errors import system_reason

FAILED = 1
FOUND_NEW = 3
_MAX_ROOT_BYTES = 1 << 20
_FINGERPRINT_DIGITS = 64
_GROUP = re.compile(r"[0-9A-Fa-f:.-]+")
_BETWEEN_DIGITS = re.compile(r"[\s:.-]+")

WriteLine = Callable[[str], None]


def run_update_command(
    session: Session, options: argparse.Namespace, write_line: WriteLine | None = None
) -> Outcome:
    """Run the command as the arguments say.

    Args:
        write_line: shows one line in place of the one before; None where nobody looks.

    Raises:
        UpdateError: the source that was named cannot be used, or none is known.
        UsageError: the arguments do not go together.
    """
    _read_fingerprint(options)
    _check(options)
    _check_fingerprint(options.trust)
    updates = open_updates(session.profile, session.policy, for_machine=options.machine)
    if options.list:
        return list_sources(session, updates, as_json=options.json)
    if options.forget:
        return forget(session, updates, options.forget)
    source = options.source or session.policy.update_source
    if source:
        reports = [_update_named(session, updates, source, options, write_line)]
    else:
        reports = [
            _update_remembered(session, updates, key, options, write_line)
            for key in [source.key for source in updates.sources()]
        ]
    return _told(session, reports, as_json=options.json)


def list_sources(session: Session, updates: UpdateSession, *, as_json: bool) -> Outcome:
    """List the publishers that are trusted."""
    sources = updates.sources()
    if as_json:
        rows = [source_as_json(source, session.translator) for source in sources]
        return Outcome(as_json_text({"sources": rows}))
    writer = ReportWriter(session.translator)
    lines = chain.from_iterable(writer.source_lines(source) for source in sources)
    return Outcome(as_text(lines), "" if sources else session.translator.gettext("No source is remembered."))


def forget(session: Session, updates: UpdateSession, source: str) -> Outcome:
    """Stop trusting a publisher."""
    forgotten = updates.forget(source)
    text = session.translator.gettext(
        "{publisher} is no longer trusted; the packs that came from there stay."
    )
    return Outcome(as_text(iter([text.format(publisher=forgotten.publisher)])))


def _read_fingerprint(options: argparse.Namespace) -> None:
    """Put the groups of a fingerprint together; a word after it is the source, when none was named before.

    Raises:
        UsageError: there is more than that.
    """
    fingerprint, words = "", list(options.trust)
    while words and len(_BETWEEN_DIGITS.sub("", fingerprint)) < _FINGERPRINT_DIGITS:
        if fingerprint and not _GROUP.fullmatch(words[0]):
            break
        fingerprint += words.pop(0)
    if len(words) > 1 or (words and options.source):
        raise UsageError(
            message(N_("“{word}” is neither the fingerprint nor the source."), word=words[-1][:200]),
            message(N_("Write “kbviewer update SOURCE --trust FINGERPRINT”.")),
        )
    options.trust, options.source = fingerprint, options.source or "".join(words)


def _check_fingerprint(fingerprint: str) -> None:
    """Make sure that what is to be trusted can be a fingerprint: a slip of the hand is no other key.

    Raises:
        UsageError: it cannot.
    """
    plain = _BETWEEN_DIGITS.sub("", fingerprint)
    if fingerprint and (len(plain) != _FINGERPRINT_DIGITS or not _GROUP.fullmatch(plain)):
        raise UsageError(
            message(
                N_("“{fingerprint}” is no fingerprint: that has {count} characters of 0–9 and a–f."),
                fingerprint=fingerprint[:200],
                count=_FINGERPRINT_DIGITS,
            ),
            message(N_("Copy it from what the publisher has told you.")),
        )


def _check(options: argparse.Namespace) -> None:
    """Make sure that the arguments go together.

    Raises:
        UsageError: they do not.
    """
    if (options.root or options.trust) and not options.source:
        raise UsageError(
            message(N_("--root and --trust are about one source.")),
            message(N_("Name it: “kbviewer update SOURCE --root FILE”.")),
        )
    if options.install and not options.source:
        raise UsageError(
            message(N_("--install is about one source.")),
            message(N_("Name it: “kbviewer update SOURCE --install ID”.")),
        )
    if options.source and (options.list or options.forget):
        raise UsageError(
            message(N_("--list and --forget go without SOURCE.")),
            message(N_("Write one or the other.")),
        )


def _update_named(
    session: Session,
    updates: UpdateSession,
    source: str,
    options: argparse.Namespace,
    write_line: WriteLine | None,
) -> SourceReport:
    root = _read_root(options.root) if options.root else None
    offers = updates.check(source, root=root, fingerprint=options.trust, wanted=options.install)
    report = SourceReport(offers.address, offers, is_check=options.check)
    _install(session, updates, report, offers, options, write_line)
    return report


def _update_remembered(
    session: Session,
    updates: UpdateSession,
    key: str,
    options: argparse.Namespace,
    write_line: WriteLine | None,
) -> SourceReport:
    """Look at a remembered source; one that cannot be used does not stop the others."""
    source = next(source for source in updates.sources() if source.key == key)
    report = SourceReport(source.publisher, is_check=options.check)
    try:
        report.offers = offers = updates.check_source(source)
        _install(session, updates, report, offers, options, write_line)
    except KbError as error:
        report.error = error
    return report


def _install(
    session: Session,
    updates: UpdateSession,
    report: SourceReport,
    offers: Offers,
    options: argparse.Namespace,
    write_line: WriteLine | None,
) -> None:
    if options.check:
        return
    writer = ReportWriter(session.translator)
    try:
        result = updates.install(
            offers,
            accepts_stale=options.accept_stale,
            on_step=(lambda step: write_line(writer.step(step))) if write_line else None,
        )
    finally:
        if write_line:
            write_line("")
    report.done, report.error = result.done, result.stopped_by


def _told(session: Session, reports: list[SourceReport], *, as_json: bool) -> Outcome:
    """Return what there is to say about all sources.

    Raises:
        UpdateError: there are none.
    """
    gettext = session.translator.gettext
    code = 0
    if any(report.is_check and report.offers and report.offers.plan.offers for report in reports):
        code = FOUND_NEW
    if not reports or any(report.error for report in reports):
        # An administrator's timer has to notice that there is nothing that could bring anything.
        code = FAILED
    remarks = [report.error.render(gettext) for report in reports if report.error]
    if not reports:
        nobody = UpdateError(
            message(N_("No source is remembered, so nothing can be updated.")),
            message(N_("Name one: “kbviewer update SOURCE”.")),
        )
        if not as_json:
            raise nobody
        remarks = [nobody.render(gettext)]
    if as_json:
        rows = [report_as_json(report, session.translator) for report in reports]
        return Outcome(as_json_text({"sources": rows}), "\n".join(remarks), code)
    writer = ReportWriter(session.translator)
    lines = chain.from_iterable(writer.lines(report) for report in reports)
    return Outcome(as_text(lines), as_text(iter(remarks)).rstrip("\n"), code)


def _read_root(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_MAX_ROOT_BYTES)
    except OSError as error:
        raise UsageError(
            message(N_("“{path}” cannot be read: {reason}."), path=path, reason=system_reason(error)),
            message(N_("Name the file with the keys that the publisher has given you.")),
        ) from error
