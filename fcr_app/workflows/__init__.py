"""The policies, one file each, and the register of them. No code but small guards."""

from typing import Any

from fcr_app.domain.workflow import About, Workflow
from fcr_app.errors import NotFound
from fcr_app.workflows.audit_plan import AUDIT_PLAN
from fcr_app.workflows.audit_run import AUDIT_RUN
from fcr_app.workflows.cancellation import CANCELLATION
from fcr_app.workflows.diary import DIARY
from fcr_app.workflows.feedback import FEEDBACK_ON_A_CRIME, FEEDBACK_ON_A_REPORT
from fcr_app.workflows.n100 import N100
from fcr_app.workflows.n100_move import N100_MOVE
from fcr_app.workflows.n300 import N300
from fcr_app.workflows.not_recorded import NOT_RECORDED
from fcr_app.workflows.rape_report import RAPE_REPORT
from fcr_app.workflows.reclassification import RECLASSIFICATION
from fcr_app.workflows.ruling_request import RULING_ON_A_CRIME, RULING_ON_A_REPORT

#: The policies of audits: of plans and runs, which are no cases and have tables of their own.
AUDIT_WORKFLOWS: tuple[Workflow[Any], ...] = (AUDIT_PLAN, AUDIT_RUN)

#: Every workflow of cases: menus, pages, forms, history, deadlines and policy pages read this.
WORKFLOWS: tuple[Workflow[Any], ...] = (
    CANCELLATION,
    RECLASSIFICATION,
    RAPE_REPORT,
    N100,
    N100_MOVE,
    N300,
    DIARY,
    NOT_RECORDED,
    RULING_ON_A_CRIME,
    RULING_ON_A_REPORT,
    FEEDBACK_ON_A_CRIME,
    FEEDBACK_ON_A_REPORT,
)

#: Every policy there is, whatever it is about: policy pages, docs and the coverage read this.
POLICIES: tuple[Workflow[Any], ...] = (*WORKFLOWS, *AUDIT_WORKFLOWS)

_BY_KEY = {workflow.key: workflow for workflow in WORKFLOWS}


def workflow_by_key(key: str) -> Workflow[Any]:
    """Return the workflow stored under a key.

    Raises:
        KeyError: If a stored case belongs to a workflow that was taken out of the code.
    """
    return _BY_KEY[key]


def workflow_about(about: About, key: str) -> Workflow[Any]:
    """Return a workflow that a request asks for by its key.

    Raises:
        NotFound: If there is none, or it is about something else.
    """
    workflow = _BY_KEY.get(key)
    if workflow is None or workflow.about is not about:
        raise NotFound("There is no such kind of request.")
    return workflow


def workflow_of(reference: str) -> Workflow[Any]:
    """Return the workflow a case reference belongs to, by its first letters.

    Raises:
        NotFound: If no workflow's references begin like that.
    """
    for workflow in WORKFLOWS:
        if reference.startswith(f"{workflow.prefix}-"):
            return workflow
    raise NotFound("There is no such case, or you may not see it.")
