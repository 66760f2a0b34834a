"""The ./book command: sets up what is missing and calls the tools that do the work.

A folder for each thing that it does. A module may import from its own folder and from those before
it in this list, never from one behind it; the lint sees to it.
"""

LAYERS = {
    "common": "places, other programs, words on the terminal, tables",
    "setup": "which packages each command needs, and how they come here",
    "cpp": "the clean trees of the stages, configured and compiled",
    "scenes": "scene programs and scenario files: built, run, told, drawn",
    "conformance": "random conversations, ours against etcd's own raft",
    "exercises": "exercises: start, check, hint, reset, solution, grade, and their acceptance",
    "wasm": "the node and a C++ compiler in WebAssembly, for the pages",
    "site": "from the sources to the pages in build/site",
    "serving": "the pages on a local address, reloading when a file is saved",
    "checks": "what `./book test` runs, in two slots",
    "benchmarks": "our loops beside Go's and C's, and what pages cost a reader",
    "cli": "the commands and their options",
}
