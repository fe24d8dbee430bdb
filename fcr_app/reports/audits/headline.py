"""What an audit found in a few lines, and what it is about."""

from markupsafe import Markup

from fcr_app.domain.audit_figures.rates import Basis, Method as Interval
from fcr_app.domain.audit_figures.sampled import StratumSize
from fcr_app.domain.audit_sampling import Method
from fcr_app.domain.statistics import half_up, per_cent
from fcr_app.reports.audits.rates import said
from fcr_app.reports.audits.tables import Part, Printed, part
from fcr_app.reports.document_parts import bullets, headline, paragraphs, remark
from fcr_app.services.audits.material import RunMaterial


def headline_part(material: RunMaterial) -> Part:
    """Return the rate that the audit is known by, its interval, grade, and change."""
    usual, printed = material.usual, material.printed
    rate, label = usual.headline, usual.run.rate_label
    weighted = ", each stratum at its size" if rate.method is Interval.STRATIFIED else ""
    said_of = f"{label.lower()}{weighted}: {rate.counts}"
    top = headline(rate.printed, said_of) if rate.n else Markup("")
    rows = [
        [label, said(rate)],
        ["As the inspectorate prints it", _inspectorate(material)],
        ["Grade", _grade(material)],
        ["Since the last audit", _change(material)],
    ]
    table = Printed(name="Headline", caption="Headline", headings=("Figure", "Found"), rows=rows)
    more = [
        f"{row.label}: over {row.over:,} not recorded each year."
        for row in printed.unrecorded
        if row.over
    ]
    conclusion = material.about.conclusion
    return part(
        "headline",
        "What the audit found",
        _preliminary(material),
        top,
        paragraphs(*conclusion.splitlines()) if conclusion else Markup(""),
        bullets(more),
        table,
    )


def _preliminary(material: RunMaterial) -> Markup:
    drawn = material.usual.sampled
    if material.usual.run.is_settled:
        return Markup("")
    return remark(
        f"These figures may change: the audit is not signed off. {drawn.examined:,} of "
        f"{drawn.drawn:,} records are examined."
    )


def _inspectorate(material: RunMaterial) -> str:
    rate = material.printed.headline
    if rate.basis is not Basis.SAMPLE or rate.value is None:
        return "No interval"
    if rate.method is Interval.WALD:
        return f"{rate.printed} {rate.range_printed} (95%, Wald)"
    return "Not given: it holds only for simple samples of 30 or more"


def _grade(material: RunMaterial) -> str:
    given = material.about.grade
    return f"{given} (given by the FCR, not worked out from the rate)" if given else "None given"


def _change(material: RunMaterial) -> str:
    change = material.change
    if change is None:
        return "There was no audit of this line before."
    before = f"{change.period} ({change.reference}): {change.before.counts}"
    return (
        f"{change.printed} percentage points (95% interval {change.range_printed}) from {before}, "
        f"{change.before.printed}. {change.said}"
        if change.comparison and not change.is_exact
        else f"{change.printed} percentage points from {before}, {change.before.printed}. "
        f"{change.said}"
    )


def scope_part(material: RunMaterial) -> Part:
    """Return why the audit was done, of what, and by which rules it judged."""
    about, run = material.about, material.usual.run
    late = (
        f"It was due on {about.due_on:%-d %B %Y} and was opened {about.late_days:,} "
        f"{'day' if about.late_days == 1 else 'days'} late."
        if about.late_days
        else f"It was due on {about.due_on:%-d %B %Y}."
    )
    hours = f"{about.hours:g} hours were planned for it"
    spent = f", and it took {about.hours_spent:g}." if about.hours_spent is not None else "."
    return part(
        "scope",
        "Purpose, scope and rules",
        paragraphs(
            about.purpose or f"{about.type_label}. {about.asks}",
            f"Audited are records of {run.period}. {late} {hours}{spent}",
            "Each record was judged by the rules in force on the day of its report. This system’s "
            f"edition of the rules was {about.rule_set}.",
            f"What is counted is: {run.counted_as.label.lower()}.",
        ),
    )


def sampling_part(material: RunMaterial) -> Part:
    """Return the frame, the sample, and what precision was reached."""
    about, frame, drawn = material.about, material.frame, material.usual.sampled
    rate = material.usual.headline
    found = rate.n
    facts: list[list[str]] = [
        ["Frame", f"{frame.kind_label}: {drawn.population:,} records"],
        ["Frozen", f"{frame.taken_at:%-d %B %Y at %H:%M} UTC, SHA-256 {frame.hash}"],
        ["Sample", f"{_method(material)}: {drawn.drawn:,} records. {about.size_why}"],
        ["Drawn with", f"Seed {frame.seed}, algorithm {frame.algorithm}"],
        ["Reserves", f"{frame.reserves:,} held, {drawn.replaced:,} used"],
        ["Examined", f"{drawn.examined:,} records"],
    ]
    if material.usual.run.headline is None and drawn.examined:
        each = half_up(found / drawn.examined, 2)
        text = f"{found:,} crimes that should exist, {each} for each record examined"
        facts.append(["Yield", text])
    facts.append(["Precision", _precision(material)])
    if rate.design_effect is not None and rate.effective_n is not None and drawn.is_weighted:
        effect, simple = half_up(rate.design_effect, 2), round(rate.effective_n)
        text = f"{effect}: as precise as a simple sample of {simple:,}"
        facts.append(["Design effect", text])
    strata = Printed(
        name="Strata",
        caption="Frame and sample by stratum",
        headings=("Stratum", "In the frame#", "Drawn#", "Examined#", "Share drawn#"),
        rows=[
            [
                size.name or "All records",
                size.population,
                size.drawn,
                size.examined,
                _share(size),
            ]
            for size in drawn.strata
        ],
    )
    table = Printed(
        name="Sampling", caption="Frame and sample", headings=("Fact", "What"), rows=facts
    )
    return part(
        "sampling",
        "Frame and sample",
        paragraphs(frame.in_words),
        table,
        strata,
        paragraphs(_DIP) if drawn.basis is Basis.CHOSEN else Markup(""),
    )


def _method(material: RunMaterial) -> str:
    drawn = material.usual.sampled
    if drawn.method is Method.FIXED and len(drawn.strata) == 1:
        return "Fixed number, at random"
    return material.about.method_label


#: Less is not printed as 0.0%.
_LEAST_SHARE = 0.0005
_DIP = (
    "This is a dip sample: somebody chose the records. It says what was found in them and nothing "
    "of the others, so no figure has an interval."
)


def _share(size: StratumSize) -> str:
    if not size.population:
        return "–"
    share = size.drawn / size.population
    return per_cent(share) if share >= _LEAST_SHARE or not share else "under 0.1%"


def _precision(material: RunMaterial) -> str:
    rate, wanted = material.usual.headline, material.about.precision
    reached = (
        f"± {half_up(rate.half * 100)} percentage points reached"
        if rate.interval
        else rate.range_printed
    )
    if wanted is None:
        return f"{reached}; none was asked for"
    return (
        f"{reached}; ± {half_up(wanted * 100)} was wanted, at an expected rate of "
        f"{per_cent(material.about.expected_rate)}"
    )
