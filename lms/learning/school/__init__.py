"""What a school assigns, how it is marked, what comes of it."""
