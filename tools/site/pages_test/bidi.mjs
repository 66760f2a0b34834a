// As much of WebDriver BiDi as a page test needs: a stock Firefox, one tab, scripts in it.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";

const START = 30000; // milliseconds that a browser may take to start

/** The browser's process and the address that it listens at. */
function started(program, profile) {
  const browser = spawn(
    program,
    ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  return new Promise((done, fail) => {
    const late = setTimeout(
      () => fail(new Error(`${program} did not start in ${START / 1000} s`)),
      START,
    );
    let said = "";
    browser.on("error", fail);
    browser.stderr.on("data", (bytes) => {
      said += bytes;
      const [, address] = /WebDriver BiDi listening on (ws:\S+)/.exec(said) ?? [];
      if (!address) return;
      clearTimeout(late);
      done({ browser, address });
    });
  });
}

export class Firefox {
  static async start(program) {
    const profile = mkdtempSync(join(tmpdir(), "book-firefox-"));
    const { browser, address } = await started(program, profile);
    const firefox = new Firefox();
    Object.assign(firefox, { browser, profile, asked: new Map(), number: 0 });
    firefox.socket = new WebSocket(`${address}/session`);
    firefox.socket.on("message", (data) => firefox.#heard(JSON.parse(data)));
    await new Promise((done, fail) => {
      firefox.socket.on("open", done).on("error", fail);
    });
    await firefox.#ask("session.new", { capabilities: {} });
    const {
      contexts: [tab],
    } = await firefox.#ask("browsingContext.getTree", {});
    firefox.tab = tab.context;
    return firefox;
  }

  #ask(method, params) {
    this.number += 1;
    const { number } = this;
    return new Promise((done, fail) => {
      this.asked.set(number, { done, fail });
      this.socket.send(JSON.stringify({ id: number, method, params }));
    });
  }

  #heard({ id, type, result, message }) {
    const waiting = this.asked.get(id);
    this.asked.delete(id);
    if (type === "error") waiting?.fail(new Error(message.split("\n")[0]));
    else waiting?.done(result);
  }

  async goTo(url) {
    await this.#ask("browsingContext.navigate", { context: this.tab, url, wait: "complete" });
  }

  /** What a function says in the page; it is given plain values, and gives one back. */
  async run(body, ...given) {
    const expression = `(async () => JSON.stringify(await (${body})(...${JSON.stringify(given)})) ?? "null")()`;
    const { type, result, exceptionDetails } = await this.#ask("script.evaluate", {
      expression,
      awaitPromise: true,
      target: { context: this.tab },
      userActivation: true,
    });
    if (type === "exception") throw new Error(exceptionDetails.text);
    return JSON.parse(result.value);
  }

  /** Asks again and again until it is something. */
  async until(body, seconds, ...given) {
    for (const end = Date.now() + 1000 * seconds; Date.now() < end;) {
      const found = await this.run(body, ...given);
      if (found) return found;
      await new Promise((done) => {
        setTimeout(done, 200);
      });
    }
    throw new Error(
      `after ${seconds} s still not: ${String(body).replace(/\s+/g, " ").slice(0, 100)}`,
    );
  }

  async end() {
    this.socket.close();
    const gone = new Promise((done) => {
      this.browser.on("exit", done);
    });
    this.browser.kill();
    await gone;
    rmSync(this.profile, { recursive: true, force: true });
  }
}
