"""What of the minimum data set is no question of the catalogue: where it is kept instead.

It is typed by nobody, or it is a row of its own with rules of its own. What is kept nowhere
says so, so that nobody believes it is.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Some fields of one group: their columns, and what becomes of them."""

    group: int
    fields: str
    kept: tuple[str, ...]  # table.column, or table
    entered: str  # on which page, or how
    found: str
    goes_out: str
    comes_in: str


_NO = "no"
_BY_ITSELF = "by itself"
_STAYS = "never: it leads to a family"
ELSEWHERE: tuple[Elsewhere, ...] = (
    Elsewhere(
        1,
        "record_id, record_kind",
        ("missing_person.record_id",),
        _BY_ITSELF,
        "reference",
        "whole record",
        "as `origin_record_id`",
    ),
    Elsewhere(
        1,
        "owner_org_id, owner_country",
        ("missing_person.owner_institution_id", "missing_person.owner_country"),
        "by itself; `/desk` hands a file over",
        _NO,
        "country, with whole records",
        "whoever brings a file in owns the copy",
    ),
    Elsewhere(
        1,
        "original_or_copy, origin_record_id, origin_source_name, origin_source_date",
        (
            "missing_person.originality",
            "missing_person.origin_record_id",
            "missing_person.origin_source_name",
            "missing_person.source_date",
        ),
        "by import",
        "number",
        "the origin's id, as `record_id`; when it was written down, as `made_at`",
        "yes",
    ),
    Elsewhere(
        1,
        "entry_date, form_version, dataset_version",
        (
            "missing_person.entered_at",
            "missing_person.form_version",
            "missing_person.dataset_version",
        ),
        _BY_ITSELF,
        _NO,
        "whole record",
        "of each statement",
    ),
    Elsewhere(
        1,
        "review_due_date, expiry_date",
        ("missing_person.review_due_on", "missing_person.expires_on"),
        "by rule; `/retention/{reference}`",
        "`/retention`",
        _NO,
        "anew, by rule; the last ends what was declared with a file",
    ),
    Elsewhere(
        1,
        "expiry_action",
        ("missing_person.expiry_action",),
        "by rule; to restrict, on `/retention/{reference}`",
        "`/retention`",
        "whole record",
        "to restrict; else by rule",
    ),
    Elsewhere(
        1,
        "placeholder after erasure",
        ("missing_person.erased_at",),
        "by erasing",
        _NO,
        "as a recall of copies",
        "an erased copy stays erased",
    ),
    Elsewhere(
        2,
        "contact_points, alternate_contact",
        (
            "contact_point.value",
            "contact_point.whose",
            "contact_point.safe_hours",
            "contact_point.do_not_say",
        ),
        "`/missing/{reference}/family`; telephones told with a report by themselves",
        "number",
        _STAYS,
        _NO,
    ),
    Elsewhere(
        2,
        "agreed_channel, agreed_interval_days, next_contact_due",
        ("contact_agreement.channel", "contact_agreement.interval_days"),
        "`/missing/{reference}/family`",
        "`/promises`",
        _STAYS,
        _NO,
    ),
    Elsewhere(
        2,
        "other_reporters",
        ("relative.name", "relative.contact"),
        "`/missing/{reference}/consents`",
        "number",
        _STAYS,
        _NO,
    ),
    Elsewhere(
        3,
        "the ledger of consents",
        ("consent.purpose", "consent.recipient", "consent.decision", "consent.expires"),
        "`/missing/{reference}/consents`",
        _NO,
        "never: each decides what leaves, and names one recipient",
        "consent to the search, declared with the file",
    ),
    Elsewhere(
        3,
        "papers that were signed",
        ("signed_paper",),
        "`/missing/{reference}/papers`",
        _NO,
        "never",
        _NO,
    ),
    Elsewhere(
        6,
        "travel groups and who was in them",
        (
            "travel_group_fact.vessel",
            "travel_group_fact.aboard_min",
            "missing_person_member.outcome",
        ),
        "`/missing/{reference}/groups`",
        "`/groups`",
        "`companions`, `vehicle`, `group_key` with whole records; the register never",
        _NO,
    ),
    Elsewhere(
        13,
        "drawn family",
        ("pedigree.structure",),
        "`/missing/{reference}/pedigree`",
        _NO,
        "as `dna_family`, of donors who agreed, without names",
        "as `dna_family`",
    ),
    Elsewhere(
        13,
        "samples and their chain of custody",
        (
            "missing_person_sample.kind",
            "missing_person_sample_entry.happening",
            "remains_sample.kind",
            "remains_sample_entry.happening",
        ),
        "`/missing/{reference}/samples`, `/remains/{reference}/samples`",
        _NO,
        "as `dna_samples` and `dna_custody`, by each donor's own consent",
        "as `dna_samples` and `dna_custody`",
    ),
    Elsewhere(
        14,
        "the pictures",
        (
            "missing_person_photo.sha256",
            "missing_person_photo.consent_id",
            "remains_photo.sha256",
        ),
        "`/missing/{reference}/photos`, `/remains/{reference}/photos`",
        _NO,
        "whole record, each by its own consent; those that may hurt to see, never",
        "yes, for one's own institution",
    ),
    Elsewhere(
        21,
        "incidents",
        (
            "incident.main_key",
            "incident.dead",
            "incident.missing",
            "incident.survivors",
            "incident.route",
            "incident.source_quality",
            "incident.mmp_eligible",
            "incident.population",
        ),
        "`/incidents/new`, or by import",
        "words, filters: `/incidents`",
        "`/incidents/table.csv`; API: `/api/v1/incidents`",
        "`plain-incidents`",
    ),
    Elsewhere(
        21,
        "survivors_list_ref",
        ("survivors_list.words",),
        "`/incidents/new`; read by its institution alone",
        _NO,
        "never: it leads to people who may be hiding",
        "API, by the institution that keeps the incident",
    ),
    Elsewhere(
        22,
        "identification_status, what was decided",
        ("remains.identification_status", "missing_person.search_status"),
        "where it is decided",
        "filter",
        _NO,
        _NO,
    ),
    Elsewhere(
        22,
        "records of one person, linked",
        ("missing_person_link.reason",),
        "`/missing/{reference}/links`",
        _NO,
        "never: each record goes by itself",
        _NO,
    ),
)

NOWHERE = (
    "the immigration status of whoever reports (2): not collected",
    "genotypes (13): they stay at the laboratory",
)
