"""Every table in one import, for migrations and for whoever needs the whole metadata."""
# ruff: noqa: F401 - importing is what registers the tables

import casework.candidates.adopted
import casework.candidates.model
import casework.contacts.model
import casework.desk.model
import casework.documents.model
import casework.families.model
import casework.finding.model
import casework.frequencies.model
import casework.groups.model
import casework.identifications.model
import casework.imports.model
import casework.incidents.model
import casework.kinship.model
import casework.learning.model
import casework.links.model
import casework.living.model
import casework.missing.model
import casework.notifications.model
import casework.papers.model
import casework.pedigree.model
import casework.photos.model
import casework.profiles.model
import casework.queue.model
import casework.remains.model
import casework.review.model
import casework.rights.model
import casework.samples.model
import casework.signin.credentials
import casework.signin.model
import casework.sites.model
import casework.sought.model
import casework.status.model
import casework.telling.model
import casework.terminology.model
import casework.unblinding.model
import privacy.audit.model
import privacy.consent.model
import privacy.released.model
import privacy.retention.model
import privacy.sealing.model
import privacy.tokens.model
from privacy.model import Base

metadata = Base.metadata
