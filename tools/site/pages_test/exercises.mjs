// Exercises that are judged in the page, in a real browser: one of each kind, by keyboard alone, to
// its end.

const PREDICT = { page: "chapters/talking-to-a-cluster.html", id: "exercise-one-beat" };
const COMPOSE = {
  page: "chapters/talking-to-a-cluster.html",
  id: "exercise-the-shorter-log-leads",
};
const PROGRAM = { page: "chapters/log.html", id: "exercise-three-cursors" };
const PLAY = { page: "chapters/elections.html", id: "exercise-four-voters-no-leader" };
const THREADS = "chapters/whichever-comes-first.html";
const EXERCISES = "article.exercise:has(raft-exercise)";
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
      await page.waitForFunction(
        (it) =>
          !["", "Checking …"].includes(document.querySelector(`#${it} .ex-outcome`).textContent),
        id,
      );
    },
    async tab(times = 1, key = "Tab") {
      for (let i = 0; i < times; i += 1) await page.keyboard.press(key);
    },
  };
}

const wrong = (...complaints) => complaints.flat().filter(Boolean).join("; ");
const unless = (good, words) => (good ? "" : words);

export async function checkExercises({ check, open, axe, sideways }) {
  const first = await open(COMPOSE.page, { serviceWorkers: "block" }); // one would fetch what this page may not
  if (!(await first.page.locator("raft-exercise").count())) {
    await first.close();
    return;
  } // the node was not built for pages here

  await check("exercises: nothing moves when an editor comes", async () => {
    const growth = await first.page.locator("raft-exercise.alive").evaluateAll((all) =>
      all.map((box) => {
        const now = box.getBoundingClientRect().height;
        const children = [...box.children];
        box.classList.remove("alive"); // as it is before the script
        box.replaceChildren();
        const before = box.getBoundingClientRect().height;
        box.replaceChildren(...children);
        box.classList.add("alive");
        return now - before;
      }),
    );
    return growth.some((by) => Math.abs(by) > 2) ? `editors grow by ${growth.join(", ")} px` : "";
  });

  await check(
    "exercises: no node comes before the reader does, and without it there is the terminal",
    async () => {
      const { page } = first;
      const it = hands(first, COMPOSE);
      const before = page.workers().length;
      await page.route("**/core.wasm", (route) => route.abort());
      await it.text.focus();
      await it.check();
      const without = await it.outcome();
      await page.unroute("**/core.wasm");
      await it.check();
      const again = await it.lines();
      await first.close();
      return wrong(
        unless(before === 0, "there is a worker from the beginning"),
        unless(
          /^The node can't run here \(.+\)\. In the terminal: \.\/book check talking-to-a-cluster\/the-shorter-log-leads$/.test(
            without,
          ),
          `without the node it says ${without}`,
        ),
        unless(again[0] === "✗ node 2 leads", `when it has come, it says ${again[0]}`),
      );
    },
  );

  await check(
    "exercises: a prediction about a program is judged at once, by nothing that was fetched for it",
    async () => {
      const opened = await open(PROGRAM.page);
      const { page } = opened;
      const it = hands(opened, PROGRAM);
      await it.text.focus();
      const asked = [];
      page.on("request", (request) => asked.push(request.url()));
      await it.check();
      const starter = await it.lines();
      await it.write(await it.solution());
      await it.check();
      const [outcome, mark] = [await it.outcome(), await it.mark()];
      const fetched = [
        ...asked.filter((url) => /wasm|worker/.test(url)),
        ...page.workers().map((worker) => worker.url()),
      ];
      await opened.close();
      return wrong(
        opened.complaints,
        unless(
          /^✗ your prediction {3}the first \d of 8 lines are right$/.test(starter[0]) &&
            starter[1].endsWith(": a blank is left"),
          `to the starter it says ${starter.join(" / ")}`,
        ),
        unless(
          outcome.startsWith("Solved: ") && mark === "✓ solved",
          `solved, it says ${outcome} and ${mark}`,
        ),
        unless(!fetched.length, `fetched are ${fetched.join(", ")}`),
      );
    },
  );

  await check("exercises: a prediction, by keyboard, to the right one", async () => {
    const opened = await open(PREDICT.page);
    const it = hands(opened, PREDICT);
    await it.text.focus();
    await it.check();
    const untouched = [await it.outcome(), ...(await it.lines())];
    const right = await it.solution();
    await it.write(right.replace("match=11 next=14", "match=12 next=14"));
    await it.tab(); // to Check
    await it.check("Enter");
    const almost = await it.lines();
    const started = await it.mark();
    await it.tab(); // to "Go to that line"
    await opened.page.keyboard.press("Enter");
    const line = await it.text.evaluate((text) =>
      text.value.slice(text.selectionStart, text.selectionEnd),
    );
    await it.write(right);
    await it.check();
    const outcome = await it.outcome();
    const mark = await it.mark();
    await opened.page.reload();
    const kept = [await it.mark(), (await it.text.inputValue()) === right];
    await opened.close();
    return wrong(
      opened.complaints,
      unless(
        untouched[0].includes("This is the starter as it came.") &&
          untouched[2].includes("a blank is left"),
        `to the starter it says ${untouched.join(" / ")}`,
      ),
      unless(
        almost.length === 2 && almost[1].endsWith("inflight=2`: the cluster says something else"),
        `to one wrong number it says ${almost.join(" / ")}`,
      ),
      unless(
        line === "3: StateReplicate match=12 next=14 inflight=2",
        `the wrong line is not marked, but: ${line}`,
      ),
      unless(started === "started", `it is marked ${started}`),
      unless(
        outcome === "Solved: One beat." && mark === "✓ solved",
        `solved, it says ${outcome} and ${mark}`,
      ),
      unless(kept[0] === "✓ solved" && kept[1], "the mark and the text are not kept"),
    );
  });

  const composed = await open(COMPOSE.page);
  const it = hands(composed, COMPOSE);
  const press = (key) => composed.page.keyboard.press(key);

  await check("exercises: hints one by one, the solution after a question", async () => {
    const seen = () => it.article.locator("details.hint:visible").count();
    const counts = [await seen()];
    for (let i = 0; i < 3; i += 1) {
      await it.article.locator("details.hint summary").nth(i).focus();
      await press("Enter");
      counts.push(await seen());
    }
    const fold = it.article.locator("details.solution");
    const isOpen = () => fold.evaluate((details) => details.open);
    await fold.locator("summary").first().focus();
    await press("Enter");
    const asked = [await isOpen(), await it.article.locator(".ex-sure").count()];
    await press("Escape");
    await press("Enter"); // the focus is on the summary again
    await press("Enter"); // and now on "Show it"
    const shown = [await isOpen(), await it.mark()];
    return wrong(
      unless(counts.join() === "1,2,3,3", `so many hints are there: ${counts.join()}`),
      unless(!asked[0] && asked[1] === 1, "the solution opens without a question"),
      unless(shown[0] && shown[1] === "solution shown", `after it, ${shown}`),
    );
  });

  await check("exercises: a composition, by keyboard, to the right one", async () => {
    await it.write("campaign 1\n----\n");
    await it.check();
    const lines = await it.lines();
    const right = await it.solution();
    await it.write(right);
    await it.check();
    const [outcome, passed, heard] = [await it.outcome(), await it.lines(), await it.heard()];
    await it.tab(2); // Check, Start again
    await press("Enter");
    const starter = await it.text.inputValue();
    await it.tab();
    await press("Enter");
    const back = await it.text.inputValue();
    const kept = await composed.page.evaluate(
      (key) =>
        JSON.parse(localStorage.getItem(key)).exercises[
          "talking-to-a-cluster/the-shorter-log-leads"
        ],
      KEY,
    );
    await composed.close();
    return wrong(
      composed.complaints,
      unless(
        lines.join("/") ===
          "✗ your scenario/    answer.txt:1: campaign: there is no node 1; add-nodes makes some",
        `to nonsense it says ${lines.join(" / ")}`,
      ),
      unless(
        outcome === "That is the solution's way." &&
          passed.every((line) => line.startsWith("✓")) &&
          passed.length === 4,
        `to the solution it says ${outcome} ${passed.join(" / ")}`,
      ),
      unless(heard.includes("campaign 2\n----\n"), "what the nodes said is not shown"),
      unless(
        starter.includes("Write directives") && back === right,
        "Start again loses the reader's text",
      ),
      unless(
        kept.tries === 2 && kept.files["answer.txt"] === right,
        `kept is ${JSON.stringify(kept)}`,
      ),
    );
  });

  await check("exercises: a play that a program judges", async () => {
    const opened = await open(PLAY.page);
    const theirs = hands(opened, PLAY);
    if (!(await theirs.text.count())) {
      await opened.close();
      return "";
    } // the compiler for pages is not built here
    await theirs.text.focus();
    await theirs.check();
    const starter = [await theirs.outcome(), ...(await theirs.lines())];
    await theirs.write(await theirs.solution());
    await theirs.check();
    const right = [await theirs.outcome(), ...(await theirs.lines())];
    await opened.close();
    return wrong(
      opened.complaints,
      unless(
        starter[0].startsWith("Not yet. This is the starter") &&
          starter[1].startsWith("✗ your play"),
        `to the starter it says ${starter.join(" / ")}`,
      ),
      unless(
        right[0].startsWith("Solved: ") && right[1] === "✓ your play",
        `to the solution it says ${right.join(" / ")}`,
      ),
    );
  });

  await check("exercises: accessible with verdicts, light and dark, wide and narrow", async () => {
    const opened = await open(COMPOSE.page);
    const { page } = opened;
    const [one, other] = [hands(opened, PREDICT), hands(opened, COMPOSE)];
    await one.text.focus();
    await one.check();
    await other.write((await other.solution()).replace("propose 1 red", "propose 2 red"));
    await other.check();
    await other.article.locator("details.solution summary").first().click();
    const complaints = [];
    for (const theme of ["light", "dark"]) {
      await page.evaluate((chosen) => {
        document.body.dataset.theme = chosen;
      }, theme);
      // The rest of the page is examined with all pages.
      complaints.push(await axe(page, EXERCISES));
    }
    await page.setViewportSize({ width: 390, height: 844 });
    const narrow = (await sideways(page)) || (await axe(page, EXERCISES));
    await opened.close();
    return wrong(opened.complaints, complaints, narrow && `at 390 px: ${narrow}`);
  });

  await check(
    "exercises: a page whose exercises all run on threads loads nothing for them, and says so",
    async () => {
      const { page, close } = await open(THREADS);
      const asked = [];
      page.on("request", (request) => asked.push(request.url()));
      await page.reload({ waitUntil: "networkidle" });
      const said = await page.locator("article.exercise > .ex-none").count();
      const all = await page.locator("article.exercise").count();
      await close();
      const loaded = asked.filter((url) => /\/play\/(exercises|compiler)\/|\/sw\.js/.test(url));
      return wrong(loaded, unless(all > 0 && said === all, `${said} of ${all} say it`));
    },
  );

  await check("exercises: without scripts, too", async () => {
    const { page, close } = await open(PREDICT.page, { javaScriptEnabled: false });
    const article = page.locator(`#${PREDICT.id}`);
    const height = await article
      .locator("raft-exercise")
      .evaluate((box) => box.getBoundingClientRect().height);
    const words = await article.innerText();
    const hints = await article.locator("details.hint:visible").count();
    await close();
    return unless(
      words.includes("./book check talking-to-a-cluster/one-beat") && hints === 3 && height === 0,
      "something is missing",
    );
  });
}
