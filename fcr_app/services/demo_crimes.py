"""The demonstration's recorded crimes, with their victims, flags and the people on them."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.crimes import EnhancedGround, Flag, VictimKind
from fcr_app.domain.facts import Part
from fcr_app.domain.london import from_london, to_london
from fcr_app.domain.roles import Actor
from fcr_app.models import Offence, Person, Unit
from fcr_app.services.crimes import NewCrime, NewVictim, enter_crime
from fcr_app.services.demo_force import rows_of

ONES = (
    "", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven",
    "Twelve", "Thirteen", "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen",
)  # fmt: skip
TENS = ("", "", "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety")
ADDRESS = "{number} Demo Street\nDemonstration Town\nDM1 1AA"


def in_words(number: int) -> str:
    """Return a number from 1 to 99 in words, as in "Demo Victim Twenty-one"."""
    if number < len(ONES):
        return ONES[number]
    tens, ones = divmod(number, 10)
    return f"{TENS[tens]}-{ONES[ones].lower()}" if ones else TENS[tens]


def add_crimes(
    session: Session,
    actor: Actor,
    units: Mapping[str, Unit],
    people: Mapping[str, Person],
    *,
    now: datetime,
) -> dict[str, int]:
    """Enter the crimes as an operator would; return their ids by key."""
    offences = {
        (offence_class, code): offence_id
        for offence_id, offence_class, code in session.execute(
            select(Offence.id, Offence.offence_class, Offence.offence_code)
        )
    }
    victims = count(1)
    crimes: dict[str, int] = {}
    for number, row in enumerate(rows_of("crimes.csv"), start=1):
        recorded_at = _morning(now, int(row["days_ago"]))
        officer = people[row["officer"]]
        crimes[row["key"]] = enter_crime(
            session,
            actor,
            NewCrime(
                crime_number=f"DC/{recorded_at:%y}/{1000 + number}",
                incident_reference=f"DC-INC-{recorded_at:%y}-{4000 + number}",
                reported_at=recorded_at - timedelta(hours=2 + number % 9),
                recorded_at=recorded_at,
                offence_id=offences[row["class"], row["code"]],
                unit_id=units[row["unit"]].id,
                oic_id=officer.id,
                others=tuple(_others(row["others"], people)),
                victims=tuple(
                    _victim(next(victims), said) for said in row["victims"].split("+") if said
                ),
                flags=frozenset(Flag(flag) for flag in row["flags"].split()),
                location=row["location"],
                summary=row["summary"],
            ),
            now=recorded_at,
        )
    return crimes


def _morning(now: datetime, days_ago: int) -> datetime:
    day = to_london(now).date() - timedelta(days=days_ago)
    return from_london(datetime.combine(day, time(9 + days_ago % 3, days_ago % 60)))


def _others(said: str, people: Mapping[str, Person]) -> Iterator[tuple[Part, int]]:
    """Read "supervisor:supervisor1 contributor:officer2"."""
    for entry in said.split():
        part, _, key = entry.partition(":")
        yield Part(part), people[key].id


def _victim(number: int, said: str) -> NewVictim:
    """Read "person", "business", "child" or "person:intimidated"."""
    kind, _, ground = said.partition(":")
    name = in_words(number)
    business, child = kind == "business", kind == "child"
    ground = "under_18" if child else ground
    return NewVictim(
        kind=VictimKind.BUSINESS if business else VictimKind.PERSON,
        name=f"Demo Business {name}" if business else f"Demo Victim {name}",
        is_child=child,
        speaks_for=f"Demo Contact {name}" if business else f"Demo Parent {name}" if child else "",
        address=ADDRESS.format(number=number),
        enhanced_ground=EnhancedGround(ground) if ground else None,
    )
