// Land and borders of Natural Earth, at the coarseness the picture needs.

import { geoGraticule } from "d3-geo";
import { feature, mesh } from "topojson-client";
import type { Topology, GeometryCollection } from "topojson-specification";
import type { MultiPolygon, Position } from "geojson";
import worldText from "world-atlas/countries-50m.json";
import { type Lines, linesOf } from "./lines";

export interface World { land: Lines; coast: Lines; borders: Lines }

type Countries = Topology<{ countries: GeometryCollection; land: GeometryCollection }>;

const COARSENESS_DEG = [0, 0.07, 0.16, 0.35];
const made: (World | undefined)[] = [];
let topology: Countries | undefined;
let meridians: Lines | undefined;

/** The world with detail no finer than `pixelDeg` degrees needs; every level is built once. */
export function worldAt(pixelDeg: number): World {
  let level = COARSENESS_DEG.length - 1;
  while (COARSENESS_DEG[level] > pixelDeg) level--;
  return (made[level] ??= worldOf((topology ??= unpacked()), COARSENESS_DEG[level]));
}

/** Meridians and parallels, 15 degrees apart. */
export function graticule(): Lines {
  return (meridians ??= linesOf(geoGraticule().step([15, 15])().coordinates));
}

function unpacked(): Countries {
  const packed = JSON.parse(worldText as unknown as string) as Countries;
  const { scale, translate } = packed.transform!;
  const arcs = packed.arcs.map((arc) => {
    let [x, y] = [0, 0];
    return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
  });
  return { type: "Topology", objects: packed.objects, arcs };
}

function worldOf(source: Countries, coarseness: number): World {
  const topo: Countries = coarseness === 0 ? source : { ...source, arcs: source.arcs.map((arc) => thinned(arc, coarseness)) };
  const { countries, land } = topo.objects;
  const rings = feature(topo, land).features.flatMap(({ geometry }) => (geometry as MultiPolygon).coordinates.flat());
  return {
    land: linesOf(rings.filter((ring) => ring.length >= 4)),
    coast: linesOf(mesh(topo, countries, (a, b) => a === b).coordinates),
    borders: linesOf(mesh(topo, countries, (a, b) => a !== b).coordinates),
  };
}

/** An arc without the points closer than `coarseness` to the one kept before; its ends stay, so neighbors still meet. */
export function thinned(arc: Position[], coarseness: number): Position[] {
  const kept = [arc[0]];
  for (let i = 1; i < arc.length - 1; i++) {
    const last = kept[kept.length - 1];
    const dx = (arc[i][0] - last[0]) * Math.cos((last[1] * Math.PI) / 180);
    if (Math.hypot(dx, arc[i][1] - last[1]) >= coarseness) kept.push(arc[i]);
  }
  kept.push(arc[arc.length - 1]);
  return kept;
}
