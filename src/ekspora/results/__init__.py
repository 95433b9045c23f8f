"""What an activity brought: counted figures that open their records, reported ones beside them."""
