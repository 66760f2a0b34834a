// Whether a scene's picture stays where it is when its player comes.

/**
 * Holds back what the player needs until the picture was looked at; by how much it moves then, or
 * nothing.
 */
export async function moves(browser, { address, needs, width }) {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  let come;
  await page.route(needs, async (route) => {
    await new Promise((done) => {
      come = done;
    });
    await route.continue();
  });
  await page.goto(address);
  await page.evaluate(() => document.fonts.ready);
  await page.locator("raft-scene").first().scrollIntoViewIfNeeded();
  const top = () =>
    page
      .locator("raft-scene .scene-view")
      .first()
      .evaluate((box) => box.getBoundingClientRect().top);
  while (!come) await page.waitForTimeout(50);
  const before = await top();
  come();
  await page.waitForSelector("raft-scene.alive");
  const after = await top();
  await page.close();
  return Math.abs(after - before) < 1 ? "" : `the picture moves by ${after - before} px`;
}
