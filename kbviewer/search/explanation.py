"""Says why a hit is where it is; for people who tune the ranking, hence in English."""

from __future__ import annotations

from kbviewer.search.interpretation import Understood
from kbviewer.search.ranking import Ranked
from kbviewer.search.shard import Shard

_MOST_WORDS = 3


def explain(ranked: Ranked, understood: Understood, shard: Shard) -> tuple[str, ...]:
    """Return a line per word of the query and per look at the variant."""
    lines = []
    for at, term in enumerate(understood.terms):
        value = understood.scores[ranked.shard][at].value(ranked.number)
        found = _best_words(at, ranked, understood, shard)
        lines.append(
            f"{term.text!r}: {value:.2f} of its {understood.weights[at]:.2f}"
            + (f", by {found}" if found else "")
        )
    lines += [
        f"words: {ranked.words:+.3f}",
        f"title: {ranked.title:+.3f}",
        *([f"its id: {ranked.name:+.0f}"] if ranked.name else []),
        f"one section has it: {ranked.section:+.3f}",
        f"score: {ranked.score:.3f}",
    ]
    return tuple(lines)


def _best_words(at: int, ranked: Ranked, understood: Understood, shard: Shard) -> str:
    """Return the words of the index that answer a term in this variant, the best first."""
    expansion = understood.expansions[ranked.shard][at]
    if expansion is None:
        return "phrase"
    words = shard.vocabulary.table.words
    found: dict[str, tuple[float, str]] = {}
    for alternative in expansion.alternatives:
        for number in (number for group in alternative.groups for number in group):
            documents, impacts = shard.reader.postings(words[number])
            place = int(documents.searchsorted(ranked.number))
            if place < len(documents) and documents[place] == ranked.number:
                impact = float(impacts[place])
                text = f"{words[number]} ({alternative.kind}, {alternative.weight:.2f} × {impact:.2f})"
                found[words[number]] = max(
                    found.get(words[number], (0.0, "")), (alternative.weight * impact, text)
                )
    return ", ".join(text for _, text in sorted(found.values(), reverse=True)[:_MOST_WORDS])
