// The data a briefing hands to the globe, version 1. Degrees, kilometers and seconds after launch.

export interface Party { name: string; color: string }
export interface TrackEvent { t: number; name: string }
export interface Samples { t: number[]; lon: number[]; lat: number[]; alt_km: number[] }
export interface Track extends Samples { label: string; kind: "threat" | "interceptor"; events?: TrackEvent[] }
export interface Satellite extends Samples { label: string; party: string }
export type Ring = [number, number][];
export interface Radar { label: string; party: string; lon: number; lat: number; fan: Ring; faces?: Ring[] }
export interface Area { label: string; party: string; probability: number; rings: Ring[] }
export interface Site { label: string; party: string; kind: "interceptor" | "city" | "launch"; lon: number; lat: number }
export type RadarState = "own" | "shared" | "rebuilt" | "off";
export interface Intercept { t: number; lon: number; lat: number; alt_km: number; label: string }
export interface Report { t: number; party: string; text: string }
export interface Camera { lon: number; lat: number; zoom: number }

export interface Scene {
  case: string; case_title: string; threat: string; threat_title: string; claim: string;
  duration_s: number; camera: Camera;
  tracks: string[]; satellites: string[]; radars: { id: string; state: RadarState }[]; areas: string[]; sites: string[];
  intercepts: Intercept[]; ticker: Report[];
}

export interface GlobeData {
  version: 1;
  parties: Record<string, Party>;
  tracks: Record<string, Track>;
  satellites: Record<string, Satellite>;
  radars: Record<string, Radar>;
  areas: Record<string, Area>;
  sites: Record<string, Site>;
  scenes: Scene[];
}

/** The data, once known to be of the version this globe reads and to hold a scene; what else they owe is checked where they are written. */
export function checked(data: GlobeData): GlobeData {
  if (data.version !== 1) throw new Error(`globe data have version ${data.version}; this globe reads version 1: rebuild the page`);
  if (data.scenes.length === 0) throw new Error("globe data hold no scene: add at least one case and threat");
  return data;
}

/** What the reader can step to: reports, intercepts and track events in order of time. */
export interface Moment { t: number; text: string; party?: string; kind: "report" | "intercept" | "event" }

export function momentsOf(data: GlobeData, scene: Scene): Moment[] {
  const moments: Moment[] = scene.ticker.map((r) => ({ t: r.t, text: r.text, party: r.party, kind: "report" }));
  for (const i of scene.intercepts) moments.push({ t: i.t, text: i.label, kind: "intercept" });
  const named = new Set<string>();
  for (const id of scene.tracks) {
    const track = data.tracks[id];
    for (const e of track.events ?? []) {
      const text = `${track.label}: ${e.name.replaceAll("-", " ")}`;
      if (named.has(text)) continue; // many tracks of one label: the first stands for all
      named.add(text);
      moments.push({ t: e.t, text, kind: "event" });
    }
  }
  return moments.filter((m) => m.t >= 0 && m.t <= scene.duration_s).sort((a, b) => a.t - b.t);
}

/** The instant a still picture should show: tracks stand high from four tenths of the scene on; later, if the first intercept is. */
export function tellingTime(scene: Scene): number {
  const high = 0.4 * scene.duration_s;
  const first = Math.min(...scene.intercepts.map((i) => i.t));
  return first > high && first < scene.duration_s ? first : high;
}

/** When a track's engines have burned out for good: its last event called `cut-off` or `burnout`, however numbered; else never burning. */
export function poweredUntil(track: Track): number {
  return Math.max(-Infinity, ...(track.events ?? []).filter((e) => /^(cut-off|burnout)/.test(e.name)).map((e) => e.t));
}

/** `T+mm:ss`, minutes running on past the hour as launch clocks do. */
export function clockText(t: number): string {
  const whole = Math.max(0, Math.round(t));
  const two = (n: number) => String(n).padStart(2, "0");
  return `T+${two(Math.floor(whole / 60))}:${two(whole % 60)}`;
}
