"""``flask fcr rules coverage``, as a developer runs it."""

from pathlib import Path

from flask import Flask

from fcr_app.domain.handbook import HANDBOOK
from fcr_app.reports.rules_coverage import coverage
from fcr_app.reports.rules_coverage_page import as_markdown
from tests.databases import application

APP: Flask = application("sqlite://")


def test_it_lists_every_rule_with_its_place_or_the_reason() -> None:
    done = APP.test_cli_runner().invoke(args=["fcr", "rules", "coverage"])

    assert done.exit_code == 0, done.output
    assert all(rule.id in done.output for rule in HANDBOOK.values())
    assert "domain.removal_rules.who:the_decider_is_independent" in done.output
    assert f"{len(HANDBOOK)} rules: " in done.output


def test_it_can_be_asked_for_one_family() -> None:
    done = APP.test_cli_runner().invoke(args=["fcr", "rules", "coverage", "--family", "vic"])

    assert "VIC-01" in done.output
    assert "CANC-01" not in done.output


def test_it_writes_the_page_of_the_docs(tmp_path: Path) -> None:
    args = ["fcr", "rules", "coverage", "--format", "markdown", "--into", str(tmp_path)]

    done = APP.test_cli_runner().invoke(args=args)

    written = (tmp_path / "rules-coverage.md").read_text(encoding="utf-8")
    assert done.output == "rules-coverage.md\n"
    assert written == as_markdown(coverage())
