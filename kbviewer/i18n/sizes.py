"""How much data there is, as people read it: the one place that decides on units."""

from __future__ import annotations

from kbviewer.i18n.formats import format_number
from kbviewer.i18n.translator import Translator

_STEP = 1000


def format_size(count: int, translator: Translator) -> str:
    """Return a number of bytes as kB, MB or GB: "0,5 kB" in Swedish, "9.4 MB" in English.

    What there is, is never shown as nothing.
    """
    gettext, language = translator.gettext, translator.language
    templates = (gettext("{size} kB"), gettext("{size} MB"), gettext("{size} GB"))
    size, shown = count / _STEP, templates[0]
    for template in templates[1:]:
        if round(size, 1) < _STEP:
            break
        size, shown = size / _STEP, template
    rounded = max(round(size, 1), 0.1 if count > 0 else 0)
    return shown.format(size=format_number(rounded, language))
