"""Keeps the catalogues in step with the code: `python -m kbviewer.i18n.extraction [--check]`.

Without --check it writes i18n/kbviewer.pot and merges every catalogue: new texts come untranslated,
texts that are gone leave, nothing is guessed. With --check it changes nothing and reports, one line
per finding with file and line, what is missing or wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError

from kbviewer.i18n.catalogue_check import check_catalogue, check_code
from kbviewer.i18n.catalogue_files import TEMPLATE, build_template, merge, read, texts, to_bytes
from kbviewer.i18n.catalogues import DOMAIN
from kbviewer.i18n.code_messages import Slip, extract


def update(root: Path) -> list[Slip]:
    """Write the template and all catalogues; return the texts that cannot be extracted."""
    messages, slips = extract(root)
    template = build_template(messages)
    (root / "i18n").mkdir(exist_ok=True)
    (root / "i18n" / TEMPLATE).write_bytes(to_bytes(template))
    for path in _catalogues(root):
        language = path.parts[-3]
        path.write_bytes(to_bytes(merge(template, read(path, language), language)))
    return slips


def check(root: Path) -> list[Slip]:
    """Return everything that is wrong in code and catalogues."""
    messages, slips = extract(root)
    template = build_template(messages)
    slips += check_code(messages)
    pot = root / "i18n" / TEMPLATE
    if not pot.is_file() or pot.read_bytes() != to_bytes(template):
        slips.append(Slip(f"i18n/{TEMPLATE}", 1, "is not up to date; extract again"))
    for path in _catalogues(root):
        slips += _check_file(path, template, path.relative_to(root).as_posix())
    return slips


def _check_file(path: Path, template: Catalog, name: str) -> list[Slip]:
    """Return what is wrong in one catalogue."""
    language = path.parts[-3]
    try:
        catalogue = read(path, language)
    except (PoFileError, UnicodeError) as error:
        return [Slip(name, getattr(error, "lineno", 1), f"cannot be read ({error})")]
    if catalogue is None:
        return []
    slips = list(check_catalogue(catalogue, template, name, language))
    if not slips and path.read_bytes() != to_bytes(merge(template, catalogue, language)):
        slips.append(Slip(name, 1, "is not as extraction writes it; extract again"))
    return slips


def _catalogues(root: Path) -> list[Path]:
    """Return the source catalogues, one per language."""
    return sorted(root.glob(f"i18n/*/LC_MESSAGES/{DOMAIN}.po"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return 1 when something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m kbviewer.i18n.extraction", description=__doc__)
    parser.add_argument("--check", action="store_true", help="report only, change nothing")
    parser.add_argument("--root", type=Path, default=Path(__file__).parents[2], help="the checkout")
    options = parser.parse_args(arguments)
    slips = check(options.root) if options.check else update(options.root)
    for slip in slips:
        sys.stdout.write(f"{slip}\n")
    if not options.check:
        for path in _catalogues(options.root):
            catalogue = read(path, path.parts[-3])
            missing = sum(
                not message.string or not all(message.string) for message in texts(catalogue or Catalog())
            )
            sys.stdout.write(f"{path.relative_to(options.root).as_posix()}: {missing} to translate\n")
    return 1 if slips else 0


if __name__ == "__main__":
    sys.exit(main())
