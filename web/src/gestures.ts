// Mouse, touch and keys, as turns and zooms of the camera.

export interface Moves {
  drag(dx: number, dy: number): void;
  settle(): void;
  zoom(factor: number): void;
  home(): void;
  toggle(): void;
}

/** One finger or the mouse turns, two fingers zoom; the wheel zooms once the globe was clicked, so that the page scrolls until then. */
export function listenTo(root: HTMLElement, stage: HTMLElement, canvas: HTMLElement, moves: Moves): void {
  const down = new Map<number, { x: number; y: number }>();
  canvas.addEventListener("pointerdown", (e) => {
    down.set(e.pointerId, { x: e.clientX, y: e.clientY });
    canvas.setPointerCapture(e.pointerId);
  });
  canvas.addEventListener("pointermove", (e) => {
    const from = down.get(e.pointerId);
    if (!from) return;
    const to = { x: e.clientX, y: e.clientY };
    const other = [...down].find(([id]) => id !== e.pointerId)?.[1];
    if (other) moves.zoom(Math.hypot(to.x - other.x, to.y - other.y) / Math.max(1, Math.hypot(from.x - other.x, from.y - other.y)));
    else moves.drag(to.x - from.x, to.y - from.y);
    down.set(e.pointerId, to);
  });
  const release = (e: PointerEvent): void => {
    if (down.delete(e.pointerId)) moves.settle();
  };
  canvas.addEventListener("pointerup", release);
  canvas.addEventListener("pointercancel", release);
  stage.addEventListener("wheel", (e) => {
    if (document.activeElement !== stage && !e.ctrlKey) return;
    e.preventDefault();
    moves.zoom(Math.exp(-e.deltaY * (e.deltaMode === 1 ? 0.05 : 0.0016)));
  }, { passive: false });
  root.addEventListener("keydown", (e) => {
    if (!e.ctrlKey && !e.metaKey && !e.altKey && pressed(e, stage, moves)) e.preventDefault();
  });
}

const TURN_PX = 40;
const TURNS: Record<string, [number, number]> = { ArrowLeft: [TURN_PX, 0], ArrowRight: [-TURN_PX, 0], ArrowUp: [0, TURN_PX], ArrowDown: [0, -TURN_PX] };

function pressed(e: KeyboardEvent, stage: HTMLElement, moves: Moves): boolean {
  const target = e.target as HTMLElement;
  if (target.matches("select, button, summary, input[type=checkbox]") && (e.key === " " || target.matches("select"))) return false;
  if (e.key === " ") moves.toggle();
  else if (e.key === "+" || e.key === "=") moves.zoom(1.25);
  else if (e.key === "-") moves.zoom(0.8);
  else if (e.key === "0" && target === stage) moves.home();
  else if (e.key in TURNS && target === stage) {
    moves.drag(...TURNS[e.key]);
    moves.settle();
  } else return false;
  return true;
}
