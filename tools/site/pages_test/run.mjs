// Opens every kind of page in the system's Chromium and asks what a reader would notice.
//
//   node tools/site/pages_test/run.mjs http://localhost:8000/ [NAME…]
//
// Prints `ok NAME` or `not ok NAME: why`, then `N passed, N failed`; exits 1 when something failed.
// NAME… restricts the run to the checks whose name contains one of them.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { checkCompiler } from "./compiler.mjs";
import { checkExercises } from "./exercises.mjs";
import { compareFonts } from "./fonts.mjs";
import { checkOffline } from "./offline.mjs";
import { checkPlayer } from "./play.mjs";
import { checkScenes } from "./scenes.mjs";

const [base, ...wanted] = process.argv.slice(2);
if (!base || !/^https?:\/\//.test(base)) {
  console.error(
    "use: node tools/site/pages_test/run.mjs BASE_URL [NAME…] — BASE_URL is where the built site is served",
  );
  process.exit(2);
}
const root = base.endsWith("/") ? base : base + "/";
const require = createRequire(import.meta.url);
let chromium, axePath;
try {
  ({ chromium } = await import("playwright-core"));
  axePath = require.resolve("axe-core/axe.min.js");
} catch {
  console.error("playwright-core or axe-core is missing — run: npm ci");
  process.exit(2);
}
const executablePath = process.env.BOOK_CHROMIUM || "/usr/bin/chromium";
if (!existsSync(executablePath)) {
  console.error(`${executablePath} is missing — run: apt-get install chromium`);
  process.exit(2);
}
const args = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let passed = 0;
let failed = 0;
async function check(name, body) {
  if (wanted.length && !wanted.some((word) => name.includes(word))) return;
  let why = "";
  try {
    why = (await body()) || "";
  } catch (error) {
    why = String(error.message || error).split("\n")[0];
  }
  if (why) failed += 1;
  else passed += 1;
  console.log(why ? `not ok ${name}: ${why}` : `ok ${name}`);
}

const browser = await chromium.launch({ executablePath, args });

