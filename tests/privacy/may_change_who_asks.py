"""The functions of the database that ask in another name, and why each may."""

MAY_CHANGE_WHO_ASKS = {
    # the officer who approves opens no file; the database lifts the protection for them
    "lift_protection",
    # tells an institution that a proposal exists, its band and its other owner, no more
    "blinded_pairings",
    "blinded_living_pairings",  # the same of people alive, no institution before they agreed
    # What two keepers agreed, and what it enters in the ledger (ADR 0052).
    *("unblinding_is_asked", "unblinding_is_answered", "unblinding_takes_effect"),
    *("unblinding_follows_the_family", "unblinding_follows_the_record"),
    "unblinding_is_removed",
    # tells a family's institution which other one keeps somebody who agreed, and since when
    "agreed_living",
    # whoever closes a file, or is refused, touches no proposals; the database ends them
    "end_living_pairings_of_missing_person",
    "end_living_pairings_of_living_person",
    "end_refused_living_pairing",
    # what was refused once is not proposed again: asked where only the keeper reads
    "leave_out_refused_living_pairing",
    # the database ends the proposals of a file that is closed
    *("note_changed_missing_person", "note_changed_remains"),
    "account_names",  # tells colleagues who wrote something down, and nothing else
    # Of a review that one may not read whole: one yes, a free place, or two accounts.
    "board_has_begun",
    "board_is_open",
    "board_is_whole",
    "examiners_of_review",
    "forensic_colleagues",
    "review_free_place",
    "review_is_mine",
    "review_is_of_ours",
    "review_is_spoken",
    "review_last_seat",
    "review_seat_is_held",
    "opinions_that_rest",  # how many of one's own institution, and not whose
    *("embargo_holds", "named_by_decision"),  # refuse a word on a record, and say nothing
    # Who signs in a keeper's name: one number comes out, nothing of what was agreed.
    *("signs_for_person", "signing_is_asked", "signing_is_answered"),
    "remember_proposal",  # keeps what was said of a pair on the day it was decided
    "telling_may_be_entered",  # refuses a word to a family before its release, or after
    "call_back_reports",  # marks papers of a decision that ended
    # marks the slip of a code that ended, was renewed or erased
    *("call_back_slip", "call_back_erased_slip"),
    "call_back_document",  # marks a paper whose copy was called back
}
