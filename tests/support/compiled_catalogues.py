"""The catalogues of the checkout in compiled form, as an installed copy has them.

Else each of the hundreds of windows and processes that the tests start compiles them anew, a quarter of a
second each time: the folder in which the program keeps what it has compiled is as empty as on a first start.
"""

from __future__ import annotations

import contextlib
import io
import os
from pathlib import Path

I18N = Path(__file__).parents[2] / "i18n"


def compile_catalogues(directory: Path = I18N) -> None:
    """Puts a compiled file beside each catalogue in `directory` that has none of just its age.

    One that is damaged gets none: the tests are to see what the program makes of it.
    """
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    for source in sorted(directory.glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        written_ns = source.stat().st_mtime_ns
        if compiled.exists() and compiled.stat().st_mtime_ns == written_ns:
            continue
        compiled.unlink(missing_ok=True)
        content = io.BytesIO()
        with contextlib.suppress(ValueError, PoFileError), source.open("rb") as file:
            write_mo(content, read_po(file, locale=source.parts[-3], abort_invalid=True))
            # In one step: a program that runs in this checkout at the moment may be reading it.
            draft = compiled.with_name(f"{compiled.name}.{os.getpid()}")
            draft.write_bytes(content.getvalue())
            os.utime(draft, ns=(written_ns, written_ns))
            draft.replace(compiled)
