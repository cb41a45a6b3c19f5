// The globe of a briefing: `DetenteGlobe.mount(element, data)`.

import { DARK, PAPER } from "./colors";
import { type Drawn, paintFlights } from "./flights";
import { dragged, project, raised, viewOf } from "./geometry";
import { listenTo } from "./gestures";
import { type Frame, type Layers, paintCoverage, paintWorld } from "./ground";
import type { Box } from "./labels";
import { type Camera, type GlobeData, type Scene, checked, momentsOf, tellingTime } from "./model";
import { paintNames } from "./names";
import { Panel, SPEEDS } from "./panel";
import { type Ready, readied } from "./ready";

const WHOLE = 0.46; // at zoom 1 the globe's radius is this part of the canvas's lesser side
const PLAYS_IN_S = 40; // a scene is played in about this long unless the reader chooses a speed
const PAPER_SHEET = { width: 760, height: 480, density: 3 }; // names 12 units high are then readable on a page's width
const reducedMotion = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** A mounted globe: what it shows now, and the moves a page or a test can make. */
export class Globe {
  time = 0;
  playing = false;
  scene: Scene;
  camera: Camera;
  frames = 0;
  names: string[] = [];
  private speed = 60;
  private chosenSpeed = false;
  private readonly layers: Layers = { tracks: true, radars: true, satellites: true, areas: true };
  private readonly ready: Ready;
  private readonly panel: Panel;
  private readonly ground = document.createElement("canvas");
  private groundIs = "";
  private onPaper = false;
  private size = { width: 0, height: 0 };
  private taken: Box[] = [];
  private slots = new Map<string, number>();
  private hurry = false;
  private settling = 0;
  private seen = false;
  private started = false;
  private last = 0;
  private asked = false;

  constructor(root: HTMLElement, data: GlobeData) {
    this.ready = readied(checked(data));
    this.scene = data.scenes[0];
    this.camera = { ...this.scene.camera };
    this.panel = new Panel(root, data, {
      choose: (c, t) => this.select(c, t), toggle: () => this.toggle(), seek: (t) => this.seek(t), zoom: (f) => this.zoom(f), home: () => this.home(),
      speed: (times) => { this.chosenSpeed = true; this.speed = times; },
      layer: (name, on) => { this.layers[name] = on; this.refresh(); },
    });
    listenTo(root, this.panel.stage, this.panel.canvas, {
      drag: (dx, dy) => this.drag(dx, dy), settle: () => this.settle(), zoom: (f) => this.zoom(f), home: () => this.home(), toggle: () => this.toggle(),
    });
    this.watch();
    this.enter(this.scene);
    this.resize();
    this.seek(tellingTime(this.scene));
  }

  private watch(): void {
    const { stage, key, ticker } = this.panel;
    for (const part of [stage, key, ticker]) new ResizeObserver(() => this.resize()).observe(part);
    new IntersectionObserver(([entry]) => this.sighted(entry.isIntersecting), { threshold: 0.35 }).observe(stage);
    addEventListener("beforeprint", () => this.print(true));
    addEventListener("afterprint", () => this.print(false));
    matchMedia("print").addEventListener("change", (e) => this.print(e.matches));
  }

  /** The first time the reader sees the globe it plays from launch, unless motion is unwelcome. */
  private sighted(seen: boolean): void {
    this.seen = seen;
    if (seen && !this.started && !reducedMotion()) {
      this.seek(0);
      this.play();
    } else if (seen) this.refresh();
  }

  private enter(scene: Scene): void {
    this.scene = scene;
    this.slots.clear();
    this.panel.showScene(scene, momentsOf(this.ready.data, scene));
    if (!this.chosenSpeed) {
      const wanted = scene.duration_s / PLAYS_IN_S;
      this.speed = SPEEDS.reduce((a, b) => (Math.abs(Math.log(b / wanted)) < Math.abs(Math.log(a / wanted)) ? b : a));
      this.panel.showSpeed(this.speed);
    }
  }

  /** Another case keeps moment and camera, for comparison; another threat starts at its launch. An absent pair gives the case's first scene. */
  select(caseName: string, threat: string): void {
    const of = this.ready.data.scenes.filter((s) => s.case === caseName);
    const scene = of.find((s) => s.threat === threat) ?? of[0];
    if (!scene) throw new Error(`no scene of case "${caseName}": the cases are ${[...new Set(this.ready.data.scenes.map((s) => s.case))].join(", ")}`);
    const fresh = scene.threat !== this.scene.threat;
    this.enter(scene);
    if (fresh) {
      this.camera = { ...scene.camera };
      this.seek(this.playing ? 0 : tellingTime(scene));
    } else this.seek(this.time);
  }

  seek(t: number): void {
    this.time = Math.max(0, Math.min(this.scene.duration_s, t));
    this.refresh();
  }

