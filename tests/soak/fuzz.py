"""Fuzzes the readers of content for as long as it is told: `python3 -m tests.soak.fuzz --minutes 30`.

The properties are those of `tests/unit/content/test_*_hostile.py`, with other examples each time. What is
found is printed by hypothesis in its smallest form; then it belongs into those files as an example.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings

from tests.unit.content import test_listing_hostile as listing
from tests.unit.content import test_reader_hostile as reader

_ROUND = 1_000


def _list_of_redirects() -> None:
    with tempfile.TemporaryDirectory() as folder:
        listing.test_any_list_of_redirects_is_survived(tmp_path=Path(folder))


_PROPERTIES: tuple[Callable[[], object], ...] = (
    reader.test_any_text_is_an_article_or_a_content_error,
    reader.test_any_mixture_of_markup_is_an_article,
    reader.test_a_word_is_never_lost,
    reader.test_any_values_in_front_matter_are_read_or_refused,
    reader.test_files_may_take_each_other_in_as_they_like,
    listing.test_any_contents_end,
    listing.test_any_text_may_call_itself_contents,
    listing.test_any_cached_contents_are_read_or_refused,
    listing.test_any_redirects_lead_to_an_article_or_nowhere,
    listing.test_levelled_text_has_the_same_words_in_the_same_lines,
    listing.test_any_code_is_cut_or_not,
)


def main() -> int:
    """Run the properties in turn; return how many of them failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    until = time.monotonic() + 60 * parser.parse_args().minutes
    how = settings(
        max_examples=_ROUND,
        derandomize=False,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    examples, failed = 0, 0
    properties = [how(_unset(each)) for each in _PROPERTIES]
    while properties and time.monotonic() < until:
        for each in list(properties):
            try:
                each()
            except Exception as error:
                failed += 1
                properties.remove(each)
                sys.stdout.write(
                    f"{each.__name__}: {error!r}\n{os.linesep.join(getattr(error, '__notes__', []))}\n"
                )
            examples += _ROUND
    sys.stdout.write(f"{examples} examples, {failed} properties failed\n")
    return failed


def _unset(test: Callable[[], object]) -> Callable[[], object]:
    """Return a property without the settings that the suite gives it."""
    if hasattr(test, "_hypothesis_internal_settings_applied"):
        del test._hypothesis_internal_settings_applied
    return test


if __name__ == "__main__":
    raise SystemExit(main())
