"""Fuzzes a reader of untrusted bytes, led by the code that they reach; needs `pip install atheris`.

`python3 -m tests.soak.guided_fuzz TARGET --minutes 5` goes on from `corpus/TARGET/` and keeps there what
reaches code that nothing before did. What breaks a target is printed and written to `crash-…`; mended, it
belongs into the corpus, which the test suite runs through all targets. `shrink_corpus.py` keeps it small.
"""

from __future__ import annotations

import argparse
import resource
import sys

import atheris

# A pickle may ask for 64 GB with five bytes; Python then says MemoryError, as it does where memory is short.
_MEMORY_BYTES = 2 << 30


def main() -> None:
    """Run until the time is over or something breaks."""
    with atheris.instrument_imports(include=["kbviewer", "markdown_it", "yaml"]):
        from tests.soak import fuzz_targets

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=sorted(fuzz_targets.TARGETS))
    parser.add_argument("--minutes", type=float, default=5.0)
    options = parser.parse_args()
    corpus = fuzz_targets.CORPUS / options.target
    corpus.mkdir(parents=True, exist_ok=True)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    how = ["-rss_limit_mb=0", "-malloc_limit_mb=0", "-timeout=10", f"-max_len={fuzz_targets.MAX_BYTES}"]
    how += [f"-max_total_time={round(60 * options.minutes)}", str(corpus)]
    atheris.Setup([sys.argv[0], *how], fuzz_targets.TARGETS[options.target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
