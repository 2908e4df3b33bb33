"""Every table in one import, for migrations and for whoever needs the whole metadata."""

import casework.candidates.model
import casework.imports.model
import casework.incidents.model
import casework.missing.model
import casework.remains.model
import casework.signin.model
import privacy.audit.model  # noqa: F401 - importing is what registers the tables
from privacy.model import Base

metadata = Base.metadata
