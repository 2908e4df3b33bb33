"""What the engine says carries a code and its values, and reads as it always did."""

import pickle

from matching.kinship.cases import read_case
from matching.kinship.loci import read_tables
from matching.kinship.sentence import Sentence

TABLE = read_tables({"HERE": {"vWA": {"14": 0.2, "15": 0.8}}})


def test_a_sentence_is_its_english_text_and_knows_what_was_put_into_it():
    said = Sentence("silent", "Silent alleles: frequency {share:g}.", {"share": 0.01})

    assert said == "Silent alleles: frequency 0.01."
    assert (said.code, dict(said.values)) == ("silent", {"share": 0.01})


def test_a_sentence_without_values_may_hold_any_sign():
    assert Sentence("odd", "written as {locus: alleles}") == "written as {locus: alleles}"


def test_code_and_values_travel_between_processes():
    said = pickle.loads(  # noqa: S301 - our own words
        pickle.dumps(Sentence("table", "Of {table}.", {"table": "{odd}"}))
    )

    assert (said, said.code, said.values) == ("Of {odd}.", "table", {"table": "{odd}"})


def test_every_assumption_and_warning_of_a_case_has_a_code():
    case = read_case(
        {
            "case_id": "one",
            "missing_id": "MP",
            "pedigree": [{"id": "MP", "mother": "MO"}, {"id": "MO", "sex": "female"}],
            "genotypes": {"MP": {"VWA": ["14", "15"]}, "MO": {"VWA": ["14", "14"]}},
            "frequency_set": "HERE",
            "theta": 0.01,
            "silent_freq": 0.01,
            "mutation": {
                "model": "stepwise",
                "rate_male": 0.002,
                "rate_female": 0.001,
                "rate2": 0.0001,
                "range": 0.1,
            },
        },
        TABLE,
    ).weighed()

    notes = [*case.assumptions, *case.warnings]
    assert all(isinstance(each, Sentence) and each.code for each in notes)
    codes = [each.code for each in notes]
    assert {"theta", "mutation_stepwise", "untyped_founder", "spelt_otherwise"} <= set(codes)
