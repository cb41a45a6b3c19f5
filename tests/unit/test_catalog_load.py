"""The catalog's loader: what it takes, what it refuses, and how it says so."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from detente.catalog import load
from detente.catalog.records import Catalog
from detente.problems import BadInputError
from detente.sources import cited
from detente.units import _EVERYDAY, _registry

BIB = "@misc{atlas, title={An {Atlas}}, author={A. Maker and B. Other}, year={1999}, url={https://example.org}}\n"
ROME = """
title = "Rome"
latitude = { value = "41.9 deg", low = "41.8 deg", high = "42 deg", source = "atlas, p. 3" }
longitude = { value = "12.5 deg", source = "atlas", seen = "no", note = "from memory" }
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a catalog folder: files by path, the bibliography beside them."""

    def make(bib: str = BIB, **texts: str) -> Path:
        (tmp_path / "sources.bib").write_text(bib)
        for name, text in texts.items():
            kind, _, stem = name.partition("__")
            (tmp_path / kind).mkdir(exist_ok=True)
            (tmp_path / kind / f"{stem}.toml").write_text(text)
        return tmp_path

    return make


def refusals(folder: Path) -> list[str]:
    with pytest.raises(BadInputError) as raised:
        load.read(folder)
    return [str(problem).replace(f"{folder}/", "") for problem in raised.value.problems]


def test_a_record_has_the_name_of_its_table_and_numbers_in_si(write: Write) -> None:
    rome = load.read(write(places__italy=f"[rome]{ROME}")).places["rome"]
    assert rome.name == "rome"
    assert rome.latitude.value == pytest.approx(math.radians(41.9))
    assert rome.latitude.low < rome.latitude.value < rome.latitude.high
    assert not rome.latitude.unverified
    assert rome.longitude.unverified
    assert rome.longitude.low == rome.longitude.value == rome.longitude.high


def test_a_folder_without_records_is_an_empty_catalog(write: Write) -> None:
    assert load.read(write()) == Catalog()


def test_every_problem_of_every_file_is_told_at_once(write: Write) -> None:
    folder = write(
        places__bad="""[nowhere]
title = "Nowhere"
latitude = { value = "91 deg", source = "atlas" }
longitude = { value = "12.5", source = "atlas" }
colour = "red"
[unsourced]
title = "Unsourced"
latitude = { value = "1 deg" }
longitude = { value = "1 deg", source = "atlsa, p. 4" }
""",
        cross_sections__bad="""[body]
