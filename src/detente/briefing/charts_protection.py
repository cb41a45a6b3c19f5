"""Pictures of protection: the chance that none gets through, and what each layer leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.briefing.charts_draw import Chart, Frame, Words, finish, panel
from detente.briefing.charts_layout import INK, SOFT, Row, color_of, lay, tint
from detente.briefing.names import deployments
from detente.briefing.palette import GREY
from detente.briefing.words import figures, listed, number_interval, percent_interval
from detente.scenario.scenario import Threat
from detente.sources import Interval
from detente.study.record import Answer, CaseAnswer

if TYPE_CHECKING:
    from detente.defense.raid import LayerOutcome

FIFTHS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
PERCENT = "format(100 * datum.value, '.0f') + ' %'"


@dataclass(frozen=True, slots=True)
class _Result:
    """What comes of one raid in one case."""

    threat: Threat
    one: CaseAnswer
    chance: Interval
    leak: Interval
    color: str

    @property
    def total(self) -> int:
        """Warheads in the raid."""
        return self.threat.missiles * self.threat.warheads_per_missile

    @property
    def engaged(self) -> bool:
        """Whether any deployment can meet the raid."""
        return bool(self.one.outcomes[self.threat.name].interceptors_used)

    @property
    def told(self) -> str:
        """The chance in words."""
        return percent_interval(self.chance) if self.engaged else "not engaged"

    @property
    def ink(self) -> str:
        """Color of the words."""
        return INK if self.engaged else SOFT

    @property
    def layers(self) -> list[LayerOutcome]:
        """The layers in which a deployment can meet the raid."""
        return [layer for layer in self.one.outcomes[self.threat.name].layers if layer.deployments]


def _results(answer: Answer) -> list[_Result]:
    found = []
    for name, threat in answer.scenario.threats.items():
        for one in answer.cases.values():
            if name in one.outcomes:
                chance, leak = (
                    one.headlines[f"protection.{name}.{part}"] for part in ("p_no_leak", "expected_leakers")
                )
                found.append(_Result(threat, one, chance, leak, color_of(answer, threat.against)))
    return found


def chances(answer: Answer) -> Chart | None:
    """Return the chance that none gets through: a dot with its interval for each raid and case."""
    results = _results(answer)
    if not results:
        return None
    groups = _grouped(results, len(answer.cases))
    plan = lay([(title, [label for label, _ in rows]) for title, rows in groups.items()])
    flat = [item for rows in groups.values() for _, item in rows]
    placed = list(zip(flat, plan.places, strict=True))
    axis = "chance that none gets through"
    frame = Frame(width=210, height=plan.height, low=0, high=1, axis=axis, ticks=FIFTHS, labels=PERCENT)
    spans: list[Row] = [
        {"x": item.chance.low, "x2": item.chance.high, "y": y, "color": tint(item.color, 0.4)}
        for item, y in placed
        if item.engaged
    ]
    leaks = [(y, f"{number_interval(item.leak)} of {item.total}", item.ink) for item, y in placed]
    drawn = [
        *frame.around(plan),
        frame.spans(spans, 7),
        frame.dots([_dot(item, y) for item, y in placed]),
        frame.column(224, "chance, 90 % interval", [(y, item.told, item.ink) for item, y in placed]),
        frame.column(378, "expected to get through", leaks),
    ]
    heads = ["threat", "case", axis, "expected to get through", "warheads"]
    rows: list[list[object]] = [
        [item.threat.title, item.one.case.title, item.told, number_interval(item.leak), str(item.total)]
        for item in results
    ]
    return finish(_chance_words(results), panel(frame, drawn), heads, rows)


def _grouped(results: list[_Result], cases: int) -> dict[str, list[tuple[str, _Result]]]:
    """Return labels and results by raid; the cases in which nothing meets it share the last row."""
    found: dict[str, list[tuple[str, _Result]]] = {}
    for name in dict.fromkeys(item.threat.name for item in results):
        mine = [item for item in results if item.threat.name == name]
        idle = [item for item in mine if not item.engaged]
        rows = [(item.one.case.title, item) for item in mine if item.engaged]
        if idle:
            every = "every case" if len(idle) == cases else "every other case"
            rows.append((every if len(idle) > 1 else idle[0].one.case.title, idle[0]))
        found[mine[0].threat.title] = rows
    return found


def _dot(item: _Result, y: float) -> Row:
    color = item.color if item.engaged else SOFT
    return {"x": item.chance.value, "y": y, "color": color, "fill": color if item.engaged else "white"}


def _chance_words(results: list[_Result]) -> Words:
    return Words(
        name="protection-chance",
        title=_best(results),
        subtitle="Chance that no warhead of the raid gets through, and how many are expected to",
        caption=(
            "A dot is the chance with every input at its best value, the band its 90 % interval over the ranges of the "
            "inputs. A hollow dot: no deployment of the case can meet the raid. Color: the party that is protected."
        ),
    )


def _best(results: list[_Result]) -> str:
    """Say where the chance that none gets through is best, and how many raids meet no defense."""
    names = {item.threat.name for item in results}
    met = {item.threat.name for item in results if item.engaged}
    if not met:
        return "No raid of this scenario meets a defense in any case"
    best = max(results, key=lambda item: round(item.chance.value, 2))
    if best.chance.high < 0.005:
        few = min((item for item in results if item.engaged), key=lambda item: item.leak.value / item.total)
        return (
            f"In no case is there a real chance that none gets through; at best {figures(few.leak.value)} of "
            f"{few.total} do ({few.threat.title}, {few.one.case.title})"
        )
    unmet = len(names) - len(met)
    rest = f"; {unmet} of {len(names)} raids meet no defense in any case" if unmet else ""
    where = f"{best.threat.title}, under {best.one.case.title}"
    return f"The best chance that none gets through is {percent_interval(best.chance)}: {where}{rest}"


@dataclass(frozen=True, slots=True)
class _Layer:
    """What one layer stops and leaves of one raid."""

    item: _Result
    layer: LayerOutcome
    deployed: str

    @property
    def heading(self) -> str:
        """Raid and case."""
        return f"{self.item.threat.title}: {self.item.one.case.title}"

    @property
    def label(self) -> str:
        """Layer and what is deployed in it."""
        return f"{self.layer.layer}: {self.deployed}"

    @property
    def shares(self) -> tuple[float, float]:
        """Shares of the raid's warheads that enter and leave."""
        return self.layer.entering / self.item.total, self.layer.leaving / self.item.total


