"""How the records of an audit are chosen. Stored: to change a value takes a migration."""

from enum import StrEnum


class Method(StrEnum):
    """How records are chosen from a frame."""

    SIMPLE = "simple"
    STRATIFIED = "stratified"
    CENSUS = "census"
    FIXED = "fixed"
    DIP = "dip"

    @property
    def label(self) -> str:
        """The method in words."""
        return {
            "simple": "Simple random sample",
            "stratified": "Random sample from each stratum",
            "census": "All records",
            "fixed": "Fixed number from each stratum, at random",
            "dip": "Dip sample, chosen by hand",
        }[self.value]

    @property
    def is_statistical(self) -> bool:
        """Whether chance alone chose, so that the result says something of the whole frame."""
        return self is not Method.DIP


def method_for(
    wanted: Method, population: int, *, size: int | None = None, census_below: int | None = None
) -> Method:
    """Return the method that is used for a frame of so many records.

    All of them are examined where there are fewer than the plan's threshold, or where a random
    sample of the size that is wanted would take them all. A dip sample stays one.

    Args:
        size: Records wanted in all; for a fixed number from each stratum, of which a stratum may
            have fewer, it is not looked at.
    """
    if wanted in {Method.DIP, Method.CENSUS}:
        return wanted
    if census_below is not None and population < census_below:
        return Method.CENSUS
    takes_all = size is not None and size >= population
    return Method.CENSUS if takes_all and wanted is not Method.FIXED else wanted
