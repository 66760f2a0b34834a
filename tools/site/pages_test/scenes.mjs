// Every scene of every page, and the recordings and the playground in particular, in a real
// browser.

import { checkPlayground } from "./playground.mjs";
import { moves } from "./still.mjs";

const RECORDED = "chapters/channels.html"; // threads
const NODES = "chapters/what-is-committed.html"; // nodes, with logs and crashes
const OF_THE_NODE = /\/(core\.wasm|(core|live|session|run|picture|drawn|actions)\.js)$/;

const position = (scene) =>
  scene.locator("input[type=range]").evaluate((range) => [Number(range.value), Number(range.max)]);

/** The first scene of a page, awake. */
async function awake(opened) {
  const scene = opened.page.locator("raft-scene").first();
  await scene.scrollIntoViewIfNeeded();
  await opened.page.waitForSelector("raft-scene.alive");
  return scene;
}

/** All scenes of a page come to life, and none complains. */
async function enlivened(opened) {
  const scenes = opened.page.locator("raft-scene");
  const dull = [];
  for (let i = 0; i < (await scenes.count()); i += 1) {
    await scenes.nth(i).scrollIntoViewIfNeeded();
    const name = await scenes.nth(i).getAttribute("name");
    const lives = await opened.page
      .waitForFunction(
        (n) => document.querySelectorAll("raft-scene")[n].matches(".alive, .still"),
        i,
        { timeout: 10000 },
      )
      .catch(() => null);
    if (!lives || !(await scenes.nth(i).evaluate((scene) => scene.classList.contains("alive"))))
      dull.push(`${name} does not play`);
  }
  return dull;
}

/** Without scripts there is a picture in every scene. */
async function pictured(open, path) {
  const { page, close } = await open(path, { javaScriptEnabled: false });
  const bare = await page
    .locator("raft-scene")
    .evaluateAll((scenes) =>
      scenes
        .filter(
          (scene) =>
            ![...scene.querySelectorAll("svg .ev")].some(
              (row) => row.getBoundingClientRect().height,
            ),
        )
        .map((scene) => `${scene.getAttribute("name")} has no picture without scripts`),
    );
  await close();
  return bare;
}

/**
 * A recording, by keyboard alone, from its question to its end; then what is wrong with it, or
 * nothing.
 */
async function byKeyboard(opened, scene) {
  const { page } = opened;
  await scene.locator(".play-answer").focus();
  await page.keyboard.type("the sender");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Space"); // the focus is on Pause now
  await page.keyboard.press("Tab"); // Back is off at the beginning
  const [before, length] = await position(scene);
  for (let i = before; i < length; i += 1) {
    await page.keyboard.press("Enter"); // Step
    const [now] = await position(scene);
    const shown = await scene.locator("svg:visible .ev:visible").count();
    if (now !== i + 1 || shown !== now) return `step ${i + 1} leads to ${now}, with ${shown} rows`;
  }
  const said = await scene.locator(".play-now").innerText();
  const told = await opened.page
    .locator("details.transcript")
    .first()
    .locator("li")
    .last()
    .innerText()
    .catch(() => "");
  if (told && !said.endsWith(told)) return `at the end it says: ${said}`;
  await scene.locator(".ev[tabindex='0']:visible").focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  if (!(await scene.locator(".play-details").innerText()).startsWith(`${length - 1}. `))
    return "Enter on a row does not tell it";
  const answer = page.locator("figure.scene").first().locator("details.answer");
  if (
    !(await answer.evaluate(
      (fold) => fold.open && fold.textContent.includes("You said: the sender"),
    ))
  )
    return "the two answers are not side by side";
  return "";
}

