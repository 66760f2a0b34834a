// Exercises that are judged in the page, in a real browser: one of each kind, by keyboard alone, to its end.

const PREDICT = { page: "chapters/15-talking-to-a-cluster.html", id: "exercise-one-beat" };
const COMPOSE = { page: "chapters/15-talking-to-a-cluster.html", id: "exercise-the-shorter-log-leads" };
const WITHOUT = "chapters/02-channels.html";
const KEY = "raft-step-by-step";

/** What a test does with an exercise, as a reader would. */
function hands(opened, { id }) {
  const { page } = opened;
  const article = page.locator(`#${id}`);
  const part = (selector) => article.locator(selector);
  return {
    article,
    text: part("textarea"),
    mark: () => part(".ex-mark").innerText(),
    outcome: () => part(".ex-outcome").innerText(),
    lines: async () => (await part(".ex-lines").innerText()).trimEnd().split("\n"),
    heard: () => part(".ex-said pre").textContent(),
    solution: () => part("details.solution pre").first().textContent(),
    async write(text) {
      await part("textarea").focus();
      await page.keyboard.press("Control+A");
      await page.keyboard.insertText(text);
    },
    /** From the editor, with a key; waits for the verdict. */
    async check(key = "Control+Enter") {
      await page.keyboard.press(key);
      await page.waitForFunction((it) => !["", "Checking …"].includes(document.querySelector(`#${it} .ex-outcome`).textContent), id);
    },
    async tab(times = 1, key = "Tab") { for (let i = 0; i < times; i += 1) await page.keyboard.press(key); },
  };
}

const wrong = (...complaints) => complaints.flat().filter(Boolean).join("; ");
const unless = (good, words) => (good ? "" : words);

