"""The pure core in WebAssembly: its build, and a player of scenario files for Node."""
