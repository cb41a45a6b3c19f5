// Many lines on the sphere kept as flat arrays, for the coasts: turned, clipped at the limb and drawn several times faster
// than through d3's streams, so that the globe can be dragged without a GPU.

import type { Position } from "geojson";
import { type Vec3, type View, dot, surface, unit } from "./geometry";

/** Unit vectors of all points, where each line starts, and a cap (center, angular radius) that holds each line. */
export interface Lines { xyz: Float64Array; starts: number[]; centers: Vec3[]; reaches: number[] }

export function linesOf(lines: Position[][]): Lines {
  const points = lines.flat().map(([lon, lat]) => unit(lon, lat));
  const starts = [0];
  for (const line of lines) starts.push(starts[starts.length - 1] + line.length);
  const made: Lines = { xyz: new Float64Array(points.flat()), starts, centers: [], reaches: [] };
  for (let k = 0; k < lines.length; k++) {
    const own = points.slice(starts[k], starts[k + 1]);
    const sum = own.reduce((s, p): Vec3 => [s[0] + p[0], s[1] + p[1], s[2] + p[2]], [0, 0, 0]);
    const center = Math.hypot(...sum) < 1e-6 ? unit(0, 90) : surface(sum);
    made.centers.push(center);
    made.reaches.push(Math.max(...own.map((p) => angle(center, p))));
  }
  return made;
}

const angle = (a: Vec3, b: Vec3): number => Math.acos(Math.max(-1, Math.min(1, dot(a, b))));

/** The part of the sphere that can be seen: half of it, less when the canvas shows only the middle. */
export interface Sight { view: View; reach: number }

export function sightOf(view: View, width: number, height: number): Sight {
  const farthest = Math.hypot(Math.max(view.cx, width - view.cx), Math.max(view.cy, height - view.cy)) / view.radius;
  return { view, reach: farthest < 1 ? Math.asin(farthest) : Math.PI / 2 };
}

function inSight(lines: Lines, k: number, { view, reach }: Sight): boolean {
  const widest = reach + lines.reaches[k];
  return widest >= Math.PI || dot(lines.centers[k], view.toward) > Math.cos(widest);
}

/** Lines as one path on the near side. */
export function lineTrace(ctx: CanvasRenderingContext2D, lines: Lines, sight: Sight): void {
  const { xyz, starts } = lines;
  const { east: e, north: n, toward: z, cx, cy, radius } = sight.view;
  ctx.beginPath();
  for (let k = 0; k + 1 < starts.length; k++) {
    if (!inSight(lines, k, sight)) continue;
    let broken = true;
    for (let i = 3 * starts[k]; i < 3 * starts[k + 1]; i += 3) {
      const [a, b, c] = [xyz[i], xyz[i + 1], xyz[i + 2]];
      const hidden = a * z[0] + b * z[1] + c * z[2] < 0;
      if (!hidden) {
        const x = cx + radius * (a * e[0] + b * e[1]);
        const y = cy - radius * (a * n[0] + b * n[1] + c * n[2]);
        if (broken) ctx.moveTo(x, y);
        else ctx.lineTo(x, y);
      }
      broken = hidden;
    }
  }
}

/**
 * Rings as one path, to be filled by the even-odd rule. Points beyond the limb are pushed out onto it, which leaves the
 * near side as it is, but turns inside out what holds the antipode of the eye: then the whole disc is added once more.
 */
export function ringTrace(ctx: CanvasRenderingContext2D, rings: Lines, sight: Sight): void {
  const { cx, cy, radius, toward } = sight.view;
  const antipode: Vec3 = [-toward[0], -toward[1], -toward[2]];
  let inverted = false;
  ctx.beginPath();
  for (let k = 0; k + 1 < rings.starts.length; k++) {
    if (!inSight(rings, k, sight)) continue;
    traceRing(ctx, rings, k, sight.view);
    if (angle(rings.centers[k], antipode) <= rings.reaches[k] && oddNorthOf(rings, k, antipode)) inverted = !inverted;
  }
  if (!inverted) return;
  ctx.moveTo(cx + radius, cy);
  ctx.arc(cx, cy, radius, 0, 2 * Math.PI);
}

const BENT = Math.cos(0.05); // beyond the limb, directions further apart [rad] are joined along it and not by a chord

function traceRing(ctx: CanvasRenderingContext2D, { xyz, starts }: Lines, k: number, view: View): void {
  const { east: e, north: n, toward: z, cx, cy, radius } = view;
  let pushed: [number, number] | undefined; // direction of the point before, if that was beyond the limb
  for (let i = 3 * starts[k]; i < 3 * starts[k + 1]; i += 3) {
    const [a, b, c] = [xyz[i], xyz[i + 1], xyz[i + 2]];
    let right = a * e[0] + b * e[1];
    let up = a * n[0] + b * n[1] + c * n[2];
    const beyond = a * z[0] + b * z[1] + c * z[2] < 0;
    if (beyond) {
      const push = 1 / Math.max(1e-12, Math.hypot(right, up));
      [right, up] = [right * push, up * push];
      if (pushed && pushed[0] * right + pushed[1] * up < BENT) alongLimb(ctx, view, pushed, [right, up]);
    }
    if (i === 3 * starts[k]) ctx.moveTo(cx + radius * right, cy - radius * up);
    else ctx.lineTo(cx + radius * right, cy - radius * up);
    pushed = beyond ? [right, up] : undefined;
  }
}

function alongLimb(ctx: CanvasRenderingContext2D, { cx, cy, radius }: View, from: [number, number], to: [number, number]): void {
  const leftward = from[0] * to[1] - from[1] * to[0] > 0; // canvas angles run clockwise, y being down
  ctx.arc(cx, cy, radius, Math.atan2(-from[1], from[0]), Math.atan2(-to[1], to[0]), leftward);
}

/** Whether the meridian from p to the north pole crosses the ring an odd number of times: p lies within, if the pole does not. */
export function oddNorthOf({ xyz, starts }: Lines, k: number, p: Vec3): boolean {
  const r = Math.hypot(p[0], p[1]);
  const [c, s] = r < 1e-12 ? [1, 0] : [p[0] / r, p[1] / r];
  let odd = false;
  for (let i = 3 * starts[k]; i + 3 < 3 * starts[k + 1]; i += 3) {
    const [x1, y1, x2, y2] = [xyz[i], xyz[i + 1], xyz[i + 3], xyz[i + 4]];
    const [d1, d2] = [c * y1 - s * x1, c * y2 - s * x2]; // distance from the meridian's plane
    if (d1 < 0 === d2 < 0) continue;
    const f = d1 / (d1 - d2);
    const along = c * (x1 + (x2 - x1) * f) + s * (y1 + (y2 - y1) * f);
    const up = xyz[i + 2] + (xyz[i + 5] - xyz[i + 2]) * f;
    if (along > 0 && up * r > along * p[2]) odd = !odd;
  }
  return odd;
}
