"""How a record lies in memory to be compared: the one place packing and kernels read it from.

Three tables with a row for each record: whole numbers, costs, and bits. Columns are named
here; a name ending in S is the first of several.
"""

GIVEN, SURNAMES, OTHERS, PARENT, NUMBERS = 3, 2, 2, 2, 2
"""Parts of a name, further names, parts of a parent's name and numbers that are compared."""

NOTHING = -1
UNDATED = 0
MOST_COST = 7.0
"""No chance agreement is called rarer than one in ten million: nobody has tested further."""

GIVEN_WORDS, GIVEN_SOUNDS = 0, 3
SURNAME_WORDS, SURNAME_SOUNDS = 6, 8
OTHER_WORDS, MOTHER_WORDS, FATHER_WORDS = 10, 12, 14
NUMBER_WORDS, PHONE_WORDS, PLACE_WORD = 16, 18, 20
AT, FIRST_YEAR, LAST_YEAR, DAY, COUNTRY, SEX = 21, 22, 23, 24, 25, 26
GIVEN_COUNT, SURNAME_COUNT, INITIALS = 27, 28, 29
WHOLE_COLUMNS = 32
"""Words by their number in the vocabulary, `NOTHING` where there is none. ``DAY``: 32 × month +
day, `UNDATED` where only the year is known; years are 0 where none is. ``COUNTRY``: 0 where it
is not known. ``INITIALS``: a bit for each given name that is one letter. int32."""

GIVEN_COSTS, GIVEN_LOOSE = 0, 3
SURNAME_COSTS, SURNAME_LOOSE = 6, 8
MOTHER_COSTS, FATHER_COSTS = 10, 12
PLACE_COST, COUNTRY_COST, SEX_COST, YEAR_COST, DAY_COST, REST = 14, 15, 16, 17, 18, 19
TOGETHER = 20
COST_COLUMNS = 24
"""-log10 of the chance that another person has the same, or (``…_LOOSE``) something similar.
``REST``: the most that all kinds but names, birth and sex may add for this record.
``TOGETHER``: by how much oftener than by chance given names stand together, as log10: the first
and second, the first and third, the second and third. float32."""

GIVEN_BAGS, SURNAME_BAGS, CALLED, CALLABLE = 0, 3, 5, 6
BIT_COLUMNS = 8
"""Letters of the names (`names.kernels`). ``CALLED``: a bit for each given or further name, by
its number modulo 64; ``CALLABLE``: the same for all names that would go with them. uint64."""

WORD_START, WORD_LENGTH, WORD_BAG, WORD_SOUND, NICKNAMES_FROM, NICKNAMES_TO = range(6)
WORD_COLUMNS = 6
"""What the kernels know of a word, int64: where its letters are, which, how it is heard, and
which words go with it as nicknames."""

BITS = 4
"""Bits of a pattern for each kind: at most 15 levels."""

(BOTH_SAME, ONE_SAME_ONE_SIMILAR, BOTH_SIMILAR, SWAPPED) = range(1, 5)
(ONE_SAME, MARRIED, ONE_SIMILAR, MOVED, NO_SURNAME) = range(5, 10)
(ONLY_SAME, ONLY_SIMILAR, ONLY_MOVED, ONLY_DIFFERENT) = range(10, 14)
(ALL_SAME, ALL_SIMILAR, SOME_SAME, SOME_SIMILAR, INITIAL_FITS, NICKNAME, NO_GIVEN) = range(1, 8)
(FIRST_SAME, FIRST_SIMILAR, OTHER_SAME, SOME_SHARED) = range(8, 12)
(FEWER_INITIALS, FEWER_NICKNAME, FEWER_DIFFERENT) = range(12, 15)
(SAME_DAY, DAY_SWAPPED, DAY_OR_MONTH, OTHER_YEAR) = range(1, 5)
(SAME_YEAR, YEARS_NEAR, YEARS_APART) = range(5, 8)
(YEAR_SAME, YEAR_WITHIN_TWO, YEAR_WITHIN_FIVE, YEAR_FURTHER) = range(8, 12)
(SAME_PLACE, SIMILAR_PLACE, PLACE_DIFFERS, BOTH_DIFFER) = range(1, 5)
(SAME_COUNTRY, COUNTRY_DIFFERS) = range(5, 7)
SAME, SIMILAR, DIFFERENT = 1, 2, 3
SEX_DIFFERS = PHONE_DIFFERS = 2
"""Levels by number, from 1, in the order of `kinds.LEVELS`; a test holds them together."""
