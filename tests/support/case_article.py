"""A small article in two languages that cases can run through."""

from __future__ import annotations

from kbviewer.content.reader import read_article
from kbviewer.model.article import Article

_FRONT = """---
title: {title}
uid: kb1
lang: {language}
appliesto: [Messenger 4.0]
kb.reviewed: 2005-08-05T11:01:47
kb.revision: "5.0"
{translation}---
# {title}
"""

_SWEDISH = """
> [!div class="kb-scope"]
>
> | Hur brett är felet? | En användare | Flera användare |
> |---|---|---|
> | Från en dator | [Klienten](#client) | [Klienten](#client) |
> | Från flera datorer | [Kontot](#client) | [Nätet](#client) |

> [!div class="kb-triage"]
>
> - Hur många användare är det?
> - Är det en dator eller flera datorer?
> - Hur lyder felet?

## Klienten {#client}

Så här byter du lösenord: {#change}

1. Öppna **Konto** & läs <samp>Servern svarar inte</samp>. {#open}

2. Byt: {#swap}

   1. Skriv `<b>`. {#write}

   2. Spara. {#save}

Så här startar du om: {#restart}

1. > [!WARNING]
   > Spara allt först.

   Starta om. {#again}
"""

_ENGLISH = """
> [!div class="kb-scope"]
>
> | How far does it reach? | One user | Several users |
> |---|---|---|
> | From one computer | [The client](#client) | [The client](#client) |
> | From several computers | [The account](#client) | [The network](#client) |

> [!div class="kb-triage"]
>
> - How many users are there?
> - Is it one computer or several computers?
> - What does the error say?

## The client {#client}

To change the password: {#change}

1. Open **Account** & read <samp>Server not responding</samp>. {#open}

2. Change it: {#swap}

   1. Type `<b>`. {#write}

   2. Save. {#save}

To restart: {#restart}

1. > [!WARNING]
   > Save everything first.

   Restart. {#again}
"""


def swedish(text: str = _SWEDISH, *, article_id: str = "kb1") -> Article:
    """Return the Swedish variant."""
    front = _FRONT.format(title="Ändra lösenord", language="sv", translation="")
    return read_article(front + text, article_id=article_id, source="kb1/sv.md").article


def english(text: str = _ENGLISH, *, article_id: str = "kb1") -> Article:
    """Return the English variant."""
    translation = 'translation: {from: sv, revision: "5.0", method: human}\n'
    front = _FRONT.format(title="Change password", language="en", translation=translation)
    return read_article(front + text, article_id=article_id, source="kb1/en.md").article


def swedish_with(old: str, new: str) -> Article:
    """Return the Swedish variant after an edit."""
    assert old in _SWEDISH
    return swedish(_SWEDISH.replace(old, new))
