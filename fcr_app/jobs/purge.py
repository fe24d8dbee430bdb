"""Deletes what is kept only for a while."""

from datetime import datetime

from fcr_app.services.housekeeping import purge_old
from fcr_app.services.transaction import transaction


def purge(now: datetime) -> str:
    """Delete what has been kept long enough; say how much."""
    with transaction() as session:
        purged = purge_old(session, now=now)
    return (
        f"Deleted {purged.sign_in_count:,} sign-ins, {purged.attempt_count:,} failed attempts, "
        f"{purged.kept_words_count:,} unsent forms, {purged.file_count:,} files, "
        f"{purged.message_count:,} e-mails, {purged.run_count:,} entries of this ledger and "
        f"{purged.answer_count:,} answers to programs."
    )
