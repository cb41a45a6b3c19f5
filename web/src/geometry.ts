// Points above a sphere, seen from infinitely far away (orthographic projection), and rings on it.
// Lengths are in Earth radii unless a name says otherwise. Snyder, Map Projections: a working manual (1987), ch. 20.

import { geoArea, geoContains, geoRotation } from "d3-geo";
import type { Polygon } from "geojson";
import type { Camera, Ring, Samples } from "./model";

export const EARTH_RADIUS_KM = 6371.0088; // mean radius R1, Moritz, Geodetic Reference System 1980, J. Geodesy 74 (2000)
const RADIAN = Math.PI / 180;
const GREATEST_STEP = 1.5 * RADIAN; // longer steps between samples are filled in along the great circle

export type Vec3 = [number, number, number];
export const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

export function unit(lonDeg: number, latDeg: number): Vec3 {
  const lon = lonDeg * RADIAN;
  const lat = latDeg * RADIAN;
  return [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
}

/** A point at a height above the surface. */
export function raised(lonDeg: number, latDeg: number, altKm: number): Vec3 {
  const r = 1 + altKm / EARTH_RADIUS_KM;
  const p = unit(lonDeg, latDeg);
  return [p[0] * r, p[1] * r, p[2] * r];
}

export function surface(p: Vec3): Vec3 {
  const r = Math.hypot(p[0], p[1], p[2]);
  return [p[0] / r, p[1] / r, p[2] / r];
}

/** Where the eye is and how large the globe stands on the canvas: center and radius in CSS pixels. */
export interface View { cx: number; cy: number; radius: number; east: Vec3; north: Vec3; toward: Vec3 }

export function viewOf(camera: Camera, cx: number, cy: number, radius: number): View {
  const lon = camera.lon * RADIAN;
  const lat = camera.lat * RADIAN;
  return {
    cx, cy, radius,
    east: [-Math.sin(lon), Math.cos(lon), 0],
    north: [-Math.sin(lat) * Math.cos(lon), -Math.sin(lat) * Math.sin(lon), Math.cos(lat)],
    toward: unit(camera.lon, camera.lat),
  };
}

export interface Spot { x: number; y: number; hidden: boolean }

/** A point on the canvas, and whether the globe stands before it: behind the plane of the limb and within its circle. */
export function project(view: View, p: Vec3): Spot {
  const right = dot(p, view.east);
  const up = dot(p, view.north);
  const hidden = dot(p, view.toward) < 0 && right * right + up * up < 1;
  return { x: view.cx + view.radius * right, y: view.cy - view.radius * up, hidden };
}

/** Earth-central angle from the point below a satellite to its horizon, in degrees. */
export function horizonDeg(altKm: number): number {
  return Math.acos(1 / (1 + Math.max(altKm, 0) / EARTH_RADIUS_KM)) / RADIAN;
}

const TRUE_HEIGHT_KM = 2000;

/** Height at which a satellite is drawn: true up to 2,000 km, then logarithmic, so that a geostationary one stays on the canvas. */
export function drawnHeightKm(altKm: number): number {
  return altKm <= TRUE_HEIGHT_KM ? altKm : TRUE_HEIGHT_KM * (1 + 0.15 * Math.log(altKm / TRUE_HEIGHT_KM));
}

/** A sampled flight as points in space, dense enough to be joined by straight lines. */
export interface Path { t: number[]; p: Vec3[] }

export function pathOf(s: Samples): Path {
  const path: Path = { t: [], p: [] };
  for (let k = 0; k < s.t.length; k++) {
    const next = raised(s.lon[k], s.lat[k], s.alt_km[k]);
    if (k > 0) fillStep(path, s.t[k - 1], path.p[path.p.length - 1], s.t[k], next);
    path.t.push(s.t[k]);
    path.p.push(next);
  }
  return path;
}

function fillStep(path: Path, t0: number, a: Vec3, t1: number, b: Vec3): void {
  const angle = Math.acos(Math.min(1, Math.max(-1, dot(surface(a), surface(b)))));
  const steps = Math.ceil(angle / GREATEST_STEP);
  for (let i = 1; i < steps; i++) {
    path.t.push(t0 + ((t1 - t0) * i) / steps);
    path.p.push(between(a, b, i / steps));
  }
}

/** The point a fraction f of the way: direction along the great circle, height linearly. */
export function between(a: Vec3, b: Vec3, f: number): Vec3 {
  const [u, v] = [surface(a), surface(b)];
  const angle = Math.acos(Math.min(1, Math.max(-1, dot(u, v))));
  const r = Math.hypot(...a) * (1 - f) + Math.hypot(...b) * f;
  const s = Math.sin(angle);
  const [wa, wb] = s < 1e-9 ? [1 - f, f] : [Math.sin((1 - f) * angle) / s, Math.sin(f * angle) / s];
  return [r * (wa * u[0] + wb * v[0]), r * (wa * u[1] + wb * v[1]), r * (wa * u[2] + wb * v[2])];
}

/** How many samples lie at or before t. */
export function countUntil(times: number[], t: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] <= t) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where the flight is at t, held at its ends. */
export function at(path: Path, t: number): Vec3 {
  const n = countUntil(path.t, t);
  if (n === 0) return path.p[0];
  if (n === path.t.length) return path.p[n - 1];
  return between(path.p[n - 1], path.p[n], (t - path.t[n - 1]) / (path.t[n] - path.t[n - 1]));
}

const closed = (ring: Ring): Ring => {
  const [first, last] = [ring[0], ring[ring.length - 1]];
  return first[0] === last[0] && first[1] === last[1] ? ring : [...ring, first];
};

/** The ring wound as d3 expects: the side it encloses is the smaller part of the sphere. */
export function wound(ring: Ring): Ring {
  const polygon: Polygon = { type: "Polygon", coordinates: [closed(ring)] };
  return geoArea(polygon) > 2 * Math.PI ? [...polygon.coordinates[0]].reverse() as Ring : polygon.coordinates[0] as Ring;
}

/** Rings of one contour as polygons: a ring that lies in an odd number of others is a hole of the smallest of them. */
export function polygonsOf(rings: Ring[]): Polygon[] {
  const all = rings.filter((ring) => ring.length >= 3).map(wound);
  const polygons = all.map((ring): Polygon => ({ type: "Polygon", coordinates: [ring] }));
  const areas = polygons.map((p) => geoArea(p));
  const parents = all.map((ring, i) =>
    polygons.flatMap((p, j) => (j !== i && areas[j] > areas[i] && geoContains(p, ring[0]) ? [j] : [])).sort((a, b) => areas[a] - areas[b]),
  );
  const shells = polygons.map((p) => ({ ...p, coordinates: [...p.coordinates] }));
  parents.forEach((of, i) => {
    if (of.length % 2 === 1) shells[of[0]].coordinates.push([...all[i]].reverse());
  });
  return shells.filter((_, i) => parents[i].length % 2 === 0);
}

/** The camera after the globe is dragged by so many pixels at its center; latitude stops at the poles. */
export function dragged(camera: Camera, dx: number, dy: number, radius: number): Camera {
  const perPixel = 1 / (radius * RADIAN);
  const lat = Math.max(-90, Math.min(90, camera.lat + dy * perPixel));
  const shrink = Math.max(0.25, Math.cos(lat * RADIAN));
  return { ...camera, lat, lon: geoRotation([camera.lon, 0])([-(dx * perPixel) / shrink, 0])[0] };
}
