// An exercise in C++, in a real browser with the real compiler: by keyboard to its end, and
// everything that goes wrong on the way. One page for all, so that the compiler stays warm; no
// times are measured.
import { arrives, hands, ID, PAGE, solved } from "./code_hands.mjs";
import { Door } from "./door.mjs";

const TWO_FILES = ["chapters/replication.html", "exercise-where-do-they-meet"];
const BODY = "return VoteResult::VotePending;"; // of the second hole
const TERMINAL = "In the terminal: ./book check majorities/the-middle-of-the-row";

const wrong = (...complaints) => complaints.flat().filter(Boolean).join("; ");
const unless = (good, words) => (good ? "" : words);

export async function checkCompiler(tools) {
  const { browser, root } = tools;
  const door = await new Door(root).open();
  const reader = await arrives(browser, door.address + PAGE);
  if (await reader.page.locator(".ex-offer").count()) {
    await solves(tools, reader);
    await goesWrong(tools, reader);
    await looks(tools, reader);
    await losesTheNetwork(tools, reader, door);
    await hasNoCompiler(tools, door);
  } else console.log("exercises in C++ are skipped: the compiler for pages is not built here");
  await reader.close();
  await door.close();
}

async function solves({ check }, { page, it, asked, complaints }) {
  await check("compiler: nothing is fetched before it is asked for", () => {
    const early = asked.filter((url) => /\/compiler\/|code_editor/.test(url));
    return early.join(", ");
  });

  await check("compiler: a Fill, by keyboard, from the starter to the solution", async () => {
    const offer = await it.part(".ex-offer").innerText();
    await it.begin();
    const starter = [await it.check(), await it.lines()];
    const started = await it.mark();
    await it.write(await solved(it));
    const right = [await it.check(), await it.lines(), await it.mark()];
    return wrong(
      complaints.splice(0),
      unless(
        /Downloads the compiler once, \d\d MB; kept for all exercises\./.test(offer),
        `the offer says ${offer}`,
      ),
      unless(
        starter[0].startsWith("Not yet. This is the starter as it came."),
        `to the starter it says ${starter[0]}`,
      ),
      unless(
        starter[1].includes("✗ TheVote.OfNobodyIsWon   test.cpp:") &&
          starter[1].includes('is "VotePending", but should equal'),
        `its lines are ${starter[1]}`,
      ),
      unless(started === "started", `it is marked ${started}`),
      unless(
        right[0] === "Solved: The middle of the row." &&
          /^✓ /.test(right[1]) &&
          !right[1].includes("✗") &&
          right[2] === "✓ solved",
        `to the solution it says ${right.join(" / ")}`,
      ),
    );
  });

  await check("compiler: the mark and the text are kept, and so is the compiler", async () => {
    const text = await it.text();
    await page.reload({ waitUntil: "networkidle" });
    await page.waitForFunction(
      (id) => /already/.test(document.querySelector(`#${id} .ex-offer`)?.textContent),
      ID,
    );
    const offer = await it.part(".ex-offer button").innerText();
    await it.begin();
    const again = await it.check();
    return wrong(
      complaints.splice(0),
      unless((await it.mark()) === "✓ solved" && (await it.text()) === text, "they are not"),
      unless(
        offer === "Go on here" && again.startsWith("Solved"),
        `it offers "${offer}", then says ${again}`,
      ),
    );
  });

  await check(
    "compiler: the editor can be left by keyboard, and started again without a loss",
    async () => {
      await it.part(".cm-content").focus();
      await page.keyboard.press("Tab");
      const inside = await it.part(".cm-content").evaluate((box) => box === document.activeElement);
      await page.keyboard.press("Control+Z");
      const text = await it.text();
      await page.keyboard.press("Escape");
      await page.keyboard.press("Tab");
      const left = await page.evaluate(() => document.activeElement.textContent);
      await page.keyboard.press("Tab"); // to "Start again"
      await page.keyboard.press("Enter");
      const starter = await it.text();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      return wrong(
        unless(inside && left === "Check", `Tab inside: ${inside}; after Esc and Tab: ${left}`),
        unless(
          starter.includes("// Your turn") && (await it.text()) === text,
          "Start again loses the reader's text",
        ),
      );
    },
  );
}

