"""Home page of each role."""
