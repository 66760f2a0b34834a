// How everything is compiled and linked that meets in a page: the parts that are made with the
// site, and the reader's file. Whatever changes here, all objects are made anew.

const TARGET = "wasm32-wasip1";

/** What the driver would say for `clang++ --target=wasm32-wasip1 -std=c++20 -O1 -fno-rtti`. */
export const COMPILE = [
  "-triple",
  "wasm32-unknown-wasip1",
  "-O1",
  "-disable-free",
  "-clear-ast-before-backend",
  "-mrelocation-model",
  "static",
  "-mframe-pointer=none",
  "-ffp-contract=on",
  "-mconstructor-aliases",
  "-target-cpu",
  "generic",
  "-fvisibility=hidden",
  "-fdebug-compilation-dir=/",
  "-resource-dir",
  "/usr",
  "-isysroot",
  "/usr",
  "-internal-isystem",
  `/usr/include/${TARGET}/c++/v1`,
  "-internal-isystem",
  "/usr/include/c++/v1",
  "-internal-isystem",
  "/usr/include",
  "-internal-isystem",
  `/usr/include/${TARGET}`,
  "-std=c++20",
  "-fdeprecated-macro",
  "-ferror-limit",
  "19",
  "-fgnuc-version=4.2.1",
  "-fno-rtti",
  "-Wall",
  "-Wextra",
  "-DRAFT_CHECK_INVARIANTS=true",
  // What this platform lacks; GoogleTest and everything that is linked with it must agree.
  "-DGTEST_HAS_PTHREAD=0",
  "-DGTEST_HAS_EXCEPTIONS=0",
  "-DGTEST_HAS_DEATH_TEST=0",
  "-DGTEST_HAS_STREAM_REDIRECTION=0",
  "-D_WASI_EMULATED_SIGNAL",
  "-I",
  "code",
  "-isystem",
  "gtest",
];

/**
 * The reader's file looks at every index and every pointer: WebAssembly has memory at address 0
 * too, and would read on. What was made before is to be small, and looks at most indexes.
 */
export const MINE = [
  "-D_LIBCPP_HARDENING_MODE=_LIBCPP_HARDENING_MODE_DEBUG",
  "-fsanitize=null,return",
  "-fsanitize-trap=null,return",
];
export const PARTS = ["-D_LIBCPP_HARDENING_MODE=_LIBCPP_HARDENING_MODE_FAST"];

/** Before the objects. */
export const LINK = [
  "-m",
  "wasm32",
  "-L/usr/lib/wasm32-unknown-wasip1",
  `-L/usr/lib/${TARGET}`,
  "--stack-first",
  "-z",
  "stack-size=1048576",
  "--strip-all",
  `/usr/lib/${TARGET}/crt1-command.o`,
];

/** After them. */
export const LIBRARIES = [
  "-lwasi-emulated-signal",
  "-lc++",
  "-lc++abi",
  "-lc",
  "/usr/lib/wasm32-unknown-wasip1/libclang_rt.builtins.a",
];

/** For a header that is read once. */
export const PRECOMPILE = ["-w", "-emit-pch", "-fno-pch-timestamp", "-fpch-instantiate-templates"];
