"""Small worlds for the treaty rules: a case of `cases.toml` into a scenario, with plain defaults for the rest."""

import math
from datetime import UTC, date, datetime

import pytest

from detente.catalog.records import (
    Catalog,
    Force,
    ForceClass,
    Interceptor,
    Missile,
    Place,
    Radar,
    Status,
)
from detente.earth import destination
from detente.scenario.scenario import (
    Assumptions,
    Case,
    Deployment,
    ForcePlan,
    Notice,
    Party,
    PlannedTest,
    RadarWork,
    Release,
    Scenario,
    Sensors,
    Sharing,
    Threat,
)
from detente.sources import Cited
from detente.treaties.check import check
from detente.units import si

PLACES = {
    "moscow": (55.75, 37.62, "russia"),
    "washington": (38.9, -77.04, "us"),
    "grand-forks": (47.93, -97.03, "us"),
    "fort-greely": (63.97, -145.73, "us"),
    "white-sands": (32.38, -106.48, "us"),
    "kwajalein": (9.04, 167.74, "marshall-islands"),
    "sary-shagan": (46.03, 73.7, "kazakhstan"),
    "kamchatka": (56.32, 160.84, "russia"),
    "warsaw": (52.23, 21.01, "poland"),
    "nowhere": (0.0, 0.0, ""),
}


def _released(parties, fields):
    """Each party tells the others of every launch, at once: the fields given, with a size of 100 km or 30 degrees."""
    sizes = {"launch_area": ("100 km", "m"), "impact_area": ("100 km", "m"), "azimuth": ("30 deg", "rad")}
    told = {field: number(*sizes[field]) if field in sizes else True for field in fields}
    return dict.fromkeys(parties, Release(delay=number(0), **told))


def number(written, unit="1", low=None, high=None):
    """A cited number from a text with a unit, or from a plain number."""

    def read(item):
        return si(item, unit) if isinstance(item, str) else float(item)

    if isinstance(written, dict):
        return number(written["value"], unit, written.get("low"), written.get("high"))
    value = read(written)
    return Cited(
        value=value,
        low=value if low is None else read(low),
        high=value if high is None else read(high),
        source="test",
    )


def place(name, written=None):
    """A named place, or one at a distance due north of it (`from`, `km`)."""
    lat, lon, host = PLACES[written["from"] if written else name]
    lat, lon = math.radians(lat), math.radians(lon)
    if written:
        lat, lon = (float(each) for each in destination(lat, lon, 0.0, written["km"] * 1000.0))
        host = written.get("host", host)
    return Place(name=name, title=name, latitude=number(lat, "rad"), longitude=number(lon, "rad"), host=host)


def _sharing(parties, fields):
    """An exchange in which each party releases the fields."""
    return Sharing(between=tuple(parties), trust=number(1), releases=_released(parties, fields))


SPEEDS = {
    "burnout_speed": "m/s",
    "target_speed": "m/s",
    "largest_target_range": "m",
    "laser_range_liquid": "m",
}


def interceptor(name, row):
    """An interceptor: strategic and fixed on land unless the row says otherwise."""
    plain = number(0)
    return Interceptor(
        name=name,
        title=name,
        layer="midcourse",
        basing=row.get("basing", "fixed-land"),
        strategic=row.get("strategic", True),
        lowest_intercept=plain,
        highest_intercept=plain,
        greatest_range=plain,
        reaction_time=plain,
        sspk=plain,
        reliability=plain,
        discrimination=plain,
        shots_per_target=number(1),
        **{key: number(row[key], unit) for key, unit in SPEEDS.items() if key in row},
    )


def radar(name, row):
    """A radar at a place: an outward early-warning radar of Russia, not yet at work, unless the row differs."""
    where = place(name, row["place"]) if isinstance(row["place"], dict) else place(row["place"])
    plain = number(0)
    return Radar(
        name=name,
        title=name,
        party=row.get("party", "russia"),
        host=row.get("host", "russia"),
        system="",
        band="VHF",
        latitude=where.latitude,
        longitude=where.longitude,
        altitude=plain,
        faces=(),
        reach=plain,
        reach_cross_section=plain,
        role=row.get("role", "early-warning"),
        outward=row.get("outward", True),
        power_aperture=number(row["power_aperture"], "W*m^2") if "power_aperture" in row else None,
        status=tuple(Status(since=each["since"], state=each["state"], source="test") for each in row.get("status", ())),
    )


def force(party, rows):
    """A force of the classes given, each a silo of single-warhead missiles unless its row says otherwise."""
    plain = number(1)
    classes = tuple(
        ForceClass(
            name=f"class-{index}",
            title=f"class {index}",
            basing=row.get("basing", "silo"),
            launchers=number(row["launchers"]),
            loaded=number(row.get("loaded", row.get("attributed", 1))),
            attributed=number(row.get("attributed", 1)),
            heavy=row.get("heavy", False),
            cruise_missiles=row.get("cruise_missiles", False),
            throw_weight=None if row.get("throw_weight") == "" else number(row.get("throw_weight", "0 kg"), "kg"),
            weapon_yield=plain,
            accuracy=plain,
            reliability=plain,
            alert_day=plain,
            alert_generated=plain,
        )
        for index, row in enumerate(rows)
    )
    return Force(name=party, title=party, party=party, on=date(2001, 1, 1), classes=classes, published_warheads=plain)


