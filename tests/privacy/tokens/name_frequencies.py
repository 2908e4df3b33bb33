"""Counts again what stands in privacy/tokens/frequencies.txt, from the names that ship.

    python tests/privacy/tokens/name_frequencies.py > privacy/tokens/frequencies.txt

A part's share is the greater of its share in Mexico, the one country with counts of a whole
population, and its mean share over the other countries. Written: every share above 0.0005.
"""

import csv
import sys
from collections import Counter
from importlib.resources import files

from privacy.tokens.spelling import parts_of, sound_of

LEAST = 0.0005
BEARERS = {"surnames": 2, "given_names": 1}  # nearly everybody here has two surnames
HEADER = """\
# Share of people who have a part of this sound in their name. Made by
# tests/privacy/tokens/name_frequencies.py from the names of casework/demonstration/data (CC0,
# see CREDITS.md there). Whoever wants to read tokens without the key has such a list too.
"""


def main():
    shares = Counter()
    for kind, bearers in BEARERS.items():
        for sound, share in shares_in(kind).items():
            shares[sound] += share * bearers
    sys.stdout.write(HEADER)
    for sound, share in shares.most_common():
        if share >= LEAST:
            sys.stdout.write(f"{sound}\t{share:.5f}\n")


def shares_in(kind):
    countries = {}
    path = files("casework.demonstration") / "data" / f"{kind}.csv"
    for row in csv.DictReader(path.read_text("utf-8").splitlines()):
        counted = countries.setdefault(row["country"], Counter())
        for part in parts_of(row["name"]):
            counted[sound_of(part)] += float(row["n"])
        counted[None] += float(row["n"])
    mexico = countries.pop("MX")
    sounds = {sound for counted in [mexico, *countries.values()] for sound in counted if sound}
    return {
        sound: max(
            mexico[sound] / mexico[None],
            sum(counted[sound] / counted[None] for counted in countries.values())
            / len(countries),
        )
        for sound in sounds
    }


if __name__ == "__main__":
    main()
