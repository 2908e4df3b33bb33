"""Everything the policies speak of, in one import: whoever opens a database brings it along."""
# ruff: noqa: F401 - importing is what puts the records under the policies

import casework.candidates.guarded
import casework.imports.guarded
import casework.incidents.guarded
import casework.links.guarded
import casework.missing.guarded
import casework.photos.guarded
import casework.remains.guarded
import privacy.net
