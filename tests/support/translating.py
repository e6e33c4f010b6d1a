"""A small bilingual article and what translators do with it."""

from __future__ import annotations

from pathlib import Path

from kbviewer.content.translation.workspace import Work, Workspace, open_workspace

ORIGINAL = """---
title: "Printer: help"
lang: en
description: Get the printer going.
---
# Printer: help

The printer does nothing.
Look at the light.

## Light {#light}

See [power](#power) and press **Next**.

> [!WARNING]
> Pull out the plug first.

1. Open the lid. {#open}

   Keep `tray-1` in place.

2. Close the lid. {#close}

| Light | Meaning |
|---|---|
| red | [No power](#power) |
| green | A \\| B |

## Power {#power}

- Check the cable.
- Check the socket.

<details id="faq-smoke"><summary>Is smoke normal?</summary>

No.

</details>

```
lpstat -t
```
"""
TRANSLATION = (
    ORIGINAL.replace('title: "Printer: help"', "title: 'Skrivare: hjälp'")
    .replace("lang: en", "lang: sv\ntranslation: {from: en, revision: '1', by: Åsa, method: human}")
    .replace("Get the printer going.", "Få igång skrivaren.")
    .replace("# Printer: help", "# Skrivare: hjälp")
    .replace("The printer does nothing.\nLook at the light.", "Skrivaren gör ingenting.\nTitta på lampan.")
    .replace("## Light", "## Lampa")
    .replace("See [power](#power) and press **Next**.", "Se [ström](#power) och tryck på **Nästa**.")
    .replace("Pull out the plug first.", "Dra ur kontakten först.")
    .replace("Open the lid.", "Öppna luckan.")
    .replace("Keep `tray-1` in place.", "Låt `tray-1` sitta kvar.")
    .replace("Close the lid.", "Stäng luckan.")
    .replace("| Light | Meaning |", "| Lampa  | Betydelse |")
    .replace("| red | [No power]", "| röd | [Ingen ström]")
    .replace("| green |", "| grön |")
    .replace("## Power", "## Ström")
    .replace("Check the cable.", "Kontrollera kabeln.")
    .replace("Check the socket.", "Kontrollera uttaget.")
    .replace("Is smoke normal?", "Är rök normalt?")
    .replace("\nNo.\n", "\nNej.\n")
)


class Bench:
    """A library with one article in two languages, in a folder of the test."""

    def __init__(self, folder: Path) -> None:
        self.root = folder
        (folder / "kb1").mkdir(parents=True)
        self.source.write_bytes(ORIGINAL.encode())
        self.target.write_bytes(TRANSLATION.encode())

    @property
    def source(self) -> Path:
        return self.root / "kb1" / "en.md"

    @property
    def target(self) -> Path:
        return self.root / "kb1" / "sv.md"

    @property
    def lock(self) -> Path:
        return self.root / "kb1" / "sv.md.lock"

    @property
    def workspace(self) -> Workspace:
        return open_workspace(self.root)

    @property
    def work(self) -> Work:
        work = self.workspace.work("kb1", "sv")
        assert work is not None
        return work

    def edit(self, path: Path, old: str, new: str) -> None:
        """Change a text that stands in a file once."""
        text = path.read_bytes().decode()
        assert text.count(old) == 1, old
        path.write_bytes(text.replace(old, new).encode())
