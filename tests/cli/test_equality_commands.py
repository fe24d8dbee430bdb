"""``fcr equality``: what labels mean, and codes added as data."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.models import EqualityCode

CODE = (
    "fcr", "equality", "add-code", "--item", "ethnicity", "--code", "W4", "--label", "Roma",
    "--label-cy", "Roma", "--since", "2026-01-01", "--source", "Demonstration", "--group",
)  # fmt: skip


@pytest.fixture
def column(tmp_path: Path) -> Path:
    path = tmp_path / "demo.csv"
    rows = ("White - Irish", "White - Irish", "", "Roma", "Other ethnic group - Not stated")
    path.write_text("Id,Label\n" + "".join(f"{n},{row}\n" for n, row in enumerate(rows)))
    return path


def test_each_label_is_told_with_its_count_and_an_unknown_one_with_its_lines(
    app: Flask, column: Path
) -> None:
    runner = app.test_cli_runner()
    told = runner.invoke(args=["fcr", "equality", "labels", str(column), "--column", "Label"])

    assert told.exit_code == 1
    assert "2  White - Irish  →  W2 Irish" in told.output
    assert "1  (blank)  →  nothing" in told.output
    assert "1  Roma  →  UNKNOWN, first on lines 5" in told.output
    assert "no value: Not stated" in told.output
    assert "5  rows, 5 of them accounted for" in told.output

    wrong = runner.invoke(args=["fcr", "equality", "labels", str(column), "--column", "Colour"])
    assert "no column “Colour”" in wrong.output


def test_a_code_added_as_data_is_known_at_once(app: Flask, session: Session, column: Path) -> None:
    runner = app.test_cli_runner()
    refused = runner.invoke(args=[*CODE, "green"])
    assert "The group must be one of: white" in refused.output
    session.rollback()
    assert session.scalar(select(EqualityCode.id)) is None
    session.rollback()

    added = runner.invoke(args=[*CODE, "white"])
    assert added.output == "W4 can be chosen from 1 January 2026.\n"
    told = runner.invoke(args=["fcr", "equality", "labels", str(column), "--column", "Label"])
    assert told.exit_code == 0
    assert "Roma  →  W4 Roma" in told.output