def layers(answer: Answer) -> Chart | None:
    """Return what each layer leaves of each raid, in the case in which the fewest get through; None for one layer."""
    groups = _layers(answer)
    if all(len(items) < 2 for items in groups.values()):
        return None
    flat = [item for items in groups.values() for item in items]
    plan = lay([(heading, [item.label for item in items]) for heading, items in groups.items()], most=34)
    placed = list(zip(flat, plan.places, strict=True))
    frame = Frame(
        width=280,
        height=plan.height,
        low=0,
        high=1,
        axis="share of the raid's warheads",
        ticks=FIFTHS,
        labels=PERCENT,
        margin=240,
    )
    left: list[Row] = [{"x": 0, "x2": item.shares[1], "y": y, "color": GREY} for item, y in placed]
    stopped: list[Row] = [
        {"x": item.shares[1], "x2": item.shares[0], "y": y, "color": tint(item.item.color, 0.6)} for item, y in placed
    ]
    counts = [(y, f"{figures(item.layer.leaving)} of {figures(item.layer.entering)}", INK) for item, y in placed]
    drawn = [*frame.around(plan), frame.bars(stopped), frame.bars(left)]
    drawn.append(frame.column(294, "left of entering", counts))
    heads = ["raid and case", "layer", "deployments", "entering", "leaving"]
    rows: list[list[object]] = [
        [item.heading, item.layer.layer, item.deployed, item.layer.entering, item.layer.leaving] for item in flat
    ]
    return finish(_layer_words(flat), panel(frame, drawn), heads, rows)


def _layers(answer: Answer) -> dict[str, list[_Layer]]:
    """Return the layers that can meet each raid, in the case in which the fewest get through."""
    best: dict[str, _Result] = {}
    for item in _results(answer):
        if item.engaged and (item.threat.name not in best or item.leak.value < best[item.threat.name].leak.value):
            best[item.threat.name] = item
    found: dict[str, list[_Layer]] = {}
    for item in best.values():
        called = deployments(answer.scenario, item.one.case)
        for layer in item.layers:
            made = _Layer(item, layer, listed([called[name] for name in layer.deployments]))
            found.setdefault(made.heading, []).append(made)
    return found


def _layer_words(flat: list[_Layer]) -> Words:
    stopped: dict[str, float] = {}
    for item in flat:
        name = item.layer.layer
        stopped[name] = stopped.get(name, 0.0) + item.layer.entering - item.layer.leaving
    top, most = max(stopped.items(), key=lambda pair: pair[1])
    total = sum(stopped.values())
    share = "Most" if most > total / 2 else "The largest part"
    title = f"{share} of what is stopped is stopped in the {top} layer: {figures(most)} of {figures(total)} warheads"
    return Words(
        name="protection-layers",
        title=title,
        subtitle="Warheads stopped in each layer (colored) and left after it (grey), in the case in which fewest leak",
        caption=(
            "Means with every input at its best value; in the boost layer the warheads are aboard their missiles. "
            "Only layers in which a deployment can meet the raid are shown. Color: the party that is protected."
        ),
    )