def missile(name, row):
    """A missile of a kind and range."""
    plain = number(1)
    return Missile(
        name=name,
        title=name,
        kind=row["kind"],
        propellant="liquid",
        grade="C",
        stages=(),
        payload=plain,
        warheads=plain,
        reentry_beta=plain,
        drag_table="v2",
        range_published=number(row["range"], "m"),
    )


def threat(name, row):
    """A raid by a missile on a party."""
    return Threat(
        name=name,
        title=name,
        kind=row.get("threat", "limited"),
        by="third",
        against=row["against"],
        missile=name,
        launch="nowhere",
        aims=("washington",),
        source="test",
    )


def notice(party):
    """A launch of a party, announced with a window on 25 January 1995."""
    return Notice(
        name=f"notice-of-{party}",
        title="a launch",
        by=party,
        opens=datetime(1995, 1, 25, 4, tzinfo=UTC),
        closes=datetime(1995, 1, 25, 10, tzinfo=UTC),
        launch="nowhere",
        launch_radius=number("10 km", "m"),
        source="test",
    )


class World:
    """The scenario, the case and the forces that one row of `cases.toml` describes."""

    def __init__(self, agreement, row):
        self.row, self.catalog, self.sensors = row, Catalog(), {}
        self.catalog.places.update({name: place(name) for name in PLACES})
        self.threats = {}
        for index, each in enumerate(row.get("raids", ())):
            name = f"raid-{index}"
            self.catalog.missiles[name] = missile(name, each)
            self.threats[name] = threat(name, each)
        self.case = self._case(agreement)
        for name in row.get("unknown", ()):
            del self.catalog.places[name]
        self.forces = {party: force(party, rows) for party, rows in row.get("forces", {}).items()}
        self.scenario = self._scenario()

    def check(self):
        """What the engine finds."""
        return check(self.scenario, self.case, self.forces)

    def _case(self, agreement):
        row, sharing = self.row, self.row.get("sharing")
        plans = row.get("plans", {party: {} for party in row.get("forces", {})})
        return Case(
            name="case",
            title="case",
            summary="",
            on=row["on"],
            agreements={agreement: row.get("state", "in-force")},
            forces={
                party: ForcePlan(base=party, ceiling=number(plan["ceiling"]) if "ceiling" in plan else None)
                for party, plan in plans.items()
            },
            defenses=tuple(self._deployment(index, each) for index, each in enumerate(row.get("deployments", ()))),
            sensors=self._sensors(),
            sharing=_sharing(sharing, row.get("releases", ("launch_time",))) if sharing else None,
            tests=tuple(self._test(index, each) for index, each in enumerate(row.get("tests", ()))),
            notices=tuple(f"notice-of-{party}" for party in row.get("notices", ())),
            measures=tuple(row.get("measures", ())),
            radar_work=tuple(RadarWork(radar=name, party="russia", paid_by="us") for name in row.get("repaired", ())),
        )

    def _sensors(self):
        used = {}
        for name, row in self.row.get("radars", {}).items():
            self.catalog.radars[name] = radar(name, row)
            if row.get("use"):
                used.setdefault(row["use"], []).append(name)
        return {"russia": Sensors(radars=tuple(used.get("sensor", ())), rebuilt=tuple(used.get("rebuilt", ())))}

    def _site(self, name, row):
        if isinstance(row.get("place"), dict):
            self.catalog.places[name] = place(name, row["place"])
            return name
        return row.get("place", "moscow") or None

    def _deployment(self, index, row):
        name = row.get("interceptor", f"interceptor-{index}")
        self.catalog.interceptors[name] = interceptor(name, row)
        return Deployment(
            name=f"deployment-{index}",
            party=row.get("party", "russia"),
            interceptor=name,
            site=self._site(f"site-{index}", row),
            count=number(row.get("count", 1)),
            reserve=number(row["reserve"]) if "reserve" in row else None,
            protects=tuple(row.get("protects", ())),
            cue=tuple(row.get("cue", ())),
            status=row.get("status", "deployed"),
            purchased_from=row.get("purchased_from"),
        )

    def _test(self, index, row):
        name = row.get("interceptor", f"tested-{index}")
        self.catalog.interceptors[name] = interceptor(name, row)
        return PlannedTest(
            name=f"test-{index}",
            party=row.get("party", "us"),
            interceptor=name,
            range_site=self._site(f"range-{index}", {"place": "kwajalein", **row}),
            launchers=number(row.get("launchers", 1)),
            target_speed=number(row["shot_speed"], "m/s") if "shot_speed" in row else None,
            target_range=number(row["shot_range"], "m") if "shot_range" in row else None,
        )

    def _scenario(self):
        plain = number(0)
        return Scenario(
            name="world",
            title="world",
            question="",
            on=self.row["on"],
            parties={"us": Party(name="us", title="us", capital="washington")},
            threats=self.threats,
            cases={"case": self.case},
            assumptions=Assumptions(required_retaliation=plain, decision_floor=plain, radar_track_time=plain),
            coverage_regions={},
            notices={f"notice-of-{party}": notice(party) for party in self.row.get("notices", ())},
            catalog=self.catalog,
        )


@pytest.fixture
def world():
    """A maker of worlds: agreement and row in, `World` out."""
    return World
