"""Where workflows touch the world."""
