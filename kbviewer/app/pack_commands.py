"""`kbviewer pack`: a library as one file, from the folder to the computers where it is read."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from kbviewer import __version__
from kbviewer.app.commands import Outcome, Session, as_json_text
from kbviewer.app.pack_index import index_builder
from kbviewer.app.paths import check_folder, machine_packs
from kbviewer.content.export.plain_text import printable
from kbviewer.content.packs.building import Built, build_pack
from kbviewer.content.packs.installed import InstalledPacks
from kbviewer.content.packs.layout import INDEX
from kbviewer.content.packs.pack_file import PackFile
from kbviewer.content.packs.pointer import PackState, PackVersion, Signature
from kbviewer.model.errors import PackError
from kbviewer.model.messages import N_

USER = "user"
MACHINE = "machine"
UNSIGNED = N_("not signed: nothing proves who has made it")
_PLACES = {USER: N_("yours"), MACHINE: N_("the computer's")}

Progress = Callable[[int, int], None]


def run_pack_command(session: Session, options: argparse.Namespace, on_progress: Progress | None) -> Outcome:
    """Run the command that the arguments name.

    Raises:
        PackError: a pack is damaged, or cannot be read, built or installed.
        UsageError: there is no folder to build from.
    """
    match options.pack_command:
        case "build":
            return build(session, options.folder, options.output, on_progress)
        case "verify":
            return verify(session, options.file)
        case "info":
            return tell(session, options.file, as_json=options.json)
        case "install":
            return install(session, options.file, for_machine=options.machine)
        case "remove":
            return remove(session, options.id, for_machine=options.machine)
        case "rollback":
            return roll_back(session, options.id, for_machine=options.machine)
        case _:
            return list_packs(session, as_json=options.json)


def build(session: Session, folder: Path, path: Path, on_progress: Progress | None = None) -> Outcome:
    """Make a pack of a folder, with its index."""
    check_folder(folder)
    cache, build_index = session.profile.cache, index_builder(on_progress)
    built = build_pack(folder, path, build_index, cache_dir=cache, made_with=f"kbviewer {__version__}")
    with closing(PackFile(path)) as file:
        lines = _facts_lines(session, file)
    return Outcome(_as_text(lines), _what_is_missing(session, built))


def verify(session: Session, path: Path) -> Outcome:
    """Compare every file in a pack with its manifest."""
    gettext = session.translator.gettext
    with closing(PackFile(path)) as file:
        file.verify()
        count = sum(1 for _ in file.names())
        origin = origin_of(session, _signature_at(session, file))
    found = session.translator.ngettext("{count} file", "{count} files", count).format(count=count)
    line = gettext("{path}: {files} as the manifest says; {signature}.")
    return Outcome(_as_text([line.format(path=path, files=found, signature=origin)]))


def tell(session: Session, path: Path, *, as_json: bool) -> Outcome:
    """Say what a pack is."""
    with closing(PackFile(path)) as file:
        if as_json:
            return Outcome(as_json_text(_facts_as_json(file, _signature_at(session, file))))
        return Outcome(_as_text(_facts_lines(session, file)))


def install(session: Session, path: Path, *, for_machine: bool) -> Outcome:
    """Verify and install a pack."""
    packs = _packs(session, for_machine=for_machine)
    pack_id, state = packs.install(path)
    gettext, version = session.translator.gettext, state.current.version
    line = gettext("{id} {version} is installed and opens by itself; {signature}.")
    if not version:
        line = gettext("{id} is installed and opens by itself; {signature}.")
    origin = origin_of(session, state.current.signature)
    return Outcome(_as_text([line.format(id=pack_id, version=version, signature=origin)]))


def remove(session: Session, pack_id: str, *, for_machine: bool) -> Outcome:
    """Remove an installed pack."""
    _packs(session, for_machine=for_machine).remove(pack_id)
    gettext = session.translator.gettext
    return Outcome(gettext("{id} is removed.").format(id=pack_id) + "\n")


def roll_back(session: Session, pack_id: str, *, for_machine: bool) -> Outcome:
    """Go back to the version before."""
    version = _packs(session, for_machine=for_machine).rollback(pack_id).current.version
    gettext = session.translator.gettext
    line = gettext("{id} {version} is in use again.")
    if not version:
        line = gettext("{id} is in use again in the version before.")
    return Outcome(_as_text([line.format(id=pack_id, version=version)]))


def list_packs(session: Session, *, as_json: bool) -> Outcome:
    """List the installed packs, in the order in which they are opened."""
    rows = [
        _row(place, pack_id, state, packs)
        for place, packs in _places(session)
        for pack_id, state in packs.states().items()
    ]
    seen: set[str] = set()
    for row in rows:
        row["in_use"] = not row["damaged"] and row["id"] not in seen
        if row["in_use"]:
            seen.add(row["id"])
    if as_json:
        return Outcome(as_json_text({"packs": rows}))
    gettext = session.translator.gettext
    lines = [" ".join(_row_words(row, session)) for row in rows]
    return Outcome(_as_text(lines), "" if rows else gettext("No pack is installed."))


def _row(place: str, pack_id: str, state: PackState, packs: InstalledPacks) -> dict[str, Any]:
    return {
        "id": pack_id,
        "version": state.current.version,
        "previous": state.previous.version if state.previous else None,
        "place": place,
        "path": str(packs.path_of(state.current)),
        "damaged": _problem(packs, state.current),
        **_signature_as_json(state.current.signature),
    }


def _row_words(row: dict[str, Any], session: Session) -> Iterator[str]:
    gettext = session.translator.gettext
    yield row["id"]
    if row["version"]:
        yield row["version"]
    place = gettext(_PLACES[row["place"]])
    if row["signature"]:
        signature = Signature(row["signature"]["publisher"], date.fromisoformat(row["signature"]["date"]))
        place = f"{place}; {origin_of(session, signature)}"
    yield f"({place})"
    if row["previous"]:
        yield gettext("before: {version}").format(version=row["previous"])
    elif row["previous"] is not None:
        yield gettext("the version before is kept")
    if row["damaged"]:
        yield row["damaged"]
    elif not row["in_use"]:
        yield gettext("hidden by yours")


def _problem(packs: InstalledPacks, version: PackVersion) -> str:
    """Return why an installed pack cannot be opened, "" when it can."""
    try:
        PackFile(packs.path_of(version), version.manifest).close()
    except PackError as error:
        return str(error.what)
    return ""


def _packs(session: Session, *, for_machine: bool) -> InstalledPacks:
    return dict(_places(session))[MACHINE if for_machine else USER]


def _places(session: Session) -> list[tuple[str, InstalledPacks]]:
    of_machine = machine_packs(trusts_environment=session.policy.trusts_environment)
    return [(USER, InstalledPacks(session.profile.packs)), (MACHINE, InstalledPacks(of_machine))]


def _facts_lines(session: Session, file: PackFile) -> Iterator[str]:
    from kbviewer.i18n.formats import format_date
    from kbviewer.i18n.sizes import format_size

    gettext, language = session.translator.gettext, session.translator.language
    facts, pack = file.facts, file.facts.pack
    articles = session.translator.ngettext("{count} article", "{count} articles", facts.articles)
    variants = ", ".join(f"{tag} {count}" for tag, count in facts.variants.items())
    yield f"{pack.title(language)} ({pack.id} {pack.version}".rstrip() + ")"
    yield f"{articles.format(count=facts.articles)}: {variants}"
    if pack.publisher:
        yield gettext("Publisher: {name}").format(name=pack.publisher)
    if pack.day:
        yield gettext("Date: {date}").format(date=format_date(pack.day, language))
    if pack.license:
        yield gettext("Licence: {name}").format(name=pack.license)
    yield gettext("Size: {size}").format(size=format_size(file.size, session.translator))
    yield gettext("Origin: {signature}").format(signature=origin_of(session, _signature_at(session, file)))


def _facts_as_json(file: PackFile, signature: Signature | None) -> dict[str, Any]:
    facts, pack = file.facts, file.facts.pack
    return {
        "id": pack.id,
        "version": pack.version,
        "title": dict(pack.titles),
        "publisher": pack.publisher,
        "date": pack.day.isoformat() if pack.day else None,
        "license": pack.license,
        "articles": facts.articles,
        "variants": dict(facts.variants),
        "made_with": facts.made_with,
        "size": file.size,
        "manifest_sha256": file.manifest_digest,
        "has_index": any(name.startswith(INDEX) for name in file.names()),
        **_signature_as_json(signature),
    }


def origin_of(session: Session, signature: Signature | None) -> str:
    """Return who vouches for a pack, in the reader's language."""
    from kbviewer.i18n.formats import format_date

    gettext = session.translator.gettext
    if signature is None:
        return gettext(UNSIGNED)
    day = format_date(signature.day, session.translator.language)
    return gettext("signed by {publisher}, {date}").format(publisher=signature.publisher, date=day)


def _signature_at(session: Session, file: PackFile) -> Signature | None:
    """Return who vouches for a pack: only of installed ones that have not been changed is that known."""
    path = file.path.absolute()
    versions = [packs.version_at(path) for _, packs in _places(session)]
    return next(
        (version.signature for version in versions if version and version.manifest == file.manifest_digest),
        None,
    )


def _signature_as_json(signature: Signature | None) -> dict[str, Any]:
    if signature is None:
        return {"signed": False, "signature": None}
    return {
        "signed": True,
        "signature": {"publisher": signature.publisher, "date": signature.day.isoformat()},
    }


def _what_is_missing(session: Session, built: Built) -> str:
    """Return what a publisher has to know: what did not get into the pack."""
    gettext = session.translator.gettext
    lines = [problem.render(gettext) for problem in built.problems]
    if built.left_out:
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(built.left_out.items()))
        lines.append(
            gettext("Left out, because it is neither text nor a picture: {kinds}").format(kinds=kinds)
        )
    return "\n".join(lines)


def _as_text(lines: Iterator[str] | list[str]) -> str:
    # What a pack says of itself comes from strangers.
    return "".join(f"{printable(line)}\n" for line in lines)
