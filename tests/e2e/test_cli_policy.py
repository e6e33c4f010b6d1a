"""`kbviewer policy`, and every command of the administrators' page, as real processes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kbviewer.app.policy_commands import schema_table
from kbviewer.model.policy_keys import KEYS
from kbviewer.model.policy_reading import policy_from
from kbviewer.state.user_state import UserState
from tests.e2e.test_cli import ROOT, assert_one_sentence, run
from tests.support.pages import fenced

ADMIN = (ROOT / "ADMIN.md").read_text(encoding="utf-8")


@pytest.fixture
def policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A policy that holds for the processes of the test."""
    path = tmp_path / "policies.json"
    path.write_text(
        '{"locked": {"allow_print": false, "language": "en"}, "defaults": {"touch": true}}', encoding="utf-8"
    )
    path.chmod(0o644)
    monkeypatch.setenv("KBVIEWER_POLICY", str(path))
    return path


def test_the_table_on_the_page_is_the_one_that_is_made() -> None:
    """Run `kbviewer policy schema --language en` and put what it prints between the marks."""
    written = ADMIN.partition("<!-- keys -->")[2].partition("<!-- end of keys -->")[0].strip()
    assert written == "\n".join(schema_table(lambda text: text))
    assert run("policy", "schema", "--language", "en").stdout.strip() == written


@pytest.mark.parametrize("text", fenced(ADMIN, "json"))
def test_the_policies_on_the_page_have_no_faults(text: str) -> None:
    """They are copied."""
    assert policy_from(text.encode(), "page").faults == ()


def test_show_says_where_each_value_comes_from(policy: Path, profile: Path) -> None:
    """Also what the reader has set, which counts where nothing is locked."""
    profile.mkdir()
    with UserState.open(profile / "state.sqlite") as state:
        state.settings.set("touch", False)
        state.settings.set("language", "sv")
    values = json.loads(run("policy", "show", "--json").stdout)
    assert values["file"] == str(policy)
    assert values["keys"]["allow_print"] == {"value": False, "origin": "locked"}
    assert values["keys"]["touch"] == {"value": False, "origin": "reader"}
    assert values["keys"]["language"] == {"value": "en", "origin": "locked"}
    assert values["keys"]["allow_copy"] == {"value": True, "origin": "built-in"}
    assert list(values["keys"]) == [key.name for key in KEYS]

    done = run("policy", "show")
    assert re.search(r"^allow_print +false  \(locked\)$", done.stdout, re.MULTILINE)
    assert done.stderr.strip() == f"Policy: {policy}"


def test_check_says_every_fault_in_a_sentence(policy: Path) -> None:
    """The exit code is for scripts that carry files to computers."""
    policy.write_text('{"locked": {"kisok": true, "touch": 1}}', encoding="utf-8")
    policy.chmod(0o666)
    done = run("policy", "check", policy, "--language", "en")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 3
    assert "perhaps “kiosk”" in done.stdout
    assert run("policy", "check", "--language", "en").stdout.splitlines()[-3:] == done.stdout.splitlines()
    shown = run("policy", "show")
    assert shown.returncode == 1
    assert "0666" in shown.stderr


def test_check_of_nothing_says_so(tmp_path: Path) -> None:
    """A path that is misspelt is no clean file."""
    assert run("policy", "check", tmp_path / "none.json").returncode == 1


def test_a_forbidden_command_ends_with_one_sentence(policy: Path, tmp_path: Path, profile: Path) -> None:
    """And does nothing."""
    done = run("print", "KB307294", "-o", tmp_path / "x.pdf", "--language", "en")
    assert done.returncode == 1
    assert_one_sentence(done, "print")
    assert not (tmp_path / "x.pdf").exists()


def test_a_damaged_policy_is_in_the_log_and_forbids(policy: Path, tmp_path: Path, profile: Path) -> None:
    """Articles can be read all the same."""
    policy.write_text("{", encoding="utf-8")
    assert run("data", "export", tmp_path / "x.json").returncode == 1
    done = run("show", "KB307294")
    assert done.returncode == 0
    assert done.stdout
    logs = "".join(path.read_text(encoding="utf-8") for path in (profile / "log").iterdir())
    assert str(policy) in logs


def test_a_start_without_a_policy_imports_nothing_that_reads_one() -> None:
    """It costs a look whether the file is there."""
    program = (
        "import sys; from kbviewer.app.preparation import prepare; prepare([]);"
        "print('kbviewer.model.policy_reading' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    assert done.stdout.strip() == "False", done.stderr