// A page with its theme, its size, and everything it complained about or asked for.
async function open(
  path,
  {
    theme = "light",
    width = 1280,
    javaScriptEnabled = true,
    missing = false,
    serviceWorkers = "allow",
  } = {},
) {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    javaScriptEnabled,
    serviceWorkers,
    reducedMotion: "reduce",
    colorScheme: theme,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !(missing && message.text().includes("404")))
      complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(new URL(root).origin) && !/^(data|blob):/.test(url))
      complaints.push(`asks for ${url}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && !(missing && response.url() === root + path))
      complaints.push(`${response.status()} for ${response.url()}`);
  });
  await page.goto(root + path, { waitUntil: "load", timeout: 90000 });
  await page.evaluate(() => document.fonts.ready);
  return { page, complaints, close: () => context.close() };
}

// Folds hide what they hold from axe as from everyone: open them first.
const unfold = (page) =>
  page.evaluate(() =>
    document.querySelectorAll("details").forEach((fold) => {
      fold.open = true;
    }),
  );

// A page of code has thousands of words in a dozen colours: of those that look the same, one is
// looked at.
const oneOfEachWord = (page) =>
  page.evaluate(() => {
    const seen = new Set();
    for (const word of document.querySelectorAll("pre span[class]:not(:has(*))")) {
      const box = word.closest("figure, div.highlight");
      const looks = [word, word.parentElement, box].map((el) => el?.className).join("/");
      if (seen.has(looks)) word.replaceWith(word.textContent);
      seen.add(looks);
    }
  });

async function axe(page, within = "", rules = {}) {
  await unfold(page);
  await page.addScriptTag({ path: axePath });
  const { violations } = await page.evaluate(
    ([selector, some]) =>
      window.axe.run(selector || document, { resultTypes: ["violations"], ...some }),
    [within, rules],
  );
  const grave = violations.filter((v) => ["serious", "critical"].includes(v.impact));
  return grave
    .map(
      (v) =>
        `axe ${v.id} at ${v.nodes
          .slice(0, 2)
          .map((n) => n.target.join(" "))
          .join(" and ")}` +
        (v.id === "color-contrast" ? ` (${v.nodes[0].any[0]?.data?.contrastRatio})` : ""),
    )
    .join("; ");
}

// One h1, and words for every picture.
async function headings(page) {
  const found = await page.evaluate(() => ({
    h1: document.querySelectorAll("h1").length,
    bare: [...document.querySelectorAll("article svg, article img")].filter(
      (p) =>
        !p.closest("[aria-hidden=true]") &&
        p.getAttribute("aria-hidden") !== "true" &&
        !p.closest("button") &&
        !p.getAttribute("aria-labelledby") &&
        !p.getAttribute("alt") &&
        !p.getAttribute("aria-label"),
    ).length,
  }));
  return [
    found.h1 === 1 ? "" : `it has ${found.h1} h1`,
    found.bare ? `${found.bare} pictures have no words` : "",
  ];
}

// The second theme differs in its colours, and a narrow window in all else, but for the header that
// only it has: the front page's is looked at.
const COLOURS = { runOnly: ["color-contrast"] };
const ALL_ELSE = { rules: { "color-contrast": { enabled: false } } };

// What sticks out of a 390 px screen; what scrolls inside its own box does not.
const sideways = (page) =>
  page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (wide <= 0) return "";
    const inBox = (el) => {
      for (let p = el.parentElement; p; p = p.parentElement)
        if (/auto|scroll|hidden|clip/.test(getComputedStyle(p).overflowX)) return true;
      return false;
    };
    const out = [...document.querySelectorAll("body *")].find(
      (el) =>
        el.getBoundingClientRect().right > innerWidth + 1 &&
        !inBox(el) &&
        getComputedStyle(el).position !== "fixed",
    );
    return (
      `scrolls sideways by ${wide} px` +
      (out
        ? `, because of ${out.tagName.toLowerCase()}.${out.className?.baseVal ?? out.className}`
        : "")
    );
  });

// The pages: all chapters from the front page's navigation, one of every other kind.
const { page: front, close: closeFront } = await open("index.html");
const links = await front.evaluate(() =>
  [...document.querySelectorAll(".sidebar-tree a.internal")].map(
    (a) => new URL(a.getAttribute("href"), location.href).href,
  ),
);
await closeFront();
const paths = [...new Set(links.map((link) => link.slice(root.length).replace(/#.*/, "")))];
const chapters = paths.filter((path) => path.startsWith("chapters/"));
const api =
  paths.find((path) => path === "docs/reference/api/csp-channel.html") ??
  paths.find((path) => path.includes("reference/api/"));
const source = await (async () => {
  const { page, close } = await open(chapters[0] ?? "index.html");
  const found = await page.evaluate(() =>
    [...document.querySelectorAll("article a")]
      .map((a) => a.href)
      .find((href) => /\/source\/\w+\.html/.test(href)),
  );
  await close();
  return found?.replace(/#.*/, "").slice(root.length);
})();
const pages = {
  front: "index.html",
  ...Object.fromEntries(chapters.map((path) => [path.replace(/^chapters\/|\.html$/g, ""), path])),
  "reference index": "docs/reference/index.html",
  api,
  "source of a stage": source,
  glossary: "docs/glossary.html",
  playground: "docs/playground.html",
  teaching: "docs/teaching/index.html",
  contributing: "docs/contributing/index.html",
  search: "search.html?q=channel",
  404: "404.html",
};
if (chapters.length === 0) await check("chapters", () => "the front page links to no chapter");

async function checkPage(name, path) {
  if (!path) return check(name, () => "there is no such page");
  const states = ["light", "dark", "at 390 px"].map((state) => `${name} ${state}`);
  if (
    wanted.length &&
    ![...states, `${name} without scripts`].some((state) =>
      wanted.some((word) => state.includes(word)),
    )
  )
    return;
  const { page, complaints, close } = await open(path);
  await check(states[0], async () => {
    await oneOfEachWord(page);
    return [...complaints.splice(0), ...(await headings(page)), await axe(page)]
      .filter(Boolean)
      .join("; ");
  });
  await check(states[1], async () => {
    await page.evaluate(() => {
      document.body.dataset.theme = "dark";
    });
    return [...complaints.splice(0), await axe(page, "", COLOURS)].filter(Boolean).join("; ");
  });
  await check(states[2], async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(root + path, { waitUntil: "load" });
    let why = await sideways(page);
    if (!why) {
      await unfold(page);
      why = await sideways(page);
      if (why) why += " when its folds are open";
    }
    await oneOfEachWord(page);
    return [...complaints.splice(0), why || (await axe(page, "", name === "front" ? {} : ALL_ELSE))]
      .filter(Boolean)
      .join("; ");
  });
  await close();
  if (name === "search") return;
  await check(`${name} without scripts`, async () => {
    const plain = await open(path, { javaScriptEnabled: false });
    const text = await plain.page.locator("article[role=main]").innerText();
    const hidden = await plain.page
      .locator("figure.excerpt pre")
      .evaluateAll(
        (all) => all.filter((pre) => !pre.closest("details") && !pre.offsetHeight).length,
      );
    await plain.close();
    if (text.length < 40) return "the article is empty";
    return [...plain.complaints, hidden ? `${hidden} excerpts are hidden` : ""]
      .filter(Boolean)
      .join("; ");
  });
}

const among = (group) =>
  !wanted.length || wanted.some((word) => group.includes(word) || word.startsWith(group));

async function checkPlaying() {
  if (!among("player")) return;
  await checkPlayer({ check, open, axe, sideways, browser, root });
  await checkScenes({ check, open, axe, sideways, browser, root }, [...chapters, pages.playground]);
}

async function checkPractice() {
  if (!among("exercises")) return;
  await checkExercises({ check, open, axe, sideways });
  await checkOffline({ check, browser, root });
}

async function checkCompiling() {
  if (among("compiler")) await checkCompiler({ check, axe, sideways, browser, root });
}

// What is asked of one page or another, each on its own.
const singles = [];
const later = (name, body) => singles.push(() => check(name, body));

// Part II's first chapter is 7: the counter that numbers the contents must not begin anew with each
// part.
later("chapters are counted through all parts", async () => {
  const { page, close } = await open(pages.chapter ?? "");
  const reset = await page.evaluate(
    () => getComputedStyle(document.querySelector(".sidebar-tree")).counterReset,
  );
  await close();
  return reset.includes("chapter") ? "" : `.sidebar-tree has counter-reset: ${reset}`;
});

later("search finds", async () => {
  const { page, close } = await open("search.html?q=rendezvous");
  await page.waitForSelector("#search-results li a", { timeout: 10000 });
  const hits = await page.locator("#search-results li a").count();
  await close();
  return hits ? "" : "nothing found for rendezvous";
});

later("404 at any depth", async () => {
  const { page, complaints, close } = await open("404.html");
  const bad = await page.evaluate(
    (site) =>
      [...document.querySelectorAll("link[rel=stylesheet], script[src], article a")]
        .map((el) => el.href || el.src)
        .filter((url) => url && !url.startsWith(site)),
    root,
  );
  const based = await page.evaluate(() => document.querySelector("base")?.getAttribute("href"));
  await close();
  if (!based || !based.startsWith("/")) return "it has no absolute base";
  return [...complaints, ...bad.map((url) => `leads to ${url}`)].slice(0, 3).join("; ");
});

later("old addresses of chapters lead to the new ones", async () => {
  const moved = {
    "11-elections": "elections",
    "05-the-front-door": "front-door",
    "01-the-life-of-a-put": "life-of-a-put",
    "08-the-log": "log",
  };
  const context = await browser.newContext();
  const page = await context.newPage();
  const lost = [];
  for (const [before, now] of Object.entries(moved)) {
    await page.goto(`${root}chapters/${before}.html?q=1#map`, { waitUntil: "commit" });
    await page
      .waitForURL(`${root}chapters/${now}.html?q=1#map`, { timeout: 10000 })
      .catch(() => lost.push(`${before} ends at ${page.url()}`));
  }
  // An address that never was is said to be none, and not looked for again.
  await page.goto(`${root}chapters/99-the-end.html`, { waitUntil: "commit" });
  await page
    .waitForURL(`${root}chapters/end.html`, { timeout: 10000 })
    .catch(() => lost.push(`99-the-end ends at ${page.url()}`));
  const said = await page.locator("h1").first().textContent();
  await context.close();
  return [...lost, ...(said.startsWith("No such page") ? [] : [`99-the-end: ${said}`])].join("; ");
});

