// The page around the canvas: choices, key, buttons, time bar, reports, list of events. It draws what it is told and tells what was asked.

import { DARK, PAPER, readable } from "./colors";
import type { Layers } from "./ground";
import { type GlobeData, type Moment, type Scene, clockText } from "./model";

export interface Wishes {
  choose(caseName: string, threat: string): void;
  toggle(): void;
  seek(t: number): void;
  speed(times: number): void;
  zoom(factor: number): void;
  home(): void;
  layer(name: keyof Layers, on: boolean): void;
}

type Attributes = Record<string, string>;

export function el<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: (Node | string)[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const LAYERS: [keyof Layers, string][] = [["tracks", "Trajectories"], ["radars", "Radar fans"], ["satellites", "Satellite views"], ["areas", "Defended areas"]];
const SIGNS: [string, string][] = [
  ["boost", "engines burning"], ["threat", "coasting"], ["interceptor", "interceptor"], ["hit", "intercept possible"], ["impact", "impact"],
];
export const SPEEDS = [5, 10, 30, 60, 120, 300];

export class Panel {
  readonly canvas = el("canvas", { role: "img" });
  readonly stage = el("div", {
    class: "globe-stage", tabindex: "0", role: "group",
    "aria-label": "Globe view: arrow keys turn it, plus and minus zoom, zero resets, space plays and pauses",
  }, this.canvas);
  readonly key = el("div", { class: "globe-key" });
  readonly zoom = el("div", { class: "globe-zoom", role: "group", "aria-label": "Zoom" });
  readonly ticker = el("div", { class: "globe-ticker", role: "log", "aria-label": "Reports so far" });
  private readonly title = el("p", { class: "globe-title" }); // on paper, where there is nothing to choose
  private readonly claim = el("p", { class: "globe-claim", "aria-live": "polite" });
  private readonly cases = el("select", { name: "case" });
  private readonly threats = el("select", { name: "threat" });
  private readonly play = el("button", { type: "button", class: "globe-play" });
  private readonly scrubber = el("input", { type: "range", min: "0", "aria-label": "Time since launch" });
  private readonly ticks = el("div", { class: "globe-ticks", "aria-hidden": "true" });
  private readonly clock = el("output", { class: "globe-clock" });
  private readonly speeds = el("select", { name: "speed" });
  private readonly events = el("ol");
  private reported = "";

  constructor(private readonly root: HTMLElement, private readonly data: GlobeData, private readonly wishes: Wishes) {
    root.replaceChildren(this.head(), this.stage, this.key, this.zoom, this.ticker, this.bar(), this.list());
    root.classList.add("globe");
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", "Globe with playback");
    this.fillKey();
    this.fillZoom();
  }

  private head(): HTMLElement {
    const named = new Map(this.data.scenes.map((s) => [s.case, s.case_title]));
    this.cases.append(...[...named].map(([value, title]) => el("option", { value }, title)));
    const feared = new Map(this.data.scenes.map((s) => [s.threat, s.threat_title]));
    this.threats.append(...[...feared].map(([value, title]) => el("option", { value }, title)));
    for (const select of [this.cases, this.threats]) select.onchange = () => this.wishes.choose(this.cases.value, this.threats.value);
    const choices = el("div", { class: "globe-choices" }, el("label", {}, el("span", {}, "Case"), this.cases), el("label", {}, el("span", {}, "Threat"), this.threats));
    return el("div", { class: "globe-head" }, choices, this.title, this.claim);
  }

  private bar(): HTMLElement {
    this.play.onclick = () => this.wishes.toggle();
    this.scrubber.oninput = () => this.wishes.seek(Number(this.scrubber.value));
    this.speeds.append(...SPEEDS.map((s) => el("option", { value: String(s) }, `${s}×`)));
    this.speeds.onchange = () => this.wishes.speed(Number(this.speeds.value));
    const slide = el("div", { class: "globe-slide" }, this.scrubber, this.ticks);
    const speed = el("label", { class: "globe-speed" }, el("span", {}, "Speed"), this.speeds);
    return el("div", { class: "globe-bar" }, this.play, slide, this.clock, speed);
  }

  private list(): HTMLElement {
    const note = "Land and borders: Natural Earth, borders as held in fact in 2018. Heights are to scale; satellites above 2,000 km are drawn lower than they are.";
    return el("details", { class: "globe-events" }, el("summary", {}, "Events of this scene, as a list"), this.events, el("p", { class: "globe-note" }, note));
  }

  private fillKey(): void {
    const layers = LAYERS.map(([name, title]) => {
      const box = el("input", { type: "checkbox", name: `layer-${name}` });
      box.checked = true;
      box.onchange = () => this.wishes.layer(name, box.checked);
      return el("label", { class: "globe-layer" }, box, el("i", { class: `globe-sign ${name}` }), title);
    });
    const signs = SIGNS.map(([sign, title]) => el("span", { class: "globe-item", "data-sign": sign }, el("i", { class: `globe-sign ${sign}` }), title));
    this.key.append(
      el("fieldset", {}, el("legend", {}, "Show"), ...layers),
      el("div", { class: "globe-signs" }, ...signs),
      el("div", { class: "globe-parties" }),
    );
  }

  private fillZoom(): void {
    for (const [sign, name, act] of [
      ["+", "Zoom in", () => this.wishes.zoom(1.4)], ["−", "Zoom out", () => this.wishes.zoom(1 / 1.4)], ["⌂", "Reset the view", () => this.wishes.home()],
    ] as const) {
      const button = el("button", { type: "button", "aria-label": name, title: name }, sign);
      button.onclick = act;
      this.zoom.append(button);
    }
  }

  /** Everything that a change of scene changes. */
  showScene(scene: Scene, moments: Moment[]): void {
    this.cases.value = scene.case;
    this.threats.value = scene.threat;
    const possible = new Set(this.data.scenes.filter((s) => s.case === scene.case).map((s) => s.threat));
    for (const option of this.threats.options) option.disabled = !possible.has(option.value);
    this.title.textContent = `${scene.case_title}: ${scene.threat_title}`;
    this.claim.textContent = scene.claim;
    this.canvas.setAttribute("aria-label", `Globe. ${scene.case_title}, ${scene.threat_title}: ${scene.claim}`);
    this.scrubber.max = String(scene.duration_s);
    this.scrubber.step = String(Math.max(1, Math.round(scene.duration_s / 400)));
    this.showMoments(scene, moments);
    this.showParties(scene);
    this.reported = "";
  }

  private showMoments(scene: Scene, moments: Moment[]): void {
    const marked = moments.filter((m) => m.kind !== "event" || m.text.endsWith("impact")); // the list below has the others
    this.ticks.replaceChildren(...marked.map((m) => {
      const tick = el("span", { class: m.kind, title: `${clockText(m.t)} ${m.text}` });
      tick.style.left = `${(100 * m.t) / scene.duration_s}%`;
      if (m.party) tick.style.background = readable(this.colorOf(m.party), DARK.ocean);
      return tick;
    }));
    this.events.replaceChildren(...moments.map((m) => {
      const button = el("button", { type: "button" }, `${clockText(m.t)}  ${m.party ? this.nameOf(m.party) + ": " : ""}${m.text}`);
      button.onclick = () => this.wishes.seek(m.t);
      return el("li", {}, button);
    }));
  }

  private showParties(scene: Scene): void {
    const { radars, satellites, areas, sites } = this.data;
    const present = new Set([
      ...scene.radars.map((r) => radars[r.id].party), ...scene.satellites.map((id) => satellites[id].party),
      ...scene.areas.map((id) => areas[id].party), ...scene.sites.map((id) => sites[id].party),
    ]);
    const chips = [...present].filter((id) => id in this.data.parties).map((id) => el("span", { class: "globe-item" }, chip(this.colorOf(id)), this.nameOf(id)));
    this.key.querySelector(".globe-parties")!.replaceChildren(...chips);
    const kinds = new Set(scene.tracks.map((id) => this.data.tracks[id].kind));
    for (const item of this.key.querySelectorAll<HTMLElement>("[data-sign]")) {
      item.hidden = (item.dataset.sign === "interceptor" && !kinds.has("interceptor")) || (item.dataset.sign === "hit" && scene.intercepts.length === 0);
    }
  }

  private nameOf = (party: string): string => this.data.parties[party]?.name ?? party;

  private colorOf = (party: string): string => this.data.parties[party]?.color ?? DARK.quiet;

  showSpeed(times: number): void {
    this.speeds.value = String(times);
  }

  showTime(t: number, scene: Scene): void {
    const text = clockText(t);
    this.clock.textContent = text;
    this.scrubber.value = String(t);
    this.scrubber.style.setProperty("--done", `${(100 * t) / scene.duration_s}%`);
    this.scrubber.setAttribute("aria-valuetext", text);
    const heard = scene.ticker.filter((r) => r.t <= t).sort((a, b) => a.t - b.t).slice(-3);
    const news = heard.map((r) => r.t + r.text).join();
    if (news === this.reported) return;
    this.reported = news;
    this.ticker.replaceChildren(...heard.map((r) =>
      el("p", {}, el("time", {}, clockText(r.t)), chip(this.colorOf(r.party)), el("b", {}, `${this.nameOf(r.party)}:`), " ", r.text)));
  }

  showPlaying(playing: boolean): void {
    if (this.play.getAttribute("aria-label") === (playing ? "Pause" : "Play")) return;
    this.play.setAttribute("aria-label", playing ? "Pause" : "Play");
    this.play.replaceChildren(el("i", { class: playing ? "globe-pause-sign" : "globe-play-sign" }));
    this.root.classList.toggle("globe-playing", playing);
  }
}

function chip(color: string): HTMLElement {
  const square = el("i", { class: "globe-chip" });
  square.style.setProperty("--on-dark", readable(color, DARK.ocean));
  square.style.setProperty("--on-paper", readable(color, PAPER.ocean));
  return square;
}
