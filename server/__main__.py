"""`python -m server`: run the office server and prepare what it serves."""

import sys

from server.commands import main

sys.exit(main())
