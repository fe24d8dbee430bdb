"""Reported incidents that are no crimes yet: N100 for rape, N300 for sudden death.

They live the same life: created with a code, asked again with everything new, converted at once
when confirmed, and seen by the FCR if not. ``workflows/n100.py`` and ``n300.py`` hold what differs.
"""

from fcr_app.domain.reported_facts import ReportedFacts
from fcr_app.domain.reported_incidents.kind import Kind, State, code_question
from fcr_app.domain.reported_incidents.workflow import reported_incident

__all__ = ["Kind", "ReportedFacts", "State", "code_question", "reported_incident"]