// The theme's button goes through light, dark and auto.
later("theme button", async () => {
  const { page, close } = await open("index.html");
  const seen = new Set();
  for (let i = 0; i < 3; i += 1) {
    await page.locator(".theme-toggle:visible").first().click();
    seen.add(await page.evaluate(() => document.body.dataset.theme));
  }
  await close();
  return seen.size === 3 ? "" : `only ${[...seen].join(", ")}`;
});

// Excerpts: in the first chapter that has one with tabs.
async function withExcerpt(selector, body) {
  for (const path of chapters) {
    const opened = await open(path);
    await unfold(opened.page);
    const figure = opened.page.locator(selector).first();
    const why = (await figure.count()) ? await body(opened.page, figure) : null;
    await opened.close();
    if (why !== null) return why;
  }
  return `no chapter has ${selector}`;
}

later("excerpt tabs by mouse", () =>
  withExcerpt("figure.excerpt:has([role=tab])", async (page, figure) => {
    for (const view of ["diff", "before", "after", "build"]) {
      await figure.locator(`[role=tab][data-view=${view}]`).click();
      if ((await figure.getAttribute("data-view")) !== view)
        return `a click on ${view} shows ${await figure.getAttribute("data-view")}`;
      if ((await figure.locator("[role=tab][aria-selected=true]").count()) !== 1)
        return `${view}: not exactly one tab is selected`;
    }
    return "";
  }),
);

