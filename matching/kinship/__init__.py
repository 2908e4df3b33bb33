"""Who is this, given this family: exact likelihood ratios from DNA.

From the inside out: `pedigree` (who descends from whom), `loci` (alleles and how frequent they
are), `mutation` and `lumping` (what a child may inherit), `observation` (what a laboratory saw
of it), `founders` (alleles that come from one subpopulation), `elimination` (the exact sum),
`network` (all of them put together for one locus) and `ratio` (two hypotheses compared).
`lineage` and `amelogenin` stand beside: markers that are counted, and the sex that is typed.

`likelihood_of` sums over everybody; asked for a person, `table_of` leaves that person's two
alleles free. A search over many profiles and the joint naming of several remains are built on
the second: one table for each missing person and locus, then a look-up for each profile.

Method and derivation: docs/methods/kinship.md.
"""

from matching.kinship.cases import Case, read_case
from matching.kinship.loci import Locus, Tables, read_tables
from matching.kinship.mutation import Mutation
from matching.kinship.observation import Observation
from matching.kinship.pedigree import Pedigree, Person, Sex
from matching.kinship.ratio import Hypothesis, Ratios, Settings, compare

__all__ = [
    "Case",
    "Hypothesis",
    "Locus",
    "Mutation",
    "Observation",
    "Pedigree",
    "Person",
    "Ratios",
    "Settings",
    "Sex",
    "Tables",
    "compare",
    "read_case",
    "read_tables",
]
