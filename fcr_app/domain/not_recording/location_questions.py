"""What is asked where another force is said to record a crime: whose it is, and by which order."""

from collections.abc import Callable

from fcr_app.domain.incidents import Route
from fcr_app.domain.not_recording.grounds import GROUND, Ground, on
from fcr_app.domain.questions import YES_NO, Answers, Kind, Option, Question

ROUTE = "incident.route"
AREA, REMOTE, NATION, RAILWAY = "area", "remote", "nation", "railway"
AIRCRAFT, INBOUND, SERIES, STRADDLES = "aircraft", "inbound", "series", "straddles"
AGREED, OURS = "agreed", "ours"

LIES = Question(
    name="lies_elsewhere",
    label="Why does it belong to another force?",
    thing="why it belongs to another force",
    summary="Belongs elsewhere because",
    kind=Kind.CHOICE,
    options=(
        Option(AREA, "It happened in another force’s area in England or Wales"),
        Option(REMOTE, "It was done by phone or on the internet from elsewhere"),
        Option(NATION, "It happened in Scotland or Northern Ireland"),
        Option(RAILWAY, "It happened on the railway", "British Transport Police record it."),
        Option(AIRCRAFT, "On a domestic or outbound flight", "The force of departure records it."),
        Option(INBOUND, "On a flight that came in from abroad", "Nobody here records a crime."),
        Option(SERIES, "It is part of a series that crosses forces, between the same people"),
        Option(STRADDLES, "It is one crime that crosses from one force’s area into another’s"),
    ),
    when=on(Ground.ELSEWHERE),
)


def lies(reason: str) -> Callable[[Answers], bool]:
    """Return the condition on answers that it is said to lie elsewhere for one reason."""

    def condition(answers: Answers) -> bool:
        elsewhere = answers.get(GROUND.name) == Ground.ELSEWHERE
        return elsewhere and answers.get(LIES.name) == reason

    condition.__doc__ = f"Say whether the reason is “{LIES.shown({LIES.name: reason})}”."
    return condition


def _some_force_records_it(answers: Answers) -> bool:
    """Say whether another force records it; of an inbound flight none does."""
    return on(Ground.ELSEWHERE)(answers) and answers.get(LIES.name) != INBOUND


def _agreed(answers: Answers) -> bool:
    """Say whether the forces agreed on something else than the order of the rules."""
    placed = answers.get(PLACED_BY.name) == AGREED and lies(AREA)(answers)
    return placed or (answers.get(PLACED_REMOTELY.name) == AGREED and lies(REMOTE)(answers))


def _passed_here(answers: Answers) -> bool:
    """Say whether another force passed the report here, and it is to go back."""
    return on(Ground.ELSEWHERE)(answers) and answers.get(ROUTE) == Route.OTHER_FORCE


PLACED_BY = Question(
    name="placed_by",
    label="What places it there?",
    hint="The first of these that is known decides.",
    thing="what places it there",
    summary="Placed there by",
    kind=Kind.CHOICE,
    options=(
        Option("suspect", "Where the suspect proved to be at the time"),
        Option("victim", "Where the victim was"),
        Option("home", "Where the victim lives, as neither of those is known"),
        Option("business", "The place of business, for a company"),
        Option(AGREED, "An agreement of the two forces on something else"),
    ),
    when=lies(AREA),
)
PLACED_REMOTELY = Question(
    name="placed_remotely",
    label="What places it there?",
    hint="The first of these that is known decides.",
    thing="what places it there",
    summary="Placed there by",
    kind=Kind.CHOICE,
    options=(
        Option("suspect", "Where the suspect was when they called or wrote"),
        Option("last_home", "The suspect’s latest confirmed home"),
        Option("home", "Where the victim lives, as neither of those is known"),
        Option(AGREED, "An agreement of the two forces on something else"),
    ),
    when=lies(REMOTE),
)
AGREED_BY = Question(
    name="agreed_by",
    label="Which DDM or FCR of each force agreed it, and when?",
    thing="who of each force agreed it, and when",
    summary="Agreed by",
    min_length=20,
    when=_agreed,
)
TAKEN_THERE = Question(
    name="taken_there",
    label="Do Police Scotland or the PSNI take it?",
    hint="Refer it to them first. If they refuse it, it is recorded where the victim was.",
    thing="yes if they take it",
    summary="Taken there",
    kind=Kind.CHOICE,
    options=YES_NO,
    when=lies(NATION),
)
DEPARTED_FROM = Question(
    name="departed_from",
    label="Is the airport that it departed from in our area?",
    thing="yes if it departed from an airport in our area",
    summary="Departed from our area",
    kind=Kind.CHOICE,
    options=YES_NO,
    when=lies(AIRCRAFT),
)
LATEST = Question(
    name="latest_of_series",
    label="Where was the latest of the most serious crimes in the series?",
    hint="One record for the series, by the force of the most recent principal crime.",
    thing="where the latest of the most serious crimes was",
    summary="Latest principal crime",
    kind=Kind.CHOICE,
    options=(Option(OURS, "In our area"), Option("theirs", "In the other force’s area")),
    when=lies(SERIES),
)
AWARE_FIRST = Question(
    name="aware_first",
    label="Which force knew of it first?",
    thing="which force knew of it first",
    summary="Knew of it first",
    kind=Kind.CHOICE,
    options=(Option(OURS, "We did"), Option("theirs", "The other force")),
    when=lies(STRADDLES),
)
OTHER_FORCE = Question(
    name="recording_force",
    label="Which force records it?",
    thing="the force that records it",
    summary="Recorded by",
    kind=Kind.TEXT,
    max_length=120,
    when=_some_force_records_it,
)
OTHER_REFERENCE = Question(
    name="recording_reference",
    label="Their crime or incident number",
    thing="their crime or incident number",
    summary="Their number",
    kind=Kind.TEXT,
    max_length=60,
    when=_some_force_records_it,
)
WEIGHED = Question(
    name="interest_weighed",
    label="Did you weigh the victim’s interest together with the force that passed it here?",
    hint="No transfer is refused because of the rules alone.",
    thing="yes if you weighed the victim’s interest together",
    summary="Victim’s interest weighed together",
    kind=Kind.CHOICE,
    options=YES_NO,
    when=_passed_here,
)
WEIGHED_HOW = Question(
    name="interest_how",
    label="With whom, and what serves the victim best?",
    thing="with whom it was weighed, and what serves the victim best",
    summary="What serves the victim",
    min_length=20,
    when=_passed_here,
)
LOCATION = (
    LIES,
    PLACED_BY,
    PLACED_REMOTELY,
    AGREED_BY,
    TAKEN_THERE,
    DEPARTED_FROM,
    LATEST,
    AWARE_FIRST,
    OTHER_FORCE,
    OTHER_REFERENCE,
    WEIGHED,
    WEIGHED_HOW,
)