export async function checkExercises({ check, open, axe, sideways, browser }) {
  const first = await open(PREDICT.page);
  const there = await first.page.locator("raft-exercise").count();
  await first.close();
  if (!there) return; // the node was not built for pages here

  await check("exercises: a page without them loads nothing, one with them no node before it is asked", async () => {
    const asked = [];
    const { page, close } = await open(WITHOUT);
    page.on("request", (request) => asked.push(request.url()));
    await page.reload({ waitUntil: "networkidle" });
    const early = asked.filter((url) => url.includes("/play/exercises/"));
    await close();
    const opened = await open(PREDICT.page);
    const fetched = [];
    opened.page.on("request", (request) => fetched.push(request.url()));
    await opened.page.reload({ waitUntil: "load" });
    await opened.page.locator("raft-exercise.alive").first().waitFor();
    const before = fetched.some((url) => url.includes("/exercises/worker.js"));
    const come = opened.page.waitForRequest((request) => request.url().endsWith("/core.wasm"));
    await hands(opened, PREDICT).text.focus();
    await come;
    const after = fetched.some((url) => url.includes("/exercises/worker.js"));
    await opened.close();
    return wrong(early.length && `it asks for ${early[0]}`, unless(!before, "the worker starts with the page"), unless(after, "the node comes without a worker"), opened.complaints);
  });

  await check("exercises: a prediction, by keyboard, to the right one", async () => {
    const opened = await open(PREDICT.page);
    const it = hands(opened, PREDICT);
    await it.text.focus();
    await it.check();
    const untouched = [await it.outcome(), ...await it.lines()];
    const right = await it.solution();
    await it.write(right.replace("match=11 next=14", "match=12 next=14"));
    await it.tab(); // to Check
    await it.check("Enter");
    const almost = await it.lines();
    const started = await it.mark();
    await it.tab(); // to "Go to that line"
    await opened.page.keyboard.press("Enter");
    const line = await it.text.evaluate((text) => text.value.slice(text.selectionStart, text.selectionEnd));
    await it.write(right);
    await it.check();
    const outcome = await it.outcome();
    const mark = await it.mark();
    await opened.page.reload();
    const kept = [await it.mark(), await it.text.inputValue() === right];
    await opened.close();
    return wrong(opened.complaints,
      unless(untouched[0].includes("This is the starter as it came.") && untouched[2].includes("a blank is left"), `to the starter it says ${untouched.join(" / ")}`),
      unless(almost.length === 2 && almost[1].endsWith("inflight=2`: the cluster says something else"), `to one wrong number it says ${almost.join(" / ")}`),
      unless(line === "3: StateReplicate match=12 next=14 inflight=2", `the wrong line is not marked, but: ${line}`),
      unless(started === "started", `it is marked ${started}`),
      unless(outcome === "Solved: One beat." && mark === "✓ solved", `solved, it says ${outcome} and ${mark}`),
      unless(kept[0] === "✓ solved" && kept[1], "the mark and the text are not kept"));
  });

  await check("exercises: a composition, by keyboard, to the right one", async () => {
    const opened = await open(COMPOSE.page);
    const it = hands(opened, COMPOSE);
    await it.write("campaign 1\n----\n");
    await it.check();
    const lines = await it.lines();
    const right = await it.solution();
    await it.write(right);
    await it.check();
    const [outcome, passed, heard] = [await it.outcome(), await it.lines(), await it.heard()];
    await it.tab(2); // Check, Start again
    await opened.page.keyboard.press("Enter");
    const starter = await it.text.inputValue();
    await it.tab();
    await opened.page.keyboard.press("Enter");
    const back = await it.text.inputValue();
    await opened.close();
    return wrong(opened.complaints,
      unless(lines.join("/") === "✗ your scenario/    answer.txt:1: campaign: there is no node 1; add-nodes makes some", `to nonsense it says ${lines.join(" / ")}`),
      unless(outcome.startsWith("Solved") && passed.every((line) => line.startsWith("✓")) && passed.length === 4, `to the solution it says ${outcome} ${passed.join(" / ")}`),
      unless(heard.includes("campaign 2\n----\n"), "what the nodes said is not shown"),
      unless(starter.includes("Write directives") && back === right, "Start again loses the reader's text"));
  });

  await check("exercises: hints one by one, the solution after a question", async () => {
    const opened = await open(COMPOSE.page);
    const { page } = opened;
    const it = hands(opened, COMPOSE);
    const seen = () => it.article.locator("details.hint:visible").count();
    const counts = [await seen()];
    for (let i = 0; i < 3; i += 1) {
      await it.article.locator("details.hint summary").nth(i).focus();
      await page.keyboard.press("Enter");
      counts.push(await seen());
    }
    const fold = it.article.locator("details.solution");
    const isOpen = () => fold.evaluate((details) => details.open);
    await fold.locator("summary").first().focus();
    await page.keyboard.press("Enter");
    const asked = [await isOpen(), await it.article.locator(".ex-sure").count()];
    await page.keyboard.press("Escape");
    await page.keyboard.press("Enter"); // the focus is on the summary again
    await page.keyboard.press("Enter"); // and now on "Show it"
    const shown = [await isOpen(), await it.mark()];
    await it.write(await it.solution());
    await it.check();
    const outcome = await it.outcome();
    const kept = await page.evaluate((key) => JSON.parse(localStorage.getItem(key)).exercises["talking-to-a-cluster/the-shorter-log-leads"], KEY);
    await opened.close();
    return wrong(opened.complaints,
      unless(counts.join() === "1,2,3,3", `so many hints are there: ${counts.join()}`),
      unless(!asked[0] && asked[1] === 1, "the solution opens without a question"),
      unless(shown[0] && shown[1] === "solution shown" && outcome === "That is the solution's way.", `after it, ${shown} and ${outcome}`),
      unless(kept.hints === 3 && kept.tries === 1 && kept.state === "shown", `kept is ${JSON.stringify(kept)}`));
  });

  for (const theme of ["light", "dark"]) {
    await check(`exercises: accessible, ${theme}`, async () => {
      const opened = await open(COMPOSE.page, { theme });
      await opened.page.evaluate((chosen) => { document.body.dataset.theme = chosen; }, theme);
      const [one, other] = [hands(opened, PREDICT), hands(opened, COMPOSE)];
      await one.text.focus();
      await one.check();
      await other.write((await other.solution()).replace("propose 1 red", "propose 2 red"));
      await other.check();
      await other.article.locator("details.solution summary").first().click();
      const why = await axe(opened.page);
      await opened.page.setViewportSize({ width: 390, height: 844 });
      await opened.page.waitForTimeout(200);
      const narrow = (await sideways(opened.page)) || (await axe(opened.page));
      await opened.close();
      return wrong(opened.complaints, why, narrow && `at 390 px: ${narrow}`);
    });
  }

  await check("exercises: nothing moves while an editor comes", async () => {
    const opened = await open(PREDICT.page);
    const heights = await opened.page.locator("raft-exercise").evaluateAll((all) => all.map((box) => {
      const now = box.getBoundingClientRect().height;
      box.classList.remove("alive");
      const children = [...box.children].map((child) => { child.style.display = "none"; return child; });
      const before = box.getBoundingClientRect().height;
      children.forEach((child) => { child.style.display = ""; });
      box.classList.add("alive");
      return now - before;
    }));
    await opened.close();
    return heights.some((by) => Math.abs(by) > 2) ? `editors grow by ${heights.join(", ")} px` : "";
  });

  await check("exercises: without the node, and without scripts, there is the terminal", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.route("**/core.wasm", (route) => route.abort());
    await page.goto(first.page.url());
    const it = hands({ page }, PREDICT);
    await it.text.focus();
    await it.check();
    const outcome = await it.outcome();
    await context.close();
    const still = await open(PREDICT.page, { javaScriptEnabled: false });
    const article = still.page.locator(`#${PREDICT.id}`);
    const height = await article.locator("raft-exercise").evaluate((box) => box.getBoundingClientRect().height).catch(() => 0);
    const words = await article.innerText();
    const hints = await article.locator("details.hint:visible").count();
    await still.close();
    return wrong(unless(/^The node can't run here \(.+\)\. In the terminal: \.\/book check talking-to-a-cluster\/one-beat$/.test(outcome), `without the node it says ${outcome}`),
      unless(words.includes("./book check talking-to-a-cluster/one-beat") && hints === 3 && height === 0, "without scripts something is missing"));
  });
}