  play(): void {
    if (this.time >= this.scene.duration_s) this.time = 0;
    this.started = true;
    this.playing = true;
    this.last = 0;
    this.refresh();
  }

  pause(): void {
    this.started = true;
    this.playing = false;
    this.refresh();
  }

  private toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  look(camera: Camera): void {
    this.camera = { ...camera };
    this.refresh();
  }

  private home(): void {
    this.look(this.scene.camera);
  }

  private zoom(factor: number): void {
    this.look({ ...this.camera, zoom: Math.max(0.5, Math.min(14, this.camera.zoom * factor)) });
    this.hurried();
  }

  private drag(dx: number, dy: number): void {
    this.look(dragged(this.camera, dx, dy, this.radius(this.size.width, this.size.height)));
    this.hurried();
  }

  /** Coarse coasts while the camera moves, fine ones a moment after it stopped. */
  private hurried(): void {
    this.hurry = true;
    clearTimeout(this.settling);
    this.settling = window.setTimeout(() => this.settle(), 160);
  }

  private settle(): void {
    this.hurry = false;
    this.refresh();
  }

  private radius(width: number, height: number): number {
    return WHOLE * Math.min(width, height) * this.camera.zoom;
  }

  private resize(): void {
    const { canvas, key, zoom, ticker } = this.panel;
    const over = canvas.getBoundingClientRect();
    if (over.width === 0 || matchMedia("print").matches) return;
    this.size = { width: over.width, height: over.height };
    this.taken = [key, zoom, ...ticker.children].map((part) => part.getBoundingClientRect())
      .map((r) => ({ x: r.left - over.left, y: r.top - over.top, w: r.width, h: r.height }));
    this.refresh();
  }

  private print(on: boolean): void {
    this.onPaper = on;
    this.draw();
  }

  private refresh(): void {
    if (this.asked) return;
    this.asked = true;
    requestAnimationFrame((now) => this.tick(now));
  }

  private tick(now: number): void {
    this.asked = false;
    if (this.playing && this.seen) {
      if (this.last > 0) this.time += (Math.min(250, now - this.last) / 1000) * this.speed;
      this.last = now;
      if (this.time >= this.scene.duration_s) {
        this.time = this.scene.duration_s;
        this.playing = false;
      }
    } else this.last = 0;
    this.draw();
    if (this.playing && this.seen) this.refresh();
  }

  private draw(): void {
    const { width, height, density } = this.onPaper ? PAPER_SHEET : { ...this.size, density: Math.min(2, devicePixelRatio) };
    if (width === 0) return;
    const ctx = fitted(this.panel.canvas, width, height, density);
    const view = viewOf(this.camera, width / 2, height / 2, this.radius(width, height));
    const theme = this.onPaper ? PAPER : DARK;
    const frame: Frame = { ctx, width, height, view, camera: this.camera, theme, scene: this.scene, ready: this.ready, layers: this.layers };
    this.drawGround(frame, density);
    ctx.drawImage(this.ground, 0, 0, width, height);
    const drawn: Drawn = paintFlights(frame, this.time);
    const [taken, slots] = this.onPaper ? [[], new Map()] : [this.taken, this.slots];
    this.names = paintNames(frame, drawn, this.time, taken, slots).map((label) => label.request.text);
    this.frames++;
    this.panel.showTime(this.time, this.scene);
    this.panel.showPlaying(this.playing);
  }

  private drawGround(frame: Frame, density: number): void {
    const { width, height, camera, layers, scene } = frame;
    const is = JSON.stringify([width, height, density, camera, layers, scene.case, scene.threat, frame.theme.space, this.hurry]);
    if (is === this.groundIs) return;
    this.groundIs = is;
    const onGround = { ...frame, ctx: fitted(this.ground, width, height, density) };
    paintWorld(onGround, this.hurry);
    paintCoverage(onGround);
  }
}

/** A canvas of this many CSS pixels at this density; its size is set only when it changes, which also clears it. */
function fitted(canvas: HTMLCanvasElement, width: number, height: number, density: number): CanvasRenderingContext2D {
  const [w, h] = [Math.round(width * density), Math.round(height * density)];
  if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
  const ctx = canvas.getContext("2d")!;
  ctx.setTransform(density, 0, 0, density, 0, 0);
  return ctx;
}

declare global {
  interface Window { __globe?: Globe }
}

/** Puts a globe with its controls into the element, and its state at `window.__globe`. */
export function mount(element: HTMLElement, data: GlobeData): Globe {
  return (window.__globe = new Globe(element, data));
}

/** Where a point in space stands on the canvas and whether the globe hides it: the projection, for checks from outside. */
export function spotOf(camera: Camera, lon: number, lat: number, altKm: number): { x: number; y: number; hidden: boolean } {
  return project(viewOf(camera, 0, 0, 1), raised(lon, lat, altKm));
}
