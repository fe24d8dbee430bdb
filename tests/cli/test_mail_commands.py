"""What an operator types about e-mails."""

from flask import Flask

from fcr_app.jobs.send_messages import send_messages
from fcr_app.services.tell import tell
from fcr_app.services.transaction import transaction
from tests.builders import NOW, a_person
from tests.jobs.post_office import open_office


def typed(app: Flask, *words: str) -> tuple[int, str]:
    """Type a command; return how it ended and what it said."""
    done = app.test_cli_runner().invoke(args=["fcr", "mail", *words])
    return done.exit_code, done.output


def one_in_doubt(app: Flask) -> None:
    """Leave one e-mail in doubt."""
    with app.app_context(), open_office(app) as office:
        with transaction() as session:
            tell(session, [a_person(session).id], "Read it.", now=NOW)
        office.hangs_up_on_text = True
        send_messages(NOW)


def test_what_is_in_doubt_is_listed_and_can_be_sent_again(app: Flask) -> None:
    one_in_doubt(app)
    code, said = typed(app, "status")
    assert code == 0
    assert "In doubt: 1\n" in said
    assert "  1: in doubt, written on 24 November 2026 at 10:00. SMTPServerDisconnected\n" in said

    assert typed(app, "resend", "1") == (
        0,
        "E-mail 1 goes out with the next run of send-messages.\n",
    )
    code, said = typed(app, "resend", "1")
    assert (code, "“waiting”, so it can’t be sent again" in said) == (1, True)
    code, said = typed(app, "resend", "99")
    assert (code, "There is no e-mail number 99." in said) == (1, True)
    assert "Waiting: 1\n" in typed(app, "status")[1]


def test_the_mail_server_can_be_tried(app: Flask) -> None:
    code, said = typed(app, "try", "demo@force.example")
    assert (code, "There is no mail server. Set FCR_SMTP_HOST." in said) == (1, True)
    with open_office(app) as office:
        assert typed(app, "try", "demo@force.example") == (0, "127.0.0.1 took it.\n")
        office.refuses["other@force.example"] = ["550 No"]
        code, said = typed(app, "try", "other@force.example")
        assert (code, "refused it with code 550" in said) == (1, True)
    assert office.addressed() == ["demo@force.example"]
    assert office.taken[0]["Message-ID"].endswith("@force.example>")
