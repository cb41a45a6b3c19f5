"""Pictures of protection: the chance that none gets through, and what each layer leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.briefing.charts_draw import Chart, Frame, Words, finish, panel
from detente.briefing.charts_layout import INK, SOFT, Row, color_of, lay, tint
from detente.briefing.palette import GREY
from detente.briefing.words import figures, listed, number_interval, percent_interval
from detente.scenario.scenario import Threat
from detente.sources import Interval
from detente.study.record import Answer, CaseAnswer

if TYPE_CHECKING:
    from detente.defense.raid import LayerOutcome

FIFTHS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
PERCENT = "format(datum.value, '.0%')"


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
    frame = Frame(width=260, height=plan.height, low=0, high=1, axis=axis, ticks=FIFTHS, labels=PERCENT)
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
        frame.column(284, "chance, 90 % interval", [(y, item.told, item.ink) for item, y in placed]),
        frame.column(452, "expected to get through", leaks),
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


def layers(answer: Answer) -> Chart | None:
    """Return what each layer stops and leaves of each raid, in the case in which the fewest get through."""
    best: dict[str, _Result] = {}
    for item in _results(answer):
        if item.engaged and (item.threat.name not in best or item.leak.value < best[item.threat.name].leak.value):
            best[item.threat.name] = item
    if not best:
        return None
    flat = [(item, layer) for item in best.values() for layer in item.layers]
    plan = lay([(f"{item.threat.title}: {item.one.case.title}", _layer_labels(item)) for item in best.values()])
    placed = list(zip(flat, plan.places, strict=True))
    axis = "share of the raid's warheads"
    frame = Frame(width=330, height=plan.height, low=0, high=1, axis=axis, ticks=FIFTHS, labels=PERCENT)
    left: list[Row] = [{"x": 0, "x2": layer.leaving / item.total, "y": y, "color": GREY} for (item, layer), y in placed]
    stopped: list[Row] = [
        {
            "x": layer.leaving / item.total,
            "x2": layer.entering / item.total,
            "y": y,
            "color": tint(item.color, 0.6),
        }
        for (item, layer), y in placed
    ]
    counts = [(y, f"{figures(layer.leaving)} of {figures(layer.entering)}", INK) for (_, layer), y in placed]
    column = frame.column(346, "left of those that entered", counts)
    drawn = panel(frame, [*frame.around(plan), frame.bars(stopped), frame.bars(left), column])
    rows: list[list[object]] = [
        [
            item.threat.title,
            item.one.case.title,
            layer.layer,
            listed(list(layer.deployments)),
            layer.entering,
            layer.leaving,
        ]
        for item, layer in flat
    ]
    return finish(_layer_words(flat), drawn, ["threat", "case", "layer", "deployments", "entering", "leaving"], rows)


def _layer_labels(item: _Result) -> list[str]:
    return [f"{layer.layer}: {listed(list(layer.deployments))}" for layer in item.layers]


def _layer_words(flat: list[tuple[_Result, LayerOutcome]]) -> Words:
    stopped: dict[str, float] = {}
    for _, layer in flat:
        stopped[layer.layer] = stopped.get(layer.layer, 0.0) + layer.entering - layer.leaving
    name, most = max(stopped.items(), key=lambda pair: pair[1])
    total = sum(stopped.values())
    share = "Most" if most > total / 2 else "The largest part"
    title = f"{share} of what is stopped is stopped in the {name} layer: {figures(most)} of {figures(total)} warheads"
    if len(stopped) == 1:
        title = f"Only the {name} layer stops anything: {figures(most)} warheads over the raids it can meet"
    return Words(
        name="protection-layers",
        title=title,
        subtitle="Warheads stopped in each layer (colored) and left after it (grey), in the case in which fewest leak",
        caption=(
            "Means with every input at its best value; in the boost layer the warheads are aboard their missiles. "
            "Only layers in which a deployment can meet the raid are shown. Color: the party that is protected."
        ),
    )
