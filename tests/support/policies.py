"""Policies for tests: what a file would say, without the file."""

from __future__ import annotations

from kbviewer.model.policy import Origin, Policy
from kbviewer.model.policy_keys import KEYS, PolicyValue

STRICTEST = {key.name: key.strictest for key in KEYS}


def locked(**values: PolicyValue) -> Policy:
    """Return a policy that locks the values."""
    policy = Policy()
    origins = {**policy.origins, **dict.fromkeys(values, Origin.LOCKED)}
    return Policy({**policy.values, **values}, origins, "/etc/p.json")
