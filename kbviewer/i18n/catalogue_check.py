"""What can be wrong with a translation, found without knowing the language."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message

from kbviewer.i18n.catalogue_files import find, texts
from kbviewer.i18n.code_messages import CodeMessage, Slip

_PERCENT_FIELD = re.compile(r"%(?:\(\w+\))?[#0+-]*\d*(?:\.\d+)?[a-zA-Z]")
_MNEMONIC = re.compile(r"(?<!&)&(?=[^&\s])(.)")
_END = re.compile(r"[.:;?…]*\s*$")
_SLIPS = (
    (re.compile(r"\.\.\."), "three full stops instead of “…”"),
    (re.compile(r"(?<=\S)  (?=\S)"), "two spaces in a row"),
    (re.compile(r"(?<=\w) - (?=\w)"), "a hyphen instead of a dash (–)"),
    (re.compile(r'"'), "a straight quotation mark"),
    (re.compile(r"\s[,;:!?](?=\s|$)"), "a space before a punctuation mark"),
)
_SWEDISH_SLIPS = ((re.compile("[“„]"), "a quotation mark that is not Swedish; use ”…”"),)


def check_code(messages: list[CodeMessage]) -> Iterator[Slip]:
    """Yield typographic slips in the program's own text."""
    for message in messages:
        for text in filter(None, (message.singular, message.plural)):
            for slip in _typography(text, "en"):
                yield Slip(message.path, message.line, f"“{_short(text)}” has {slip}")


def check_catalogue(catalogue: Catalog, template: Catalog, path: str, language: str) -> Iterator[Slip]:
    """Yield what is missing, left over or wrong in a catalogue."""
    for wanted in texts(template):
        if find(catalogue, wanted) is None:
            yield Slip(path, 1, f"“{_short(_singular(wanted))}” is missing; extract again")
    for message in texts(catalogue):
        line = message.lineno or 1
        if find(template, message) is None:
            yield Slip(path, line, f"“{_short(_singular(message))}” is no longer used; extract again")
            continue
        for text in _message_slips(message, catalogue.num_plurals, language):
            yield Slip(path, line, f"“{_short(_singular(message))}”: {text}")
    for obsolete in catalogue.obsolete.values():
        yield Slip(path, obsolete.lineno or 1, f"“{_short(_singular(obsolete))}” is obsolete; extract again")


def _message_slips(message: Message, plural_count: int, language: str) -> Iterator[str]:
    """Yield what is wrong with one translation."""
    if message.fuzzy:
        yield "is marked fuzzy; translate it and remove the mark"
    if isinstance(message.id, str):
        originals, forms = [message.id], [message.string]
    else:
        originals, forms = list(message.id), list(message.string or ())
        if len(forms) != plural_count:
            yield f"has {len(forms)} plural forms instead of {plural_count}"
    if not forms or not all(isinstance(form, str) and form.strip() for form in forms):
        yield "is not translated"
        return
    for form in forms:
        yield from _form_slips(originals, str(form), language)


def _form_slips(originals: list[str], form: str, language: str) -> Iterator[str]:
    """Yield how one form differs from the text that it translates."""
    if not any(_fields(original) == _fields(form) for original in originals):
        yield f"other fields than the original in “{_short(form)}”"
    original = originals[-1]
    if _end(original) != _end(form) or original[:1].isspace() != form[:1].isspace():
        yield f"other punctuation or space at the ends in “{_short(form)}”"
    wanted, given = len(_MNEMONIC.findall(original)), _MNEMONIC.findall(form)
    if len(given) != wanted:
        yield f"{len(given)} mnemonics instead of {wanted} in “{_short(form)}”"
    if any(not (key.isascii() and key.isalpha()) for key in given):
        yield f"a mnemonic other than a to z in “{_short(form)}”"
    for slip in _typography(form, language):
        yield f"{slip} in “{_short(form)}”"


def _fields(text: str) -> Counter[str]:
    """Return the fields that are filled in later, with how often each stands there."""
    found = Counter(_PERCENT_FIELD.findall(text.replace("%%", "")))
    try:
        parsed = list(string.Formatter().parse(text))
    except ValueError:
        found["broken braces"] += 1
        return found
    found.update("{" + field + "}" for _text, field, _spec, _conversion in parsed if field is not None)
    return found


def _end(text: str) -> str:
    """Return the punctuation and the white space at the end."""
    match = _END.search(text)
    return match.group() if match else ""


def _typography(text: str, language: str) -> list[str]:
    """Return the typographic slips in a text."""
    rules = _SLIPS + (_SWEDISH_SLIPS if language.startswith("sv") else ())
    return [name for pattern, name in rules if pattern.search(text)]


def _singular(message: Message) -> str:
    """Return the text as it stands in the code."""
    return message.id if isinstance(message.id, str) else str(message.id[0])


def _short(text: str) -> str:
    """Return the beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"
