"""``fcr docs``: print the pages of ``docs/`` that come from the code."""

from pathlib import Path

import click

from fcr_app.reports.docs import generated_docs

DOCS = Path(__file__).parent.parent.parent / "docs"


@click.command("docs")
def docs() -> None:
    """Write the policy pages and the glossary into docs/, as the code has them now."""
    for name, text in generated_docs().items():
        path = DOCS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        click.echo(f"docs/{name}")
