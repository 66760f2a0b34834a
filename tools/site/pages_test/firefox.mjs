// A scene and an exercise in a stock Firefox: whether another browser than Chromium runs what pages
// bring along.
//
//   node tools/site/pages_test/firefox.mjs http://localhost:8000/
//
// Prints what run.mjs prints.
import { Firefox } from "./bidi.mjs";

const SCENE = "chapters/elections.html";
const COMPOSE = ["chapters/talking-to-a-cluster.html", "#exercise-the-shorter-log-leads"];
const FILL = ["chapters/majorities.html", "#exercise-the-middle-of-the-row"];

const root = process.argv[2].replace(/\/?$/, "/");
const firefox = await Firefox.start(process.env.BOOK_FIREFOX ?? "firefox-esr");
let passed = 0;
let failed = 0;

async function check(name, body) {
  const why = await body().then(
    (words) => words ?? "",
    (error) => String(error.message),
  );
  if (why) failed += 1;
  else passed += 1;
  console.log(why ? `not ok ${name}: ${why}` : `ok ${name}`);
}

const exists = (selector) => Boolean(document.querySelector(selector));
const press = (selector) => document.querySelector(selector).click();
const outcome = (exercise) => {
  const words = document.querySelector(`${exercise} .ex-outcome`)?.textContent ?? "";
  return /…$|^$|^Ready/.test(words) ? "" : words;
};
const lines = (exercise) => document.querySelector(`${exercise} .ex-lines`).textContent;

/** Presses Check; the verdict's first line and its lines. */
async function verdict(exercise, seconds) {
  await firefox.run(press, `${exercise} .ex-main`);
  const words = await firefox.until(outcome, seconds, exercise);
  return { words, lines: await firefox.run(lines, exercise) };
}

await check("firefox: a scene plays", async () => {
  await firefox.goTo(root + SCENE);
  if (!(await firefox.run(exists, "raft-scene"))) return; // the node was not built for pages here
  await firefox.run(() => document.querySelector("raft-scene").scrollIntoView());
  await firefox.until(exists, 15, "raft-scene.alive .play-quiet");
  await firefox.run(press, "raft-scene .play-quiet");
  await firefox.until(
    () => Number(document.querySelector("raft-scene input[type=range]").value) > 1,
    15,
  );
  await firefox.until(
    () => document.querySelectorAll("raft-scene svg .ev[data-seq]").length > 1,
    5,
  );
});

await check("firefox: a composition has its verdict, and the page is kept", async () => {
  const [page, exercise] = COMPOSE;
  await firefox.goTo(root + page);
  if (!(await firefox.run(exists, exercise + " raft-exercise"))) return;
  const { words, lines: told } = await verdict(exercise, 15);
  const kept = await firefox.run(
    async () => (await navigator.serviceWorker.getRegistrations()).length,
  );
  return words.startsWith("Not yet. This is the starter") &&
    told.startsWith("✗ node 2 leads") &&
    kept === 1
    ? ""
    : `it says ${words} ${told}, and ${kept} service workers are there`;
});

await check("firefox: C++ is compiled, and has its verdict", async () => {
  const [page, exercise] = FILL;
  await firefox.goTo(root + page);
  if (!(await firefox.run(exists, exercise + " .ex-offer")))
    return console.log("the compiler for pages is not built here");
  await firefox.run(press, `${exercise} .ex-offer button`);
  await firefox.until(exists, 15, `${exercise} .cm-content`);
  const { words, lines: told } = await verdict(exercise, 50);
  return words.startsWith("Not yet. This is the starter") && told.startsWith("✗ ")
    ? ""
    : `it says ${words} ${told}`;
});

await firefox.end();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
