"""Which language the name of a file, a folder or a tree tells; nothing is opened, nothing looked for."""

from __future__ import annotations

import re
from collections.abc import Collection

DEFAULT_LANGUAGE = "en"

_TREE_NAMES = frozenset({"en", "sv"})
_TAG_WITH_REGION = re.compile(r"[a-z]{2,3}-[A-Z]{2}")
# With a script and a region at most: `my-account` and `no-sound` are names, not Burmese and Norwegian.
_TAG = re.compile(
    r"[a-z]{2,3}(?:-(?:arab|cyrl|deva|hans|hant|latn))?(?:-(?:[a-z]{2}|[0-9]{3}))?(?:-x-[a-z0-9]{1,8})?",
    re.IGNORECASE,
)
# ISO 639-1; three-letter languages count where pack.toml lists them.
_ISO_639_1 = (
    " aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da"
    " de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz"
    " ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln"
    " lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi"
    " pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti"
    " tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
    " "
)


def language_of(name: str, known: Collection[str] = ()) -> str:
    """Return the language that a file or folder name is the tag of, without region, else ""."""
    if not _TAG.fullmatch(name):
        return ""
    language = name.partition("-")[0].lower()
    return language if f" {language} " in _ISO_639_1 or language in known else ""


def language_of_tree(name: str) -> str:
    """Return the language that the name of a whole tree tells, "" when none.

    `sv-SE`, `docs.sv-se` and `kb.sv` are Swedish; a folder called `it` or `my-kb` is just called so.
    """
    stem, dot, tag = name.rpartition(".")
    if dot and stem:
        return language_of(tag)
    return language_of(name) if name in _TREE_NAMES or _TAG_WITH_REGION.fullmatch(name) else ""


def split_suffix(stem: str, known: Collection[str] = ()) -> tuple[str, str]:
    """Return the name of an article and the language after its last dot; "" when there is none.

    `vpn.sv` and `guide.sv-SE` are Swedish. A tag alone counts for the languages of the program and of the
    library (`known`), with its region for all: `main.ts`, `who.is` and `skatteverket.se` are just called so.
    """
    name, _, tag = stem.rpartition(".")
    language = language_of(tag, known) if name.strip(". ") else ""
    if language and (language in _TREE_NAMES or language in known or _TAG_WITH_REGION.fullmatch(tag)):
        return name, language
    return stem, ""
