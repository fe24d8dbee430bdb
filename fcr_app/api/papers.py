"""What is handed out about a case: letters to victims, and the log of who looked and changed.

They change nothing, so a token for looking is enough; each is logged with who gets the copy.
"""

from typing import Any

from flask import Response

from fcr_app import clock
from fcr_app.api.access import current_actor
from fcr_app.api.area import CSV, PDF, Area, file_reply, reply
from fcr_app.api.schemas.letters import (
    LetterAnswer,
    LogAnswer,
    LogAsked,
    PrintGiven,
    RecipientGiven,
)
from fcr_app.domain.permissions import Permission
from fcr_app.reports.log_copy import log_csv, log_file_name
from fcr_app.reports.victim_letter import compose, letter_file_name, letter_html, letter_pdf
from fcr_app.services.letters import Copy, print_letter, read_letter
from fcr_app.services.logs_view import case_log, export_case_log
from fcr_app.services.transaction import transaction

area = Area("Papers", "Letters to victims, and the log of a case. Each copy is logged.")

WORK, LOGS = Permission.WORK_ON_CASES, Permission.SEE_LOGS


@area.reads(
    "/cases/<reference:reference>/letters/<id:victim_id>",
    needs=WORK,
    gives=LetterAnswer,
    conflicts=True,
)
def letter(reference: str, victim_id: int) -> Response:
    """Read a letter to a victim as it would be printed today."""
    with transaction() as session:
        facts = read_letter(session, current_actor(), reference, victim_id, now=clock.now())
    said = {**vars(compose(facts)), "html": letter_html(facts, Copy.LETTER)}
    return reply(LetterAnswer, said)


@area.looks(
    "/cases/<reference:reference>/letters/<id:victim_id>/pdf",
    needs=WORK,
    takes=PrintGiven,
    gives=PDF,
)
def letter_as_pdf(given: dict[str, Any], reference: str, victim_id: int) -> Response:
    """Print a letter: the one to send, or the marked copy for the file."""
    with transaction() as session:
        facts = print_letter(
            session, current_actor(), reference, victim_id, now=clock.now(), **given
        )
    # Drawn after the transaction: it takes a moment, and nobody should wait for the lock.
    copy = given["copy"]
    return file_reply(letter_pdf(facts, copy), PDF, letter_file_name(facts, copy))


@area.reads("/cases/<reference:reference>/log", needs=LOGS, asks=LogAsked, gives=LogAnswer)
def log(asked: dict[str, Any], reference: str) -> Response:
    """Read who looked at a case and who changed it. That somebody asked is logged too."""
    with transaction() as session:
        page = case_log(
            session,
            current_actor(),
            reference,
            now=clock.now(),
            shown=asked["show"],
            after=asked["after"],
        )
    return reply(LogAnswer, page)


@area.looks("/cases/<reference:reference>/log/copy", needs=LOGS, takes=RecipientGiven, gives=CSV)
def log_copy(given: dict[str, str], reference: str) -> Response:
    """Give out the whole log of a case, and log who gets it."""
    with transaction() as session:
        entries = export_case_log(
            session, current_actor(), reference, given["recipient"], now=clock.now()
        )
    return file_reply("".join(log_csv(entries)), CSV, log_file_name(reference))
