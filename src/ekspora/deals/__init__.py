"""What comes of it: who promised what by when, and the ladder from interest to payment with a named buyer."""
