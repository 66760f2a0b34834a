"""`python3 -m weave …`, run from tools/."""

import sys

from weave.cli import main

sys.exit(main())
