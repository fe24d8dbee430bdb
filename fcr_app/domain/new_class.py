"""What the rules on the class of a crime look at (CLS-01 to CLS-06, REC-25)."""

from dataclasses import dataclass

from fcr_app.domain.authority import Needed, authority_of, is_reserved, roles_held
from fcr_app.domain.facts import CrimeFacts, DecisionFacts, Facts, ForceFacts
from fcr_app.domain.rules import RAPE_CLASSES
from fcr_app.domain.rulings import RulingFacts

#: Words under which classes stand among the answers, for questions to depend on.
OLD_CLASS, NEW_CLASS = "old.class", "new.class"


@dataclass(frozen=True, kw_only=True)
class OffenceFacts:
    """An offence of the published list.

    Attributes:
        current: It is in the list now in force.
        reported_incident: It is N100 or N300, and no crime.
    """

    id: int
    offence_class: str
    offence_code: str
    current: bool = True
    reported_incident: bool = False


@dataclass(frozen=True, kw_only=True)
class NewClassFacts(Facts):
    """What the rules on giving a crime another class look at.

    Attributes:
        offence: The class asked for; None where what was said names no offence.
        rulings: The FCR's rulings linked to the crime that still stand.
    """

    crime: CrimeFacts
    force: ForceFacts
    offence: OffenceFacts | None = None
    decision: DecisionFacts | None = None
    rulings: tuple[RulingFacts, ...] = ()

    @property
    def on_record(self) -> dict[str, str]:
        """Both classes, on which questions depend; no answer overrules them."""
        new = self.offence.offence_class if self.offence else ""
        return {OLD_CLASS: self.crime.offence_class, NEW_CLASS: new}


def touches_a_reserved_class(facts: NewClassFacts) -> bool:
    """Say whether rape or homicide is what the crime is, or what it is to become."""
    classes = {facts.crime.offence_class, facts.on_record[NEW_CLASS]}
    return any(is_reserved(offence_class, facts.today) for offence_class in classes)


def becomes_rape(facts: NewClassFacts) -> bool:
    """Say whether a crime that was no rape is to become one."""
    new = facts.on_record[NEW_CLASS]
    return new in RAPE_CLASSES and facts.crime.offence_class not in RAPE_CLASSES


def is_for_the_fcr(facts: NewClassFacts) -> bool:
    """Say whether only the FCR decides: by the force's policy, or since it becomes rape.

    The FCR sees every rape, and one made by another class has not been through the three-step
    test (N100-12), so the force can't leave that to DDMs.
    """
    by_policy = touches_a_reserved_class(facts) and facts.force.registrar_decides_reserved_codes
    return becomes_rape(facts) or by_policy


def level_needed(facts: NewClassFacts) -> Needed:
    """Return the authority that a decision on the class needs."""
    return Needed.FCR if is_for_the_fcr(facts) else Needed.DDM


def new_class_authority(facts: NewClassFacts) -> str:
    """Return what entitles the actor: an accreditation where they hold one, or else their roles."""
    held = authority_of(facts.actor, level_needed(facts), facts.force)
    return held.text if held else roles_held(facts)
