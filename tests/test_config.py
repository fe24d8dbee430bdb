"""The settings: what is assumed, what is refused, and what Flask is told."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from config import Config, ConfigurationMissing

POSTGRESQL = {"DATABASE_URL": "postgresql://db.example/fcr"}
LONG_KEY = "k" * 32


def test_with_nothing_set_it_runs_on_sqlite_in_the_instance_folder(tmp_path: Path) -> None:
    config = Config.from_environment({}, instance=tmp_path / "instance")

    assert config.database_url == f"sqlite:///{tmp_path}/instance/fcr.sqlite3"
    assert (tmp_path / "instance").is_dir()
    assert not config.cookie_secure
    assert (config.session_idle_minutes, config.session_absolute_hours) == (30, 12)
    assert config.session_warning_minutes == 2


def test_the_embedded_default_keeps_a_secret_key_that_only_its_owner_can_read(
    tmp_path: Path,
) -> None:
    first = Config.from_environment({}, instance=tmp_path)
    second = Config.from_environment({}, instance=tmp_path)

    assert first.secret_key == second.secret_key
    assert len(first.secret_key) == 64
    kept = tmp_path / "secret_key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [kept]


def test_a_key_made_meanwhile_by_another_process_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def another_is_first(_draft: str, path: Path) -> None:
        path.write_text(LONG_KEY)
        raise FileExistsError

    monkeypatch.setattr("os.link", another_is_first)

    assert Config.from_environment({}, instance=tmp_path).secret_key == LONG_KEY


@pytest.mark.parametrize("extra", [{}, {"SECRET_KEY": "short"}, {"SECRET_KEY": "k" * 31}])
def test_a_shared_database_is_refused_without_a_real_secret_key(
    extra: dict[str, str], tmp_path: Path
) -> None:
    with pytest.raises(ConfigurationMissing, match="Set SECRET_KEY"):
        Config.from_environment(POSTGRESQL | extra, instance=tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_secret_key_may_be_given_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(f"{LONG_KEY}\n")

    config = Config.from_environment(POSTGRESQL | {"SECRET_KEY_FILE": str(file)})

    assert config.secret_key == LONG_KEY
    assert config.cookie_secure


def test_a_secret_key_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationMissing, match="no-such-file"):
        Config.from_environment({"SECRET_KEY_FILE": str(tmp_path / "no-such-file")})


def test_an_empty_secret_key_file_is_not_replaced_by_a_generated_key(tmp_path: Path) -> None:
    (tmp_path / "key").touch()

    with pytest.raises(ConfigurationMissing, match="Set SECRET_KEY"):
        Config.from_environment({"SECRET_KEY_FILE": str(tmp_path / "key")}, instance=tmp_path)


def test_a_database_we_do_not_support_is_refused() -> None:
    with pytest.raises(ConfigurationMissing, match="must begin with"):
        Config.from_environment({"DATABASE_URL": "mysql://db.example/fcr"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FCR_SESSION_IDLE_MINUTES", "0"),
        ("FCR_SESSION_ABSOLUTE_HOURS", "half a day"),
        ("FCR_PROXY_HOPS", "-1"),
        ("FCR_COOKIE_SECURE", "perhaps"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationMissing, match=name):
        Config.from_environment({name: value}, instance=tmp_path)


def test_settings_are_read_from_the_environment(tmp_path: Path) -> None:
    settings = Config.from_environment(
        {
            "FCR_SESSION_IDLE_MINUTES": "15",
            "FCR_SESSION_ABSOLUTE_HOURS": "8",
            "FCR_SESSION_WARNING_MINUTES": "1",
            "FCR_PROXY_HOPS": "2",
            "FCR_COOKIE_SECURE": "yes",
        },
        instance=tmp_path,
    ).as_mapping()

    assert settings["FCR_SESSION_IDLE_MINUTES"] == 15
    assert settings["FCR_SESSION_ABSOLUTE_HOURS"] == 8
    assert settings["FCR_SESSION_WARNING_MINUTES"] == 1
    assert settings["FCR_PROXY_HOPS"] == 2
    assert settings["SESSION_COOKIE_SECURE"] is True


MAIL = {
    "FCR_SMTP_HOST": "mail.example",
    "FCR_MAIL_FROM": "FCR Casework <no-reply@force.example>",
    "FCR_PUBLIC_URL": "https://fcr.force.example/",
}


def test_without_a_mail_server_nothing_about_e_mails_has_to_be_set(tmp_path: Path) -> None:
    settings = Config.from_environment({}, instance=tmp_path).as_mapping()

    assert (settings["FCR_SMTP_HOST"], settings["FCR_PUBLIC_URL"]) == ("", "")


def test_a_mail_server_is_used_with_encryption_unless_told_otherwise(tmp_path: Path) -> None:
    settings = Config.from_environment(MAIL, instance=tmp_path).as_mapping()

    assert (settings["FCR_SMTP_PORT"], settings["FCR_SMTP_STARTTLS"]) == (587, True)
    assert settings["FCR_PUBLIC_URL"] == "https://fcr.force.example"
    plain = MAIL | {"FCR_SMTP_PORT": "25", "FCR_SMTP_STARTTLS": "no"}
    settings = Config.from_environment(plain, instance=tmp_path).as_mapping()
    assert (settings["FCR_SMTP_PORT"], settings["FCR_SMTP_STARTTLS"]) == (25, False)


def test_the_mail_server_s_password_may_be_given_in_a_file_and_is_never_shown(
    tmp_path: Path,
) -> None:
    (tmp_path / "password").write_text("a demonstration password\n")
    given = MAIL | {
        "FCR_SMTP_USER": "casework",
        "FCR_SMTP_PASSWORD_FILE": str(tmp_path / "password"),
    }
    config = Config.from_environment(given, instance=tmp_path)

    assert config.smtp_password == "a demonstration password"
    assert "demonstration" not in repr(config)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FCR_MAIL_FROM", ""),
        ("FCR_MAIL_FROM", "FCR Casework"),
        ("FCR_PUBLIC_URL", ""),
        ("FCR_PUBLIC_URL", "fcr.force.example"),
        ("FCR_SMTP_PORT", "0"),
        ("FCR_SMTP_STARTTLS", "perhaps"),
    ],
)
def test_a_mail_server_without_what_it_takes_is_refused(
    name: str, value: str, tmp_path: Path
) -> None:
    with pytest.raises(ConfigurationMissing, match=name):
        Config.from_environment(MAIL | {name: value}, instance=tmp_path)


def test_flask_is_given_safe_cookies_and_a_limit_on_uploads() -> None:
    config = Config.from_environment(POSTGRESQL | {"SECRET_KEY": LONG_KEY})
    settings = config.as_mapping()

    assert settings["SQLALCHEMY_DATABASE_URI"] == POSTGRESQL["DATABASE_URL"]
    assert settings["SECRET_KEY"] == LONG_KEY
    assert settings["SESSION_COOKIE_HTTPONLY"] is True
    assert settings["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert settings["SESSION_COOKIE_SECURE"] is True
    assert settings["WTF_CSRF_TIME_LIMIT"] is None
    assert settings["MAX_CONTENT_LENGTH"] == 20 * 1024 * 1024


def test_a_service_that_cannot_start_says_why_and_does_not_try_again() -> None:
    result = subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        cwd=Path(__file__).parent.parent,
        env=POSTGRESQL,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 3
    assert result.stderr.startswith("FCR Casework can't start. Set SECRET_KEY")
