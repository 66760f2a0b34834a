"""`python3 -m weave …`, run from docs/."""
import sys

from weave.cli import main

sys.exit(main())
