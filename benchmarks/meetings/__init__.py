"""Selection-with-weights benchmark for meeting timetables: generator and runner."""
