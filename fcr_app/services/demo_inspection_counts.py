"""The counts of the 2018 inspection of the Metropolitan Police Service, as they were published.

Source: HMICFRS, "The Metropolitan Police Service: Crime Data Integrity inspection 2018", 17 July
2018; published under the Open Government Licence. Only counts are taken over. What the publication
does not say, and had to be filled in, is told apart below and in the reports themselves.
"""

from dataclasses import dataclass
from datetime import date

#: Reports made from 1 July to 31 December 2017 were examined.
PERIOD_STARTS_ON, PERIOD_ENDS_ON = date(2017, 7, 1), date(2017, 12, 31)


@dataclass(frozen=True)
class Share:
    """How many of how many."""

    k: int
    n: int

    @property
    def left(self) -> int:
        """How many it is not true of."""
        return self.n - self.k


REPORTS = 1_396
VIOLENCE = Share(459, 524)
DOMESTIC = Share(230, 271)
RAPES = Share(98, 118)
#: Of the rapes not recorded rightly: recorded as another sexual offence; the victim would not
#: confirm it; held as a concern for a vulnerable adult; another force's notice; wrongly N100.
RAPE_WRONG_CLASS, RAPE_NOT_CONFIRMED, RAPE_HELD, RAPE_OTHER_FORCE, RAPE_AS_N100 = 2, 2, 1, 1, 14
N100_APPLIED = Share(34, 48)
N100_CORRECT = Share(14, 20)
VULNERABLE_RECORDS, VULNERABLE = 50, Share(36, 39)
SLAVERY_RECORDS, SLAVERY, SLAVERY_BESIDE = 20, Share(9, 9), Share(2, 3)
REFERRAL_RECORDS, REFERRALS, REFERRALS_BESIDE = 20, Share(11, 12), Share(2, 3)
CANCELLED = {
    "Rape": Share(18, 20),
    "Sexual offences": Share(19, 20),
    "Violence": Share(16, 20),
    "Robbery": Share(17, 20),
}
VIOLENCE_IN_TIME = Share(301, 459)
SEXUAL_IN_TIME = Share(188, 325)
GRADE = "Good"

# Implied by the publication, which does not print them.

#: The only whole numbers that give both 91 per cent and ± 2.89.
SEXUAL = Share(343, 377)
#: What is left of the 1,396; with 447 recorded all together are 89.5 per cent, as with 448.
OTHER = Share(447, 495)
#: R for which R(1 − p)/p gives what was published: within "over 800,000", and within the ranges
#: that the printed figures leave (197,603 to 200,140, and 18,994 to 19,329).
RECORDED_A_YEAR, VIOLENCE_A_YEAR, SEXUAL_A_YEAR = 803_000, 198_500, 19_100

# Filled in: the publication says nothing of it, and no figure that it prints depends on it.

#: How domestic abuse crimes are spread: those not recorded were "mostly" of violence.
DOMESTIC_VIOLENCE = Share(200, 236)
DOMESTIC_OTHER = Share(30, 35)
