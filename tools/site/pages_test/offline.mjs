// A reader who used something on a page, and then lost the network.
import { Door } from "./door.mjs";

const USED = "chapters/talking-to-a-cluster.html";
const VISITED = "chapters/ready.html";
const NEVER = "chapters/what-is-committed.html";
const COMPOSE = "#exercise-the-shorter-log-leads";

const unless = (good, words) => (good ? "" : words);

async function verdict(page) {
  await page.locator(`${COMPOSE} .ex-main`).click();
  await page.waitForFunction(
    (it) => !["", "Checking …"].includes(document.querySelector(`${it} .ex-outcome`).textContent),
    COMPOSE,
  );
  return page.locator(`${COMPOSE} .ex-lines`).innerText();
}

const workers = (page) =>
  page.evaluate(async () =>
    (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope),
  );
const styled = (page) =>
  page.evaluate(
    () => getComputedStyle(document.querySelector("article.exercise, article h1")).fontFamily,
  );

export async function checkOffline({ check, browser, root }) {
  const door = await new Door(root).open();
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(door.address + USED);
  if (!(await page.locator("raft-exercise").count())) {
    await context.close();
    return door.close();
  }

  await check("exercises: nothing is kept for a reader who used nothing", async () => {
    await page.waitForTimeout(300);
    const found = await workers(page);
    const kept = await page.evaluate(() => caches.keys());
    return unless(!found.length && !kept.length, `there is ${[...found, ...kept].join(", ")}`);
  });

  await check("exercises: offline, what was used and what was visited is there", async () => {
    const before = await verdict(page);
    const scopes = await workers(page);
    await page.goto(door.address + VISITED);
    const face = await styled(page);
    await page.waitForTimeout(500); // copies are put away behind the page's back
    await door.close();
    await page.reload();
    const visited = [await page.locator("h1").innerText(), (await styled(page)) === face];
    await page.goto(door.address + USED);
    const after = await verdict(page);
    await page.goto(door.address + NEVER);
    const never = await page.locator("h1").innerText();
    await door.open();
    const asked = door.asked.length;
    await page.goto(door.address + NEVER);
    const online = [await page.locator("h1").innerText(), door.asked.length > asked];
    return [
      unless(scopes.join() === door.address, `the service worker serves ${scopes}`),
      unless(visited[0].includes("Ready") && visited[1], `a visited page shows ${visited}`),
      unless(after === before && after.includes("✗"), `the verdict is ${after}`),
      unless(never === "This page is not here yet", `a page never visited says ${never}`),
      unless(online[0] !== never && online[1], `with the network, it says ${online}`),
    ]
      .filter(Boolean)
      .join("; ");
  });

  await check("exercises: with a network, pages are new", async () => {
    await page.goto(door.address + USED);
    const asked = door.asked.length;
    await page.reload();
    return unless(door.asked.slice(asked).includes(USED), "the page comes from the cache");
  });

  await context.close();
  await door.close();
}
