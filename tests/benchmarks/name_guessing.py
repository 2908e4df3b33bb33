# ruff: noqa: T201 - a script that prints
"""How many names can be guessed from a stolen table of tokens without the key.

    python -m tests.benchmarks.name_guessing [PEOPLE]

The thief is given more than any real one has: our code, the very lists the names were drawn
from in their true shares, and any number of invented populations to compare with. Three ways:
one token for each part alone (what we do not do), by frequency; our tokens, by frequency; our
tokens, by frequency and by which tokens stand beside which, spread from the surest guesses. A
guess is right when the sounds of both parts of a pair (or of the one part) are right.
"""

import random
import sys
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from privacy.tokens.spelling import sound_of
from privacy.tokens.traits import traits_of
from tests.privacy.tokens.invented_names import invented_names

PEOPLE = 100_000
SEEDS, ROUNDS, SURE, FREQUENT = 30, 3, 0.5, 400


def main(people):
    victims, models = invented_names(people, seed=1), invented_names(people, seed=2)
    for title, of_a_name, attack in (
        ("one token for each part, by frequency", parts_alone, by_rank),
        ("ours, by frequency", traits_of, by_rank),
        ("ours, by frequency and neighbourhood", traits_of, by_neighbourhood),
    ):
        kept = [of_a_name(name) for name in victims]
        known = [of_a_name(name) for name in models]
        print(f"{title}: {outcome(kept, attack(blinded(kept), known))}")


def parts_alone(name):
    return frozenset(sound_of(part) for part in name.given_parts + name.surname_parts)


def blinded(kept):
    """Replace each trait by a number that says nothing; the second item undoes it."""
    traits = sorted({trait for case in kept for trait in case})
    random.Random(9).shuffle(traits)  # noqa: S311 - stands for the hash
    number = {trait: at for at, trait in enumerate(traits)}
    return [[number[trait] for trait in case] for case in kept], traits


def counted(cases):
    return Counter(trait for case in cases for trait in case)


def by_rank(stolen, known):
    cases, traits = stolen
    tokens = [token for token, _ in counted(cases).most_common()]
    guesses = [trait for trait, _ in counted(known).most_common()]
    return {traits[token]: guess for token, guess in zip(tokens, guesses, strict=False)}


def by_neighbourhood(stolen, known):
    """Spread guesses from the most frequent tokens to those that stand beside the same ones."""
    cases, traits = stolen
    seen, models = beside(cases), beside(known)
    often, expected = counted(cases), counted(known)
    ranked = [[each for each, _ in which.most_common(FREQUENT)] for which in (often, expected)]
    guessed = dict(list(zip(*ranked, strict=False))[:SEEDS])
    for _ in range(ROUNDS):
        anchors = {guess: token for token, guess in guessed.items()}
        spread = {}
        for token in ranked[0]:
            likely = [
                guess
                for guess in ranked[1]
                if abs(often[token] - expected[guess])
                <= 3 * (often[token] + expected[guess]) ** 0.5
            ]
            scored = sorted(
                ((likeness(seen[token], models[guess], anchors), guess) for guess in likely),
                key=lambda each: -each[0],
            )
            if scored and scored[0][0] >= SURE:
                spread[token] = scored[0][1]
        guessed = spread or guessed
    return {traits[token]: guess for token, guess in guessed.items()}


def beside(cases):
    """Count which traits stand beside which, among the frequent ones."""
    often = {trait for trait, _ in counted(cases).most_common(FREQUENT)}
    found = defaultdict(Counter)
    for case in cases:
        here = [trait for trait in case if trait in often]
        for trait in here:
            found[trait].update(here)
    return found


def likeness(stolen, known, anchors):
    """Compare what stands beside a token with what stands beside a trait, by sure guesses."""
    both = either = 0
    for guess, token in anchors.items():
        one, other = stolen.get(token, 0), known.get(guess, 0)
        both += min(one, other)
        either += max(one, other)
    return both / either if either else 0.0


def outcome(kept, guesses):
    right = {trait for trait, guess in guesses.items() if trait == guess}
    whole = {trait for trait in right if not trait.startswith("near:")}
    someone = sum(not whole.isdisjoint(case) for case in kept)
    all_of = sum(
        whole >= {trait for trait in case if not trait.startswith("near:")} for case in kept
    )
    return (
        f"{len(right):,} of {len(counted(kept)):,} tokens right; of {len(kept):,} people"
        f" {someone / len(kept):.2%} with some of their name, {all_of / len(kept):.2%} with all"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else PEOPLE)
