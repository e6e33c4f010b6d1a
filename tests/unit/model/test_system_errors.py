"""What the system refuses is told in the reader's language."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path

import pytest

from kbviewer.i18n.translator import Translator
from kbviewer.model.messages import Message
from kbviewer.model.system_errors import system_reason

I18N = Path(__file__).parents[3] / "i18n"


@pytest.mark.parametrize("number", [errno.ENOENT, errno.ECONNREFUSED, errno.ENOSPC])
def test_common_reasons_are_translated(number: int) -> None:
    """English in the middle of a Swedish sentence helps nobody."""
    reason = system_reason(OSError(number, os.strerror(number)))
    assert isinstance(reason, Message)
    assert str(reason) == os.strerror(number)
    assert reason.render(Translator(I18N, "sv").gettext) != str(reason)


def test_others_stay_as_the_system_says_them() -> None:
    """Better than nothing; and the numbers of a look-up of names are of another list."""
    assert system_reason(OSError(errno.EXDEV, "Invalid cross-device link")) == "Invalid cross-device link"
    assert system_reason(socket.gaierror(errno.ENOENT, "Name not known")) == "Name not known"
    assert system_reason(TimeoutError("timed out")) == "timed out"
