// Scenes that are played, in a real browser: by mouse and by keyboard, wide and on a phone, light
// and dark.
import { spawnSync } from "node:child_process";
import {
  createReadStream,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { moves } from "./still.mjs";

const SCENE = "chapters/elections.html";
const CLUSTER = "chapters/talking-to-a-cluster.html"; // node 1 leads
const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".txt": "text/plain",
};

/** The first scene of a page, awake. */
async function awake(opened) {
  const scene = opened.page.locator("raft-scene").first();
  await scene.scrollIntoViewIfNeeded();
  await opened.page.waitForSelector("raft-scene.alive");
  return scene;
}

const press = (scene, name) => scene.getByRole("button", { name, exact: true }).click();
const position = (scene) =>
  scene.locator("input[type=range]").evaluate((range) => [Number(range.value), Number(range.max)]);
const toTheEnd = (scene) =>
  scene.locator("input[type=range]").evaluate((range) => {
    range.value = range.max;
    range.dispatchEvent(new Event("input"));
  });
const act = async (scene, directive) => {
  const panel = scene.locator(".play-panel");
  if (!(await panel.evaluate((fold) => fold.open))) await panel.locator("summary").first().click();
  await scene.locator(".play-line").fill(directive);
  await press(scene, "Do it");
};

/** In the panel, which is open. */
const cutOff = async (scene, node) => {
  await scene.getByLabel(`node ${node}`, { exact: true }).check();
  await press(scene, "Cut");
};
/** A node is chosen, if it is not, and something is done to it. */
const does = async (scene, node, what) => {
  const card = scene.locator(`.play-node[data-node="${node}"]`);
  if ((await card.getAttribute("aria-pressed")) !== "true") await card.click();
  await press(scene, what);
};
const cards = (scene) => scene.locator(".play-node").allInnerTexts();

async function saved(opened, scene) {
  const [download] = await Promise.all([
    opened.page.waitForEvent("download"),
    press(scene, "Save as scenario file"),
  ]);
  return readFileSync(await download.path(), "utf8");
}

