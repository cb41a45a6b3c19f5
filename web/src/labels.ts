// Names beside what they name: each tried at places around its mark, then further out with a line to it, in order of weight, none over another.

import type { Spot } from "./geometry";

export interface Box { x: number; y: number; w: number; h: number }
export interface Request { id: string; text: string; spot: Spot; gap: number; color: string; strong: boolean; weight: number; first?: number }
export interface Placed { request: Request; box: Box; far: boolean }

const NEAR: [number, number][] = [[1, 0], [-1, 0], [0, -1], [0, 1], [1, -1], [-1, -1], [1, 1], [-1, 1]];
const SLOTS = [1, 3, 5].flatMap((far) => NEAR.map(([right, down]) => ({ right, down, far })));
export const LINE = 15;

export const overlaps = (a: Box, b: Box): boolean => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

const inside = (a: Box, width: number, height: number): boolean => a.x >= 2 && a.y >= 2 && a.x + a.w <= width - 2 && a.y + a.h <= height - 2;

function boxAt({ spot, gap }: Request, slot: number, w: number): Box {
  const { right, down, far } = SLOTS[slot];
  const reach = far * (right !== 0 && down !== 0 ? gap * 0.75 : gap);
  const x = spot.x + right * reach - (right < 0 ? w : right === 0 ? w / 2 : 0);
  const y = spot.y + down * reach - (down < 0 ? LINE : down === 0 ? LINE / 2 : 0);
  return { x, y, w, h: LINE };
}

export const RIGHT = 0; // of the places, the ones a request may ask to be tried first
export const LEFT = 1;

/**
 * Labels that fit, each clear of the others, of the marks and of `taken`. A label stays at the side it had (`slots`) while
 * it can, so that names do not jump as time runs; those that fit nowhere are left out.
 */
export function placed(requests: Request[], taken: Box[], size: { width: number; height: number }, measure: (r: Request) => number, slots: Map<string, number>): Placed[] {
  const within = ({ x, y }: Spot): boolean => x >= 0 && y >= 0 && x <= size.width && y <= size.height;
  const shown = requests.filter((r) => !r.spot.hidden && within(r.spot)).sort((a, b) => b.weight - a.weight);
  const blocked = [...taken, ...shown.map(({ spot }) => ({ x: spot.x - 5, y: spot.y - 5, w: 10, h: 10 }))];
  const result: Placed[] = [];
  for (const request of shown) {
    const w = measure(request);
    const before = slots.get(request.id) ?? request.first;
    const order = before === undefined ? SLOTS.keys() : [before, ...SLOTS.keys()];
    for (const slot of order) {
      const box = boxAt(request, slot, w);
      if (!inside(box, size.width, size.height) || blocked.some((other) => overlaps(box, other))) continue;
      slots.set(request.id, slot);
      blocked.push(box);
      result.push({ request, box, far: SLOTS[slot].far > 1 });
      break;
    }
  }
  return result;
}
