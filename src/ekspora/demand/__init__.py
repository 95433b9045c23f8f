"""Who wants what; goods that may not be offered to a country."""
