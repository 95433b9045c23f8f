"""Charts drawn on the server as inline SVG, each with its numbers readable as a table."""
