"""Takes an import in the background, so that neither a page nor a program has to wait for it.

The work is a thread of the web server. If the server stops, the import stands still where its last
batch was saved, its page says so, and anybody who may import can go on with it.
"""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Thread
from typing import Any

from fcr_app import clock
from fcr_app.domain.roles import Actor
from fcr_app.errors import FcrError
from fcr_app.services.imports.runs import fail, finish
from fcr_app.services.imports.upload import open_import
from fcr_app.services.transaction import transaction

log = logging.getLogger(__name__)

#: What the thread works inside, so that it has a database session of its own.
Context = Callable[[], AbstractContextManager[Any]]


def start(context: Context, run_id: int, actor: Actor) -> Thread:
    """Begin to take an import, or go on with it."""
    work = (context, run_id, actor)
    thread = Thread(target=_work, args=work, name=f"import-{run_id}", daemon=True)
    thread.start()
    return thread


def _work(context: Context, run_id: int, actor: Actor) -> None:
    with context():
        try:
            _take(run_id, actor)
        except FcrError as error:  # such as: another process is going on with it
            log.info("Import %s ended early: %s", run_id, error)
        except Exception as error:  # noqa: BLE001 - the edge: nobody above would hear of it
            # An error's own message may quote the extract, so only its kind is logged.
            log.error("Import %s failed: %s", run_id, type(error).__name__)  # noqa: TRY400
            with transaction() as session:
                fail(session, run_id)


def _take(run_id: int, actor: Actor) -> None:
    with transaction() as session:
        importer = open_import(session, run_id, now=clock.now())
    for batch in importer.batches():
        with transaction() as session:
            importer.take(session, actor, batch, now=clock.now())
    with transaction() as session:
        finish(session, actor, run_id, now=clock.now())
