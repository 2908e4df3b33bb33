"""Where some must not meet some, the rest find what they would find without them."""

import numpy as np
import pytest

from matching.errors import SearchStopped
from matching.model_file import load_model
from matching.prior import posteriors
from matching.search import rank, rank_companies, registry_of
from tests.matching.search.test_all_pairs import a_registry

MODEL = load_model("missing-remains-2026.3")


def forbidden(left, right):
    """Every third person must not meet every fourth record of remains."""
    return left % 3 == 0 and right % 4 == 0


def companies_of(missing, remains):
    everybody = list(range(len(remains)))
    some = [at for at in everybody if at % 4]
    return [
        ([at for at in range(len(missing)) if at % 3], everybody),
        ([at for at in range(len(missing)) if at % 3 == 0], some),
    ]


@pytest.mark.parametrize("top", [1, 4, 60])
def test_whoever_must_not_meet_is_in_no_list_and_the_next_moves_up(top):
    missing, remains = a_registry()
    everything = rank(missing, remains, MODEL, top=len(missing) * len(remains))

    found = rank_companies(missing, remains, MODEL, companies_of(missing, remains), top=top)

    pairs = [*zip(everything.left.tolist(), everything.right.tolist(), strict=True)]
    may = [at for at, pair in enumerate(pairs) if not forbidden(*pair)]
    assert len(may) < len(pairs)
    ranks = {
        side: _places(own[may], other[may], everything.log10_lr[may])
        for side, own, other in (
            ("left", everything.left, everything.right),
            ("right", everything.right, everything.left),
        )
    }
    kept = [n for n in range(len(may)) if min(ranks["left"][n], ranks["right"][n]) <= top]
    listed = np.array(may)[kept]
    np.testing.assert_array_equal(found.left, everything.left[listed])
    np.testing.assert_array_equal(found.right, everything.right[listed])
    np.testing.assert_array_equal(found.log10_lr, everything.log10_lr[listed])
    for name, side in (("rank_for_left", "left"), ("rank_for_right", "right")):
        places = np.array(ranks[side])[kept]
        np.testing.assert_array_equal(getattr(found, name), np.where(places > top, 0, places))
    believed = posteriors(found.log10_lr, found.left, found.right, found.prior.value)
    np.testing.assert_array_equal(found.posterior, believed)
    for kind, weights in everything.weights.items():
        np.testing.assert_array_equal(found.weights[kind], weights[listed], kind)
    alone = sum(len(left) * len(right) for left, right in companies_of(missing, remains))
    assert found.pairs_scored + found.pairs_skipped == alone


def _places(own, other, weights):
    """Give the place of each pair in the list of its own record."""
    order = np.lexsort((other, -weights, own))
    own_sorted = own[order]
    places = np.zeros(len(own), dtype=int)
    places[order] = np.arange(len(own)) - np.searchsorted(own_sorted, own_sorted) + 1
    return places.tolist()


def test_one_company_of_everybody_is_the_search_itself():
    missing, remains = a_registry()
    everybody = [(list(range(len(missing))), list(range(len(remains))))]

    found = rank_companies(missing, remains, MODEL, everybody, top=3)

    whole = rank(missing, remains, MODEL, top=3)
    for name in ("left", "right", "log10_lr", "posterior", "rank_for_left"):
        np.testing.assert_array_equal(getattr(found, name), getattr(whole, name))


def test_where_nobody_may_meet_nobody_is_listed():
    missing, remains = a_registry()

    found = rank_companies(missing, remains, MODEL, [], registry=None)

    assert (len(found), found.pairs_scored, found.pairs_skipped) == (0, 0, 0)


def test_progress_counts_the_pairs_of_all_companies_and_may_stop_the_search():
    missing, remains = a_registry()
    companies = companies_of(missing, remains)
    registry = registry_of(missing, remains, MODEL)
    heard = []

    rank_companies(
        missing, remains, MODEL, companies, registry=registry,
        progress=lambda done, total: heard.append((done, total)),
    )  # fmt: skip
    total = sum(len(left) * len(right) for left, right in companies)

    assert {each[1] for each in heard} == {total}
    assert heard == sorted(heard)
    assert heard[-1] == (total, total)
    with pytest.raises(SearchStopped):
        rank_companies(missing, remains, MODEL, companies, progress=lambda *_: False)
