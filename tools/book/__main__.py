"""`python3 -m book …`, as ./book runs it."""

from book.cli import main

main()
