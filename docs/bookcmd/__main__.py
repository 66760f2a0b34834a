"""`python3 -m bookcmd …`, as ./book runs it."""
from bookcmd.cli import main

main()
