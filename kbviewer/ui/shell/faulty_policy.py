"""What a reader is told of a policy that cannot be used as it is; the log has the faults."""

from __future__ import annotations

from typing import Final

from kbviewer.model.messages import N_

FAULTY_POLICY: Final = N_(
    "The settings of your organisation have a fault, so that much is switched off. "
    "Tell whoever looks after this computer."
)
