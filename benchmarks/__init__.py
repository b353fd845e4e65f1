"""One command for each figure that the design promises."""
