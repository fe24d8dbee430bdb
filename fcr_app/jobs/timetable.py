"""What the clock starts, and when. Nights are in UTC: one in London repeats or skips an hour."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from fcr_app.domain.london import LONDON
from fcr_app.jobs import send_messages, tell_clocks
from fcr_app.jobs.ask_plan_reports import ask_plan_reports
from fcr_app.jobs.check_history import check_history
from fcr_app.jobs.count_equality import count_equality
from fcr_app.jobs.make_reports import make_reports
from fcr_app.jobs.open_audits import open_audits
from fcr_app.jobs.purge import purge
from fcr_app.jobs.see_corrections import see_corrections
from fcr_app.jobs.send_diary_list import send_diary_list
from fcr_app.jobs.send_digests import send_digests
from fcr_app.jobs.tell_bulletins import tell_bulletins
from fcr_app.jobs.tell_late_actions import tell_late_actions


@dataclass(frozen=True, kw_only=True)
class Job:
    """One thing the clock starts.

    A job works from what the database says is due, never from how often it was started, so a
    missed or repeated run does no harm.

    Attributes:
        name: What the ledger and ``fcr jobs run`` call it.
        what: What it does, in words.
        when: In words.
        slots: The same, as the scheduler reads it: fields of a cron line.
        zone: The zone of the slots. London only for hours that no night repeats or skips.
        run: Takes the present moment, returns one sentence on what was done.
    """

    name: str
    what: str
    when: str
    slots: Mapping[str, str]
    run: Callable[[datetime], str]
    zone: tzinfo = UTC


TIMETABLE = (
    Job(
        name=tell_clocks.NAME,
        what="Tell people of clocks that are about to run out, or have",
        when="every 5 minutes",
        slots={"minute": "*/5"},
        run=tell_clocks.tell_clocks,
    ),
    Job(
        name=send_messages.NAME,
        what="Send the e-mails that wait",
        when="every minute",
        slots={"minute": "*"},
        run=send_messages.send_messages,
    ),
    Job(
        name="see-corrections",
        what="Close feedback whose record was put right in a way that closed it not at once",
        when="every 10 minutes",
        slots={"minute": "*/10"},
        run=see_corrections,
    ),
    Job(
        name="send-digests",
        what="Write one e-mail to whoever prefers one a day",
        when="every day at 07:00 in London",
        slots={"hour": "7", "minute": "0"},
        zone=LONDON,
        run=send_digests,
    ),
    Job(
        name="send-diary-list",
        what="Tell supervisors and the FCR of appointments with no crime recorded",
        when="every day at 06:00 in London",
        slots={"hour": "6", "minute": "0"},
        zone=LONDON,
        run=send_diary_list,
    ),
    Job(
        name="tell-bulletins",
        what="Tell people of bulletins that begin today, or that they have come to be for",
        when="every day at 06:05 in London",
        slots={"hour": "6", "minute": "5"},
        zone=LONDON,
        run=tell_bulletins,
    ),
    Job(
        name="open-audits",
        what="Draw the audits of the plan that are due, and tell their auditors",
        when="every 15 minutes",
        slots={"minute": "*/15"},
        run=open_audits,
    ),
    Job(
        name="make-reports",
        what="Make the reports on audits that were asked for",
        when="every minute",
        slots={"minute": "*"},
        run=make_reports,
    ),
    Job(
        name="ask-plan-reports",
        what="Ask for the report on the audit plan of the month and the quarter that are over",
        when="every day at 05:30 in London",
        slots={"hour": "5", "minute": "30"},
        zone=LONDON,
        run=ask_plan_reports,
    ),
    Job(
        name="tell-late-actions",
        what="Tell owners and registrars of actions that have become overdue",
        when="every day at 06:15 in London",
        slots={"hour": "6", "minute": "15"},
        zone=LONDON,
        run=tell_late_actions,
    ),
    Job(
        name="check-history",
        what="Verify the history of every case",
        when="every night at 02:10 UTC",
        slots={"hour": "2", "minute": "10"},
        run=check_history,
    ),
    Job(
        name="count-equality",
        what="Count each month of victims and recording decisions for the equality figures",
        when="every night at 02:40 UTC",
        slots={"hour": "2", "minute": "40"},
        run=count_equality,
    ),
    Job(
        name="purge",
        what="Delete what is kept only for a while: old sign-ins, unsent words, e-mails, runs",
        when="every night at 03:10 UTC",
        slots={"hour": "3", "minute": "10"},
        run=purge,
    ),
)


def job_named(name: str) -> Job | None:
    """Return a job of the timetable, or None if it has no such job."""
    return next((job for job in TIMETABLE if job.name == name), None)
