"""``fcr mail``: what became of e-mails, and whether the mail server takes any."""

import click
from flask import current_app
from flask.cli import AppGroup

from fcr_app import clock
from fcr_app.domain.mail import Delivery
from fcr_app.domain.spoken_time import moment
from fcr_app.errors import FcrError
from fcr_app.services import outbox
from fcr_app.services.mail_server import MailServer, email_message
from fcr_app.services.transaction import snapshot, transaction

mail = AppGroup("mail", help="See what became of e-mails, send one again, try the mail server.")

LISTED = 50
TRIED = "This was sent to see whether the mail server takes e-mails from FCR Casework."


@mail.command("status")
def status() -> None:
    """Count e-mails by how far they have come; list those in doubt or given up."""
    with snapshot() as session:
        counts, troubled = outbox.counts(session), outbox.troubled(session, limit=LISTED)
    for delivery in Delivery:
        click.echo(f"{delivery.label}: {counts.get(delivery, 0):,}")
    for number, delivery, at, why in troubled:
        click.echo(f"  {number}: {delivery.label.lower()}, written on {moment(at)}. {why}")


@mail.command("resend")
@click.argument("number", type=int)
def resend(number: int) -> None:
    """Send the e-mail NUMBER once more. One that was in doubt says that it may be the second."""
    try:
        with transaction() as session:
            outbox.send_again(session, number, now=clock.now())
    except FcrError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"E-mail {number} goes out with the next run of send-messages.")


@mail.command("try")
@click.argument("address")
def try_it(address: str) -> None:
    """Send an e-mail to ADDRESS now, past the outbox."""
    server = MailServer.of(current_app.config)
    if server is None:
        raise click.ClickException("There is no mail server. Set FCR_SMTP_HOST.")
    letter = email_message(server, address, "FCR Casework: a trial", f"{TRIED}\n", None)
    try:
        with server.connected() as connection:
            connection.send(letter)
    except FcrError as error:
        raise click.ClickException(f"{server.host} did not take it: {error}") from error
    click.echo(f"{server.host} took it.")
