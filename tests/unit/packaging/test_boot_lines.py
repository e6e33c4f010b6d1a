"""What a booted machine is told to do is what ADMIN.md says."""

from __future__ import annotations

from resources.packaging.boot_lines import SECTIONS, lines, packages
from resources.packaging.boot_session import CAGE, X11
from resources.packaging.places import KIOSK
from tests.support.pages import commands, section


def test_every_line_of_the_page_is_there() -> None:
    page = [" ".join(words) for heading in SECTIONS for words in commands(section("ADMIN.md", heading))]
    assert sorted(line.text for line in lines()) == sorted(page)


def test_the_program_is_removed_last() -> None:
    assert lines()[-1].text == "sudo apt-get remove kbviewer"


def test_what_is_not_run_has_a_reason() -> None:
    left_out = {" ".join(line.text.split()[:2]): line.not_here for line in lines() if line.not_here}
    assert left_out.keys() == {"kbviewer --kiosk", "pipx install"}


def test_only_a_login_screen_that_is_not_there_may_fail() -> None:
    assert [line.text for line in lines() if line.may_fail] == [
        "sudo systemctl disable --now display-manager.service"
    ]


def test_packages_are_fetched_as_the_page_names_them() -> None:
    """The machine has no network."""
    assert packages() == ["cage xwayland polkitd", "openbox xserver-xorg xinit x11-xserver-utils"]


def test_both_sessions_are_started_by_lines_of_the_page() -> None:
    """A trial begins after each."""
    texts = {line.text for line in lines()}
    assert {f"sudo systemctl enable --now {session.unit}" for session in (CAGE, X11)} <= texts


def test_each_file_of_the_kiosk_that_the_page_installs_is_in_the_package() -> None:
    place = "/usr/share/kbviewer/kiosk/"
    named = [word for line in lines() for word in line.text.split() if word.startswith(place)]
    assert named
    assert not [name for name in named if not (KIOSK / name.removeprefix(place)).is_file()]
