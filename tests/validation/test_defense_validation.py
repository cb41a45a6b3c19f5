"""Published numbers of missile defense; the file with them is in the package, so that `detente validate` shows it."""

import pytest

from detente.defense.validation import rows, strategic_footprint

FAILING = {
    "FP-01": "the even-chance area is larger than the one in the abstract, whose radar and RCS inputs cannot be read",
    "MD-18": "flown head-on at the usual 7.5 km/s of the open literature, faster than the boosters that were tested",
    "FP-02": "a radar that only serves its interceptor's reach is smaller than the one that was built",
}
ROWS = {row.case.split()[0]: row for row in rows()}


@pytest.mark.parametrize("name", sorted(ROWS))
def test_published_number(name: str) -> None:
    row = ROWS[name]
    assert row.passed == (name not in FAILING), f"{row.case}: ours {row.ours}, published {row.published}"
    assert row.source


def test_published_strategic_footprint_lies_within_the_bands() -> None:
    sure, even, unlikely = strategic_footprint()
    assert sure < 120e3 < unlikely
    assert sure < even < unlikely
