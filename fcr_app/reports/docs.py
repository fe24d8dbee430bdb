"""The pages of ``docs/`` that are printed from the code, so that they can't say anything else."""

from fcr_app.domain.glossary import GLOSSARY
from fcr_app.reports.markdown import MADE_BY, table
from fcr_app.reports.policy_page import PolicyPage, RuleEntry, StateEntry, StepEntry, policy_page
from fcr_app.reports.rules_coverage import coverage
from fcr_app.reports.rules_coverage_page import COVERAGE_PAGE, as_markdown
from fcr_app.workflows import POLICIES


def generated_docs() -> dict[str, str]:
    """Return each generated page of ``docs/`` by its path below that folder."""
    policies = [policy_page(workflow) for workflow in POLICIES]
    pages = {f"workflows/{policy.key}.md": policy_markdown(policy) for policy in policies}
    pictures = {f"workflows/{policy.key}.svg": str(policy.diagram) for policy in policies}
    others = {"glossary.md": glossary_markdown(), COVERAGE_PAGE: as_markdown(coverage())}
    return {**pages, **pictures, **others}


def policy_markdown(page: PolicyPage) -> str:
    """Return a policy as Markdown."""
    blocks = [
        MADE_BY,
        f"# {page.title}",
        page.summary,
        f"Policy: {page.cite}.",
        "## The way through",
        "Each line leads to the number of the state that follows. The table below says the same.",
        f"![The states of a case, and the steps that lead from each to the next]({page.key}.svg)",
        "## States",
        table(("State", "What can be done", "Time allowed"), map(_state_row, page.states)),
        "## Steps",
        *(block for step in page.steps for block in _step_blocks(step)),
        "## Rules",
        "Each rule once, in the words the decider sees. “Checked at” names the steps.",
        table(
            ("Rule", "In words", "When not met", "Source", "Checked at"),
            map(_rule_row, page.rules),
        ),
        "## Deadlines",
        table(
            ("In the state", "What has to happen", "Within", "Who is told", "Source"),
            (
                (d.state, d.what, "; ".join(d.lengths), "<br>".join(d.told), d.cite)
                for d in page.deadlines
            ),
        ),
        "## Sources",
        "\n".join(f"- {source}" for source in page.sources),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def glossary_markdown() -> str:
    """Return the glossary as Markdown."""
    rows = ((f"**{t.word}**", t.meaning, f"`{t.name}`", t.source) for t in GLOSSARY)
    return "\n\n".join(
        (
            MADE_BY,
            "# Glossary",
            "The words of crime recording as this service uses them, on its pages and in its code.",
            table(("Word", "Meaning", "Name in the code", "Source"), rows) + "\n",
        )
    )


def _step_blocks(step: StepEntry) -> list[str]:
    facts = [
        f"- From: {', '.join(step.sources)}. To: {step.dest}.",
        f"- Who: {', '.join(step.who)}.",
        f"- {step.when}." if step.when else "",
        f"- Before it: “{step.final_warning}”" if step.final_warning else "",
        f"- Source: {step.cite}.",
    ]
    asks = [f"- {a.label}{f' ({_lower_first(a.when)})' if a.when else ''}" for a in step.asks]
    rules = [f"- {rule.name} ({rule.rule})" for rule in step.rules]
    effects = [f"- {effect}" for effect in step.effects]
    blocks = [f"### {step.label}", "\n".join(fact for fact in facts if fact)]
    for heading, lines in (("It asks", asks), ("What must hold", rules), ("What happens", effects)):
        if lines:
            blocks += [f"**{heading}**", "\n".join(lines)]
    return blocks


def _state_row(state: StateEntry) -> tuple[str, ...]:
    can = [f"{step.label} → {step.dest}" for step in state.steps]
    label = f"**{state.label}**" + (f"<br>{state.kind}" if state.kind else "")
    return (label, "<br>".join(can) or "Nothing", state.time)


def _rule_row(rule: RuleEntry) -> tuple[str, ...]:
    words = rule.sentence + (f" *{rule.when}.*" if rule.when else "")
    return (rule.name, words, rule.kind, f"{rule.rule}: {rule.source}", ", ".join(rule.steps))


def _lower_first(text: str) -> str:
    return text[0].lower() + text[1:]
