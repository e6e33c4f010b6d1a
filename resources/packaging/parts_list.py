"""The list of all that is shipped, with versions, licences and checksums: an SBOM, CycloneDX 1.6 as JSON.

Runs in the environment for packages: `python -m resources.packaging.parts_list FOLDER FILE`.
"""

from __future__ import annotations

import hashlib
import json
import sys
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from resources.packaging.bundle import build_epoch, plain_files
from resources.packaging.licences import INSIDE, INSIDE_LICENCES, OURS, SAME_VERSION, Inside
from resources.packaging.owners import Owner, Owners
from resources.packaging.places import PackagingError

_SPACE = uuid.UUID("5d0a4c2e-6a55-5f4b-9a3e-1f5f4d0c7b11")


def write_parts_list(folder: Path, target: Path) -> None:
    """List what lies in a folder, the bundle or what a package has of it.

    Raises:
        PackagingError: a part has no known licence, or the list is not as CycloneDX wants it.
    """
    owners = Owners()
    files: dict[Owner, list[Component]] = defaultdict(list)
    for owner in owners.of_modules():
        files[owner] = []
    for path in plain_files(folder):
        name = path.relative_to(folder).as_posix()
        files[owners.of_file(name)].append(_file(name, path.read_bytes()))
    program = _program(files)
    parts = [_component(owner, files[owner]) for owner in sorted(files)]
    when = datetime.fromtimestamp(build_epoch(), UTC)
    bom = Bom(metadata=BomMetaData(component=program, timestamp=when), components=parts)
    bom.register_dependency(program, parts)
    text = JsonV1Dot6(bom).output_as_string(indent=1)
    # What belongs to the same files has the same number.
    settled = {**json.loads(text), "serialNumber": f"urn:uuid:{uuid.uuid5(_SPACE, _told(files))}"}
    text = json.dumps(settled, indent=1, ensure_ascii=False) + "\n"
    problem = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if problem is not None:
        raise PackagingError(f"The list of parts is not as CycloneDX wants it: {problem}")
    target.write_text(text, "utf-8")


def _program(owners: Iterable[Owner]) -> Component:
    ours = next(owner for owner in owners if owner.name == "kbviewer")
    return Component(
        type=ComponentType.APPLICATION,
        name=ours.name,
        version=ours.version,
        bom_ref="program",
        licenses=[LicenseFactory().make_from_string(OURS)],
    )


def _component(owner: Owner, files: list[Component]) -> Component:
    return Component(
        type=ComponentType.LIBRARY,
        name=owner.name,
        version=owner.version,
        bom_ref=owner.address,
        purl=PackageURL.from_string(owner.address),
        licenses=[LicenseFactory().make_from_string(owner.licence)],
        components=[*files, *(_inside(owner, part) for part in _parts(owner))],
    )


def _parts(owner: Owner) -> Iterator[Inside]:
    """Yield what is compiled into a part: from our table, and from the lists that wheels bring themselves."""
    for part in INSIDE.get(owner.name, ()):
        yield part._replace(version=owner.version) if part.version == SAME_VERSION else part
    if not owner.address.startswith("pkg:pypi/") or owner.name not in ("cryptography",):
        return
    try:
        listed = [file for file in distribution(owner.name).files or () if "sboms" in file.parts]
    except PackageNotFoundError:
        return
    for file in listed:
        for part in json.loads(Path(str(file.locate())).read_text("utf-8")).get("components", ()):
            yield Inside(part["name"], _told_licence(part), part.get("version", ""))


def _told_licence(part: dict[str, object]) -> str:
    name = str(part["name"])
    told = part.get("licenses")
    if isinstance(told, list) and told:
        first = told[0]
        return str(first.get("expression") or first.get("license", {}).get("id") or first["license"]["name"])
    if name not in INSIDE_LICENCES:
        raise PackagingError(
            f"The licence of {name} is not known: add it to resources/packaging/licences.py."
        )
    return INSIDE_LICENCES[name]


def _inside(owner: Owner, part: Inside) -> Component:
    return Component(
        type=ComponentType.LIBRARY,
        name=part.name,
        version=part.version or None,
        bom_ref=f"{owner.address}#{part.name}@{part.version}",
        licenses=[LicenseFactory().make_from_string(part.licence)],
    )


def _file(name: str, content: bytes) -> Component:
    digest = hashlib.sha256(content).hexdigest()
    return Component(
        type=ComponentType.FILE,
        name=name,
        bom_ref=f"file:{name}",
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest)],
    )


def _told(files: dict[Owner, list[Component]]) -> str:
    """Return a text that is the same for the same files."""
    return "\n".join(
        f"{file.name} {digest.content}"
        for owner in sorted(files)
        for file in files[owner]
        for digest in file.hashes
    )


if __name__ == "__main__":
    write_parts_list(Path(sys.argv[1]), Path(sys.argv[2]))
