"""Deletes what is kept only for a while."""

from datetime import datetime

from fcr_app.services.housekeeping import purge_old
from fcr_app.services.transaction import transaction


def purge(now: datetime) -> str:
    """Delete old sign-ins, failed attempts, unsent words, given-up files and runs; say how many."""
    with transaction() as session:
        purged = purge_old(session, now=now)
    return (
        f"Deleted {purged.sign_in_count:,} sign-ins, {purged.attempt_count:,} failed attempts, "
        f"{purged.kept_words_count:,} unsent forms, {purged.file_count:,} files, "
        f"{purged.run_count:,} entries of this ledger and {purged.answer_count:,} answers to "
        "programs."
    )