async function goesWrong({ check }, { page, it, complaints }) {
  const starter = Object.values(await it.starter())[0];
  const withBody = (body) => starter.replace(BODY, body);

  await check("compiler: what does not compile is told at its line", async () => {
    await it.write(withBody("return VoteResult::VotePanding;"));
    const outcome = await it.check();
    const lines = await it.lines();
    const at = starter.slice(0, starter.indexOf(BODY)).split("\n").length;
    const marks = await it.part(".cm-lintRange-error").allInnerTexts();
    await it.part(".ex-place").first().click();
    const line = await it.part(".cm-activeLine").innerText();
    return wrong(
      complaints.splice(0),
      unless(outcome === "Not yet.", `it says ${outcome}`),
      unless(
        lines.startsWith("✗ it does not compile") &&
          lines.includes(`majority.cpp:${at}:`) &&
          lines.includes("VotePanding"),
        `its lines are ${lines}`,
      ),
      unless(
        marks.includes("VotePanding") && line.includes("VotePanding"),
        `marked is ${marks}; the line is ${line}`,
      ),
    );
  });

  for (const [name, body, words] of [
    [
      "a loop without end is ended, in one clear line",
      "for (;;);",
      /✗ TheVote\.\w+ {3}did not finish in \d+ s: probably waiting for ever/,
    ],
    [
      "a broken invariant is told with its words",
      'RAFT_CHECK(yes > 99, "this can\'t be"); return VoteResult::VoteWon;',
      /✗ TheVote\.\w+ {3}(.|\n)*this can't be/,
    ],
    [
      "ten megabytes of output are cut",
      'for (int i = 0; i < 400000; ++i) std::puts("twenty-five letters, or so"); return VoteResult::VotePending;',
      /✗ TheVote\.\w+/,
    ],
  ]) {
    await check(`compiler: ${name}`, async () => {
      await it.write(withBody(body).replace(/^/, "#include <cstdio>\n"));
      const outcome = await it.check();
      const lines = await it.lines();
      const said = await it.part(".ex-said pre").textContent();
      return wrong(
        complaints.splice(0),
        unless(outcome === "Not yet.", `it says ${outcome}`),
        unless(words.test(lines), `its lines are ${lines.slice(0, 500)}`),
        unless(
          lines.length + said.length < 200000,
          `it shows ${lines.length + said.length} letters`,
        ),
      );
    });
  }

  await check(
    "compiler: what is under way can be cancelled, and the next check is right",
    async () => {
      await it.write(withBody("for (;;);"));
      await page.keyboard.press("Control+Enter");
      await page.waitForFunction(
        (id) =>
          /^(Compiling|Linking|Testing)/.test(
            document.querySelector(`#${id} .ex-outcome`).textContent,
          ),
        ID,
      );
      await it.part(".ex-does button", { hasText: "Cancel" }).getByText("Cancel").click();
      const stopped = await it.outcome();
      await it.write(await solved(it));
      const outcome = await it.check();
      return wrong(
        complaints.splice(0),
        unless(stopped === "Stopped.", `cancelled, it says ${stopped}`),
        unless(/^Solved/.test(outcome), `then it says ${outcome}`),
      );
    },
  );
}

