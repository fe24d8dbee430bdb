"""What the generated pages of ``docs/`` have in common."""

from collections.abc import Iterable

MADE_BY = "<!-- Printed by: flask --app wsgi fcr docs. Change the code, not this page. -->"


def table(heading: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a table."""
    lines = [" | ".join(heading), " | ".join("---" for _ in heading)]
    lines += [" | ".join(cell.replace("|", "\\|") for cell in row) for row in rows]
    return "\n".join(f"| {line} |" for line in lines)
