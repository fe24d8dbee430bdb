"""The promises of the set-up: commands that run, locks without addresses, CSS we may serve."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "fcr_app" / "static" / "build"
LOCKS = ["requirements.txt", "dev.txt", "node.txt", "package-lock.json"]
SHIPPED = ["app.css", "govuk-frontend.min.js", "moj-frontend.min.js", "LICENCES.txt"]


@pytest.fixture(scope="module")
def css() -> str:
    """Give the stylesheet, which script/test has built."""
    return (BUILD / "app.css").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "command", ["script/setup", "script/assets", "script/lock", "script/run", "script/test"]
)
def test_a_command_can_be_run(command: str) -> None:
    assert os.access(ROOT / command, os.X_OK)


def test_the_build_server_runs_what_a_developer_runs() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert "script/test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address_and_no_place_on_a_machine(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")

    assert "://" not in text
    assert not re.search(r"(^|\s)--(index-url|extra-index-url|find-links)|@ file", text)


@pytest.mark.parametrize("lock", ["requirements.txt", "dev.txt", "node.txt"])
def test_every_python_package_is_locked_by_version_and_hash(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    packages = re.findall(r"^\S.*?(?=^\S|\Z)", text, flags=re.MULTILINE | re.DOTALL)

    assert len(packages) > 1
    for package in packages:
        assert re.match(r"[\w.\[\]-]+==\S+", package)
        assert "--hash=sha256:" in package


def test_development_uses_the_versions_that_are_run() -> None:
    def versions(lock: str) -> set[str]:
        text = (ROOT / lock).read_text(encoding="utf-8")
        return set(re.findall(r"^[\w.\[\]-]+==[\w.]+", text, flags=re.MULTILINE))

    assert versions("requirements.txt") <= versions("dev.txt")


@pytest.mark.parametrize("name", SHIPPED)
def test_the_interface_is_built(name: str) -> None:
    assert (BUILD / name).stat().st_size > 1000


def test_the_stylesheet_has_no_gov_uk_font(css: str) -> None:
    assert "GDS Transport" not in css
    assert "@font-face" not in css
    assert '"Arial","Liberation Sans",sans-serif' in css


def test_every_picture_the_stylesheet_names_is_there_except_the_crest(css: str) -> None:
    named = set(re.findall(r"url\(\"?\./([^)\"]+)", css))
    missing = {name for name in named if not (BUILD / name).exists()}

    assert missing == {"images/govuk-crest.svg"}


def test_the_scripts_point_to_no_source_map() -> None:
    assert not [path for path in BUILD.glob("*.js") if "sourceMappingURL" in path.read_text()]


def test_building_again_from_the_same_inputs_does_nothing() -> None:
    built_at = (BUILD / "app.css").stat().st_mtime_ns

    subprocess.run([ROOT / "script" / "assets"], check=True)

    assert (BUILD / "app.css").stat().st_mtime_ns == built_at