async function looks({ check, axe, sideways }, { page, it, complaints }) {
  await check("compiler: accessible with a verdict, light and dark, wide and narrow", async () => {
    await it.write(
      (await Object.values(await it.starter())[0]).replace("VotePending", "VotePanding"),
    );
    await it.check();
    const found = [];
    for (const theme of ["light", "dark"]) {
      await page.evaluate((chosen) => {
        document.body.dataset.theme = chosen;
      }, theme);
      found.push(await axe(page, `#${ID}`));
    }
    const size = page.viewportSize();
    await page.setViewportSize({ width: 390, height: 844 });
    const narrow = (await sideways(page)) || (await axe(page, `#${ID}`));
    await page.setViewportSize(size);
    await page.evaluate(() => {
      document.body.dataset.theme = "auto";
    });
    return wrong(complaints.splice(0), found, narrow && `at 390 px: ${narrow}`);
  });

  await check("compiler: several files have tabs", async () => {
    const [path, id] = TWO_FILES;
    await page.goto(new URL(`../${path}`, page.url()).href);
    const two = hands(page, id);
    await two.begin();
    const tabs = await two.part("[role=tab]").allInnerTexts();
    await two.part("[role=tab]").first().focus();
    await page.keyboard.press("ArrowRight");
    const shown = await two.part("[role=tab][aria-selected=true]").innerText();
    const label = await two.part(".cm-content").getAttribute("aria-label");
    const turn = await two.part(".cm-activeLine").innerText();
    return wrong(
      complaints.splice(0),
      unless(
        tabs.length === 3 &&
          shown === tabs[1] &&
          label.endsWith(shown) &&
          turn.includes("// Your turn"),
        `${tabs} / ${shown} / ${label} / ${turn}`,
      ),
    );
  });
}

async function losesTheNetwork({ check }, { page, it, complaints }, door) {
  await check("compiler: offline, an exercise that was used gives its verdict", async () => {
    await page.goto(door.address + PAGE, { waitUntil: "networkidle" });
    await door.close();
    await page.reload();
    await page.waitForFunction(
      (id) => /already/.test(document.querySelector(`#${id} .ex-offer`)?.textContent),
      ID,
    );
    await it.begin();
    const outcome = await it.check();
    await door.open();
    complaints.splice(0); // that the network is gone is no news
    return unless(/^Not yet/.test(outcome), `it says ${outcome}`);
  });
}

async function hasNoCompiler({ check, browser }, door) {
  await check("compiler: a reader who is offline before is told so", async () => {
    const { page, it, close } = await arrives(browser, door.address + PAGE);
    await page.context().setOffline(true);
    await page.waitForFunction(
      (id) =>
        /You are offline, and the compiler is not here yet\./.test(
          document.querySelector(`#${id} .ex-offer`)?.textContent,
        ),
      ID,
    );
    await page.context().setOffline(false);
    await page.waitForFunction(
      (id) =>
        /Downloads the compiler once/.test(document.querySelector(`#${id} .ex-offer`)?.textContent),
      ID,
    );
    const offers = await it.part(".ex-offer button").count();
    await close();
    return unless(offers === 1, `there are ${offers} offers`);
  });

  const blocked = { serviceWorkers: "block" };
  const refusals = {
    "it can't be fetched": (page) => page.route("**/compiler/llvm.wasm*", (route) => route.abort()),
    "the page may not run it": (page) =>
      page.route("**/compiler/worker.js", async (route) => {
        const response = await route.fetch();
        await route.fulfill({
          response,
          headers: { ...response.headers(), "content-security-policy": "script-src 'self'" },
        });
      }),
  };
  for (const [why, before] of Object.entries(refusals)) {
    await check(`compiler: where ${why}, there is the terminal`, async () => {
      const { it, close } = await arrives(browser, door.address + PAGE, before, blocked);
      await it.begin();
      const outcome = await it.settled();
      const again = await it.check();
      await close();
      return unless(
        [outcome, again].every(
          (words) => words.startsWith("The compiler can't run here (") && words.endsWith(TERMINAL),
        ),
        `it says ${outcome}, then ${again}`,
      );
    });
  }

  await check("compiler: where there is no WebAssembly, nothing is offered", async () => {
    const { page, it, complaints, close } = await arrives(browser, door.address + PAGE, (page) =>
      page.addInitScript(() => {
        delete globalThis.WebAssembly;
      }),
    );
    await page
      .waitForFunction((id) => !document.querySelector(`#${id} raft-exercise`)?.clientHeight, ID)
      .catch(() => "told below");
    const offers = await page.locator(".ex-offer").count();
    const room = await it
      .part("raft-exercise")
      .evaluate((box) => box.getBoundingClientRect().height);
    const text = await page.locator(`#${ID}`).innerText();
    await close();
    return wrong(
      complaints,
      unless(
        !offers && room === 0 && text.includes("./book check majorities/the-middle-of-the-row"),
        `${offers} offers, ${room} px of nothing`,
      ),
    );
  });
}
