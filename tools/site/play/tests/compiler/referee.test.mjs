// The compiler's worker is one for a page, whoever asks: its answers, its end.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Compiler } from "../../js/compiler/referee.js";

/** A worker that says nothing by itself. */
function world() {
  const workers = [];
  const start = () => {
    const worker = {
      asked: [],
      ended: false,
      postMessage(message) {
        this.asked.push(message);
      },
      terminate() {
        this.ended = true;
      },
    };
    workers.push(worker);
    return worker;
  };
  return { workers, compiler: new Compiler(start) };
}

const says = (worker, message) => worker.onmessage({ data: message });

test("an answer finds who asked, and progress comes before it", async () => {
  const { workers, compiler } = world();
  const heard = [];
  const first = compiler.ask({ what: "ready" }, (step) => heard.push(step), "a");
  const second = compiler.ask({ what: "build" }, () => {}, "b");
  const [worker] = workers;
  assert.deepEqual(worker.asked, [
    { id: 1, what: "ready" },
    { id: 2, what: "build" },
  ]);
  says(worker, { id: 1, progress: "half" });
  says(worker, { id: 2, failure: "no pack" });
  says(worker, { id: 1, done: { well: true } });
  assert.deepEqual(await first, { well: true });
  await assert.rejects(second, /^Error: no pack$/);
  assert.deepEqual(heard, ["half"]);
});

test("who stops is told, and who waits beside is asked for again", async () => {
  const { workers, compiler } = world();
  const mine = compiler.ask({ what: "build", pack: "mine" }, () => {}, "me");
  const other = compiler.ask({ what: "build", pack: "other" }, () => {}, "other");
  compiler.stop("me");
  await assert.rejects(mine, /^Error: stopped$/);
  const [before, after] = workers;
  assert.ok(before.ended);
  assert.deepEqual(
    after.asked.map(({ pack }) => pack),
    ["other"],
  );
  says(after, { id: after.asked[0].id, done: { programs: [] } });
  assert.deepEqual(await other, { programs: [] });
});

test("when it falls, everybody hears it, and the next question begins anew", async () => {
  const { workers, compiler } = world();
  const asked = [
    compiler.ask({ what: "ready" }, () => {}, "a"),
    compiler.ask({ what: "ready" }, () => {}, "b"),
  ];
  workers[0].onerror({ message: "blocked" });
  for (const one of asked)
    await assert.rejects(one, /^Error: the compiler can't run here: blocked$/);
  compiler.ask({ what: "ready" }, () => {}, "a");
  assert.equal(workers.length, 2);
});
