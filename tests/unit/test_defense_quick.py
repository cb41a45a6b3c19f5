"""Quick raids: worked numbers and bad input."""

import pytest

from detente.defense.quick import Doctrine, doctrine_from, quick
from detente.problems import BadInputError


def test_salvo_of_three() -> None:
    answer = quick(20, 0.8, "salvo:3")
    assert answer.p_no_leak == pytest.approx(0.992**20)
    assert answer.expected_leakers == pytest.approx(0.16)
    assert answer.interceptors_expected == 60
    assert answer.interceptors_required == 60


def test_required_salvo_ignores_the_shots_given() -> None:
    assert quick(20, 0.8, "salvo:1", require=0.8).interceptors_required == 60


def test_required_stock_of_looks_lies_between_the_mean_and_the_most() -> None:
    answer = quick(20, 0.8, "shoot-look-shoot:4", require=0.8)
    assert answer.interceptors_required is not None
    assert answer.interceptors_expected < answer.interceptors_required < 80


def test_required_is_none_when_looks_are_too_few() -> None:
    assert quick(20, 0.8, "shoot-look-shoot:2", require=0.8).interceptors_required is None
    assert quick(20, 0.0, "salvo:2", require=0.8).interceptors_required is None


def test_certain_kill() -> None:
    assert quick(3, 1.0, "shoot-look-shoot:4", require=0.99).interceptors_required == 3
    assert quick(3, 1.0, "salvo:4", require=0.99).interceptors_required == 3


def test_a_doctrine_may_be_a_record() -> None:
    assert quick(2, 0.5, Doctrine(kind="salvo", shots=1)).expected_leakers == 1.0


@pytest.mark.parametrize("text", ["salvo", "salvo:0", "salvo:-1", "salvo:1.5", "barrage:3", "", "salvo:1000"])
def test_unknown_doctrine_teaches(text: str) -> None:
    with pytest.raises(BadInputError, match="salvo:3"):
        doctrine_from(text)


@pytest.mark.parametrize(
    ("objects", "sspk", "require"),
    [
        (0, 0.5, None),
        (2.5, 0.5, None),
        (20_000, 0.5, None),
        (2, 1.2, None),
        (2, -0.1, None),
        (2, 0.5, 1.0),
        (2, float("nan"), None),
    ],
)
def test_numbers_out_of_range_are_refused(objects: int, sspk: float, require: float | None) -> None:
    with pytest.raises(BadInputError, match="allowed"):
        quick(objects, sspk, "salvo:1", require)
