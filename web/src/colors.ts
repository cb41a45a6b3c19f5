// Two themes, the dark globe and paper, and the parties' colors made readable on each.

export interface Theme {
  space: string; ocean: string; oceanEdge: string; rim: string; land: string; coast: string; border: string; graticule: string;
  ink: string; dim: string; halo: string; boost: string; threat: string; interceptor: string; quiet: string; shadow: string; fill: number;
}

// Okabe & Ito, Color Universal Design (2008): orange, yellow among them
export const DARK: Theme = {
  space: "#0b1220", ocean: "#1a3258", oceanEdge: "#101f3c", rim: "#3f6f9f", land: "#3b4a60", coast: "#8fa6bd", border: "#1b2536",
  graticule: "rgba(160,190,225,0.10)", ink: "#f4f7fb", dim: "#b9c6d6", halo: "#0b1220", boost: "#E69F00", threat: "#F0E442",
  interceptor: "#ffffff", quiet: "#94a3b5", shadow: "rgba(8,13,24,0.6)", fill: 0.16,
};
export const PAPER: Theme = {
  space: "#ffffff", ocean: "#eef3f8", oceanEdge: "#e4ecf4", rim: "#5b6b7d", land: "#d3d8de", coast: "#6d7a88", border: "#a5aeb8",
  graticule: "rgba(60,80,100,0.12)", ink: "#000000", dim: "#37414d", halo: "#ffffff", boost: "#9c4a00", threat: "#6b6400",
  interceptor: "#000000", quiet: "#5f6b78", shadow: "rgba(60,70,80,0.35)", fill: 0.14,
};

type Rgb = [number, number, number];

function rgb(hex: string): Rgb {
  const n = parseInt(hex.slice(1), 16);
  return [(n >> 16) & 255, (n >> 8) & 255, n & 255];
}

const hex = (c: Rgb): string => "#" + c.map((v) => Math.round(v).toString(16).padStart(2, "0")).join("");

function luminance(c: Rgb): number {
  const [r, g, b] = c.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio of two colors, 1 to 21 (WCAG 2.2, definition of contrast ratio). */
export function contrast(a: string, b: string): number {
  const [x, y] = [luminance(rgb(a)), luminance(rgb(b))];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** The color moved toward white or black, no further than the ratio against the background asks. */
export function readable(color: string, background: string, ratio = 4.5): string {
  const toward: Rgb = luminance(rgb(background)) < 0.18 ? [255, 255, 255] : [0, 0, 0];
  const from = rgb(color);
  for (let f = 0; f <= 1; f += 0.05) {
    const mixed = hex(from.map((v, i) => v + (toward[i] - v) * f) as Rgb);
    if (contrast(mixed, background) >= ratio) return mixed;
  }
  return hex(toward);
}

export function faded(color: string, alpha: number): string {
  const [r, g, b] = rgb(color);
  return `rgba(${r},${g},${b},${alpha})`;
}
