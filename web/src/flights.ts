// What moves: satellites with the Earth they see, trajectories as far as flown, impacts and intercepts.

import { geoCircle } from "d3-geo";
import type { Position } from "geojson";
import { faded } from "./colors";
import { type Path, type Spot, type Vec3, at, countUntil, EARTH_RADIUS_KM, drawnHeightKm, horizonDeg, project, raised, surface, unit } from "./geometry";
import { type Frame, partyColor, pathFor } from "./ground";

/** Where a moving thing stands; `away` if it stands off the canvas or behind the globe and a point of its view speaks for it. */
export interface Mark extends Spot { id: string; away: boolean }
const FEW_SATELLITES = 5; // of more, or on a phone, views are fainter and those of satellites off the canvas go unnamed
const LANDED_KM = 30; // a threat track whose last sample is lower has come down

export interface Drawn { satellites: Mark[]; heads: Mark[] }

export function paintFlights(frame: Frame, t: number): Drawn {
  const drawn: Drawn = { satellites: [], heads: [] };
  if (frame.layers.satellites) drawn.satellites = frame.scene.satellites.map((id) => paintSatellite(frame, id, t));
  if (frame.layers.tracks) {
    const flown = frame.scene.tracks.filter((id) => frame.ready.tracks[id].t[0] <= t);
    for (const id of flown) paintShadow(frame, frame.ready.tracks[id], t);
    for (const id of flown) paintTrack(frame, id, t);
    drawn.heads = flown.map((id) => paintHead(frame, id, t));
    paintIntercepts(frame, t);
  }
  return drawn;
}

/** The circle of Earth a satellite sees, dashed; its sign above the point below it, far ones drawn nearer than they are. */
function paintSatellite(frame: Frame, id: string, t: number): Mark {
  const { ctx, view, ready } = frame;
  const color = partyColor(frame, ready.data.satellites[id].party);
  const p = at(ready.satellites[id], t);
  const below = surface(p);
  const altKm = (Math.hypot(...p) - 1) * EARTH_RADIUS_KM;
  const circle = geoCircle().center(lonLat(below)).radius(horizonDeg(altKm)).precision(3)();
  ctx.beginPath();
  pathFor(frame, 1)(circle);
  const few = frame.scene.satellites.length <= FEW_SATELLITES && frame.width >= 500;
  ctx.fillStyle = faded(color, few ? 0.04 : 0);
  ctx.fill();
  strokeAs(frame, faded(color, few ? 0.75 : 0.4), 1, [6, 5]);
  const height = 1 + drawnHeightKm(altKm) / EARTH_RADIUS_KM;
  const stem = Array.from({ length: 9 }, (_, i) => 1 + ((height - 1) * i) / 8).map((r): Vec3 => [below[0] * r, below[1] * r, below[2] * r]);
  const spot = project(view, stem[8]);
  if (spot.hidden || !onCanvas(frame, spot)) return { id, away: true, ...(few ? plainlySeen(frame, circle.coordinates[0]) : HIDDEN) };
  trace(frame, stem);
  strokeAs(frame, faded(color, 0.8), 1);
  diamond(frame, spot, color);
  return { id, away: false, ...spot };
}

const HIDDEN: Spot = { x: 0, y: 0, hidden: true };
const lonLat = (p: Vec3): [number, number] => [(Math.atan2(p[1], p[0]) * 180) / Math.PI, (Math.asin(p[2]) * 180) / Math.PI];
const onCanvas = ({ width, height }: Frame, { x, y }: Spot): boolean => x > 12 && y > 12 && x < width - 12 && y < height - 12;

/** The point of a circle that is plainly seen, well out from the middle where the flights are; hidden if there is none. */
function plainlySeen(frame: Frame, circle: Position[]): Spot {
  const { view } = frame;
  const off = (s: Spot): number => Math.hypot(s.x - view.cx, s.y - view.cy);
  const seen = circle.map(([lon, lat]) => project(view, unit(lon, lat))).filter((s) => !s.hidden && onCanvas(frame, s) && off(s) < 0.85 * view.radius);
  return seen.length > 0 ? seen.reduce((a, b) => (off(b) > off(a) ? b : a)) : HIDDEN;
}

function diamond(frame: Frame, { x, y }: Spot, color: string): void {
  const { ctx, theme } = frame;
  ctx.beginPath();
  for (const [dx, dy] of [[0, -6], [5, 0], [0, 6], [-5, 0]]) ctx.lineTo(x + dx, y + dy);
  ctx.closePath();
  ctx.fillStyle = color;
  ctx.fill();
  strokeAs(frame, theme.halo, 1.4);
}

/** One line through points, broken where the globe stands before it. */
function trace({ ctx, view }: Frame, points: Vec3[]): void {
  ctx.beginPath();
  let broken = true;
  for (const p of points) {
    const spot = project(view, p);
    if (!spot.hidden && broken) ctx.moveTo(spot.x, spot.y);
    else if (!spot.hidden) ctx.lineTo(spot.x, spot.y);
    broken = spot.hidden;
  }
}

