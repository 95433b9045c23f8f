"""What the engines share: time limits, bad input, stopping, and a race of solvers in processes."""
