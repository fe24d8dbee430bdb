"""What went wrong, how victims fared, and what was put right."""

from collections.abc import Sequence

from markupsafe import Markup

from fcr_app.domain.audit_figures.figures import RunFigures, SecondReviews
from fcr_app.domain.statistics import half_up
from fcr_app.reports.audits.tables import Part, Printed, part
from fcr_app.reports.charts import Cause, ParetoChart, pareto_chart
from fcr_app.reports.document_parts import figure, paragraphs
from fcr_app.reports.spreadsheet import Share
from fcr_app.services.audits.material import RunMaterial


def causes_part(figures: RunFigures) -> Part:
    """Return what went wrong, the most frequent first."""
    title = "Kinds of error, the most frequent first"
    chart = ParetoChart(
        key="causes",
        title=title,
        causes=[Cause(label=row.label, count=row.count) for row in figures.causes],
    )
    table = Printed(
        name="Causes",
        caption="What went wrong",
        headings=("Kind of error", "Count#", "Share#", "Share so far#"),
        rows=[
            [row.label, row.count, Share(row.share), Share(row.so_far)] for row in figures.causes
        ],
        note="A crime has one kind of error; a record can have more, one for each answer.",
    )
    if not figures.causes:
        return part("causes", "What went wrong", paragraphs("No error was found."))
    return part("causes", "What went wrong", figure(title, pareto_chart(chart)), table)


def safeguarding_part(figures: RunFigures) -> Part | None:
    """Return how victims fared whose crimes were not recorded rightly; None without any."""
    if figures.total is None:
        return None
    rows = figures.safeguarding
    if not rows:
        text = "No crime that should exist was missing or in a wrong class."
        return part("safeguarding", "Victims of these crimes", paragraphs(text))
    table = Printed(
        name="Safeguarding",
        caption="Crimes missing or in a wrong class, by what was done for the victim",
        headings=("Safeguarding", "Crimes#", "Investigated all the same#"),
        rows=[[row.label, row.count, row.investigated] for row in rows],
        note="That a crime was not recorded need not mean that nothing was done.",
    )
    return part("safeguarding", "Victims of these crimes", table)


def equality_part(material: RunMaterial) -> Part | None:
    """Return whether crimes against all groups are recorded alike; None where none is counted."""
    if material.usual.total is None:
        return None
    title = "Groups of victims"
    if not material.equality:
        return part("equality", title, paragraphs(_TOO_FEW))
    table = Printed(
        name="Groups of victims",
        caption="Crimes that should exist by what is known of the victim",
        headings=("Characteristic", "Group", "Crimes#", "Recorded#"),
        rows=[[one.item, one.group, one.crimes, one.recorded] for one in material.equality],
        note=_GROUPS,
    )
    return part("equality", title, table)


_TOO_FEW = (
    "Too few crimes were audited, or too few were missing, to say anything of groups of victims "
    "without saying something of one of them."
)
_GROUPS = (
    "Crimes are rounded to the nearest five, and the share is in whole per cents. What is left out "
    "could point to somebody, or would give back what could. A gap is no evidence of bias by "
    "itself: groups differ in what they report."
)


def second_part(material: RunMaterial) -> Part:
    """Return how far two auditors agreed who did not see each other's answers."""
    second = material.usual.second
    if not second.drawn:
        text = "No record was examined a second time."
        return part("second", "Second reviews", paragraphs(text))
    table = Printed(
        name="Agreement",
        caption="How far two auditors agreed",
        headings=("Question", "Agreed#", "Of#", "Share#", "Kappa#"),
        rows=[
            [
                one.title,
                one.found.agreed,
                one.found.n,
                Share(one.found.rate),
                "–" if one.found.kappa is None else half_up(one.found.kappa, 2),
            ]
            for one in material.agreement
        ],
        note=_KAPPA,
    )
    said = (
        f"{second.drawn:,} records were drawn to be examined by a second auditor who could not "
        f"see the first answers; {second.done:,} were. {_differed(second)}"
    )
    return part("second", "Second reviews", paragraphs(said), table if table.rows else Markup(""))


def _differed(second: SecondReviews) -> str:
    if not second.differ:
        return "They agreed on all of them."
    return (
        f"The two differed on {second.differ:,}, of which the FCR moderated {second.moderated:,}. "
        "The figures count what the FCR decided."
    )


_KAPPA = (
    "Kappa is Cohen’s: 1 for full agreement, 0 for what chance would give. It has no value where "
    "both gave the same one answer throughout, since chance would then agree as well."
)


def corrections_part(material: RunMaterial) -> Part:
    """Return what has to be put right, and how much of it was."""
    table = Printed(
        name="Corrections",
        caption="What has to be put right",
        headings=("Correction", "Findings#", "Closed#"),
        rows=[[one.label, one.found, one.closed] for one in material.corrections],
        note="Which records they are stands in the restricted annex.",
    )
    if not table.rows:
        text = "Nothing was found that has to be put right."
        return part("corrections", "Corrections", paragraphs(text))
    return part("corrections", "Corrections", table)


def recommendations_part(material: RunMaterial) -> Part:
    """Return what is recommended, and how far earlier recommendations are."""
    tables: Sequence[Printed] = [
        Printed(
            name=name,
            caption=caption,
            headings=("Action", "What", "Due", "State"),
            rows=[
                [one.reference, one.recommended, one.due_on, one.state_label]
                for one in material.actions
                if one.is_earlier is earlier
            ],
            note="Who each action is for stands in the restricted annex.",
        )
        for name, caption, earlier in (
            ("Recommendations", "Recommended by this audit", False),
            ("Followed up", "Earlier recommendations that are still open", True),
        )
    ]
    shown = [one for one in tables if one.rows]
    if not shown:
        text = "Nothing is recommended, and nothing earlier is open."
        return part("recommendations", "Recommendations", paragraphs(text))
    return part("recommendations", "Recommendations", *shown)


_CLUSTERS = (
    "Each crime is treated as if it had been drawn by itself, as the inspectorate does. Crimes of "
    "one report tend to fare alike, so the true interval is a little wider where a record has "
    "several."
)


def limits_part(material: RunMaterial) -> Part:
    """Return what the figures can't say."""
    texts = [
        "Only what the frame covers is audited. A crime that left no record in it can’t be found.",
        _CLUSTERS,
    ]
    wanted = material.usual.headline
    if wanted.n and wanted.interval:
        texts.append(
            "An interval of 95% holds the true rate in 19 of 20 samples like this one. It says "
            "nothing of errors of judgement, for which there is the second review."
        )
    if material.about.limits:
        texts = [*material.about.limits.splitlines(), *texts]
    return part("limits", "What the figures can’t say", paragraphs(*texts))
