// What pages cost a reader: how long until a scene can be played, how smooth three clusters run,
// how long until an exercise in C++ has its verdict.
//
//   node tools/site/pages_test/measure.mjs http://localhost:8000/
//
// Prints JSON: {"ready": {NAME: [milliseconds…]}, "step": {NAME: {p50, p95}}, "frames": {NAME:
// {steps, count, p50, p95, worst, late}}, "exercise": {first, second}}, both {ready, first, warm:
// [milliseconds…]}; no exercise without a compiler. Nothing is judged here: the numbers are the
// machine's.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { exerciseTimes } from "./measure_exercise.mjs";

const [base] = process.argv.slice(2);
const root = base?.endsWith("/") ? base : `${base}/`;
const { chromium } = await import("playwright-core");
const executablePath = process.env.BOOK_CHROMIUM || "/usr/bin/chromium";
if (!base || !existsSync(executablePath)) {
  console.error(
    "use: node tools/site/pages_test/measure.mjs BASE_URL, where Chromium is installed",
  );
  process.exit(2);
}

const TIMES = 5;
const ARGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const PAGES = {
  "on the node": "chapters/elections.html",
  "a recording": "chapters/channels.html",
  playground: "docs/playground.html",
};
const CLUSTERS = "chapters/elections.html"; // it has three

/** A browser that has seen the book as often as its profile. */
async function browser(body, profile) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: ARGS,
    viewport: { width: 1280, height: 900 },
  });
  try {
    return await body(context.pages()[0] ?? (await context.newPage()));
  } finally {
    await context.close();
  }
}

async function withProfile(body) {
  const profile = mkdtempSync(join(tmpdir(), "book-"));
  try {
    return await body(profile);
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}

/** A browser that has never seen the book. */
const cold = (body) => withProfile((profile) => browser(body, profile));

/** Milliseconds from the navigation until the page's first scene has its controls. */
const ready = (path) =>
  cold(async (page) => {
    await page.addInitScript(() => {
      const look = () => {
        const scene = document.querySelector("raft-scene");
        if (scene && !scene.seen) {
          scene.seen = true;
          scene.scrollIntoView({ block: "end" });
        }
        if (scene?.classList.contains("alive")) globalThis.playable ??= performance.now();
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    await page.goto(root + path);
    await page.waitForFunction(() => globalThis.playable);
    return page.evaluate(() => globalThis.playable);
  });

/**
 * Milliseconds that one step takes, the layout behind it included, over a whole scene, there and
 * back.
 */
const step = (path) =>
  cold(async (page) => {
    await page.goto(root + path);
    const scene = page.locator("raft-scene").first();
    await scene.scrollIntoViewIfNeeded();
    await scene.locator(".play-question button").last().click();
    await scene.locator(".play-bar .play-main").click();
    return scene.evaluate((element) => {
      const range = element.querySelector("input[type=range]");
      const steps = Array.from({ length: Number(range.max) }, (_, i) => i + 1);
      const took = [...steps, ...steps.toReversed(), ...steps]
        .map((position) => {
          const start = performance.now();
          range.value = position;
          range.dispatchEvent(new Event("input"));
          document.body.getBoundingClientRect();
          return performance.now() - start;
        })
        .sort((a, b) => a - b);
      const at = (share) => took[Math.floor(share * took.length)];
      return { p50: at(0.5), p95: at(0.95) };
    });
  });

/**
 * Three clusters of one page at once; `together`: drawn in one sight, the rest of the page left
 * out.
 */
const frames = (speed, together) =>
  cold(async (page) => {
    await page.goto(root + CLUSTERS);
    if (together) {
      await page.setViewportSize({ width: 1280, height: 2200 });
      await page.evaluate(() =>
        document
          .querySelector("article")
          .replaceChildren(...document.querySelectorAll("figure.scene:has(raft-scene)")),
      );
    }
    const scenes = page.locator("raft-scene");
    for (let i = 0; i < 3; i += 1) {
      await scenes.nth(i).scrollIntoViewIfNeeded();
      await scenes.nth(i).locator(".play-question button").last().click();
      await scenes.nth(i).locator(".play-bar .play-main").click();
      await scenes.nth(i).locator(".play-bar select").selectOption(speed);
    }
    await scenes.first().scrollIntoViewIfNeeded();
    await page.waitForTimeout(500);
    return page.evaluate(async () => {
      const bars = [...document.querySelectorAll("raft-scene .play-bar")].slice(0, 3);
      const ranges = bars.map((bar) => bar.querySelector("input"));
      const before = ranges.map((range) => Number(range.value));
      const deltas = [];
      for (const bar of bars) bar.querySelector(".play-main").click();
      let last = await new Promise(requestAnimationFrame);
      while (ranges.every((range) => range.value !== range.max) && deltas.length < 600) {
        const now = await new Promise(requestAnimationFrame);
        deltas.push(now - last);
        last = now;
      }
      const steps = ranges.reduce((sum, range, i) => sum + Number(range.value) - before[i], 0);
      deltas.sort((a, b) => a - b);
      const at = (share) => deltas[Math.min(deltas.length - 1, Math.floor(share * deltas.length))];
      return {
        steps,
        count: deltas.length,
        p50: at(0.5),
        p95: at(0.95),
        worst: deltas.at(-1),
        late: deltas.filter((d) => d > 25).length,
      };
    });
  });

const found = { ready: {}, step: {}, frames: {} };
for (const [name, path] of Object.entries(PAGES)) {
  found.ready[name] = [];
  for (let i = 0; i < TIMES; i += 1) found.ready[name].push(await ready(path));
}
for (const name of ["on the node", "a recording"]) found.step[name] = await step(PAGES[name]);
found.frames["at normal speed"] = await frames("1", false);
found.frames["at five times the speed"] = await frames("5", false);
found.frames["and all three in sight"] = await frames("5", true);
const { ok } = await fetch(`${root}_static/play/compiler/compiler.json`);
if (ok) found.exercise = await withProfile((profile) => exerciseTimes(browser, profile, root));
console.log(JSON.stringify(found));
