"""Every key of the machine's policy, declared once: its values, what it is without one, what it is at worst.

The reader of the file, `kbviewer policy`, the table in ADMIN.md and the decisions all follow from this table.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from kbviewer.model.messages import N_, Message, message

PolicyValue = bool | int | str | tuple[str, ...]

_MAX_TEXT: Final = 1000
_MAX_ENTRIES: Final = 100
_HOST_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-.")
_HEX: Final = frozenset("0123456789abcdef")
_PIN_PARTS: Final = 6


class PolicyKey(NamedTuple):
    """A declared key.

    Attributes:
        name: as it stands in the file.
        default: what it is when no policy says anything.
        in_kiosk: what it is in a kiosk when the policy does not say; also what `--kiosk` means.
        strictest: what a value is read as that cannot be understood, and every value of an unusable file:
            what gives least away and still lets somebody read.
        help: one sentence in English; translated when shown.
        choices: the only texts that it can be; empty for no such limit.
        low: the smallest number.
        high: the largest number.
        form: what a text, or each text of a list, has to look like: "host", "path", "language", "hash", "".
    """

    name: str
    default: PolicyValue
    in_kiosk: PolicyValue
    strictest: PolicyValue
    help: str
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    form: str = ""

    @property
    def kind(self) -> str:
        """What JSON has to have there, in English; translated when shown."""
        if self.choices:
            return N_("one of several texts")
        match self.default:
            case bool():
                return N_("true or false")
            case int():
                return N_("a whole number")
            case tuple():
                return N_("a list of texts")
            case _:
                return N_("a text")

    def read(self, value: object) -> PolicyValue | None:
        """Return a value as it came from JSON, None when the key cannot have it."""
        default = self.default
        if isinstance(default, tuple):
            return self._read_list(value)
        if type(value) is not type(default):
            return None
        if isinstance(value, bool):
            return value
        if isinstance(value, int):
            return value if self.low <= value <= self.high else None
        return value if self._allows_text(value) else None

    def wanted(self) -> Message:
        """Return what a value has to be, for somebody who wrote another one."""
        if self.choices:
            return message(N_("one of {choices}"), choices=", ".join(f"“{each}”" for each in self.choices))
        if type(self.default) is int:
            return message(N_("a whole number from {low} to {high}"), low=self.low, high=self.high)
        if self.form:
            return message(_FORMS[self.form])
        return message(self.kind)

    def _read_list(self, value: object) -> tuple[str, ...] | None:
        if not isinstance(value, list) or len(value) > _MAX_ENTRIES:
            return None
        texts = tuple(each for each in value if isinstance(each, str) and each and self._allows_text(each))
        return texts if len(texts) == len(value) else None

    def _allows_text(self, text: str) -> bool:
        if self.choices:
            return text in self.choices
        if len(text) > _MAX_TEXT or not text.isprintable():
            return False
        return not text or _is_formed(text, self.form)


_FORMS: Final = {
    "host": N_("a list of hosts such as “help.example.org”, “*.example.org” or “*”"),
    "path": N_("a list of absolute paths"),
    "language": N_("the tag of a language such as “sv”, or an empty text"),
    "hash": N_("“scrypt:N:R:P:SALT:HASH” with salt and hash in hexadecimal, or an empty text"),
}


def _is_formed(text: str, form: str) -> bool:
    match form:
        case "host":
            name = text.removeprefix("*.")
            return text == "*" or (
                _HOST_LETTERS.issuperset(name) and all(name.split(".")) and "-" not in (name[0], name[-1])
            )
        case "path":
            is_drive = len(text) > 2 and text[0].isalpha() and text[1] == ":" and text[2] in "\\/"
            return text.startswith(("/", "\\\\")) or is_drive
        case "language":
            return text.replace("-", "").isalnum() and text.isascii() and 2 <= len(text.split("-")[0]) <= 3
        case "hash":
            return _is_pin_hash(text)
        case _:
            return True


def _is_pin_hash(text: str) -> bool:
    """Return whether `text` is scrypt:N:R:P:SALT:HASH in hexadecimal, at a cost that can be paid."""
    parts = text.split(":")
    if len(parts) != _PIN_PARTS or parts[0] != "scrypt":
        return False
    costs, (salt, digest) = parts[1:4], parts[4:]
    if not all(cost.isascii() and cost.isdecimal() and len(cost) <= 7 for cost in costs):
        return False
    n, r, p = map(int, costs)
    return (
        2**12 <= n <= 2**17
        and n & (n - 1) == 0
        and 1 <= r <= 16
        and 1 <= p <= 4
        and all(
            _HEX.issuperset(each) and 16 <= len(each) // 2 <= 64 and len(each) % 2 == 0
            for each in (salt, digest)
        )
    )


KEYS: Final = (
    PolicyKey(
        "kiosk",
        default=False,
        in_kiosk=True,
        strictest=True,
        help=N_("The program is a public terminal: keys that are not named get their value for a kiosk."),
    ),
    PolicyKey("fullscreen", False, True, True, N_("The window fills the screen.")),
    PolicyKey(
        "idle_reset_seconds",
        0,
        120,
        120,
        N_("After so many seconds without a touch or key the program starts over; 0 for never."),
        high=86_400,
    ),
    PolicyKey(
        "wipe_on_reset",
        default=False,
        in_kiosk=True,
        strictest=True,
        help=N_("Starting over takes away what the visitor has left: ticks, searches, clipboard and looks."),
    ),
    PolicyKey(
        "home", "", "", "", N_("The article that stands in place of the home page; empty for the home page.")
    ),
    PolicyKey(
        "allow_exit",
        "yes",
        "no",
        "no",
        N_("Whether the program can be closed: freely, with a PIN, or not at all."),
        choices=("yes", "pin", "no"),
    ),
    PolicyKey(
        "exit_pin_hash",
        "",
        "",
        "",
        N_("Hash of the PIN that closes the program; without it “pin” means “no”."),
        form="hash",
    ),
    PolicyKey("allow_print", True, False, False, N_("Articles can be printed.")),
    PolicyKey("allow_copy", True, False, False, N_("Text and links can be copied and dragged out.")),
    PolicyKey(
        "allow_open_file",
        default=True,
        in_kiosk=False,
        strictest=False,
        help=N_("Readers can open folders, packs and files of their own."),
    ),
    PolicyKey(
        "allow_import", True, False, False, N_("Readers can take in data and translations from files.")
    ),
    PolicyKey(
        "allow_export",
        default=True,
        in_kiosk=False,
        strictest=False,
        help=N_("Readers can save to files: PDF, reports, comments, their data."),
    ),
    PolicyKey(
        "external_links",
        "show-address",
        "show-address",
        "block",
        N_("What a link to the web does: nothing, show its address, ask first, or open the browser at once."),
        choices=("block", "show-address", "ask", "open"),
    ),
    PolicyKey(
        "allowed_hosts",
        ("*",),
        ("*",),
        (),
        N_("The hosts that links to the web may lead to; links to others are blocked."),
        form="host",
    ),
    PolicyKey("allow_context_menu", True, False, False, N_("A right click or long press opens a menu.")),
    PolicyKey(
        "allow_settings",
        default=True,
        in_kiosk=True,
        strictest=False,
        help=N_(
            "Readers can choose colours, size of targets and how the program starts; text size always works."
        ),
    ),
    PolicyKey(
        "allow_notes",
        default=True,
        in_kiosk=False,
        strictest=False,
        help=N_(
            "Readers can keep notes, bookmarks, comments and cases; else steps are ticked and nothing more."
        ),
    ),
    PolicyKey(
        "allow_updates",
        "user",
        "machine",
        "off",
        N_("Who gets packs installed, updated and removed: nobody, the computer, or readers as well."),
        choices=("off", "machine", "user"),
    ),
    PolicyKey(
        "update_source",
        "",
        "",
        "",
        N_("Folder or address that updates come from; empty for what the reader has chosen."),
    ),
    PolicyKey(
        "update_stale_days",
        90,
        90,
        90,
        N_("After so many days without news from the source the program says that content may be old."),
        low=1,
        high=3650,
    ),
    PolicyKey(
        "library_dirs",
        (),
        (),
        (),
        N_("Folders and packs that open by themselves, in place of installed packs and bundled articles."),
        form="path",
    ),
    PolicyKey(
        "allow_unsigned",
        default=True,
        in_kiosk=False,
        strictest=False,
        help=N_("Packs without a signature can be installed, and those that readers have installed open."),
    ),
    PolicyKey(
        "state",
        "user",
        "memory",
        "memory",
        N_("Where ticks, searches and the like are kept: in the user's profile, or in memory until the end."),
        choices=("user", "memory"),
    ),
    PolicyKey(
        "language",
        "",
        "",
        "",
        N_("Language that the program starts in; empty for the system's."),
        form="language",
    ),
    PolicyKey("allow_language_switch", True, True, False, N_("Readers can switch the language.")),
    PolicyKey("touch", False, True, True, N_("Targets are large enough for fingers: 48 pixels.")),
    PolicyKey(
        "osk",
        "off",
        "system",
        "off",
        N_("Keyboard on the screen: none, or the system's own when a field has the focus."),
        choices=("off", "system"),
    ),
    PolicyKey(
        "network",
        True,
        False,
        False,
        N_("The program itself may use the network, which only updates from an address need."),
    ),
    PolicyKey(
        "log_queries", False, False, False, N_("Searches that lead to an article are written to the log.")
    ),
)

BY_NAME: Final[Mapping[str, PolicyKey]] = {key.name: key for key in KEYS}