title = "Body"
band = "K"
target = "reentry-body"
area = { value = "-1 m^2", source = "atlas" }
""",
        regions__broken='[a]\ntitle = "A',
        radars__empty="",
    )
    told = refusals(folder)
    assert [text.split(" found")[0] for text in told] == [
        "cross_sections/bad.toml:3: body.band:",
        "cross_sections/bad.toml:5: body.area.value:",
        "places/bad.toml:3: nowhere.latitude.value:",
        "places/bad.toml:4: nowhere.longitude.value:",
        "places/bad.toml:5: nowhere.colour:",
        "places/bad.toml:8: unsourced.latitude.source:",
        "radars/empty.toml:",
        "regions/broken.toml:2:",
    ]


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        (f'[rome]\nname = "rome"{ROME}', 1, "a name inside the record"),
        (f"[Rome]{ROME}", 1, '"Rome" as a name'),
        (f'["rome.italy"]{ROME}', 1, '"rome.italy" as a name'),
        (f"[rome--italy]{ROME}", 1, '"rome--italy" as a name'),
        ("rome = 3", 1, "a value outside any table"),
        (f"[rome]{ROME.replace('atlas, p. 3', 'atlsa, p. 3')}", 3, 'source "atlsa"'),
    ],
)
def test_a_record_that_is_misnamed_or_unsourced_is_refused(write: Write, text: str, line: int, found: str) -> None:
    (told,) = refusals(write(places__italy=text))
    assert found in told
    assert told.startswith(f"places/italy.toml:{line}: ")


def test_the_source_of_a_whole_table_must_exist_too(write: Write) -> None:
    text = '[a]\ntitle = "A"\nkind = "theater"\npoints = [[1.0, 2.0]]\nsource = "atlsa"\n'
    (told,) = refusals(write(regions__a=text))
    assert told.startswith('regions/a.toml:5: a.source: found source "atlsa"')
    assert 'Did you mean "atlas"?' in told


def test_a_name_is_used_once_in_a_kind(write: Write) -> None:
    (told,) = refusals(write(places__a=f"[rome]{ROME}", places__b=f"[rome]{ROME}"))
    assert told.startswith("places/b.toml:1: rome: found a name used twice")


def test_a_folder_that_is_no_kind_is_refused(write: Write) -> None:
    (told,) = refusals(write(place__a=f"[rome]{ROME}"))
    assert 'Did you mean "places"' in told


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    assert "no such folder" in refusals(tmp_path / "none")[0]


@pytest.mark.parametrize(
    ("bib", "found"),
    [
        ("@misc{a, title={A}\n@misc{b}", "syntax error"),
        (f"{BIB}{BIB}", "repeated bibliography entry: atlas"),
    ],
)
def test_a_broken_bibliography_is_told(write: Write, bib: str, found: str) -> None:
    assert found in refusals(write(bib=bib))[0]


def test_two_bibliographies_may_not_share_a_key(write: Write) -> None:
    folder = write()
    (folder / "other.bib").write_text(BIB)
    assert "a key used twice" in refusals(folder)[0]


def test_a_source_is_read_as_a_plain_record(write: Write) -> None:
    assert load.read_sources(write())["atlas"] == load.Source(
        key="atlas", title="An Atlas", author="Maker, A. and Other, B.", year="1999", url="https://example.org"
    )


@pytest.mark.parametrize(
    ("verb", "name", "near"),
    [
        (load.missile, "minuteman-3", "minuteman-iii"),
        (load.interceptor, "thad", "thaad"),
        (load.radar, "cobradane", "cobra-dane"),
        (load.satellite, "oko-us-k", "oko-us-ks"),
        (load.force, "us-2002", "us-2001"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(verb: Callable[[str], object], name: str, near: str) -> None:
    with pytest.raises(BadInputError, match=f'no .* "{name}"') as raised:
        verb(name)
    assert f'"{near}"' in str(raised.value)
    assert getattr(verb(near), "name", None) == near


def test_unverified_lists_exactly_the_recalled_numbers(write: Write) -> None:
    rome = load.read(write(places__italy=f"[rome]{ROME}")).places["rome"]
    assert [path for path, _ in load.unverified(rome)] == ["longitude"]


def test_the_packaged_catalog_is_read_once() -> None:
    assert load.catalog() is load.catalog()


def test_the_packaged_catalog_is_read_without_pint() -> None:
    code = "import sys; from detente.catalog import load; load.catalog(); sys.exit('pint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(("text", "unit"), _EVERYDAY)
def test_an_everyday_unit_is_what_pint_says(text: str, unit: str) -> None:
    ours, theirs = _EVERYDAY[text, unit], _registry().Quantity(f"1 {text}").to(unit if unit != "1" else "dimensionless")
    assert ours == pytest.approx(float(theirs.magnitude), rel=1e-15)


# START data as of 1 September 1990: vehicles, warheads, warheads on missiles, throw-weight [t]
# (US Arms Control and Disarmament Agency fact sheet, https://nuke.fas.org/control/start1/news/strtdata.htm).
@pytest.mark.parametrize(
    ("name", "vehicles", "warheads", "on_missiles", "throw_weight"),
    [("us-1990", 2246, 10563, 8210, 2361.3), ("ussr-1990", 2500, 10271, 9416, 6626.3)],
)
def test_the_forces_of_1990_add_to_the_official_totals(
    name: str, vehicles: int, warheads: int, on_missiles: int, throw_weight: float
) -> None:
    classes = load.force(name).classes
    missiles = [kind for kind in classes if kind.basing != "bomber"]
    assert sum(kind.launchers.value for kind in classes) == vehicles
    assert sum(kind.launchers.value * kind.attributed.value for kind in classes) == pytest.approx(warheads)
    assert sum(kind.launchers.value * kind.attributed.value for kind in missiles) == on_missiles
    tonnes = sum(kind.launchers.value * kind.throw_weight.value / 1e3 for kind in missiles if kind.throw_weight)
    assert tonnes == pytest.approx(throw_weight, abs=0.05)


def test_the_soviet_sublimits_of_1990_are_the_official_ones() -> None:
    classes = load.force("ussr-1990").classes
    assert sum(k.launchers.value * k.attributed.value for k in classes if k.basing in {"mobile", "rail"}) == 618
    assert sum(k.launchers.value * k.attributed.value for k in classes if k.heavy) == 3080


def test_the_us_force_of_2001_counts_as_recalled_for_5_december_2001() -> None:
    classes = load.force("us-2001").classes
    counts = [kind.launchers.value * kind.attributed.value for kind in classes]
    assert sum(kind.launchers.value for kind in classes) == 1238
    assert sum(counts) == 5949
    assert sum(count for count, kind in zip(counts, classes, strict=True) if kind.basing != "bomber") == 4821


@pytest.mark.parametrize("name", ["us-2001", "russia-2001"])
def test_what_the_forces_of_2001_carry_agrees_with_the_published_total(name: str) -> None:
    force = load.force(name)
    loaded = sum(kind.launchers.value * kind.loaded.value for kind in force.classes)
    assert force.published_warheads.low <= loaded <= force.published_warheads.high


def test_every_missile_closes_on_its_own_burn_time() -> None:
    """Propellant times impulse over thrust is the burn time within 10 percent."""
    for missile in load.catalog().missiles.values():
        for stage in missile.stages:
            burn = stage.propellant_mass.value * stage.isp_vacuum.value * 9.80665 / stage.thrust_vacuum.value
            assert burn == pytest.approx(stage.burn_time.value, rel=0.10), missile.name


def test_every_missile_lifts_off() -> None:
    for missile in load.catalog().missiles.values():
        mass = missile.payload.value + sum(s.propellant_mass.value + s.inert_mass.value for s in missile.stages)
        assert missile.stages[0].thrust_vacuum.value / (9.80665 * mass) > 1.1, missile.name


def test_every_sea_level_impulse_is_below_the_one_in_vacuum() -> None:
    for missile in load.catalog().missiles.values():
        for stage in missile.stages:
            if stage.isp_sea_level:
                assert stage.isp_sea_level.value < stage.isp_vacuum.value, missile.name


def test_numbers_of_a_record_are_found_by_path() -> None:
    paths = dict(cited(load.missile("ss-18"), "ss-18"))
    assert paths["ss-18.stages.1.burn_time"].value == 148.0
