"""What is known about a market's rules: facts with source, date and reviewer, never "nothing required"."""
