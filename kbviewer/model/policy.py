"""What this computer's administrator lets readers do: the one object that is asked, without Qt and files."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from kbviewer.model.messages import N_, Message
from kbviewer.model.policy_keys import BY_NAME, KEYS, PolicyValue

EVERY_HOST: Final = "*"
_BUILT_IN: Final[Mapping[str, PolicyValue]] = MappingProxyType({key.name: key.default for key in KEYS})
_WEB: Final = ("http://", "https://")
_HOST_ENDS: Final = "/?#"


class Origin(StrEnum):
    """Where the value of a key comes from; the value is what `policy show --json` says."""

    BUILT_IN = "built-in"
    KIOSK = "kiosk"
    DEFAULTS = "defaults"
    LOCKED = "locked"
    READER = "reader"
    FAULT = "fault"


_ORIGINS: Final = MappingProxyType(dict.fromkeys(BY_NAME, Origin.BUILT_IN))

ORIGIN_NAMES: Final[Mapping[Origin, str]] = {
    Origin.BUILT_IN: N_("built in"),
    Origin.KIOSK: N_("because of “kiosk”"),
    Origin.DEFAULTS: N_("defaults"),
    Origin.LOCKED: N_("locked"),
    Origin.READER: N_("the reader's setting"),
    Origin.FAULT: N_("a fault in the file"),
}


class Right(StrEnum):
    """What a reader may or may not do. The value is the key that decides most about it."""

    PRINT = "allow_print"
    COPY = "allow_copy"
    OPEN_FILE = "allow_open_file"
    IMPORT = "allow_import"
    EXPORT = "allow_export"
    CONTEXT_MENU = "allow_context_menu"
    SETTINGS = "allow_settings"
    NOTES = "allow_notes"
    SWITCH_LANGUAGE = "allow_language_switch"
    EXIT = "allow_exit"
    FULL_SCREEN = "fullscreen"
    CHANGE_PACKS = "allow_updates"


class ExitWay(StrEnum):
    """How the program can be closed."""

    FREE = "yes"
    PIN = "pin"
    NONE = "no"


class LinkRule(StrEnum):
    """What a link that leads out of the libraries does."""

    BLOCK = "block"
    SHOW = "show-address"
    ASK = "ask"
    OPEN = "open"


class Policy(NamedTuple):
    """The policy in force; by default that of a computer that has none.

    Attributes:
        values: by name of the key, for every key.
        origins: where each value comes from.
        source: path of the file, "" when there is none.
        faults: what is wrong with it; each has been answered with the strictest reading.
    """

    values: Mapping[str, PolicyValue] = _BUILT_IN
    origins: Mapping[str, Origin] = _ORIGINS
    source: str = ""
    faults: tuple[Message, ...] = ()

    def allows(self, right: Right) -> bool:
        """Return whether readers may do that."""
        match right:
            case Right.EXIT:
                return self.exit_way is ExitWay.FREE
            case Right.FULL_SCREEN:
                return not self.is_kiosk and not self.is_locked("fullscreen")
            case Right.CHANGE_PACKS:
                return self.may_change_packs(for_machine=False)
            case Right.OPEN_FILE:
                # Locked libraries are all that there are.
                return bool(self.values[right]) and not (self.library_dirs and self.is_locked("library_dirs"))
            case _:
                return bool(self.values[right])

    def is_locked(self, name: str) -> bool:
        """Return whether a reader's own setting does not count for a key."""
        return self.origins[name] in (Origin.LOCKED, Origin.KIOSK, Origin.FAULT)

    @property
    def restricts(self) -> bool:
        """Whether readers may do less than without a policy."""
        return any(not self.allows(right) for right in Right)

    # The window

    @property
    def is_kiosk(self) -> bool:
        """Whether the program is a public terminal."""
        return bool(self.values["kiosk"])

    @property
    def fills_screen(self) -> bool:
        """Whether the window starts in full screen; when that is locked, it stays there."""
        return bool(self.values["fullscreen"])

    @property
    def idle_reset_seconds(self) -> int:
        """After how many seconds without a hand the program starts over, 0 for never."""
        return self._number("idle_reset_seconds")

    @property
    def wipes_on_reset(self) -> bool:
        """Whether starting over takes away what the visitor has left."""
        return bool(self.values["wipe_on_reset"])

    @property
    def home(self) -> str:
        """The article in place of the home page, "" for the home page."""
        return self._text("home")

    @property
    def exit_way(self) -> ExitWay:
        """How the program can be closed. A PIN that nobody can know is none."""
        way = ExitWay(self._text("allow_exit"))
        return ExitWay.NONE if way is ExitWay.PIN and not self.exit_pin_hash else way

    @property
    def exit_pin_hash(self) -> str:
        """scrypt:N:R:P:SALT:HASH of the PIN, "" when there is none."""
        return self._text("exit_pin_hash")

    @property
    def shows_keyboard(self) -> bool:
        """Whether the system's keyboard comes up for a field."""
        return self.values["osk"] == "system"

    @property
    def keeps_in_memory(self) -> bool:
        """Whether the reader's data ends with the program."""
        return self.values["state"] == "memory"

    @property
    def logs_queries(self) -> bool:
        """Whether searches that lead to an article are written to the log."""
        return bool(self.values["log_queries"])

    # What a reader's setting decides as long as it is not locked

    def language(self, chosen: str) -> str:
        """Return the language to start in, "" for the system's.

        Args:
            chosen: the reader's setting, "" when there is none.
        """
        wanted = self._text("language")
        return wanted if self.is_locked("language") and wanted else chosen or wanted

    def touch(self, chosen: bool | None) -> bool:
        """Return whether targets are for fingers.

        Args:
            chosen: the reader's setting, None when there is none.
        """
        wanted = bool(self.values["touch"])
        return wanted if chosen is None or self.is_locked("touch") else chosen

    # Libraries and packs

    @property
    def library_dirs(self) -> tuple[str, ...]:
        """Folders and packs that open by themselves; empty for those that are installed."""
        return self._texts("library_dirs")

    def may_change_packs(self, *, for_machine: bool) -> bool:
        """Return whether packs may be installed, updated or removed, for everybody or for a reader alone."""
        return self.values["allow_updates"] in (("machine", "user") if for_machine else ("user",))

    @property
    def allows_unsigned(self) -> bool:
        """Whether packs without a signature may be installed, and open from the reader's own place."""
        return bool(self.values["allow_unsigned"])

    @property
    def trusts_environment(self) -> bool:
        """Whether an environment variable may say where the computer's packs lie."""
        return self.allows(Right.OPEN_FILE) and self.allows_unsigned

    @property
    def update_source(self) -> str:
        """Where updates come from, "" for what the reader has chosen."""
        return self._text("update_source")

    def may_update_from(self, source: str) -> bool:
        """Return whether updates may be taken from a folder or address at all."""
        if source.casefold().startswith(_WEB) and not self.values["network"]:
            return False
        return not self.is_locked("update_source") or source == self.update_source

    @property
    def update_stale_days(self) -> int:
        """After how many days without news content counts as possibly old."""
        return self._number("update_stale_days")

    # Links

    def link(self, address: str) -> LinkRule:
        """Return what a link to an address outside of the libraries does."""
        rule, hosts = LinkRule(self._text("external_links")), self._texts("allowed_hosts")
        host = host_of(address)
        if EVERY_HOST not in hosts and not any(_is_host(host, allowed) for allowed in hosts):
            return LinkRule.BLOCK
        # What is no plain web address is never handed to another program.
        return LinkRule.SHOW if not host and rule in (LinkRule.ASK, LinkRule.OPEN) else rule

    # Other readings

    def as_kiosk(self) -> Policy:
        """Return what the same file says of a kiosk, as `--kiosk` asks for; what it locks stays."""
        values, origins = dict(self.values), dict(self.origins)
        for key in KEYS:
            if key.name == "kiosk" or origins[key.name] is Origin.BUILT_IN:
                values[key.name], origins[key.name] = key.in_kiosk, Origin.KIOSK
        return self._replace(values=values, origins=origins)

    def with_choices(self, *, language: str, touch: bool | None) -> Policy:
        """Return the policy with the reader's settings in it, as they count."""
        values, origins = dict(self.values), dict(self.origins)
        if language and self.language(language) == language and not self.is_locked("language"):
            values["language"], origins["language"] = language, Origin.READER
        if touch is not None and not self.is_locked("touch"):
            values["touch"], origins["touch"] = touch, Origin.READER
        return self._replace(values=values, origins=origins)

    def _text(self, name: str) -> str:
        return str(self.values[name])

    def _number(self, name: str) -> int:
        value = self.values[name]
        return value if isinstance(value, int) else 0

    def _texts(self, name: str) -> tuple[str, ...]:
        value = self.values[name]
        return value if isinstance(value, tuple) else ()


def host_of(address: str) -> str:
    """Return the host of a plain web address in lower case, "" for everything else.

    Stricter than browsers: with a user name, a backslash, a space or a letter that hosts do not have, two
    programs may not agree where an address leads.
    """
    lowered = address.casefold()
    scheme = next((each for each in _WEB if lowered.startswith(each)), "")
    if not scheme or not address.isascii() or not address.isprintable() or set(address) & set(' \\"<>'):
        return ""
    rest = lowered[len(scheme) :]
    end = min((at for at in map(rest.find, _HOST_ENDS) if at >= 0), default=len(rest))
    host, colon, port = rest[:end].partition(":")
    is_plain = bool(host) and all(letter.isalnum() or letter in "-." for letter in host)
    return host.rstrip(".") if is_plain and (not colon or port.isdecimal()) else ""


def _is_host(host: str, allowed: str) -> bool:
    if allowed.startswith("*."):
        return host.endswith(allowed[1:])
    return bool(host) and host == allowed
