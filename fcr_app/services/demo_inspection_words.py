"""What the reports of the demonstration's inspection say in words, above all what they can't say.

Nothing in it is a finding of this force: the counts are those of a published inspection.
"""

from collections.abc import Callable
from dataclasses import dataclass

from fcr_app.domain.audit_figures.families import Family
from fcr_app.domain.audit_figures.unrecorded import RecordedAYear
from fcr_app.domain.audits.words import CountedAs
from fcr_app.services import demo_inspection_counts as counts, demo_inspection_reviews as reviews

SOURCE = "HMICFRS, The Metropolitan Police Service: Crime Data Integrity inspection 2018"
YEAR = RecordedAYear(
    total=counts.RECORDED_A_YEAR,
    families={Family.VIOLENCE: counts.VIOLENCE_A_YEAR, Family.SEXUAL: counts.SEXUAL_A_YEAR},
    source=(
        "Implied by the inspection’s own estimates; it prints only “over 800,000” for all crimes, "
        "and nothing for the two groups."
    ),
)


@dataclass(frozen=True, kw_only=True)
class Check:
    """One of the samples of the inspection, as an audit of the plan.

    Attributes:
        size: Records drawn, from each stratum where there are several.
        of_each: Records on the list in each stratum; made up, and so large that no correction for
            a finite frame applies.
        reviews: What is said of the records of each stratum.
        year: What a year recorded, where unrecorded crimes are estimated.
    """

    code: str
    title: str
    counted_as: CountedAs
    size: int
    of_each: int
    reviews: Callable[[], dict[str, reviews.Reviews]]
    conclusion: str
    limits: str
    year: RecordedAYear | None = None
    grade: str = ""


COMMON = (
    f"The counts are those of a published inspection ({SOURCE}, 17 July 2018), entered record by "
    "record to show how audits are reported. They say nothing of this force. The publication names "
    "no record and does not print its frame: the list that was drawn from is made up, and is long "
    "enough that no correction for its size applies. It had no second reviews: the second auditor "
    "repeats the first."
)
OVERALL = (
    "The overall interval can’t be reproduced. The inspection prints ± 1.64; its "
    f"{counts.REPORTS:,} crimes, as a simple sample, give ± 1.61. The published one is wider by a "
    "design effect of 1.04, so the crimes were weighted, most likely by the route that they came "
    "by, and the weights are not published. What is printed here is the simple sample’s."
)
SEXUAL = (
    "The interval of sexual offences can’t be reproduced from the counts that are printed. The "
    "inspection prints 91 per cent ± 2.89 without a count, and 325 recorded crimes where it speaks "
    "of time. 325 of 357 would give ± 2.96; the only counts that give both figures are 343 of 377. "
    "They are used here, so 18 of the 343 recorded crimes have no time, and 188 of 325 were in "
    "time. That 18 could not be timed is one explanation; weights or a correction for the size of "
    "the frame would be others."
)
REST = (
    "Of the 1,396 crimes 524 were of violence and, if 377 holds, 377 sexual, which leaves 495 "
    "others, of which the publication says nothing. With 447 of them recorded all together are "
    "89.5 per cent; with 448 they would be as well. How many of the 377 were rapes is not printed, "
    "so all are entered as sexual offences; rapes have an audit of their own."
)
FILLED_IN = (
    "Not published, and filled in here: how domestic abuse crimes are spread over the groups; what "
    "kind of error each missing crime is (each group has the one that the publication names first, "
    "so the table of what went wrong is not the inspection’s); how late the late ones were, and "
    "which of them were domestic abuse; and how the victims of the missing ones fared one by one, "
    "of which it says “in most cases”."
)
CHECKS: tuple[Check, ...] = (
    Check(
        code="A1",
        title="The 2018 inspection’s crimes",
        counted_as=CountedAs.CRIME_THAT_SHOULD_EXIST,
        size=counts.REPORTS,
        of_each=28_000,
        reviews=reviews.reports,
        conclusion=(
            "Most reported crimes are recorded. Those that are not are above all public order "
            "crimes, and assaults without injury; and further crimes told during an investigation."
        ),
        limits=f"{COMMON}\n{OVERALL}\n{SEXUAL}\n{REST}\n{FILLED_IN}",
        year=YEAR,
        grade=counts.GRADE,
    ),
    Check(
        code="A2",
        title="Reports of rape",
        counted_as=CountedAs.CRIME_THAT_SHOULD_EXIST,
        size=counts.RAPES.n + counts.N100_APPLIED.n,
        of_each=4_000,
        reviews=reviews.rapes,
        conclusion=(
            "Of 118 reports of rape 98 were recorded as rape. Most of the others were N100s, where "
            "a crime of rape should have been recorded from the outset."
        ),
        limits=(
            f"{COMMON}\nSix of the rapes come from the sample of N100s, which the publication "
            "counts among the 118. How soon rapes were recorded is not published."
        ),
    ),
    Check(
        code="A2",
        title="N100s in use",
        counted_as=CountedAs.N100,
        size=counts.N100_CORRECT.n,
        of_each=500,
        reviews=reviews.n100s,
        conclusion="Of 20 N100s 14 were right, and six should have been rape from the start.",
        limits=COMMON,
    ),
    Check(
        code="A3",
        title="Cancelled crimes",
        counted_as=CountedAs.CANCELLATION,
        size=20,
        of_each=500,
        reviews=reviews.cancellations,
        conclusion=(
            "Most crimes were cancelled rightly. Where they were not, additional verifiable "
            "information was not enough to show that no crime was committed."
        ),
        limits=(
            f"{COMMON}\nThat not all victims were told who should have been is published, but not "
            "how many: nothing is counted of it here. Neither is the removal code, nor who decided."
        ),
    ),
    Check(
        code="A5",
        title="Vulnerable victims’ records",
        counted_as=CountedAs.CRIME_THAT_SHOULD_EXIST,
        size=counts.VULNERABLE_RECORDS,
        of_each=1_100,
        reviews=reviews.vulnerable,
        conclusion="Of 39 crimes in 50 records 36 were recorded. All three others were seen to.",
        limits=f"{COMMON}\nThe offence groups are not published: all are entered as other crime.",
    ),
    Check(
        code="A6",
        title="Modern slavery crimes",
        counted_as=CountedAs.CRIME_THAT_SHOULD_EXIST,
        size=counts.SLAVERY_RECORDS,
        of_each=500,
        reviews=reviews.slavery,
        conclusion="All nine crimes of modern slavery were recorded; a common assault was not.",
        limits=(
            f"{COMMON}\nMany of the 20 records were duplicates, so nine crimes were due; the other "
            "eleven are entered as recorded too often. Crimes found beside them are entered as "
            "other crime."
        ),
    ),
    Check(
        code="A6",
        title="Modern slavery referrals",
        counted_as=CountedAs.CRIME_THAT_SHOULD_EXIST,
        size=counts.REFERRAL_RECORDS,
        of_each=500,
        reviews=reviews.referrals,
        conclusion="11 of 12 crimes of modern slavery were recorded; a sexual assault was not.",
        limits=f"{COMMON}\nCrimes found beside them are entered as other crime.",
    ),
)
