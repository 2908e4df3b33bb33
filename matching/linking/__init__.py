"""Records of one person found among many: keys, comparison, weights, groups.

`records` takes tables of text; `packing` turns them into rows of numbers; `keys` says which
pairs are looked at; `kinds` names what is compared and how it may come out; `learning` learns
from the pairs themselves how often; `search` does all of it, `groups` joins what is linked and
`explanation` says why. Method: `docs/methods/linking.md`.
"""
