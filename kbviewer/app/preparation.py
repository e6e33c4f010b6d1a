"""What is known before the arguments are parsed: profile, data folders and the language to speak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kbviewer.app.arguments import KIOSK_OPTION, has_flag, peek
from kbviewer.app.paths import DataFolders, Profile, data_folders, find_profile
from kbviewer.app.policy_file import machine_policy
from kbviewer.i18n.system import system_language
from kbviewer.i18n.translator import Translator
from kbviewer.model.policy import Policy, Right


@dataclass(frozen=True, slots=True)
class Prepared:
    """What every command needs."""

    data: DataFolders
    profile: Profile
    translator: Translator
    policy: Policy


def prepare(arguments: Sequence[str]) -> Prepared:
    """Return what every command needs; even a complaint about the arguments is in the reader's language."""
    named = peek(arguments, "--profile")
    data, profile = data_folders(), find_profile(Path(named) if named else None)
    translator = Translator(data.i18n, "", profile.cache)
    policy = machine_policy()
    if has_flag(arguments, KIOSK_OPTION):
        policy = policy.as_kiosk()
    speaks_any = policy.allows(Right.SWITCH_LANGUAGE) or "policy" in arguments
    asked = peek(arguments, "--language") if speaks_any else ""
    translator.set_language(readers_language(asked, profile, translator.languages(), policy))
    return Prepared(data, profile, translator, policy)


def readers_language(
    asked: str, profile: Profile, available: Sequence[str], policy: Policy | None = None
) -> str:
    """Return the language that was asked for, else that of settings and policy, else the system's."""
    if asked in available:
        return asked
    chosen = (policy or Policy()).language(_language_in_settings(profile))
    return chosen if chosen in available else system_language(available)


def _language_in_settings(profile: Profile) -> str:
    """Return the language that the reader chose in the window, "" when none."""
    if not profile.state.is_file():
        return ""
    from kbviewer.state.user_state import UserState

    with UserState.open(profile.state, read_only=True) as state:
        return state.settings.values.language
