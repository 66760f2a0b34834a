"""How large what a reader downloads may be, in bytes, compressed."""

NODE = 100_000  # the module that plays scenes
COMPILER = 26_000_000  # once, by every reader of exercises in C++
EXERCISE = 200_000  # and for each of those
