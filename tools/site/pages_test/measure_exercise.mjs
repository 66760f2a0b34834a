// What an exercise in C++ costs a reader: until the first verdict, on the first visit and on the
// next, and from an edit to its verdict. Part of measure.mjs.

const PAGE = "chapters/log.html";
const EXERCISE = "#exercise-three-places-to-cut";
const TIMES = 5;
const LONG = 240000;

/**
 * One visit: milliseconds from the button until the first verdict, and from each edit until its
 * own.
 */
async function visit(page, root, edits) {
  const part = (selector) => page.locator(`${EXERCISE} ${selector}`);
  const said = (words) =>
    page.waitForFunction(
      ([exercise, start]) =>
        document.querySelector(`${exercise} .ex-outcome`)?.textContent.startsWith(start),
      [EXERCISE, words],
      { timeout: LONG },
    );
  await page.goto(root + PAGE);
  const start = Date.now();
  await part(".ex-offer button").click();
  await said("Ready");
  const ready = Date.now() - start;
  await part(".ex-does .ex-main").click();
  await said("Not yet");
  const first = Date.now() - start;
  const warm = [];
  for (let i = 0; i < edits; i += 1) {
    await part(".cm-content").focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(`// ${i}\n`);
    await part(".ex-outcome").evaluate((outcome) => {
      outcome.textContent = "";
    });
    const began = Date.now();
    await page.keyboard.press("Control+Enter");
    await said("Not yet");
    warm.push(Date.now() - began);
  }
  return { ready, first, warm };
}

/** `browser(body, profile)` opens one that has seen the book as often as the profile has. */
export async function exerciseTimes(browser, profile, root) {
  const first = await browser((page) => visit(page, root, TIMES), profile);
  const second = await browser((page) => visit(page, root, TIMES), profile);
  return { first, second };
}
