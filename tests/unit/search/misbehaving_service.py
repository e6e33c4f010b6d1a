"""A search process that goes wrong in the way its first argument names; for the client's tests.

It notes each of its starts as a line in the file that the second argument names.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from kbviewer.model.hits import SearchAnswer
from kbviewer.model.messages import message
from kbviewer.search.protocol import Answer, Failed, Ready, decode_ask, encode_event


def main(way: str, notes: Path) -> None:
    with notes.open("a") as file:
        file.write("start\n")
    starts = len(notes.read_text().splitlines())
    if way == "die at once" or (way == "die once" and starts == 1):
        sys.exit(3)
    if way == "fail":
        sys.stdout.write(encode_event(Failed(message("no disk"))))
        return
    sys.stdout.write("no json\n" + encode_event(Ready()))
    sys.stdout.flush()
    for line in sys.stdin:
        ask = decode_ask(line)
        if way == "hang" or (way == "hang once" and starts == 1) or ask.query.text == "hang":
            time.sleep(60)
        sys.stdout.write(encode_event(Answer(ask.request, SearchAnswer(ask.query.text, (), 0.0))))
        sys.stdout.flush()
    if way == "stay":
        time.sleep(60)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