later("excerpt tabs by keyboard", () =>
  withExcerpt("figure.excerpt:has([role=tab])", async (page, figure) => {
    await figure.locator("[role=tab][aria-selected=true]").focus();
    const seen = [];
    for (const key of ["ArrowRight", "ArrowRight", "ArrowRight", "Home", "End", "ArrowLeft"]) {
      await page.keyboard.press(key);
      seen.push(await figure.getAttribute("data-view"));
    }
    const expected = ["diff", "before", "after", "build", "after", "before"];
    return seen.join() === expected.join()
      ? ""
      : `shows ${seen.join(", ")} instead of ${expected.join(", ")}`;
  }),
);

later("removed lines visible", () =>
  withExcerpt("figure.excerpt:has(.x-del)", async (page, figure) =>
    (await figure.locator(".x-del").first().isVisible())
      ? ""
      : "the build view hides a removed line",
  ),
);

// There is one clipboard.
singles.push(async () => {
  await check("copy gives code only", () =>
    withExcerpt("figure.excerpt", async (page, figure) => {
      await figure.locator(".x-copy").click();
      await page.waitForTimeout(100);
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      const lines = await figure.locator(".x-line:not(.x-gap):not(.x-del)").allTextContents();
      const expected = lines.join("");
      if (copied.trim() !== expected.trim()) return `copied ${JSON.stringify(copied.slice(0, 60))}`;
      return /^\s*[+−]|⋯/m.test(copied) ? "marks are copied too" : "";
    }),
  );
  await check("copy of a command leaves the prompt out", async () => {
    const { page, close } = await open("index.html");
    await page.locator("div.highlight-console button.copybtn").first().click({ force: true });
    await page.waitForTimeout(100);
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    await close();
    return copied.trim() === "./book read" ? "" : `copied ${JSON.stringify(copied)}`;
  });
});

later("picture by keyboard", async () => {
  for (const path of chapters) {
    const { page, close } = await open(path);
    const first = page.locator("svg.st:visible .ev").first();
    if (await first.count()) {
      await first.focus();
      await page.keyboard.press("ArrowDown");
      const at = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
      const said = await page.locator(".row-words").first().innerText();
      const steps = await page.locator("details.transcript li").count();
      await close();
      if (!at) return "the arrow key leaves the picture";
      if (at !== said) return "the words below are not the row's";
      return steps ? "" : "there is no transcript";
    }
    await close();
  }
  return "no chapter has a picture";
});

later("motion can be stopped", async () => {
  const context = await browser.newContext({ reducedMotion: "no-preference" });
  const page = await context.newPage();
  await page.goto(root + "index.html");
  const running = () =>
    page.evaluate(
      () =>
        document
          .getAnimations()
          .filter((a) => a.playState === "running" && a.effect.target.closest("svg")).length,
    );
  const before = await running();
  if (await page.locator(".pause-box").count())
    await page.locator(".pause-box").first().check({ force: true });
  const after = await running();
  await context.close();
  const { page: still, close } = await open("index.html");
  const calm = await still.evaluate(
    () => document.getAnimations().filter((a) => a.effect.target.closest("svg")).length,
  );
  await close();
  if (!before) return "nothing moves";
  if (after) return "Pause does not stop it";
  return calm ? "it moves for readers who prefer less motion" : "";
});

later("nothing moves while loading", async () => {
  const { page, close } = await open(chapters[0] ?? "index.html");
  const shift = await page.evaluate(
    () =>
      new Promise((done) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => done(sum), 600);
      }),
  );
  await close();
  return shift <= 0.05 ? "" : `layout shift ${shift.toFixed(3)}`;
});

later("print", async () => {
  const { page, close } = await open(chapters[0] ?? "index.html");
  await page.emulateMedia({ media: "print" });
  const shown = await page.evaluate(() =>
    [".sidebar-drawer", ".toc-drawer", ".mobile-header"].filter((s) => {
      const e = document.querySelector(s);
      return e && getComputedStyle(e).display !== "none";
    }),
  );
  await close();
  return shown.length ? `${shown.join(", ")} would be printed` : "";
});

later("fonts", () => compareFonts(fileURLToPath(new URL("../../../", import.meta.url))));

// Two things at a time: one waits while the other computes. The longest begin.
const queue = [
  checkCompiling,
  checkPlaying,
  checkPractice,
  ...Object.entries(pages).map((page) => () => checkPage(...page)),
  ...singles,
];
await Promise.all(
  [1, 2].map(async () => {
    for (let next = queue.shift(); next; next = queue.shift())
      await next().catch((error) => check("a page opens", () => Promise.reject(error)));
  }),
);

await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