async function checkRecordings({ check, open, axe, sideways, browser, root }) {
  await check("player: a page with recordings loads nothing of the node", async () => {
    const opened = await open("docs/glossary.html"); // a first page, for the listeners
    const asked = [];
    opened.page.on("request", (request) => asked.push(request.url()));
    await opened.page.goto(`${root}${RECORDED}`);
    await awake(opened);
    await opened.close();
    const wrong = asked.filter((url) => OF_THE_NODE.test(url));
    return wrong.length
      ? `it asks for ${wrong[0]}`
      : asked.some((url) => url.endsWith("recorded.js"))
        ? ""
        : "it does not ask for recorded.js";
  });

  for (const width of [1280, 390]) {
    await check(`player: nothing moves when a recording comes, ${width} px`, () =>
      moves(browser, { address: root + RECORDED, needs: "**/scenes/rendezvous.json", width }),
    );
  }

  for (const theme of ["light", "dark"]) {
    await check(`player: a recording by keyboard to its end, ${theme}`, async () => {
      const opened = await open(RECORDED, { theme });
      await opened.page.evaluate((chosen) => {
        document.body.dataset.theme = chosen;
      }, theme);
      const scene = await awake(opened);
      const why = await byKeyboard(opened, scene);
      const wide = await axe(opened.page, "raft-scene");
      await opened.page.setViewportSize({ width: 390, height: 844 });
      await opened.page.waitForTimeout(200);
      const rows = await scene.locator("svg:visible .ev:visible").count();
      const narrow = (await sideways(opened.page)) || (await axe(opened.page, "raft-scene"));
      await opened.close();
      return [
        ...opened.complaints,
        why,
        wide,
        narrow && `at 390 px: ${narrow}`,
        rows ? "" : "the narrow picture is empty",
      ]
        .filter(Boolean)
        .join("; ");
    });
  }

  await check("player: a recording shows its nodes, and a link leads to an event", async () => {
    const opened = await open(`${NODES}#play=figure_8_overwritten&at=16`);
    await opened.page.waitForSelector(".play-node");
    const scene = opened.page.locator("raft-scene").first();
    const cards = await scene.locator(".play-node").allInnerTexts();
    await scene.locator(".play-node").first().click();
    const details = await scene.locator(".play-details").innerText();
    const [at] = await position(scene);
    const line = await scene.innerText();
    await opened.close();
    if (at !== 16) return `the link leads to ${at}`;
    if (!/^\s*S1\s+leader, term 4/.test(cards[0]) || !/down/.test(cards[4]))
      return `the cards say ${cards[0]} and ${cards[4]}`;
    return [
      ...opened.complaints,
      details.includes("3/t4") ? "" : "its log is not told",
      line.includes("./book scene figure_8_overwritten") ? "" : "it does not say how to run it",
    ]
      .filter(Boolean)
      .join("; ");
  });

  const bad = {
    "that is missing": { status: 404, body: "" },
    "that is no JSON": { status: 200, body: "<html>" },
    "of another picture": { status: 200, body: '{"lanes": [], "events": []}' },
  };
  for (const [which, answer] of Object.entries(bad)) {
    await check(`player: with a trace ${which} the picture stays`, async () => {
      const page = await browser.newPage();
      const errors = [];
      const warnings = [];
      page.on("pageerror", (error) => errors.push(error.message));
      page.on("console", (message) => {
        if (message.type() === "warning") warnings.push(message.text());
      });
      await page.route("**/scenes/rendezvous.json", (route) =>
        route.fulfill({ ...answer, contentType: "application/json" }),
      );
      await page.goto(root + RECORDED);
      await page.locator("raft-scene").first().scrollIntoViewIfNeeded();
      await page.waitForSelector("raft-scene.still");
      const rows = await page
        .locator("raft-scene")
        .first()
        .locator("svg:visible .ev:visible")
        .count();
      await page.close();
      return [
        ...errors,
        rows ? "" : "the picture is gone",
        warnings.some((w) => w.startsWith("this scene can't be played here"))
          ? ""
          : "nothing is said",
      ]
        .filter(Boolean)
        .join("; ");
    });
  }
}

/** `paths`: the pages on which there may be scenes. */
export async function checkScenes(tools, paths) {
  const { check, open } = tools;
  for (const path of paths) {
    await check(`player: the scenes of ${path.replace(/^.*\/|\.html$/g, "")}`, async () => {
      const opened = await open(path);
      const dull = await enlivened(opened);
      await opened.close();
      return [...opened.complaints, ...dull, ...(await pictured(open, path))].join("; ");
    });
  }
  await checkRecordings(tools);
  await checkPlayground(tools);
}
