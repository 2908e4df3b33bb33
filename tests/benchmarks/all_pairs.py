# ruff: noqa: T201 - a script that prints
"""How long it takes to rank a registry of the size of NamUs: `make bench` runs this.

Invented records, with the missingness of NamUs (`namus_distributions.json`); nothing here
is a person. Prints the machine, the command, seconds by step and the peak of memory.
"""

import argparse
import platform
import resource
import sys
import time
from datetime import date, timedelta

import numpy as np

from matching.codes import (
    ArticleItem,
    BodySite,
    Colour,
    Completeness,
    Condition,
    EyeColour,
    HairColour,
    MarkType,
    RemainsSex,
    Sex,
    SexMethod,
    Side,
)
from matching.model_file import load_model
from matching.records import (
    Article,
    DateRange,
    Listed,
    Mark,
    MissingRecord,
    Place,
    Range,
    RemainsRecord,
)
from matching.search import rank

NAMUS_MISSING, NAMUS_REMAINS = 11_624, 5_892
FIRST_DAY = date(1980, 1, 1)
DAYS = 16_500
SYLLABLES = ("ma", "ri", "jo", "lu", "pe", "san", "cruz", "be", "tra", "no", "el", "gua")


class Inventor:
    """Draws invented records."""

    def __init__(self, seed: int) -> None:
        self.draw = np.random.default_rng(seed)

    def one_of(self, codes):
        members = list(codes)
        return members[int(self.draw.integers(len(members)))]

    def recorded(self, missing_share, value):
        return None if self.draw.random() < missing_share else value

    def words(self):
        return " ".join("".join(self.draw.choice(SYLLABLES, 2)) for _ in range(3))

    def marks(self, missing_share):
        count = 0 if self.draw.random() < missing_share else int(self.draw.integers(1, 4))
        return Listed.of(
            *(
                Mark(
                    self.one_of(MarkType),
                    self.one_of(BodySite),
                    self.one_of(Side),
                    self.words(),
                )
                for _ in range(count)
            )
        )

    def clothing(self, missing_share):
        count = 0 if self.draw.random() < missing_share else int(self.draw.integers(1, 6))
        return Listed.of(
            *(
                Article(self.one_of(ArticleItem), self.one_of(Colour), "", self.words())
                for _ in range(count)
            )
        )

    def place(self):
        lat, lon = self.draw.uniform(8, 40), self.draw.uniform(-115, -75)
        return Place(float(lat), float(lon), float(self.draw.choice([1.0, 10.0, 50.0])))

    def day(self):
        return FIRST_DAY + timedelta(days=int(self.draw.integers(DAYS)))

    def missing(self, number):
        age = int(np.clip(self.draw.gamma(5, 7), 0, 95))
        height = float(round(self.draw.normal(168, 8)))
        day = self.day()
        return MissingRecord(
            record_id=f"M{number}",
            sex=self.one_of((Sex.FEMALE, Sex.MALE)),
            age=Range(age, age + int(self.draw.integers(0, 3))),
            stature_cm=Range(height, height + float(self.draw.choice([0, 0, 0, 2, 5]))),
            last_contact=DateRange(day, day),
            place=self.place(),
            hair=self.recorded(0.016, self.one_of(HairColour)),
            eyes=self.recorded(0.024, self.one_of(EyeColour)),
            marks=self.marks(0.536),
            clothing=self.clothing(0.546),
        )

    def remains(self, number):
        low = int(np.clip(self.draw.gamma(4, 7), 0, 80))
        height = float(round(self.draw.normal(168, 8)))
        day = self.day()
        width = int(self.draw.choice([6, 10, 15, 25, 50]))
        return RemainsRecord(
            record_id=f"R{number}",
            sex=self.recorded(0.087, self.one_of((RemainsSex.FEMALE, RemainsSex.MALE)))
            or RemainsSex.UNKNOWN,
            sex_method=self.one_of(SexMethod),
            age=self.recorded(0.251, Range(low, low + width)),
            stature_cm=self.recorded(0.296, Range(height, height + 10)),
            found=DateRange(day, day),
            condition=self.one_of(Condition),
            completeness=self.one_of(Completeness),
            place=self.place(),
            hair=self.recorded(0.527, self.one_of(HairColour)),
            eyes=self.recorded(0.767, self.one_of(EyeColour)),
            marks=self.marks(0.778),
            clothing=self.clothing(0.408),
        )


def main() -> None:
    """Invent, rank once to compile, rank again to measure, and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--missing", type=int, default=NAMUS_MISSING)
    options.add_argument("--remains", type=int, default=NAMUS_REMAINS)
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--top", type=int, default=50)
    asked = options.parse_args()
    inventor = Inventor(seed=20_261)
    missing = [inventor.missing(number) for number in range(asked.missing)]
    remains = [inventor.remains(number) for number in range(asked.remains)]
    model = load_model()
    print(
        f"machine     {platform.processor() or platform.machine()}, {platform.python_version()}"
    )
    print(f"command     python {' '.join(sys.argv)}")
    started = time.perf_counter()
    rank(missing[:40], remains[:40], model, jobs=1)
    print(f"compile     {time.perf_counter() - started:.2f} s (or read from the cache)")
    started, worked = time.perf_counter(), time.process_time()
    ranking = rank(missing, remains, model, top=asked.top, jobs=asked.jobs)
    seconds, work = time.perf_counter() - started, time.process_time() - worked
    pairs = ranking.pairs_scored + ranking.pairs_skipped
    print(f"rank        {seconds:.2f} s for {pairs:,} pairs: {pairs / seconds / 1e6:.0f} M/s")
    print(f"work        {work:.2f} s of processor time on {asked.jobs} threads")
    print(
        f"scored      {ranking.pairs_scored:,}; impossible, skipped {ranking.pairs_skipped:,}"
    )
    print(f"pairings    {len(ranking):,}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak        {peak:.0f} MB")


if __name__ == "__main__":
    main()
