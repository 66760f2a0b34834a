// The one who asks the worker: it is made when it is needed, and stopped when it does not answer.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LARGEST, Player, Reader } from "../../js/exercises/referee.js";

const exercise = { kind: "compose" };
const files = { "answer.txt": "x" };
const huge = { "answer.txt": "x".repeat(LARGEST + 1) };

/** A worker that is ready, and answers work as it is told. */
function workers(answer) {
  const all = [];
  return [
    all,
    () => {
      const worker = {
        stopped: false,
        terminate() {
          this.stopped = true;
        },
        postMessage(message) {
          const said = message.exercise ? answer(all.length) : { ready: true };
          if (said) queueMicrotask(() => this.onmessage({ data: said }));
        },
      };
      all.push(worker);
      return worker;
    },
  ];
}

test("one worker serves all verdicts", async () => {
  const [all, start] = workers(() => ({ passed: true, lines: ["✓ fine"], said: "" }));
  const referee = new Player(exercise, start);
  assert.equal(all.length, 0);
  await referee.prepare();
  for (let i = 0; i < 3; i += 1) assert.equal((await referee.verdict(files)).passed, true);
  assert.equal(all.length, 1);
});

test("a scenario that takes too long is stopped, and the next one begins afresh", async () => {
  const [all, start] = workers((number) =>
    number === 1 ? null : { passed: true, lines: [], said: "" },
  );
  const referee = new Player(exercise, start, 0.02);
  const late = await referee.verdict(files);
  assert.deepEqual(late, {
    passed: false,
    lines: ["✗ your scenario   the scenario did not finish in 0.02 s"],
    said: "",
  });
  assert.equal(all[0].stopped, true);
  assert.equal((await referee.verdict(files)).passed, true);
  assert.equal(all.length, 2);
});

test("a text without end is refused in one line, and plays nowhere", async () => {
  const [all, start] = workers(() => null);
  const { passed, lines } = await new Player(exercise, start).verdict(huge);
  assert.deepEqual([passed, lines.length, all.length], [false, 1, 0]);
  assert.match(lines[0], /65537 letters; a page reads 65536 at most/);
});

test("a node that does not come is an error, and is asked for again", async () => {
  let come = false;
  const start = () => ({
    terminate() {},
    postMessage(message) {
      queueMicrotask(() =>
        this.onmessage({
          data: !come
            ? { failure: "core.wasm: 404" }
            : { passed: !!message.exercise, lines: [], said: "" },
        }),
      );
    },
  });
  const referee = new Player(exercise, start);
  await assert.rejects(referee.verdict(files), /core.wasm: 404/);
  come = true;
  assert.equal((await referee.verdict(files)).passed, true);
});

test("a prediction is read here, and nothing is started for it", async () => {
  const reader = new Reader({ kind: "predict", says: "1: yes\n2:  no\n", whose: "the program" });
  await reader.prepare();
  assert.deepEqual(await reader.verdict({ "answer.txt": "# mine\n1:  yes\n2: no" }), {
    passed: true,
    lines: ["✓ all 2 lines"],
  });
  assert.equal((await reader.verdict({ "answer.txt": "1: yes\n\n2: yes" })).at, 2);
  assert.match(
    (await reader.verdict(huge)).lines[0],
    /^✗ your prediction {3}answer.txt has 65537 letters/,
  );
});
