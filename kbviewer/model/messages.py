"""Sentences that are put into the reader's language when they are shown, not when they are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Gettext = Callable[[str], str]


def N_(text: str) -> str:  # noqa: N802 - the name that extraction looks for
    """Mark `text` for extraction and return it unchanged."""
    return text


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence in English with named fields, as found in the catalogues.

    Attributes:
        template: `str.format` template; the msgid. Wrap it in `N_` where it is written.
        values: values of the template's fields. A value that is a Message is translated too.
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def render(self, gettext: Gettext) -> str:
        """Return the sentence in the language that `gettext` speaks."""
        values = {
            name: value.render(gettext) if isinstance(value, Message) else value
            for name, value in self.values.items()
        }
        return gettext(self.template).format(**values)

    def __str__(self) -> str:
        return self.render(lambda text: text)


def message(template: str, /, **values: object) -> Message:
    """Build a Message: `message(N_("no article {id}"), id="307294")`."""
    return Message(template, values)
