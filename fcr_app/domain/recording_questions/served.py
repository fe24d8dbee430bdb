"""Which rules of the handbook a question serves by being asked, where no rule is checked by it."""

from fcr_app.domain.citations import Citation, crr26, inspection
from fcr_app.domain.questions import Question
from fcr_app.domain.recording_questions.the_test import (
    DOUBT,
    LOCATION_BASIS,
    NECESSARY,
    RELATIONSHIP,
    SAFEGUARDING,
    TRACING,
    WHERE,
)

#: Read by the coverage of the handbook; a question that no step asks does not count.
SERVES: dict[Question, tuple[Citation, ...]] = {
    RELATIONSHIP: (crr26("N100-02", "63"),),
    DOUBT: (crr26("REC-08", "8"),),
    NECESSARY: (crr26("REC-07", "7-8"),),
    TRACING: (crr26("REC-06", "7"), crr26("REC-09", "8")),
    WHERE: (crr26("LOC-03", "15"), crr26("LOC-05", "16")),
    LOCATION_BASIS: (crr26("LOC-01", "15"), crr26("LOC-04", "16")),
    SAFEGUARDING: (inspection("N100-17"),),
}
