"""Build hook: carries the articles, the catalogues and the resources inside the wheel.

They live at the top level of the checkout and in `kbviewer/_data/` of an installed copy. Catalogues are
compiled on the way, because compiled ones are never committed.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA_FOLDERS = ("content", "i18n", "resources")
LEFT_OUT = ("resources/packaging", "resources/screenshots")


class DataBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # generic over the builder's config, unused here
    """Adds the data folders to a wheel under `kbviewer/_data/`."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Declares every data file, and each catalogue in its compiled form."""
        if version == "editable":
            return
        root = Path(self.root)
        self._compiled = tempfile.TemporaryDirectory(prefix="kbviewer-catalogues-")
        files: dict[str, str] = build_data["force_include"]
        for source in _data_files(root):
            files[str(source)] = _place(source.relative_to(root))
        for catalogue in sorted(root.glob("i18n/*/LC_MESSAGES/*.po")):
            relative = catalogue.relative_to(root).with_suffix(".mo")
            compiled = Path(self._compiled.name) / relative
            _compile(catalogue, compiled)
            files[str(compiled)] = _place(relative)

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002  # hatchling's signature
        """Removes the compiled catalogues."""
        if version != "editable":
            self._compiled.cleanup()


def _data_files(root: Path) -> Iterator[Path]:
    for folder in DATA_FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            relative = path.relative_to(root)
            hidden = any(part.startswith((".", "__")) for part in relative.parts)
            left_out = relative.as_posix().startswith(tuple(f"{name}/" for name in LEFT_OUT))
            if path.is_file() and path.suffix != ".mo" and not hidden and not left_out:
                yield path


def _place(relative: Path) -> str:
    return f"kbviewer/_data/{relative.as_posix()}"


def _compile(catalogue: Path, compiled: Path) -> None:
    compiled.parent.mkdir(parents=True, exist_ok=True)
    with catalogue.open("rb") as source, compiled.open("wb") as target:
        write_mo(target, read_po(source, locale=catalogue.parts[-3]))
