"""The rules on whether a report is recorded as a crime, each with its source.

The workflows say at which step each is applied. Every guard’s docstring is shown as the rule in
plain words.
"""

from fcr_app.domain.recording_rules.asked import (
    LeadsTo,
    code_of,
    ground_given,
    leads_to,
    passed_on_by_a_sarc,
    proposal,
    reported_for_the_victim,
    sarc_keeps_it_private,
)
from fcr_app.domain.recording_rules.grounds import (
    N100_GROUNDS,
    contrary_evidence_came_before_any_record,
    contrary_evidence_is_named,
    contrary_evidence_is_not_from_the_future,
    the_answers_are_about_rape,
    the_location_is_established,
)
from fcr_app.domain.recording_rules.proposal import Leads, Proposal, propose
from fcr_app.domain.recording_rules.reported import (
    a_senior_detective_is_asked_first,
    another_forces_code_comes_first,
    belongs_to_another_force,
    comes_from_a_crime,
    the_new_code_is_another,
    the_reference_is_held,
    the_reference_is_not_from_the_future,
    the_victim_was_told_the_reference,
    unclear_is_rarely_final,
)
from fcr_app.domain.recording_rules.review import (
    REVIEWER,
    only_a_genuine_error_cancels_it,
    reviewer_authority,
    somebody_else_checks_it,
    the_answers_lead_to_a_record,
    the_answers_lead_to_no_rape,
    the_confirmation_is_not_from_the_future,
    the_new_class_is_another,
    the_rape_still_stands,
    the_reviewer_did_not_decide,
    what_is_confirmed_is_recorded,
)
from fcr_app.domain.shared_rules import (
    nobody_else_holds_it,
    only_the_requester,
    the_reviewer_is_the_fcr,
    the_reviewer_took_no_part,
)

__all__ = [
    "N100_GROUNDS",
    "REVIEWER",
    "Leads",
    "LeadsTo",
    "Proposal",
    "a_senior_detective_is_asked_first",
    "another_forces_code_comes_first",
    "belongs_to_another_force",
    "code_of",
    "comes_from_a_crime",
    "contrary_evidence_came_before_any_record",
    "contrary_evidence_is_named",
    "contrary_evidence_is_not_from_the_future",
    "ground_given",
    "leads_to",
    "nobody_else_holds_it",
    "only_a_genuine_error_cancels_it",
    "only_the_requester",
    "passed_on_by_a_sarc",
    "proposal",
    "propose",
    "reported_for_the_victim",
    "reviewer_authority",
    "sarc_keeps_it_private",
    "somebody_else_checks_it",
    "the_answers_are_about_rape",
    "the_answers_lead_to_a_record",
    "the_answers_lead_to_no_rape",
    "the_confirmation_is_not_from_the_future",
    "the_location_is_established",
    "the_new_class_is_another",
    "the_new_code_is_another",
    "the_rape_still_stands",
    "the_reference_is_held",
    "the_reference_is_not_from_the_future",
    "the_reviewer_did_not_decide",
    "the_reviewer_is_the_fcr",
    "the_reviewer_took_no_part",
    "the_victim_was_told_the_reference",
    "unclear_is_rarely_final",
    "what_is_confirmed_is_recorded",
]
