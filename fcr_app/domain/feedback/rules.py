"""The rules on giving, answering, ruling on and closing feedback."""

from fcr_app.domain.authority import acts_as_registrar
from fcr_app.domain.citations import force_policy, inspection
from fcr_app.domain.feedback.facts import FeedbackFacts
from fcr_app.domain.feedback.items import Correction
from fcr_app.domain.feedback.questions import INSTEAD, RULE
from fcr_app.domain.guards import blocks, warns
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import REGISTRARS, Role
from fcr_app.domain.shared_rules import nobody_else_holds_it

#: Kinds of error that the handbook has no rule for.
WITHOUT_A_RULE = frozenset({ErrorType.E23.value})


@blocks(force_policy("FB-01"))
def only_the_sender(facts: FeedbackFacts) -> str | None:
    """Only whoever gave the feedback sends it or takes it back."""
    if facts.actor.id == facts.opened_by_id:
        return None
    return "Only whoever gave this feedback may do this."


@blocks(inspection("FB-01"))
def only_the_addressee(facts: FeedbackFacts) -> str | None:
    """Only the person whom the feedback is for answers it."""
    if facts.actor.id == facts.addressee_id:
        return None
    return "Only the person whom this feedback is for may do this."


@blocks(inspection("FB-01"))
def an_error_names_its_rule(facts: FeedbackFacts) -> str | None:
    """Feedback that names an error names the rule that it broke."""
    if not facts.error or facts.error in WITHOUT_A_RULE or facts.said(RULE):
        return None
    return "Select the rule that the decision broke."


@blocks(force_policy("FB-04"))
def what_was_right_needs_no_correction(facts: FeedbackFacts) -> str | None:
    """Feedback that says well done asks for nothing to be corrected."""
    if not facts.positive or facts.correction is Correction.NONE:
        return None
    return "It says that it was done right, so nothing is to be corrected."


@blocks(inspection("FB-01"))
def the_correction_suits_the_record(facts: FeedbackFacts) -> str | None:
    """What has to happen to the record is something that can happen to it."""
    if facts.correction is Correction.NONE or facts.correction in facts.possible:
        return None
    return (
        f"“{facts.correction.label}” can’t be done on this record. Give the feedback on the crime "
        "or the report that it is to be done on."
    )


@blocks(force_policy("FB-01"))
def the_record_is_put_right(facts: FeedbackFacts) -> str | None:
    """Feedback closes once the record shows what has to be done, and never before."""
    if not facts.outstanding:
        return None
    return f"The record does not show it yet: {facts.correction.label.lower()}."


@blocks(force_policy("FB-01"))
def nothing_is_to_be_answered(facts: FeedbackFacts) -> str | None:
    """Only feedback that names no error and asks for nothing is done with once it is read."""
    if facts.only_to_read:
        return None
    return "It names an error or something to do: agree with it or dispute it."


@blocks(force_policy("FB-01"))
def whoever_closes_gave_it_or_supervises(facts: FeedbackFacts) -> str | None:
    """Whoever gave it, the supervisor of the person it is for, or the FCR closes it by hand."""
    actor = facts.actor
    may = {facts.opened_by_id, facts.supervisor_id}
    if actor.id in may or actor.has(*REGISTRARS, Role.SYSTEM):
        return None
    return "Only whoever gave it, the supervisor of the person it is for, or the FCR closes it."


@blocks(force_policy("FB-01"), who=True)
def the_fcr_rules_on_a_dispute(facts: FeedbackFacts) -> str | None:
    """A dispute belongs to the FCR or a deputy with authority in force, and is not their own."""
    if facts.actor.id == facts.addressee_id:
        return "This feedback is for you. Another registrar has to rule on your dispute."
    if acts_as_registrar(facts.actor):
        return None
    return (
        "Only the FCR or a deputy rules on a dispute, with a register entry or a DDM course in "
        "force. Ask an administrator to check your record."
    )


@warns(force_policy("ROLE-03"))
def somebody_else_gave_it(facts: FeedbackFacts) -> str | None:
    """Whoever rules on a dispute did not give the feedback themselves."""
    if facts.actor.id != facts.opened_by_id:
        return None
    return (
        "You gave this feedback yourself. Leave the ruling to another registrar, or say why it has "
        "to be you."
    )


def _is_ruled_in_part(facts: FeedbackFacts) -> bool:
    """Something else was said to be done, or to be wrong."""
    return any(facts.answers.get(question.name) for question in INSTEAD)


@blocks(force_policy("FB-01"), when=_is_ruled_in_part)
def something_is_changed(facts: FeedbackFacts) -> str | None:
    """A ruling in part changes the error, or what has to be done."""
    said = {question.name: facts.answers.get(question.name) for question in INSTEAD}
    if any(text and text != facts.request.get(name, "") for name, text in said.items()):
        return None
    return "Nothing is changed. Uphold the feedback as it is instead."


RULING_RULES = (the_fcr_rules_on_a_dispute, nobody_else_holds_it, somebody_else_gave_it)
SENDING_RULES = (
    only_the_sender,
    an_error_names_its_rule,
    what_was_right_needs_no_correction,
    the_correction_suits_the_record,
)
