import { readFileSync } from "node:fs"; import { builder, verdict } from "./world.mjs";
import { isMainThread } from "node:worker_threads";
const P="/work/main/build/play/compiler"; const made=await builder(P);
for (const c of JSON.parse(readFileSync("/tmp/few.json"))) { if (process.argv[2] && !c.name.includes(process.argv[2])) continue; const t=performance.now(); try { const v=await verdict(made,P,c.pack,c.files); console.log("==",c.name,v.passed,Math.round(performance.now()-t)); console.log(v.lines.join("\n")); } catch(e) { console.log("==",c.name,"ERR",e.stack.slice(0,400)); } }
