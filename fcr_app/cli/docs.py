"""``fcr docs``: print the pages of ``docs/`` that come from the code."""

from pathlib import Path

import click

from fcr_app.reports.docs import generated_docs

DOCS = Path(__file__).parent.parent.parent / "docs"


@click.command("docs")
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    default=DOCS,
    show_default="docs",
    help="Write them into this folder instead.",
)
def docs(into: Path) -> None:
    """Write the policies, the glossary and the rules covered into docs/, as the code has them."""
    for name, text in generated_docs().items():
        path = into / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        click.echo(name)
