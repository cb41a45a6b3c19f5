// Which names the picture asks for, and how they and the fixed marks are drawn.

import { type Frame, partyColor } from "./ground";
import { readable } from "./colors";
import { type Drawn, interceptSpots } from "./flights";
import { type Spot, project, unit } from "./geometry";
import type { RadarState, Site } from "./model";
import { type Box, LEFT, LINE, RIGHT, type Placed, type Request, placed } from "./labels";

const FONT = 'system-ui, -apple-system, "Segoe UI", sans-serif';
const STATE: Record<RadarState, string> = { own: "", shared: " (shared)", rebuilt: " (rebuilt)", off: " (off)" };

const textColor = (frame: Frame, party: string): string => readable(partyColor(frame, party), frame.theme.ocean, 7);
const on = (frame: Frame, lon: number, lat: number): Spot => project(frame.view, unit(lon, lat));

function siteNames(frame: Frame): Request[] {
  const { sites } = frame.ready.data;
  const bases = new Set(frame.scene.sites.filter((id) => sites[id].kind !== "city").map((id) => sites[id].label));
  const named = frame.scene.sites.filter((id) => sites[id].kind !== "city" || !bases.has(sites[id].label));
  return named.map((id) => {
    const site = sites[id];
    const weight = { interceptor: 90, launch: 85, city: 40 }[site.kind];
    const color = site.kind === "city" ? frame.theme.dim : frame.theme.ink;
    return { id: `site ${id}`, text: site.label, spot: on(frame, site.lon, site.lat), gap: 9, color, strong: site.kind !== "city", weight };
  });
}

function radarNames(frame: Frame): Request[] {
  if (!frame.layers.radars) return [];
  return frame.scene.radars.map(({ id, state }) => {
    const radar = frame.ready.data.radars[id];
    const color = state === "off" ? frame.theme.quiet : textColor(frame, radar.party);
    return { id: `radar ${id}`, text: radar.label + STATE[state], spot: on(frame, radar.lon, radar.lat), gap: 9, color, strong: false, weight: 60 };
  });
}

/** An area is named at the highest point of its edge that can be seen, where nested bands lie apart. */
function areaNames(frame: Frame): Request[] {
  if (!frame.layers.areas) return [];
  return frame.scene.areas.flatMap((id): Request[] => {
    const area = frame.ready.data.areas[id];
    const seen = area.rings.flat().map(([lon, lat]) => on(frame, lon, lat)).filter((s) => !s.hidden && s.y > LINE + 4);
    if (seen.length === 0) return [];
    const spot = seen.reduce((a, b) => (b.y < a.y ? b : a));
    return [{ id: `area ${id}`, text: area.label, spot, gap: 5, color: textColor(frame, area.party), strong: false, weight: 30 + 20 * area.probability }];
  });
}

/** Tracks of one label are named once, at the first still flying, with their number. */
function trackNames(frame: Frame, drawn: Drawn, t: number): Request[] {
  const groups = new Map<string, Drawn["heads"]>();
  for (const head of drawn.heads) {
    const { label } = frame.ready.data.tracks[head.id];
    groups.set(label, [...(groups.get(label) ?? []), head]);
  }
  return [...groups].map(([label, heads]) => {
    const flying = heads.find((h) => !h.hidden && t < lastOf(frame.ready.tracks[h.id].t)) ?? heads[0];
    const threat = frame.ready.data.tracks[flying.id].kind === "threat";
    const text = heads.length > 1 ? `${label} ×${heads.length}` : label;
    return { id: `track ${label}`, text, spot: flying, gap: 9, color: threat ? frame.theme.threat : frame.theme.interceptor, strong: true, weight: 55 };
  });
}

const lastOf = (values: number[]): number => values[values.length - 1];

function passingNames(frame: Frame, drawn: Drawn, t: number): Request[] {
  const satellites = drawn.satellites.map((mark): Request => {
    const { label, party } = frame.ready.data.satellites[mark.id];
    const text = mark.away ? `seen by ${label}` : label;
    return { id: `satellite ${mark.id} ${mark.away}`, text, spot: mark, gap: mark.away ? 4 : 9, color: textColor(frame, party), strong: false, weight: 50, first: mark.x < frame.view.cx ? LEFT : RIGHT };
  });
  return [...interceptNames(frame, t), ...satellites, ...trackNames(frame, drawn, t)];
}

