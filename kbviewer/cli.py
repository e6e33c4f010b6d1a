"""The command line: `kbviewer open`, `show`, `print`, `search`, `check`, `contents`, `evaluate`, `case`,
`data`, `doctor`, `pack`, `policy`, `repo`, `translate`, `update`.

Exit codes: 0 all is well, also when a search has no hits; 1 an article or case was not found or something is
wrong; 2 the command line is wrong, or a window was asked for and there is no display; 3 `update --check` has
found something new; 70 an error of the program itself; 130 interrupted.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kbviewer.app.commands import Outcome
    from kbviewer.app.preparation import Prepared
    from kbviewer.i18n.translator import Translator
    from kbviewer.model.errors import KbError
    from kbviewer.model.messages import Gettext

FAILED = 1
MISUSED = 2
BROKEN = 70
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command in `argv`, by default that of the process; return the exit code."""
    _speak_utf8()
    try:
        code = _run(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # Whoever read the output has seen enough. Python flushes once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(arguments: list[str]) -> int:
    """Prepare what every command needs and run it, turning errors into one sentence."""
    from kbviewer.app.arguments import peek
    from kbviewer.app.crash import unexpected
    from kbviewer.app.logging_setup import logging_to
    from kbviewer.app.policy_file import log_faults
    from kbviewer.app.preparation import prepare
    from kbviewer.model.errors import KbError, UsageError

    prepared = prepare(arguments)
    gettext = prepared.translator.gettext
    try:
        is_verbose = "--verbose" in arguments
        level = peek(arguments, "--log-level") or ("debug" if is_verbose else "info")
        with logging_to(prepared.profile.log, level=level, to_stderr=is_verbose) as logger:
            log_faults(prepared.policy)
            try:
                return _dispatch(arguments, prepared)
            except (KbError, BrokenPipeError):
                raise
            except Exception as error:
                logger.critical("uncaught", exc_info=error)
                _complain(unexpected(prepared.profile.log), gettext)
                return BROKEN
    except UsageError as error:
        _complain(error, gettext)
        return MISUSED
    except KbError as error:
        _complain(error, gettext)
        return FAILED


def _dispatch(arguments: list[str], prepared: Prepared) -> int:
    """Parse the arguments and run the one command that they name."""
    from kbviewer.app import commands
    from kbviewer.app.arguments import parse
    from kbviewer.app.policy_gate import check_command
    from kbviewer.app.share_gate import bring_shares

    try:
        options = parse(arguments, prepared.translator)
    except SystemExit as done:  # help and version have printed themselves
        return int(done.code or 0)
    session = commands.Session(
        data=prepared.data,
        profile=prepared.profile,
        translator=prepared.translator,
        libraries=commands.as_paths(options.libraries),
        policy=prepared.policy,
    )
    session = bring_shares(options, session, _remark, _line())
    check_command(options, session)
    match options.command:
        case "show":
            return _print(commands.show(session, options.article, options.format))
        case "print":
            from kbviewer.app.printing import print_article

            return _print(print_article(session, options.article, options.output))
        case "search":
            return _print(
                commands.search(
                    session,
                    " ".join(options.query),
                    language=options.language,
                    limit=options.limit,
                    as_json=options.json,
                    explain=options.explain,
                    on_progress=_progress(prepared.translator),
                )
            )
        case "evaluate":
            from kbviewer.app.evaluation import evaluate

            return _print(
                evaluate(
                    session,
                    options.judged,
                    half=options.half,
                    as_json=options.json,
                    shows_misses=options.misses,
                    on_progress=_progress(prepared.translator),
                )
            )
        case "check":
            return _print(commands.check(session, options.path, as_json=options.json))
        case "contents":
            from kbviewer.app.contents import print_contents

            return _print(print_contents(session, as_json=options.json))
        case "case":
            from kbviewer.app.case_commands import run_case_command

            return _print(run_case_command(session, options))
        case "pack":
            from kbviewer.app.pack_commands import run_pack_command

            return _print(run_pack_command(session, options, _progress(prepared.translator)))
        case "policy":
            from kbviewer.app.policy_commands import run_policy_command

            return _print(run_policy_command(session, options))
        case "data":
            from kbviewer.app.data_commands import run_data_command

            return _print(run_data_command(session, options))
        case "repo":
            from kbviewer.app.repo_commands import run_repo_command

            progress = _progress(prepared.translator)
            return _print(run_repo_command(session, options, progress, write_line=_line()))
        case "doctor":
            from kbviewer.app.doctor.command import run_doctor

            return _print(run_doctor(session, as_json=options.json))
        case "translate":
            from kbviewer.app.translate_commands import run_translate_command

            return _print(run_translate_command(session, options))
        case "update":
            from kbviewer.app.update_commands import run_update_command

            return _print(run_update_command(session, options, _line()))
        case _:
            return commands.open_in_window(session, getattr(options, "article", ""), options.language)


def _progress(translator: Translator) -> Callable[[int, int], None] | None:
    """Return what shows how far indexing has come; None where nobody looks."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        text = translator.ngettext(
            "Indexing {done} of {total} article", "Indexing {done} of {total} articles", total
        )
        line = text.format(done=done, total=total) if total > done else ""
        print(f"\r{line}\x1b[K", end="", file=sys.stderr, flush=True)

    return show


def _remark(text: str) -> None:
    print(f"kbviewer: {text}", file=sys.stderr)


def _line() -> Callable[[str], None] | None:
    """Return what shows one line in place of the one before; None where nobody looks."""
    if not sys.stderr.isatty():
        return None
    return lambda text: print(f"\r{text}\x1b[K", end="", file=sys.stderr, flush=True)


def _print(outcome: Outcome) -> int:
    """Write what a command has to say."""
    sys.stdout.write(outcome.output)
    sys.stdout.flush()
    if outcome.remark:
        print(outcome.remark, file=sys.stderr)
    return outcome.exit_code


def _complain(error: KbError, gettext: Gettext) -> None:
    """Write what is wrong and what to do about it, on one line."""
    parts = [part.render(gettext).strip() for part in (error.what, error.remedy) if part]
    sentences = " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in parts)
    print(f"kbviewer: {' '.join(sentences.split())}", file=sys.stderr)


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale says; a character that cannot be written is no reason to stop."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
