"""C++ text: its tokens, its braces, its symbols, its tests."""
