"""`python -m mizban` is the `mizban` command."""

import sys

from mizban.config.command import main

sys.exit(main())
