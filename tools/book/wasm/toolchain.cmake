# WebAssembly with WASI's system calls, from Debian's packages: see ./book test --only wasm.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR wasm32)
set(CMAKE_CXX_COMPILER clang++-16)
set(CMAKE_CXX_COMPILER_TARGET wasm32-wasi)
set(CMAKE_AR llvm-ar-16)
set(CMAKE_RANLIB llvm-ranlib-16)
set(CMAKE_SYSROOT /usr)
# Debian's clang does not look for libc++ where Debian's package puts it.
set(CMAKE_CXX_FLAGS_INIT "-isystem /usr/lib/llvm-16/include/wasm32-wasi/c++/v1 -fno-exceptions -fno-rtti -D_WASI_EMULATED_SIGNAL")
set(CMAKE_EXE_LINKER_FLAGS_INIT "-lwasi-emulated-signal")
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(BOOK_COMMON_HEADERS <algorithm> <array> <deque> <functional> <map> <memory> <optional> <set> <string> <system_error> <utility> <vector>)
