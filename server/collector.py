"""How often the collector of cycles looks: what a process has loaded once it leaves alone."""

from __future__ import annotations

import gc


def calm() -> None:
    """Let the collector leave what is loaded alone and look less often: it took a third of the time of an ingest."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
