"""Every place in the code that names a rule, found by walking the code itself.

What counts: the guards, steps, deadlines and policy of each workflow that is in use; guards that a
service looks at; questions that serve a rule by being asked; the dated numbers and the measures;
and classes and functions that are marked (``fcr_app/domain/citing.py``). A guard that nothing looks
at, a comment and the glossary do not.
"""

import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from types import ModuleType
from typing import Any

from fcr_app.domain.citations import Citation
from fcr_app.domain.citing import Handling, carried_out_by
from fcr_app.domain.guards import Guard, applied_by
from fcr_app.domain.measures import Measure
from fcr_app.domain.questions import Question
from fcr_app.domain.rules import Rule
from fcr_app.domain.workflow import Workflow
from fcr_app.reports.policy_page import anchor_of, as_sentence
from fcr_app.workflows import POLICIES

#: The package whose code is read.
ROOT = "fcr_app"

#: Where rules are carried out. Ways in (web, jobs, cli) parse and show; they decide nothing.
PACKAGES = ("domain", "workflows", "models", "services")


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a rule is carried out.

    Attributes:
        cite: The rule, and where it comes from.
        where: In the code, as module and name: "domain.rules:RECORDING_LIMIT".
        what: In words, for people who don't read code.
        policy: The key of the policy that has it, and the anchor there; empty outside policies.
    """

    handling: Handling
    cite: Citation
    where: str
    what: str
    policy: str = ""
    anchor: str = ""


def places() -> Iterator[Place]:
    """Yield every place that names a rule, policies first."""
    modules = list(_modules())
    for workflow in POLICIES:
        module = next(name for name, found in modules if _has(found, name, workflow))
        yield from _guards(workflow)
        yield from _steps(workflow, module)
    yield from looked_at(modules)
    yield from _asked(modules)
    for name, module_found in modules:
        yield from _numbers(name, module_found)
        yield from _marked(name, module_found)


def _modules() -> Iterator[tuple[str, ModuleType]]:
    """Yield the modules that may carry out a rule, by their names below the package."""
    # By name: importing it here would reach up to the whole application.
    for found in pkgutil.walk_packages(import_module(ROOT).__path__, f"{ROOT}."):
        name = found.name.removeprefix(f"{ROOT}.")
        if name.partition(".")[0] in PACKAGES:
            yield name, import_module(found.name)


def _has(module: ModuleType, name: str, workflow: Workflow[Any]) -> bool:
    return name.startswith("workflows.") and workflow in vars(module).values()


def _guards(workflow: Workflow[Any]) -> Iterator[Place]:
    guards = {guard.name: guard for step in workflow.steps for guard in step.guards}
    for guard in guards.values():
        yield _guard(guard, policy=workflow.key, anchor=f"rule-{anchor_of(guard.name)}")


def _guard(guard: Guard[Any], *, policy: str = "", anchor: str = "") -> Place:
    return Place(
        handling=Handling.ENFORCED if guard.blocking else Handling.WARNED,
        cite=guard.cite,
        where=f"{_below(guard.test.__module__)}:{guard.name}",
        what=as_sentence(guard.name),
        policy=policy,
        anchor=anchor,
    )


def _steps(workflow: Workflow[Any], module: str) -> Iterator[Place]:
    def place(cite: Citation, name: str, what: str, anchor: str) -> Place:
        return Place(
            handling=Handling.SUPPORTED,
            cite=cite,
            where=f"{module}:{name}",
            what=what,
            policy=workflow.key,
            anchor=anchor,
        )

    yield place(workflow.policy, workflow.key, f"The policy “{workflow.title}”", "")
    for step in workflow.steps:
        anchor = f"step-{anchor_of(step.trigger)}"
        yield place(step.cite, step.trigger, f"The step “{step.label}”", anchor)
    for deadline in workflow.deadlines:
        what = f"The time to {deadline.what}"
        yield place(deadline.cite, f"{deadline.state.value} (deadline)", what, "deadlines")


def _asked(modules: list[tuple[str, ModuleType]]) -> Iterator[Place]:
    """Yield the questions that a ``SERVES`` names and a step asks."""
    asked = {
        question: (workflow.key, f"step-{anchor_of(step.trigger)}")
        for workflow in reversed(POLICIES)
        for step in reversed(workflow.steps)
        for question in step.asks
    }
    for name, module in modules:
        names = {id(value): constant for constant, value in vars(module).items()}
        serves: dict[Question, tuple[Citation, ...]] = vars(module).get("SERVES", {})
        for question in [question for question in serves if question in asked]:
            place = Place(
                handling=Handling.SUPPORTED,
                cite=serves[question][0],
                where=f"{name}:{names[id(question)]}",
                what=f"The question “{question.label}”",
                policy=asked[question][0],
                anchor=asked[question][1],
            )
            yield from (replace(place, cite=cite) for cite in serves[question])


def _numbers(name: str, module: ModuleType) -> Iterator[Place]:
    """Yield the dated numbers and the measures that a module of them declares."""
    for constant, value in vars(module).items():
        if isinstance(value, Rule) and name.startswith("domain.rules"):
            what = f"The dated rule on {value.name}"
            for cite in dict.fromkeys(entry.cite for entry in value.history):
                yield _supported(cite, f"{name}:{constant}", what)
        elif isinstance(value, Measure) and name.startswith("domain.measures"):
            yield _supported(value.cite, f"{name}:{constant}", f"The measure “{value.name}”")


def _supported(cite: Citation, where: str, what: str) -> Place:
    return Place(handling=Handling.SUPPORTED, cite=cite, where=where, what=what)


def _marked(name: str, module: ModuleType) -> Iterator[Place]:
    for thing in vars(module).values():
        if getattr(thing, "__module__", "") != module.__name__:
            continue
        for carried in carried_out_by(thing):
            yield Place(
                handling=carried.handling,
                cite=carried.cite,
                where=f"{name}:{thing.__name__}",
                what=carried.how,
            )


def looked_at(modules: list[tuple[str, ModuleType]]) -> Iterator[Place]:
    """Yield the guards that services look at outside workflows, through a function for that."""
    used = {
        id(thing): thing
        for name, module in modules
        if name.startswith("services.")
        for thing in vars(module).values()
        if applied_by(thing)
    }
    for thing in used.values():
        for guard in applied_by(thing):
            yield _guard(guard)


def _below(module: str) -> str:
    return module.removeprefix(f"{ROOT}.")
