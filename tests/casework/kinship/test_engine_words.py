"""What the engine assumed and warns of is told in the reader's own language."""

import ast
import re
from pathlib import Path

import matching.kinship
from casework.kinship.engine_words import WORDS, note_words
from casework.kinship.told import Noted, Outcome, Told, read_back, written
from casework.pedigree.tree import MISSING, Parent, Tree, with_parent
from casework.pedigree.written import member_id
from casework.web.described import teller_for

SPANISH = teller_for("es")
TREE, MOTHER = with_parent(Tree(), MISSING, Parent.MOTHER)
PLACE = re.compile(r"%\((\w+)\)s")
VARIANTS = {
    "mutation_": ("equal", "proportional", "stepwise"),
    "excluded_by_": ("first", "second"),
}


def said_by_the_engine():
    """Read every code off the sources of the engine."""
    for path in Path(matching.kinship.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Sentence":
                code = node.args[0]
                if isinstance(code, ast.JoinedStr):
                    start = code.values[0].value
                    yield from (start + each for each in VARIANTS[start])
                else:
                    yield code.value


def test_every_sentence_of_the_engine_has_words_and_no_words_are_left_over():
    assert set(said_by_the_engine()) == set(WORDS)


def test_people_are_called_by_their_place_and_rates_as_people_count():
    values = {"male": 0.002, "female": 0.0005}
    rates = note_words(Noted("", "mutation_proportional", values), TREE, SPANISH).words
    who = Noted("P2 …", "nothing_typed", {"who": member_id(MOTHER.number)})

    assert "2 de cada 1,000 veces si viene del padre" in rates
    assert "5 de cada 10,000 veces si viene de la madre" in rates
    assert note_words(who, TREE, SPANISH).words.startswith("Madre: su perfil")


def test_every_place_of_a_sentence_is_filled_by_what_the_engine_gives():
    values = dict.fromkeys(("male", "female", "theta", "share", "total"), 0.01)
    values |= dict.fromkeys(("who", "table", "locus", "loci", "one", "other", "written"), "P2")
    values |= dict.fromkeys(("alleles", "allele", "first", "last", "sex", "shown"), "female")

    for code, sentence in WORDS.items():
        shown = note_words(Noted("", code, values), TREE, SPANISH)
        assert set(PLACE.findall(sentence)) <= set(values)
        assert "%(" not in shown.words


def test_what_was_kept_before_there_were_codes_is_shown_as_it_was_said():
    old = read_back({"outcome": "ratio", "warnings": ["Some loci exclude."]}).warnings[0]
    shown = note_words(old, TREE, SPANISH)

    assert (shown.words, shown.is_english) == ("Some loci exclude.", True)


def test_a_note_is_kept_and_read_back_whole():
    told = Told(outcome=Outcome.RATIO, warnings=(Noted("Theta.", "theta", {"theta": 0.03}),))

    assert read_back(written(told)).warnings == told.warnings
