// A second address of the site that can be closed: what a reader has who loses the network. It
// stands below some path, as books on a shared server do.
import { createServer, request } from "node:http";

const PATH = "/shelf/raft/";

export class Door {
  /** `root` is the address of the site itself. */
  constructor(root) {
    Object.assign(this, { root, asked: [], port: 0, sockets: new Set() });
  }

  get address() {
    return `http://127.0.0.1:${this.port}${PATH}`;
  }

  /** At the same port each time. */
  async open() {
    this.server = createServer((asked, answer) => this.#pass(asked, answer));
    this.server.on("connection", (socket) => {
      this.sockets.add(socket);
      socket.on("close", () => this.sockets.delete(socket));
    });
    await new Promise((done) => {
      this.server.listen(this.port, "127.0.0.1", done);
    });
    this.port = this.server.address().port;
    return this;
  }

  async close() {
    const closed = new Promise((done) => {
      this.server.close(done);
    });
    this.sockets.forEach((socket) => socket.destroy());
    await closed;
  }

  #pass(asked, answer) {
    if (!asked.url.startsWith(PATH)) return answer.writeHead(404).end();
    const path = asked.url.slice(PATH.length);
    this.asked.push(path);
    const passed = request(
      new URL(path, this.root),
      { method: asked.method, headers: asked.headers },
      (given) => {
        answer.writeHead(given.statusCode, given.headers);
        given.pipe(answer);
      },
    );
    passed.on("error", () => answer.destroy());
    asked.pipe(passed);
  }
}
