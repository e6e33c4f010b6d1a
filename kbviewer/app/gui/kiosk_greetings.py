"""What the screen of an unattended kiosk says, in each language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from kbviewer.i18n.translator import Translator
from kbviewer.model.library import ArticleRepository
from kbviewer.ui.kiosk.attract import Greeting

_MOST_TOPICS: Final = 8


def greetings(
    repository: ArticleRepository, languages: Sequence[str], translator: Translator
) -> tuple[Greeting, ...]:
    """Return what each language has to say, in the order of `languages`."""
    topics = _largest_topics(repository)
    return tuple(_greeting(repository, language, topics, translator) for language in languages)


def staff_name(languages: Sequence[str], translator: Translator) -> str:
    """Return what the way to the PIN is called, in each language that greets: "Staff / Personal"."""
    return " / ".join(dict.fromkeys(translator.speaking(each).gettext("Staff") for each in languages))


def _greeting(
    repository: ArticleRepository, language: str, topics: Sequence[str], translator: Translator
) -> Greeting:
    _ = translator.speaking(language).gettext
    name = translator.own_language_name(language)
    return Greeting(
        language=language,
        name=name[:1].upper() + name[1:],
        heading=_("What do you need to solve?"),
        invitation=_("Touch the screen to begin."),
        topics_name=_("Topics"),
        topics=tuple(dict.fromkeys(repository.topic_title(topic, language) for topic in topics)),
        promise=_("When you have finished, everything you did here is forgotten."),
    )


def _largest_topics(repository: ArticleRepository) -> list[str]:
    """Return the keys of the topics with the most articles, in the order of the library."""

    def keys() -> Iterator[str]:
        for entry in repository.entries():
            if entry.topic and entry.variants:
                yield entry.topic

    counted = Counter(keys())
    largest = {topic for topic, _count in counted.most_common(_MOST_TOPICS)}
    return [topic for topic in counted if topic in largest]