function strokeAs(frame: Frame, color: string, width: number, dash: number[] = []): void {
  const { ctx } = frame;
  ctx.setLineDash(dash);
  ctx.strokeStyle = color;
  ctx.lineWidth = width;
  ctx.stroke();
  ctx.setLineDash([]);
}

const flownPoints = (path: Path, from: number, to: number): Vec3[] => [
  at(path, from),
  ...path.p.slice(countUntil(path.t, from), countUntil(path.t, to)),
  at(path, to),
];

/** The track on the ground and the plumb line to it: what tells height in a flat picture. */
function paintShadow(frame: Frame, path: Path, t: number): void {
  const end = Math.min(t, path.t[path.t.length - 1]);
  const points = flownPoints(path, path.t[0], end);
  trace(frame, points.map(surface));
  strokeAs(frame, frame.theme.shadow, 1.6);
  const head = points[points.length - 1];
  if (t > end) return;
  trace(frame, [surface(head), head]);
  strokeAs(frame, faded(frame.theme.dim, 0.8), 1, [2, 3]);
}

function paintTrack(frame: Frame, id: string, t: number): void {
  const { theme, ready } = frame;
  const path = ready.tracks[id];
  const end = Math.min(t, path.t[path.t.length - 1]);
  const threat = ready.data.tracks[id].kind === "threat";
  const burnout = Math.max(path.t[0], Math.min(end, ready.burnouts[id]));
  frame.ctx.lineJoin = "round";
  trace(frame, flownPoints(path, burnout, end));
  strokeAs(frame, faded(theme.halo, 0.5), 3.4);
  trace(frame, flownPoints(path, burnout, end));
  strokeAs(frame, threat ? theme.threat : theme.interceptor, threat ? 1.7 : 1.5, threat ? [] : [5, 2]);
  if (burnout <= path.t[0]) return;
  trace(frame, flownPoints(path, path.t[0], burnout));
  strokeAs(frame, threat ? theme.boost : theme.interceptor, 3.2);
}

function paintHead(frame: Frame, id: string, t: number): Mark {
  const { ctx, theme, ready } = frame;
  const path = ready.tracks[id];
  const threat = ready.data.tracks[id].kind === "threat";
  const mark: Mark = { id, away: false, ...project(frame.view, at(path, t)) };
  if (mark.hidden) return mark;
  const ended = t >= path.t[path.t.length - 1];
  const color = threat ? (t < ready.burnouts[id] ? theme.boost : theme.threat) : theme.interceptor;
  if (ended) {
    const low = Math.hypot(...path.p[path.p.length - 1]) - 1 < LANDED_KM / EARTH_RADIUS_KM;
    if (threat && low) cross(frame, mark, 5, theme.boost);
    return mark;
  }
  ctx.beginPath();
  ctx.arc(mark.x, mark.y, threat ? 4.2 : 3.2, 0, 2 * Math.PI);
  ctx.fillStyle = color;
  ctx.fill();
  strokeAs(frame, theme.halo, 1.4);
  return mark;
}

function cross(frame: Frame, { x, y }: Spot, size: number, color: string): void {
  const { ctx, theme } = frame;
  for (const [ink, width] of [[theme.halo, 4.5], [color, 2.2]] as const) {
    ctx.beginPath();
    ctx.moveTo(x - size, y - size);
    ctx.lineTo(x + size, y + size);
    ctx.moveTo(x + size, y - size);
    ctx.lineTo(x - size, y + size);
    strokeAs(frame, ink, width);
  }
}

function paintIntercepts(frame: Frame, t: number): void {
  const { ctx, theme } = frame;
  for (const [i, spot] of interceptSpots(frame, t)) {
    if (spot.hidden) continue;
    const age = t - frame.scene.intercepts[i].t;
    for (const [ink, width] of [[theme.halo, 4.5], [theme.interceptor, 2]] as const) {
      ctx.beginPath();
      ctx.arc(spot.x, spot.y, 8 + 6 * Math.max(0, 1 - age / 20), 0, 2 * Math.PI);
      strokeAs(frame, ink, width);
    }
    ctx.beginPath();
    ctx.arc(spot.x, spot.y, 2.2, 0, 2 * Math.PI);
    ctx.fillStyle = theme.interceptor;
    ctx.fill();
  }
}

/** Intercepts that have become possible by t, with their place in the scene's list. */
export function interceptSpots(frame: Frame, t: number): [number, Spot][] {
  return frame.scene.intercepts.flatMap((it, i): [number, Spot][] => {
    return it.t <= t ? [[i, project(frame.view, raised(it.lon, it.lat, it.alt_km))]] : [];
  });
}