/** Intercepts of one label are named once, at the first that is seen, with their number. */
function interceptNames(frame: Frame, t: number): Request[] {
  if (!frame.layers.tracks) return [];
  const groups = new Map<string, Spot[]>();
  for (const [i, spot] of interceptSpots(frame, t)) {
    const { label } = frame.scene.intercepts[i];
    groups.set(label, [...(groups.get(label) ?? []), spot]);
  }
  return [...groups].map(([label, spots]) => {
    const text = spots.length > 1 ? `${label} ×${spots.length}` : label;
    const spot = spots.find((s) => !s.hidden) ?? spots[0];
    return { id: `intercept ${label}`, text, spot, gap: 16, color: frame.theme.interceptor, strong: true, weight: 100 };
  });
}

const fontOf = (request: Request): string => `${request.strong ? 600 : 500} 12px ${FONT}`;
const widths = new Map<string, number>();

function measured(ctx: CanvasRenderingContext2D, request: Request): number {
  const key = fontOf(request) + request.text;
  let width = widths.get(key);
  if (width === undefined) {
    ctx.font = fontOf(request);
    width = ctx.measureText(request.text).width + 2;
    widths.set(key, width);
  }
  return width;
}

/** Fixed marks, then every name that finds room; returns the names drawn. */
export function paintNames(frame: Frame, drawn: Drawn, t: number, taken: Box[], slots: Map<string, number>): Placed[] {
  paintFixedMarks(frame);
  const requests = [...siteNames(frame), ...radarNames(frame), ...areaNames(frame), ...passingNames(frame, drawn, t)];
  const all = placed(requests, taken, frame, (r) => measured(frame.ctx, r), slots);
  for (const label of all) if (label.far) leader(frame.ctx, label);
  for (const label of all) write(frame, label);
  return all;
}

function write({ ctx, theme }: Frame, { request, box }: Placed): void {
  ctx.font = fontOf(request);
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 3.5;
  ctx.strokeStyle = theme.halo;
  ctx.strokeText(request.text, box.x + 1, box.y + LINE / 2);
  ctx.fillStyle = request.color;
  ctx.fillText(request.text, box.x + 1, box.y + LINE / 2);
}

/** A thin line from a mark to its name that found room only further out. */
function leader(ctx: CanvasRenderingContext2D, { request: { spot, color }, box }: Placed): void {
  ctx.beginPath();
  ctx.moveTo(spot.x, spot.y);
  ctx.lineTo(Math.max(box.x, Math.min(spot.x, box.x + box.w)), Math.max(box.y + 2, Math.min(spot.y, box.y + LINE - 2)));
  ctx.strokeStyle = color;
  ctx.lineWidth = 0.8;
  ctx.stroke();
}

function paintFixedMarks(frame: Frame): void {
  for (const { id, state } of frame.layers.radars ? frame.scene.radars : []) {
    const { lon, lat, party } = frame.ready.data.radars[id];
    paintMark(frame, on(frame, lon, lat), SQUARE, state === "off" ? frame.theme.quiet : partyColor(frame, party));
  }
  for (const id of frame.scene.sites) {
    const site = frame.ready.data.sites[id];
    paintMark(frame, on(frame, site.lon, site.lat), SHAPES[site.kind], site.kind === "city" ? frame.theme.dim : partyColor(frame, site.party));
  }
}

type Shape = [number, number][];
const SQUARE: Shape = [[-4, -4], [4, -4], [4, 4], [-4, 4]];
const SHAPES: Record<Site["kind"], Shape> = {
  interceptor: [[0, -7], [6, 4], [-6, 4]],
  launch: [[0, 7], [6, -4], [-6, -4]],
  city: [[-2.5, -2.5], [2.5, -2.5], [2.5, 2.5], [-2.5, 2.5]],
};

function paintMark({ ctx, theme }: Frame, spot: Spot, shape: Shape, color: string): void {
  if (spot.hidden) return;
  ctx.beginPath();
  for (const [dx, dy] of shape) ctx.lineTo(spot.x + dx, spot.y + dy);
  ctx.closePath();
  ctx.fillStyle = color;
  ctx.fill();
  ctx.strokeStyle = theme.halo;
  ctx.lineWidth = 1.4;
  ctx.stroke();
}
