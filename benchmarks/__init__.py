"""Speed and memory as ratios and gaps measured in one run; ``make bench [ROOM=meetings]``."""
