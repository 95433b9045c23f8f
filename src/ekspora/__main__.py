"""``python -m ekspora`` is the command ``ekspora``."""

import sys

from ekspora.cli import main

sys.exit(main())
