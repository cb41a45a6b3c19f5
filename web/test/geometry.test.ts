import assert from "node:assert/strict";
import { test } from "node:test";
import { geoArea, geoContains, geoDistance, geoOrthographic } from "d3-geo";
import { contrast, readable } from "../src/colors";
import { at, dragged, drawnHeightKm, horizonDeg, pathOf, polygonsOf, project, raised, unit, viewOf } from "../src/geometry";
import { overlaps, placed } from "../src/labels";
import { linesOf, oddNorthOf } from "../src/lines";
import { clockText, type Ring } from "../src/model";
import { thinned, worldAt } from "../src/world";

const near = (a: number, b: number, tolerance = 1e-9): void => assert.ok(Math.abs(a - b) <= tolerance, `${a} is not ${b}`);
const box = (lon: number, lat: number, half: number): Ring => [[lon - half, lat - half], [lon + half, lat - half], [lon + half, lat + half], [lon - half, lat + half], [lon - half, lat - half]];

test("the projection is d3's on the ground", () => {
  for (const [lon, lat] of [[0, 0], [-168, 54], [38, -36], [179, 89]]) {
    const theirs = geoOrthographic().rotate([-lon, -lat]).translate([300, 200]).scale(150).clipAngle(null as unknown as number);
    const view = viewOf({ lon, lat, zoom: 1 }, 300, 200, 150);
    for (const point of [[10, 20], [-120, 47], [150, -80]] as const) {
      const spot = project(view, unit(point[0], point[1]));
      const [x, y] = theirs(point as [number, number])!;
      near(spot.x, x, 1e-6);
      near(spot.y, y, 1e-6);
      assert.equal(spot.hidden, geoDistance([lon, lat], point as [number, number]) > Math.PI / 2);
    }
  }
});

test("height raises a point straight away from the center, and a point beyond the limb comes into view when it is high enough", () => {
  const view = viewOf({ lon: 0, lat: 0, zoom: 1 }, 0, 0, 100);
  near(project(view, raised(90, 0, 6371.0088)).x, 200);
  assert.equal(project(view, raised(100, 0, 98)).hidden, true); // 6371.0 km (1 / cos 10 deg - 1) = 98.3 km
  assert.equal(project(view, raised(100, 0, 99)).hidden, false);
  assert.equal(project(view, raised(180, 0, 1e6)).hidden, true);
});

test("a geostationary satellite sees 81.3 degrees of arc, and is drawn no further than 3,000 km out", () => {
  near(horizonDeg(35786), 81.3, 0.05);
  assert.equal(drawnHeightKm(1300), 1300);
  assert.ok(drawnHeightKm(35786) < 3000 && drawnHeightKm(40000) > drawnHeightKm(35786));
});

test("a flight passes through its samples, keeps to the great circle between them and stays at its ends", () => {
  const path = pathOf({ t: [0, 100], lon: [0, 90], lat: [0, 0], alt_km: [0, 100] });
  const middle = at(path, 50);
  near(Math.atan2(middle[1], middle[0]), Math.PI / 4);
  near(Math.hypot(...middle), 1 + 50 / 6371.0088);
  assert.deepEqual(at(path, -5), path.p[0]);
  assert.deepEqual(at(path, 500), path.p[path.p.length - 1]);
});

test("rings are wound to enclose the smaller side, and a ring within another is its hole", () => {
  for (const rings of [[box(0, 0, 20), box(0, 0, 5)], [[...box(0, 0, 20)].reverse(), box(0, 0, 5)]]) {
    const polygons = polygonsOf(rings);
    assert.equal(polygons.length, 1);
    assert.ok(geoArea(polygons[0]) < 1);
    assert.equal(geoContains(polygons[0], [10, 10]), true);
    assert.equal(geoContains(polygons[0], [0, 0]), false);
  }
  assert.equal(polygonsOf([box(0, 0, 5), box(40, 0, 5)]).length, 2);
});

test("points are found within the land as d3 finds them", () => {
  const ring: Ring = [[20, 10], [60, 20], [50, 60], [-10, 50], [20, 10]];
  const lines = linesOf([ring]);
  const polygon = polygonsOf([ring])[0];
  for (let lon = -175; lon < 180; lon += 11) {
    for (let lat = -85; lat < 90; lat += 7) assert.equal(oddNorthOf(lines, 0, unit(lon, lat)), geoContains(polygon, [lon, lat]), `${lon}, ${lat}`);
  }
});

test("thinned arcs keep their ends, and the coarsest world has a quarter of the points", () => {
  const arc = Array.from({ length: 101 }, (_, i) => [i / 100, 0]);
  const thin = thinned(arc, 0.1);
  assert.deepEqual([thin[0], thin[thin.length - 1]], [arc[0], arc[100]]);
  assert.ok(thin.length <= 12);
  assert.ok(worldAt(0.5).land.xyz.length < 0.25 * worldAt(0).land.xyz.length);
});

test("dragging moves the point in the middle with the pointer, and stops at the poles", () => {
  const camera = dragged({ lon: 10, lat: 0, zoom: 1 }, 100, 0, 573);
  near(camera.lon, 0, 0.01);
  assert.equal(dragged({ lon: 0, lat: 80, zoom: 1 }, 0, 500, 100).lat, 90);
  near(Math.abs(dragged({ lon: 175, lat: 0, zoom: 1 }, -100, 0, 573).lon), 175, 0.01);
});

test("names do not overlap, the weightier stays, hidden ones are left out", () => {
  const request = (id: string, x: number, weight: number, hidden = false) => ({ id, text: id, spot: { x, y: 50, hidden }, gap: 9, color: "#fff", strong: false, weight });
  const all = placed([request("light", 100, 1), request("heavy", 102, 2), request("behind", 50, 9, true)], [], { width: 400, height: 100 }, () => 80, new Map());
  assert.deepEqual(all.map((p) => p.request.id), ["heavy", "light"]);
  assert.equal(overlaps(all[0].box, all[1].box), false);
});

test("colors become readable on dark and on paper", () => {
  near(contrast("#000000", "#ffffff"), 21);
  for (const color of ["#0072B2", "#D55E00", "#009E73", "#F0E442", "#CC79A7", "#000000"]) {
    for (const ground of ["#1a3258", "#eef3f8"]) assert.ok(contrast(readable(color, ground), ground) >= 4.5);
  }
});

test("the clock runs on past the hour", () => assert.equal(clockText(3725), "T+62:05"));
