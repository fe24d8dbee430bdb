"""Who makes which report: gathers what it says in one look, then draws it.

A later edition is drawn only where it would differ: first the edition there is is drawn again, and
where that gives the same bytes it stands.
"""

from collections.abc import Mapping

from fcr_app.domain.audits.report_periods import read_period
from fcr_app.domain.audits.words import ReportKind
from fcr_app.errors import NotFound
from fcr_app.reports.audits.making import Maker, Ready, Tell
from fcr_app.reports.audits.plan_report import make_plan_report
from fcr_app.reports.audits.run_report import make_run_report
from fcr_app.services.audits.material import run_material
from fcr_app.services.audits.plan_material import plan_material
from fcr_app.services.audits.report_keeping import hashes_of, kept_before, plan_of_request
from fcr_app.services.audits.report_queue import Claimed
from fcr_app.services.transaction import snapshot


def make_report(claimed: Claimed, tell: Tell) -> Ready:
    """Make what was asked for.

    Raises:
        NotFound: If what it is about is not there.
    """
    with snapshot() as session:
        kept = kept_before(session, claimed)
    if kept is None:
        return _draw(claimed, tell, edition=1, why="")
    again = _draw(claimed, tell, edition=kept.edition, why=kept.why)
    if hashes_of(again.made) == kept.hashes:
        return again
    return _draw(claimed, tell, edition=kept.edition + 1, why=claimed.why)


def _draw(claimed: Claimed, tell: Tell, *, edition: int, why: str) -> Ready:
    if claimed.run_id is not None:
        with snapshot() as session:
            about = run_material(session, claimed.run_id, edition=edition, why=why)
            plan_id = plan_of_request(session, claimed)
        return Ready(made=make_run_report(about, tell=tell), plan_id=plan_id)
    period = read_period(claimed.kind, claimed.subject_key)
    if period is None:
        raise NotFound("There is no such period.")
    with snapshot() as session:
        said = plan_material(session, period, edition=edition, why=why)
    return Ready(made=make_plan_report(said, tell=tell), plan_id=said.plan_id)


MAKERS: Mapping[ReportKind, Maker] = dict.fromkeys(ReportKind, make_report)
