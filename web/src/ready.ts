// The data made ready for drawing, once: paths in space, rings wound for d3.

import type { Polygon } from "geojson";
import { type GlobeData, poweredUntil } from "./model";
import { type Path, pathOf, polygonsOf } from "./geometry";

export interface Ready {
  data: GlobeData;
  tracks: Record<string, Path>;
  burnouts: Record<string, number>;
  satellites: Record<string, Path>;
  fans: Record<string, Polygon[]>;
  areas: Record<string, Polygon[]>;
}

function mapped<A, B>(from: Record<string, A>, make: (a: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(from).map(([id, value]) => [id, make(value)]));
}

export function readied(data: GlobeData): Ready {
  return {
    data,
    tracks: mapped(data.tracks, pathOf),
    burnouts: mapped(data.tracks, poweredUntil),
    satellites: mapped(data.satellites, pathOf),
    fans: mapped(data.radars, (radar) => [radar.fan, ...(radar.faces ?? [])].flatMap((ring) => polygonsOf([ring]))),
    areas: mapped(data.areas, (area) => polygonsOf(area.rings)),
  };
}
