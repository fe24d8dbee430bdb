"""Rates with their intervals, checked by hand and against the reference's figures."""

import pytest

from fcr_app.domain.audit_figures.overall import Part, overall
from fcr_app.domain.audit_figures.rates import Basis, Method, rate_of
from fcr_app.domain.audit_figures.sampled import Sampled, sampled
from fcr_app.domain.audit_sampling import Method as SampleMethod


@pytest.mark.parametrize(
    ("k", "n", "wanted", "printed", "method"),
    [
        (459, 524, Method.WILSON, "84.5% to 90.1%", Method.WILSON),
        (459, 524, Method.WALD, "± 2.82", Method.WALD),
        (343, 377, Method.WALD, "± 2.89", Method.WALD),
        (1249, 1396, Method.WALD, "± 1.61", Method.WALD),
        (98, 118, Method.EXACT, "75.0% to 89.3%", Method.EXACT),
        # The inspectorate's interval would run past 100%, so a small sample never has it.
        (18, 20, Method.WALD, "68.3% to 98.8%", Method.EXACT),
        (9, 9, Method.WILSON, "66.4% to 100.0%", Method.EXACT),
    ],
)
def test_intervals_are_those_of_the_reference(
    k: int, n: int, wanted: Method, printed: str, method: Method
) -> None:
    rate = rate_of(k, n, Basis.SAMPLE, wanted)

    assert (rate.range_printed, rate.method) == (printed, method)


def test_a_large_share_of_a_frame_narrows_the_interval() -> None:
    plain, corrected = (rate_of(90, 100, Basis.SAMPLE, population=size) for size in (None, 400))

    assert corrected.method is Method.WILSON_FINITE
    assert corrected.half < plain.half


def test_nothing_counted_is_no_rate() -> None:
    rate = rate_of(0, 0, Basis.SAMPLE)

    assert (rate.printed, rate.range_printed) == ("–", "Nothing to count")


def two_strata(method: SampleMethod) -> tuple[list[Part], Sampled]:
    """Make a small stratum of which much was drawn, and a large one of which little was."""
    drawn = sampled(
        method, {"Large": 9_000, "Small": 1_000}, [("Large", 100, 100), ("Small", 100, 100)], 0
    )
    large, small = drawn.strata
    return [Part(size=large, k=90, n=100), Part(size=small, k=50, n=100)], drawn


def test_strata_that_were_drawn_from_separately_count_by_their_size() -> None:
    rate = overall(*two_strata(SampleMethod.STRATIFIED), Method.WILSON)

    # Nine tenths at 90% and one tenth at 50%.
    assert rate.value == pytest.approx(0.86)
    assert rate.counts == "140 of 200"
    assert rate.method is Method.STRATIFIED
    assert rate.design_effect is not None
    assert rate.design_effect > 1
    assert rate.effective_n == pytest.approx(200 / rate.design_effect)


def test_a_simple_sample_counts_every_record_alike() -> None:
    rate = overall(*two_strata(SampleMethod.SIMPLE), Method.WILSON)

    assert rate.value == pytest.approx(0.7)


def test_a_stratum_counts_by_its_crimes_not_by_its_records() -> None:
    drawn = sampled(
        SampleMethod.STRATIFIED, {"A": 500, "B": 500}, [("A", 50, 50), ("B", 50, 50)], 0
    )
    first, second = drawn.strata

    # As many records, but three times as many crimes for each.
    rate = overall(
        [Part(size=first, k=150, n=150), Part(size=second, k=0, n=50)], drawn, Method.WILSON
    )

    assert rate.value == pytest.approx(0.75)


def test_all_of_every_stratum_leaves_nothing_to_estimate() -> None:
    drawn = sampled(SampleMethod.FIXED, {"A": 20, "B": 10}, [("A", 20, 20), ("B", 10, 10)], 0)
    first, second = drawn.strata

    rate = overall(
        [Part(size=first, k=19, n=20), Part(size=second, k=9, n=10)], drawn, Method.WILSON
    )

    assert (rate.interval, rate.range_printed) == (None, "All records examined")
