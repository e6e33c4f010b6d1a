"""How many slips of the finger lie between two words."""

from __future__ import annotations

_BITS = 64


def letters_of(word: str) -> int:
    """Return the letters of a word as a set of bits; words at n edits differ in at most 2 n of them."""
    letters = 0
    for letter in word:
        letters |= 1 << ord(letter) % _BITS
    return letters


def distance(one: str, other: str, most: int) -> int:
    """Return the number of inserted, left out, replaced or swapped letters; `most` + 1 when there are more.

    Letters at both ends that agree are skipped first, which settles most pairs without a table.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    start = 0
    shortest = min(len(one), len(other))
    while start < shortest and one[start] == other[start]:
        start += 1
    end = 0
    while end < shortest - start and one[-1 - end] == other[-1 - end]:
        end += 1
    one, other = one[start : len(one) - end], other[start : len(other) - end]
    if not one or not other:
        return min(len(one) + len(other), most + 1)
    # Every edit settles at most two letters of each word, when it swaps them.
    if min(len(one), len(other)) > 2 * most + 2 and not set(one) & set(other):
        return most + 1
    return _table(one, other, most)


def _table(one: str, other: str, most: int) -> int:
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        following = [i]
        for j, sign in enumerate(other, start=1):
            cost = min(row[j] + 1, following[j - 1] + 1, row[j - 1] + (letter != sign))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == sign:
                cost = min(cost, before[j - 2] + 1)
            following.append(cost)
        if min(following) > most and min(row) > most:
            return most + 1
        before, row = row, following
    return min(row[-1], most + 1)
