"""Order in time. No rule stands here, and no SQL."""
