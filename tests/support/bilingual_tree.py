"""A small documentation tree in two languages, written the way large ones are; every word is ours."""

from __future__ import annotations

from pathlib import Path

_ARTICLES = {
    "help/printing/paper-jam.md": (
        """\
---
title: Paper stays in the printer
description: What to do when *paper* stays in the printer.
exl-id: 6f0c9f0a-0000-4000-8000-000000000001
feature: Printing
role: User
---

# Paper stays in the printer

The printer stops and says &quot;Paper jam&quot;.

## Affected printers

All printers of the third floor.

>[!WARNING]
>
>The heater behind the **[!UICONTROL rear door]** is hot.

## Solution

Do the following:

1. Open the **[!UICONTROL rear door]**.
1. Pull the paper out with both hands:
   1. First the left edge.
   1. Then the right edge.
1. Close the door, as told in [the trays](../general/trays.md#order).

| Light | Meaning |
|---|---|
| Green | Ready |
| Amber | Paper is still inside |

{{contact}}
""",
        """\
---
title: Papper sitter kvar i skrivaren
description: Vad du gör när *papper* sitter kvar i skrivaren.
exl-id: 6f0c9f0a-0000-4000-8000-000000000001
feature: Printing
role: User
ht-degree: 0%

---

# Papper sitter kvar i skrivaren

Skrivaren stannar och säger &quot;Papperstrassel&quot;.

## Berörda skrivare

Alla skrivare på tredje våningen.

>[!WARNING]
>
>Värmaren bakom **[!UICONTROL bakluckan]** är het.

## Lösning

Gör så här:

1. Öppna **[!UICONTROL bakluckan]**.
1. Dra ut papperet med båda händerna:
   1. Först den vänstra kanten.
   1. Sedan den högra kanten.
1. Stäng luckan, så som det står i [facken](../general/trays.md#order).

| Lampa | Betydelse |
|---|---|
| Grön | Klar |
| Gul | Det finns papper kvar |

{{contact}}
""",
    ),
    "help/general/trays.md": (
        """\
---
title: Which tray takes which paper
---

# Which tray takes which paper

## Order of the trays {#order}

+++Upper tray

Plain paper, at most 250 sheets.

+++

+++Lower tray

Letterheads, face down.

+++

```text
lpstat -p third-floor
```

![The trays seen from the side](../assets/trays.png)
""",
        """\
---
title: Vilket fack tar vilket papper
---

# Vilket fack tar vilket papper

## Fackens ordning {#order}

+++Övre facket

Vanligt papper, högst 250 ark.

+++

+++Nedre facket

Brevpapper, med framsidan ned.

+++

```text
lpstat -p third-floor
```

![Facken sedda från sidan](../assets/trays.png)
""",
    ),
    "help/overview.md": (
        "---\ntitle: Office help\n---\n\n# Office help\n\n"
        "* [Paper stays in the printer](printing/paper-jam.md)\n"
        "* [Which tray takes which paper](general/trays.md)\n",
        "---\ntitle: Kontorets hjälp\n---\n\n# Kontorets hjälp\n\n"
        "* [Papper sitter kvar i skrivaren](printing/paper-jam.md)\n"
        "* [Vilket fack tar vilket papper](general/trays.md)\n",
    ),
    "help/TOC.md": (
        "# Office help {#office}\n\n+ [Overview](overview.md)\n+ Printing {#printing}\n"
        "  + [Paper stays in the printer](printing/paper-jam.md)\n",
        "# Kontorets hjälp {#office}\n\n+ [Översikt](overview.md)\n+ Utskrift {#printing}\n"
        "  + [Papper sitter kvar i skrivaren](printing/paper-jam.md)\n",
    ),
}
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc000000301010018dd8db00000000049454e44ae426082"
)


def write_bilingual_tree(root: Path) -> Path:
    """Write the trees `en` and `sv-SE` into `root` and return it."""
    for path, texts in _ARTICLES.items():
        for tree, text in zip(("en", "sv-SE"), texts, strict=True):
            file = root / tree / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    for tree in ("en", "sv-SE"):
        picture = root / tree / "help" / "assets" / "trays.png"
        picture.parent.mkdir(exist_ok=True)
        picture.write_bytes(_PIXEL)
    (root / "LICENSE.md").write_text("Ours.\n", encoding="utf-8")
    return root
