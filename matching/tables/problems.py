"""What can be wrong with a row, each by its name."""

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """The rule a cell or a row breaks; the value is what stands in the file of rejects."""

    RECORD_ID_MISSING = "record_id_missing"
    RECORD_ID_REPEATED = "record_id_repeated"
    CELLS_DO_NOT_FIT_HEADER = "cells_do_not_fit_header"
    NOT_A_CODE = "not_a_code"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_DATE = "not_a_date"
    NOT_A_COUNTRY = "not_a_country"
    OUT_OF_BOUNDS = "out_of_bounds"
    ENDS_REVERSED = "ends_reversed"
    BORN_LATER = "born_later"
    PLACE_INCOMPLETE = "place_incomplete"
    PLACE_ZERO = "place_zero"
    PLACE_SWAPPED = "place_swapped"
    PLACE_SIGN_LOST = "place_sign_lost"
    NONE_DOES_NOT_FIT = "none_does_not_fit"
    ANSWER_AMONG_ITEMS = "answer_among_items"
    NOT_A_TOOTH = "not_a_tooth"
    TOOTH_CHARTED_TWICE = "tooth_charted_twice"


SENTENCES = {
    Rule.RECORD_ID_MISSING: "the row has no record_id",
    Rule.RECORD_ID_REPEATED: "“{value}” already stands in {hint}; a record_id is given once",
    Rule.CELLS_DO_NOT_FIT_HEADER: "the row has {value} cells, the header {hint}",
    Rule.NOT_A_CODE: "“{value}” is not a code of {column}; the nearest is “{hint}”",
    Rule.NOT_A_NUMBER: "“{value}” in {column} is not a number; write it as {hint}",
    Rule.NOT_A_DATE: "“{value}” in {column} is not a date; write {hint}",
    Rule.NOT_A_COUNTRY: "“{value}” in {column} is not a country's two letters; {hint}",
    Rule.OUT_OF_BOUNDS: "{value} in {column} is outside {hint}",
    Rule.ENDS_REVERSED: "{column} says {value}: the ends are reversed",
    Rule.BORN_LATER: "born {value}, later than the last day of {hint}",
    Rule.PLACE_INCOMPLETE: "{column} is there without {hint}",
    Rule.PLACE_ZERO: "latitude and longitude are both 0: a blank that became zero",
    Rule.PLACE_SWAPPED: "{value} lies far from {hint}: latitude and longitude look swapped",
    Rule.PLACE_SIGN_LOST: "{value} lies far from {hint}: a minus sign looks lost",
    Rule.NONE_DOES_NOT_FIT: "“none” in {column} cannot be; leave it empty or write unknown",
    Rule.ANSWER_AMONG_ITEMS: "“{hint}” stands among the items of {column}",
    Rule.NOT_A_TOOTH: "“{value}” in {column} names no tooth; write {hint}",
    Rule.TOOTH_CHARTED_TWICE: "{column} says two things of tooth {hint}",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that cannot be read: where, what stood there, the rule, and what would help.

    The rule and the hint suffice to say it in another language; `sentence` says it in
    English, as the command line does.
    """

    column: str
    value: str
    rule: Rule
    hint: str = ""

    @property
    def sentence(self) -> str:
        return SENTENCES[self.rule].format(column=self.column, value=self.value, hint=self.hint)
