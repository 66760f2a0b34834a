// A reader of an exercise in C++, for tests in a real browser.

export const PAGE = "chapters/majorities.html";
export const ID = "exercise-the-middle-of-the-row";
const MARKS = ["raft-step-by-step", "majorities/the-middle-of-the-row"];
const PATIENCE = 180000;

/** What a test does with the exercise, as a reader would. */
export function hands(page, id = ID) {
  const part = (selector) => page.locator(`#${id} ${selector}`);
  const it = {
    part,
    outcome: () => part(".ex-outcome").innerText(),
    lines: () => part(".ex-lines").innerText(),
    mark: () => part(".ex-mark").innerText(),
    starter: async () => JSON.parse(await part("raft-exercise > script").textContent()).files,
    text: () =>
      page.evaluate(
        ([key, name]) =>
          Object.values(JSON.parse(localStorage.getItem(key)).exercises[name].files)[0],
        MARKS,
      ),
    async begin() {
      await part(".ex-offer button").focus();
      await page.keyboard.press("Enter");
      await part(".cm-content").waitFor();
    },
    async write(text) {
      await part(".cm-content").focus();
      await page.keyboard.press("Control+A");
      await page.keyboard.insertText(text);
    },
    /** Until nothing is under way. */
    async settled() {
      await page.waitForFunction(
        (which) => {
          const words = document.querySelector(`#${which} .ex-outcome`)?.textContent ?? "";
          return words && !words.endsWith("…") && words !== "Ready when you are.";
        },
        id,
        { timeout: PATIENCE },
      );
      return it.outcome();
    },
    async check() {
      await page.keyboard.press("Control+Enter");
      return it.settled();
    },
  };
  return it;
}

/** A file with the bodies that the page's solution shows. */
export async function solved(it) {
  let [text] = Object.values(await it.starter());
  for (const block of await it.part("details.solution pre").allTextContents()) {
    const from = text.indexOf(block.split("\n")[0]);
    text = text.slice(0, from) + block.trimEnd() + text.slice(text.indexOf("\n}\n", from) + 2);
  }
  return text;
}

/** A reader with nothing kept, at the page; `before` is done to it first. */
export async function arrives(browser, address, before = () => {}, options = {}) {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(60000);
  const complaints = [];
  const asked = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => asked.push(request.url()));
  await before(page);
  await page.goto(address, { waitUntil: "networkidle" });
  return { page, complaints, asked, it: hands(page), close: () => context.close() };
}
