// What stays put while time runs: sphere, land, borders, defended areas, radar fans. Drawn once per camera and kept.

import { type GeoPath, type GeoPermissibleObjects, geoOrthographic, geoPath } from "d3-geo";
import type { Polygon } from "geojson";
import { type Theme, faded, readable } from "./colors";
import type { View } from "./geometry";
import type { Camera, RadarState, Scene } from "./model";
import type { Ready } from "./ready";
import { lineTrace, ringTrace, sightOf } from "./lines";
import { graticule, worldAt } from "./world";

export interface Layers { tracks: boolean; radars: boolean; satellites: boolean; areas: boolean }
export interface Frame { ctx: CanvasRenderingContext2D; width: number; height: number; view: View; camera: Camera; theme: Theme; scene: Scene; ready: Ready; layers: Layers }

type Draw = GeoPath<unknown, GeoPermissibleObjects>;

/** d3's view of the same camera; precision 0 for dense lines, else the greatest error of a bent line in pixels. */
export function pathFor(frame: Frame, precision: number): Draw {
  const { view, camera, width, height } = frame;
  const projection = geoOrthographic().rotate([-camera.lon, -camera.lat]).translate([view.cx, view.cy]).scale(view.radius)
    .clipAngle(90).clipExtent([[-9, -9], [width + 9, height + 9]]).precision(precision);
  return geoPath(projection, frame.ctx) as Draw;
}

export function partyColor(frame: Frame, party: string): string {
  const color = frame.ready.data.parties[party]?.color ?? frame.theme.quiet;
  return readable(color, frame.theme.ocean, 4.5);
}

function stroke(ctx: CanvasRenderingContext2D, draw: Draw, what: GeoPermissibleObjects, color: string, width: number): void {
  ctx.beginPath();
  draw(what);
  ctx.strokeStyle = color;
  ctx.lineWidth = width;
  ctx.stroke();
}

function fill(ctx: CanvasRenderingContext2D, draw: Draw, what: GeoPermissibleObjects, color: string | CanvasGradient): void {
  ctx.beginPath();
  draw(what);
  ctx.fillStyle = color;
  ctx.fill();
}

/** Sphere, land and lines; `hurry` accepts coarser coasts while the globe is being turned. */
export function paintWorld(frame: Frame, hurry: boolean): void {
  const { ctx, view, theme } = frame;
  ctx.fillStyle = theme.space;
  ctx.fillRect(0, 0, frame.width, frame.height);
  paintSphere(frame);
  const world = worldAt((hurry ? 2.5 : 0.9) * (180 / Math.PI / view.radius));
  const sight = sightOf(view, frame.width, frame.height);
  ringTrace(ctx, world.land, sight);
  ctx.fillStyle = theme.land;
  ctx.fill("evenodd");
  ctx.lineJoin = "round";
  for (const [lines, color, width] of [[graticule(), theme.graticule, 1], [world.borders, theme.border, 0.8], [world.coast, theme.coast, 0.7]] as const) {
    lineTrace(ctx, lines, sight);
    ctx.strokeStyle = color;
    ctx.lineWidth = width;
    ctx.stroke();
  }
}

function paintSphere({ ctx, view, theme }: Frame): void {
  const { cx, cy, radius } = view;
  const shade = ctx.createRadialGradient(cx - 0.25 * radius, cy - 0.3 * radius, 0.1 * radius, cx, cy, radius);
  shade.addColorStop(0, theme.ocean);
  shade.addColorStop(1, theme.oceanEdge);
  for (const [grow, alpha] of [[9, 0.08], [5, 0.14], [2, 0.5]]) {
    ctx.beginPath();
    ctx.arc(cx, cy, radius + grow, 0, 2 * Math.PI);
    ctx.fillStyle = faded(theme.rim, alpha);
    ctx.fill();
  }
  ctx.beginPath();
  ctx.arc(cx, cy, radius, 0, 2 * Math.PI);
  ctx.fillStyle = shade;
  ctx.fill();
}

/** Defended areas under radar fans; least likely band first, so the surest lies on top. */
export function paintCoverage(frame: Frame): void {
  const draw = pathFor(frame, 0.4);
  if (frame.layers.areas) {
    const { areas } = frame.ready.data;
    for (const id of [...frame.scene.areas].sort((a, b) => areas[a].probability - areas[b].probability)) paintArea(frame, draw, id);
  }
  if (frame.layers.radars) for (const { id, state } of frame.scene.radars) paintFan(frame, draw, id, state);
  frame.ctx.setLineDash([]);
}

export const bandDash = (probability: number): number[] => (probability >= 0.85 ? [] : probability >= 0.4 ? [9, 4] : [2, 4]);

function paintArea(frame: Frame, draw: Draw, id: string): void {
  const area = frame.ready.data.areas[id];
  const color = partyColor(frame, area.party);
  frame.ctx.setLineDash(bandDash(area.probability));
  for (const polygon of frame.ready.areas[id]) {
    fill(frame.ctx, draw, polygon, faded(color, 0.1 + 0.2 * area.probability));
    stroke(frame.ctx, draw, polygon, color, area.probability >= 0.85 ? 2 : 1.5);
  }
}

const FAN: Record<RadarState, { dash: number[]; width: number; fill: number }> = {
  own: { dash: [], width: 1.2, fill: 0.6 },
  shared: { dash: [12, 4], width: 1.6, fill: 0.6 },
  rebuilt: { dash: [12, 3, 2, 3], width: 1.6, fill: 0.6 },
  off: { dash: [2, 5], width: 1, fill: 0 },
};

function paintFan(frame: Frame, draw: Draw, id: string, state: RadarState): void {
  const { ctx, theme } = frame;
  const look = FAN[state];
  const color = state === "off" ? theme.quiet : partyColor(frame, frame.ready.data.radars[id].party);
  ctx.setLineDash(look.dash);
  for (const polygon of frame.ready.fans[id] as Polygon[]) {
    if (look.fill > 0) fill(ctx, draw, polygon, faded(color, look.fill * theme.fill));
    stroke(ctx, draw, polygon, color, look.width);
  }
}
