"""Which role opens which kind of page."""

import pytest

from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Role
from tests.facts_builders import an_actor

P = Permission
#: Asking victims about equality, which no DDM, chief officer or administrator does.
ASKS = {P.ASK_EQUALITY, P.SEE_EQUALITY_GAPS}
REGISTRARS_PAGES = {
    P.WORK_ON_CASES,
    P.ENTER_CRIMES,
    P.ENTER_INCIDENTS,
    P.IMPORT_CRIMES,
    P.REASSIGN,
    P.SEE_LOGS,
    P.REVIEW_RECORDING,
    P.GIVE_FEEDBACK,
    P.SEE_TEAM,
    P.SEE_EFFECT,
    P.SET_THRESHOLDS,
    P.MAKE_RULINGS,
    *ASKS,
    P.PUBLISH_BULLETINS,
    P.SEE_EQUALITY_FIGURES,
    P.WRITE_EQUALITY_REPORT,
    P.SEE_DASHBOARD,
    P.SEE_AUDITS,
    P.REVIEW_AUDITS,
    P.RUN_AUDITS,
    P.ACT_ON_AUDITS,
}
#: What each role may open; the administrator sees no case and no crime.
WHO_MAY_OPEN_WHAT = {
    Role.OFFICER: {P.WORK_ON_CASES, P.ENTER_CRIMES, P.ENTER_INCIDENTS, *ASKS},
    Role.SUPERVISOR: {
        P.WORK_ON_CASES,
        P.ENTER_CRIMES,
        P.ENTER_INCIDENTS,
        P.GIVE_FEEDBACK,
        P.SEE_TEAM,
        P.REASSIGN,
        P.SEE_DASHBOARD,
        P.ACT_ON_AUDITS,
        *ASKS,
    },
    Role.DDM: {
        P.WORK_ON_CASES,
        P.ENTER_CRIMES,
        P.ENTER_INCIDENTS,
        P.GIVE_FEEDBACK,
        P.SEE_DASHBOARD,
        P.ACT_ON_AUDITS,
    },
    Role.FCR: REGISTRARS_PAGES,
    Role.DEPUTY_FCR: REGISTRARS_PAGES,
    Role.AUDITOR: {
        P.WORK_ON_CASES,
        P.IMPORT_CRIMES,
        P.SEE_EQUALITY_GAPS,
        P.SEE_EFFECT,
        P.SEE_EQUALITY_FIGURES,
        P.SEE_AUDITS,
        P.REVIEW_AUDITS,
        P.ACT_ON_AUDITS,
    },
    Role.CHIEF_OFFICER: {
        P.WORK_ON_CASES,
        P.SEE_EFFECT,
        P.SEE_EQUALITY_FIGURES,
        P.SEE_DASHBOARD,
        P.SEE_AUDITS,
        P.ACT_ON_AUDITS,
    },
    Role.ADMINISTRATOR: {P.MANAGE_PEOPLE, P.MANAGE_REFERENCE},
    Role.SYSTEM: set(),
}


@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
def test_a_role_opens_its_pages_and_no_others(role: Role) -> None:
    opened = {permission for permission in Permission if may(an_actor(1, role), permission)}

    assert opened == WHO_MAY_OPEN_WHAT[role]


def test_two_roles_open_what_either_opens() -> None:
    both = an_actor(1, Role.OFFICER, Role.ADMINISTRATOR)

    assert may(both, P.ENTER_CRIMES)
    assert may(both, P.MANAGE_PEOPLE)
    assert not may(both, P.SEE_LOGS)


@pytest.mark.parametrize("permission", Permission, ids=lambda permission: permission.value)
def test_every_permission_belongs_to_somebody_and_has_words(permission: Permission) -> None:
    assert permission.roles
    assert permission.label[0].islower()
