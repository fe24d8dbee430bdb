"""What auditors said of each record, so that the counts of the 2018 inspection come out."""

from collections.abc import Iterable, Mapping

from fcr_app.domain.audits.judging import CrimeGiven, ReviewGiven
from fcr_app.domain.audits.questions import RAPE, UNKNOWN
from fcr_app.domain.audits.words import Band, Group, Safeguarding, Verdict
from fcr_app.domain.questions import NO, YES
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.services import demo_inspection_counts as counts
from fcr_app.services.demo_inspection_counts import Share

Reviews = list[ReviewGiven]
KEPT_SAFE = (Safeguarding.DONE, Safeguarding.DONE)
NOT_SAID = (Safeguarding.UNKNOWN, Safeguarding.UNKNOWN)


def recorded(group: Group, band: Band = Band.UNKNOWN, *, domestic: bool = False) -> CrimeGiven:
    """Return a crime that was recorded rightly."""
    return CrimeGiven(verdict=Verdict.RECORDED, offence_group=group, band=band, domestic=domestic)


def missing(
    group: Group,
    error: ErrorType,
    safe: tuple[Safeguarding, Safeguarding] = NOT_SAID,
    *,
    domestic: bool = False,
) -> CrimeGiven:
    """Return a crime that was not recorded.

    Args:
        safe: Whether the victim was kept safe, and whether it was investigated.
    """
    return CrimeGiven(
        verdict=Verdict.MISSING,
        offence_group=group,
        error_type=error,
        safeguarding=safe[0],
        investigated=safe[1],
        domestic=domestic,
    )


def reports() -> dict[str, Reviews]:
    """Return the reviews of the 1,396 crimes, one to a record."""
    crimes = [
        *_group(Group.VIOLENCE, counts.VIOLENCE, ErrorType.E04, counts.VIOLENCE_IN_TIME,
                counts.DOMESTIC_VIOLENCE),
        *_group(Group.SEXUAL, counts.SEXUAL, ErrorType.E03, counts.SEXUAL_IN_TIME, Share(0, 0)),
        *_group(Group.OTHER, counts.OTHER, ErrorType.E05, Share(0, 0), counts.DOMESTIC_OTHER),
    ]  # fmt: skip
    return {"": [_of(crime, closing_code=UNKNOWN) for crime in crimes]}


def _group(
    group: Group, found: Share, error: ErrorType, in_time: Share, domestic: Share
) -> list[CrimeGiven]:
    """Return the crimes of one group: those in time, late or not timed, then those missing."""
    bands = [Band.IN_TIME] * in_time.k + [Band.LATE] * in_time.left
    bands += [Band.UNKNOWN] * (found.k - in_time.n)
    kept = [recorded(group, band, domestic=at < domestic.k) for at, band in enumerate(bands)]
    lost = [missing(group, error, domestic=at < domestic.left) for at in range(found.left)]
    return kept + lost


def rapes() -> dict[str, Reviews]:
    """Return the reviews of the 118 reports of rape, and of the 48 that an N100 is due for."""
    crimes: list[tuple[CrimeGiven, str]] = [(recorded(Group.RAPE), NO)] * counts.RAPES.k
    wrong_class = CrimeGiven(
        verdict=Verdict.WRONG_CLASS,
        offence_group=Group.RAPE,
        error_type=ErrorType.E09,
        band=Band.UNKNOWN,
        safeguarding=Safeguarding.DONE,
        investigated=Safeguarding.DONE,
    )
    crimes += [(wrong_class, NO)] * counts.RAPE_WRONG_CLASS
    for error, many, has_n100 in (
        (ErrorType.E10, counts.RAPE_NOT_CONFIRMED, NO),
        (ErrorType.E11, counts.RAPE_HELD, NO),
        (ErrorType.E12, counts.RAPE_OTHER_FORCE, NO),
        (ErrorType.E08, counts.RAPE_AS_N100, YES),
    ):
        crimes += [(missing(Group.RAPE, error, KEPT_SAFE), has_n100)] * many
    found = [_of(crime, **_n100(RAPE, has_n100)) for crime, has_n100 in crimes]
    applied = counts.N100_APPLIED
    found += [_of(**_n100(YES, YES))] * applied.k + [_of(**_n100(YES, NO))] * applied.left
    return {"": found}


def n100s() -> dict[str, Reviews]:
    """Return the reviews of the 20 N100s."""
    right = counts.N100_CORRECT
    return {"": [_of(**_n100(YES, YES))] * right.k + [_of(**_n100(RAPE, YES))] * right.left}


def _n100(due: str, exists: str) -> dict[str, str]:
    reason = {"n100_reason": UNKNOWN} if exists == YES else {}
    return {"n100_due": due, "n100_exists": exists, **reason}


def cancellations() -> dict[str, Reviews]:
    """Return the reviews of 20 cancellations of each group; what was wrong was the information."""
    rest = {"removal_code": UNKNOWN, "authority": UNKNOWN, "rationale": UNKNOWN}
    rest["victim_told"] = UNKNOWN
    return {
        group: [
            *[_of(cancelled_rightly=YES, avi=YES, **rest)] * found.k,
            *[_of(cancelled_rightly=NO, avi="not_enough", **rest)] * found.left,
        ]
        for group, found in counts.CANCELLED.items()
    }


def vulnerable() -> dict[str, Reviews]:
    """Return the reviews of 50 records on the system for vulnerable victims, with 39 crimes."""
    found = counts.VULNERABLE
    crimes = [recorded(Group.OTHER)] * found.k
    crimes += [missing(Group.OTHER, ErrorType.E11, KEPT_SAFE)] * found.left
    none = [_of()] * (counts.VULNERABLE_RECORDS - found.n)
    return {"": [_of(crime) for crime in crimes] + none}


def slavery() -> dict[str, Reviews]:
    """Return the reviews of 20 modern slavery crimes, most of them duplicates."""
    over = CrimeGiven(verdict=Verdict.OVER_RECORDED, offence_group=Group.MODERN_SLAVERY)
    crimes = [recorded(Group.MODERN_SLAVERY)] * counts.SLAVERY.k
    crimes += [over] * (counts.SLAVERY_RECORDS - counts.SLAVERY.n)
    beside = [recorded(Group.OTHER)] * counts.SLAVERY_BESIDE.k
    beside.append(missing(Group.OTHER, ErrorType.E21))
    return {"": _with_more(crimes, beside)}


def referrals() -> dict[str, Reviews]:
    """Return the reviews of 20 modern slavery referrals, with 12 crimes."""
    crimes: list[CrimeGiven | None] = [recorded(Group.MODERN_SLAVERY)] * counts.REFERRALS.k
    crimes.append(missing(Group.MODERN_SLAVERY, ErrorType.E21))
    crimes += [None] * (counts.REFERRAL_RECORDS - counts.REFERRALS.n)
    beside = [recorded(Group.OTHER)] * counts.REFERRALS_BESIDE.k
    beside.append(missing(Group.OTHER, ErrorType.E21, KEPT_SAFE))
    return {"": _with_more(crimes, beside)}


def _with_more(crimes: Iterable[CrimeGiven | None], beside: list[CrimeGiven]) -> Reviews:
    """Return a review for each crime; the first ones have another crime beside theirs."""
    found = []
    for at, crime in enumerate(crimes):
        named = [one for one in (crime, *beside[at : at + 1]) if one is not None]
        found.append(_of(*named, referral_made=UNKNOWN))
    return found


def _of(*crimes: CrimeGiven, **answers: str) -> ReviewGiven:
    said: Mapping[str, str] = answers
    return ReviewGiven(answers=dict(said), crimes=crimes)