/** What is wrong when the terminal plays a file, or nothing. */
function replayed(text) {
  const program = process.env.BOOK_PROGRAM;
  if (!program) return "";
  const folder = mkdtempSync(join(tmpdir(), "book-"));
  try {
    const file = join(folder, "mine.txt");
    writeFileSync(file, text);
    const checked = spawnSync(program, ["--quiet", file], { encoding: "utf8" });
    if (checked.status !== 0)
      return `the terminal does not replay the saved file: ${checked.stderr.split("\n")[0]}`;
    spawnSync(program, ["--rewrite", file]);
    return readFileSync(file, "utf8") === text
      ? ""
      : "the terminal would write the saved file anew";
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The site below a path that it was not built for. */
async function below(site, path, body) {
  const server = createServer((request, response) => {
    const file = join(site, decodeURIComponent(request.url.split("?")[0].slice(path.length)));
    if (!request.url.startsWith(path) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  try {
    return await body(`http://127.0.0.1:${server.address().port}${path}`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

export async function checkPlayer({ check, open, axe, sideways, browser, root }) {
  const address = (path) => root + path;
  const first = await open(SCENE);
  const there = await first.page.locator("raft-scene:not([recorded])").count();
  await first.close();
  if (!there) return; // the node was not built for pages here

  await check("player: a page without scenes loads none of it", async () => {
    const asked = [];
    const { page, close } = await open("docs/glossary.html");
    page.on("request", (request) => asked.push(request.url()));
    await page.reload({ waitUntil: "networkidle" });
    await close();
    const wrong = asked.filter((url) => url.includes("/play/"));
    return wrong.length ? `it asks for ${wrong[0]}` : "";
  });

  for (const width of [1280, 390]) {
    await check(`player: nothing moves when it comes, ${width} px`, () =>
      moves(browser, { address: address(SCENE), needs: "**/core.wasm", width }),
    );
  }

  await check("player: a question, an answer, the run, both answers", async () => {
    const opened = await open(SCENE);
    const scene = await awake(opened);
    await press(scene, "Play");
    if (await scene.locator(".play-bar").count()) return "it plays without an answer";
    await scene.locator(".play-answer").fill("node 1");
    await press(scene, "Play");
    await press(scene, "Pause");
    await toTheEnd(scene);
    const rows = await scene.locator("svg .ev[data-seq]").count();
    const lines = await opened.page.locator("details.transcript").first().locator("li").count();
    const answer = opened.page.locator("figure.scene").first().locator("details.answer");
    const words = (await answer.evaluate((fold) => fold.open)) ? await answer.innerText() : "";
    await opened.close();
    if (rows !== lines) return `${rows} rows are drawn of ${lines}`;
    return [
      ...opened.complaints,
      words.includes("You said: node 1") ? "" : "the two answers are not side by side",
    ]
      .filter(Boolean)
      .join("; ");
  });

  await check("player: by keyboard alone", async () => {
    const opened = await open(SCENE);
    const { page } = opened;
    const scene = await awake(opened);
    await scene.locator(".play-quiet").focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Space"); // the focus is on Pause now
    await page.keyboard.press("Tab"); // Back is off at the beginning
    const [before] = await position(scene);
    await page.keyboard.press("Enter");
    const [after] = await position(scene);
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowLeft");
    const [scrubbed] = await position(scene);
    await page.keyboard.press("End");
    await scene.locator(".ev[tabindex='0']").focus();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    const shown = await scene.locator(".play-details").isVisible();
    await scene.locator(".play-node").nth(1).focus();
    await page.keyboard.press("Enter");
    await scene.getByRole("button", { name: "One tick", exact: true }).focus();
    await page.keyboard.press("Enter");
    const held = await page.evaluate(() => document.activeElement.textContent);
    await opened.close();
    if (held !== "One tick") return `after an action the focus is on ${held.slice(0, 20)}`;
    if (after !== before + 1) return `Step leads from ${before} to ${after}`;
    if (scrubbed !== after - 1) return `the scrubber leads from ${after} to ${scrubbed}`;
    return [...opened.complaints, shown ? "" : "Enter on a row shows nothing"]
      .filter(Boolean)
      .join("; ");
  });

  await check("player: a reader goes on, and the terminal replays what was saved", async () => {
    const opened = await open(SCENE);
    const scene = await awake(opened);
    await scene.locator(".play-quiet").click();
    await press(scene, "Pause");
    await scene.locator("input[type=range]").evaluate((range) => {
      range.value = 8;
      range.dispatchEvent(new Event("input"));
    });
    await scene.locator(".play-flight button").first().click();
    await scene.getByRole("button", { name: "Lose it" }).click();
    await scene.locator(".play-node").nth(1).click();
    await press(scene, "Tick for an election timeout");
    await cutOff(scene, 3);
    await press(scene, "Let it run");
    await act(scene, "campaign 9");
    const complaint = await scene.locator(".play-answered").innerText();
    if (complaint !== "campaign: there is no node 9; there are 1 to 3")
      return `to nonsense it says: ${complaint}`;
    await act(scene, "raft-state");
    if (!(await scene.locator(".play-answered").innerText()).includes("1: State"))
      return "what a directive says is not shown";
    const text = await saved(opened, scene);
    await press(scene, "Copy a link to this");
    const link = opened.page.url();
    await opened.close();
    const other = await open(link.slice(link.indexOf(SCENE)));
    const again = await awake(other);
    await again.locator(".play-mine li").first().waitFor();
    const same = await saved(other, again);
    await press(again, "Back to the scene");
    const left = await again.locator(".play-mine li").count();
    await other.close();
    if (same !== text) return "the link leads to another run";
    return [
      ...opened.complaints,
      ...other.complaints,
      left ? "the scene does not come back" : "",
      replayed(text),
    ]
      .filter(Boolean)
      .join("; ");
  });

  await check(
    "player: the leader crashes, another is elected, the first comes back and learns",
    async () => {
      const opened = await open(CLUSTER);
      const scene = await awake(opened);
      await scene.locator(".play-quiet").click();
      await press(scene, "Pause");
      await toTheEnd(scene);
      await does(scene, 1, "Crash");
      const details = await scene.locator(".play-details").innerText();
      if (!details.includes("down: its memory is lost"))
        return `of a node that is down it says: ${details.slice(0, 80)}`;
      if (await scene.getByRole("button", { name: "Crash", exact: true }).isEnabled())
        return "who is down can crash";
      if (!(await scene.locator("svg .badge.s-down").count())) return "nobody is drawn as down";
      await does(scene, 2, "Campaign");
      await press(scene, "Let it run");
      await cutOff(scene, 3);
      const held = await opened.page.evaluate(() => document.activeElement.textContent);
      if (held !== "Heal") return `after a cut the focus is on ${held.slice(0, 20)}`;
      await does(scene, 2, "Propose");
      await press(scene, "Let it run");
      await does(scene, 1, "Restart");
      await press(scene, "Heal");
      await does(scene, 2, "One tick");
      await does(scene, 2, "Carry out its Ready");
      await scene.locator(".play-flight button").first().click();
      await press(scene, "Deliver it, and a copy later");
      await press(scene, "Let it run");
      const [one, two, three] = (await cards(scene)).map(
        (card) => `${/commit \d+/.exec(card)}, ${/\w+, term \d+/.exec(card)}`,
      );
      const text = await saved(opened, scene);
      await opened.close();
      const wrong = [one, three].find((each) => each !== two.replace("leader", "follower"));
      return [
        ...opened.complaints,
        wrong ? `at the end one node is at ${wrong}, and node 2 at ${two}` : "",
        replayed(text),
      ]
        .filter(Boolean)
        .join("; ");
    },
  );

  for (const theme of ["light", "dark"]) {
    await check(`player: accessible, ${theme}`, async () => {
      const opened = await open(SCENE, { theme });
      const scene = await awake(opened);
      await opened.page.evaluate((chosen) => {
        document.body.dataset.theme = chosen;
      }, theme);
      await scene.locator(".play-quiet").click();
      await press(scene, "Pause");
      await toTheEnd(scene);
      await scene.locator(".play-node").first().click();
      await act(scene, "stabilize");
      const why = await axe(opened.page, "raft-scene");
      await opened.page.setViewportSize({ width: 390, height: 844 });
      await opened.page.waitForTimeout(200);
      const narrow = (await sideways(opened.page)) || (await axe(opened.page, "raft-scene"));
      await opened.close();
      return [...opened.complaints, why, narrow && `at 390 px: ${narrow}`]
        .filter(Boolean)
        .join("; ");
    });
  }

  await check("player: without the module the picture stays", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const errors = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.route("**/core.wasm", (route) => route.abort());
    await page.goto(address(SCENE));
    await page.waitForSelector("raft-scene.still");
    const rows = await page.locator("raft-scene").first().locator("svg:visible .ev").count();
    await context.close();
    return [...errors, rows ? "" : "the picture is gone"].filter(Boolean).join("; ");
  });

  if (process.env.BOOK_SITE) {
    await check("player: below any path", () =>
      below(process.env.BOOK_SITE, "/some/where/", async (elsewhere) => {
        const page = await browser.newPage();
        const missing = [];
        page.on("response", (response) => {
          if (response.status() >= 400) missing.push(response.url());
        });
        await page.goto(elsewhere + SCENE);
        await page.waitForSelector("raft-scene.alive");
        await page.close();
        return missing.length ? `it asks for ${missing[0]}` : "";
      }),
    );
  }
}
