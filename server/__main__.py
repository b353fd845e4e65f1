"""`python -m server`: run the office server and prepare what it serves."""

import sys

from server import serving

code = serving.main()
if code is None:
    from server import commands  # what it reads would stay in memory as long as the office is served

    code = commands.main()
sys.exit(code)
