"""Everything the policies speak of, in one import: whoever opens a database brings it along."""
# ruff: noqa: F401 - importing is what puts the records under the policies, and what makes
# the tokens of what is written follow it

import casework.candidates.guarded
import casework.desk.guarded
import casework.finding.following
import casework.identifications.guarded
import casework.imports.guarded
import casework.incidents.guarded
import casework.kinship.guarded
import casework.links.guarded
import casework.living.guarded
import casework.missing.guarded
import casework.pedigree.guarded
import casework.photos.guarded
import casework.profiles.guarded
import casework.remains.guarded
import casework.review.guarded
import casework.samples.guarded
import casework.sites.guarded
import casework.sought.guarded
import casework.telling.guarded
import privacy.net
