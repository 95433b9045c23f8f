"""Weight, queries and relative time of the five main pages over the demonstration of programme A."""
