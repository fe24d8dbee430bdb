"""Reported incidents of sudden or unexpected death, N300: what differs from an N100."""

from dataclasses import replace

from fcr_app.domain import recording_questions as q, recording_rules as r
from fcr_app.domain.citations import crr26
from fcr_app.domain.guide import Guide
from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.incident_facts import IncidentFacts
from fcr_app.domain.questions import Kind as Answered, Option, Question
from fcr_app.domain.reported_incidents import Kind, code_question, reported_incident

CODES = {
    "300/01": "circumstances not clear yet",
    "300/02": "suicide",
    "300/03": "drugs",
    "300/04": "on a road or railway",
    "300/05": "a child under 18",
    "300/06": "accident",
    "300/07": "natural causes (voluntary)",
    "300/08": "open verdict",
}
CODE = code_question(CODES, "N300")
WHO = Question(
    name="relationship",
    label="Whose death is it?",
    hint="One N300 for each death.",
    thing="whose death it is",
    summary="Who died",
    kind=Answered.TEXT,
    max_length=200,
)
EVENT = Question(
    name="event",
    label="What is new?",
    thing="what is new",
    summary="What is new",
    kind=Answered.CHOICE,
    options=(
        Option(q.CONFIRMED, "It was a crime", "Record the crime."),
        Option("cause", "The cause of death is known"),
        Option("coroner", "The coroner concluded"),
        Option("other", "Something else"),
    ),
)


def opened_as_death(report: IncidentFacts) -> bool:
    """It is for reports that were opened as a sudden or unexpected death."""
    return report.opening_code is OpeningCode.DEATH


N300 = reported_incident(
    Kind(
        key="n300",
        title="Reported incident of sudden or unexpected death (N300)",
        summary="A death that is not recorded as a crime: its circumstances, and the FCR’s review.",
        of="sudden or unexpected death",
        crime="the crime",
        confirmed="It was a crime: record it",
        codes=CODES,
        cite=crr26("N100-12", "34-37"),
        guide=Guide(heading="Create an N300", aside=("One for each death. The FCR sees all.",)),
        asks=(
            CODE,
            WHO,
            replace(q.REASON, label="What is known of the circumstances?"),
            q.SAFEGUARDING,
        ),
        again=(CODE,),
        event=EVENT,
        rules=(),
        which_crime=(q.OFFENCE,),
        crime_rules=(r.a_senior_detective_is_asked_first,),
        final_rules=(r.unclear_is_rarely_final,),
        suits=opened_as_death,
    )
)
