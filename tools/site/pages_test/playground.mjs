// The cluster without a story, in a real browser.
import { readFileSync } from "node:fs";

const PLAYGROUND = "docs/playground.html";

export async function checkPlayground({ check, open, axe, sideways, browser, root }) {
  const there = await open(PLAYGROUND);
  const plays = await there.page.locator("raft-scene:not([recorded])").count();
  await there.close();
  if (!plays) return; // the node was not built for pages here

  for (const width of [1280, 390]) {
    await check(
      `player: the playground is there at once, and nothing moves, ${width} px`,
      async () => {
        const page = await browser.newPage({ viewport: { width, height: 900 } });
        await page.goto(root + PLAYGROUND);
        await page.waitForSelector("raft-scene .play-panel[open]");
        const shift = await page.evaluate(
          () =>
            new Promise((done) => {
              let sum = 0;
              new PerformanceObserver((list) => {
                for (const entry of list.getEntries()) sum += entry.value;
              }).observe({ type: "layout-shift", buffered: true });
              setTimeout(() => done(sum), 500);
            }),
        );
        await page.close();
        return shift <= 0.05 ? "" : `layout shift ${shift.toFixed(3)}`;
      },
    );
  }

  await check("player: the playground's cluster is the reader's", async () => {
    const opened = await open(PLAYGROUND);
    const { page } = opened;
    await page.waitForSelector("raft-scene .play-panel[open]");
    for (const directive of ["propose 1 mine", "stabilize"]) {
      await page.locator(".play-line").fill(directive);
      await page.keyboard.press("Enter");
    }
    const cards = await page.locator(".play-node").allInnerTexts();
    const why =
      (await axe(page)) ||
      (await page.setViewportSize({ width: 390, height: 844 }), await sideways(page));
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save as scenario file" }).click(),
    ]);
    const text = readFileSync(await download.path(), "utf8");
    await page.getByRole("button", { name: "Copy a link to this" }).click();
    const link = page.url();
    await opened.close();
    const other = await open(link.slice(root.length));
    await other.page.locator(".play-mine li").first().waitFor();
    const mine = await other.page.locator(".play-mine li").allInnerTexts();
    await other.close();
    if (!cards.every((card) => card.includes("commit 12")))
      return `the cards say ${cards.join(" | ")}`;
    if (mine.join("; ") !== "propose 1 mine; stabilize")
      return `the link leads to ${mine.join("; ")}`;
    return [
      ...opened.complaints,
      ...other.complaints,
      why,
      text.includes("propose 1 mine\n----\n") ? "" : "the file lacks what was done",
    ]
      .filter(Boolean)
      .join("; ");
  });

  await check(
    "player: who presses quickly loses nothing, and who goes back hears what is gone",
    async () => {
      const opened = await open(PLAYGROUND);
      const { page } = opened;
      await page.waitForSelector("raft-scene .play-panel[open]");
      const mine = async () => (await page.locator(".play-mine li").allInnerTexts()).join("; ");
      const says = () => page.locator(".play-answered").innerText();
      await page.locator(".play-node").first().click();
      await page.getByRole("button", { name: "Propose" }).click();
      await page.getByRole("button", { name: "Let it run" }).click();
      const quick = await mine();
      await page.locator(".play-line").fill("wobble 3");
      await page.keyboard.press("Enter");
      const refused = [await says(), await mine()];
      await page.locator("input[type=range]").evaluate((range) => {
        range.value = 7;
        range.dispatchEvent(new Event("input"));
      });
      await page.locator(".play-line").fill("tick-heartbeat 1");
      await page.keyboard.press("Enter");
      const back = [await says(), await mine()];
      await opened.close();
      return [
        ...opened.complaints,
        quick === "propose 1 hello; stabilize" ? "" : `after two quick clicks there is ${quick}`,
        refused[0].startsWith("wobble 3: unknown command") && refused[1] === quick
          ? ""
          : `a word that is none: ${refused.join(" / ")}`,
        back[0].startsWith("No more, for it came after this event: ") &&
        back[1].endsWith("tick-heartbeat 1")
          ? ""
          : `after going back: ${back.join(" / ")}`,
      ]
        .filter(Boolean)
        .join("; ");
    },
  );
}
