"""What pages run: the pure core in WebAssembly (core), and a compiler with the parts of exercises
(compiler, parts, packs, objects, archive). Scripts with npm packages become one file (bundle)."""
