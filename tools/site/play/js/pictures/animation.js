// Style rules that play a picture in order, gently: each event brightens and its token travels.
// They stop for whoever prefers less motion, and while the box with the class pause-box is
// ticked.

import { num } from "./shapes.js";

const STEP = 0.9; // seconds from an event to the next
const REST = 4; // and after the last
const OFF = 99.2; // percent of the cycle
const TRAVELS = ["handoff", "buffer", "take"];

/** `ident` is that of the element around the picture. */
export function animation(trace, ident) {
  const cycle = trace.events.length * STEP + REST;
  const rules = trace.events.map((event, i) => {
    const at = (100 * i * STEP) / cycle;
    const on = at + (100 * 0.5 * STEP) / cycle;
    const target = `#${ident} .ev[data-seq="${event.seq}"]`;
    const name = `${ident}-${event.seq}`;
    const brightens =
      `@keyframes ${name}{0%,${num(at)}%{opacity:.5}${num(on)}%,${num(OFF)}%{opacity:1}100%{opacity:.5}}` +
      `${target}{animation:${name} ${num(cycle)}s linear infinite}`;
    if (!TRAVELS.includes(event.kind)) return brightens;
    return (
      `${brightens}@keyframes ${name}-go{0%,${num(at)}%{opacity:0;transform:none}${num(at + 0.3)}%{opacity:1;transform:none}` +
      `${num(on)}%{opacity:1;transform:translateX(var(--dx))}${num(on + 0.6)}%,100%{opacity:0;transform:translateX(var(--dx))}}` +
      `${target} .token{animation:${name}-go ${num(cycle)}s ease-in-out infinite}`
    );
  });
  const still = `#${ident} .pause-box:checked~.scene-view .ev,#${ident} .pause-box:checked~.scene-view .token{animation:none}`;
  return `@media (prefers-reduced-motion:no-preference){${rules.join("")}${still}}`;
}
