"""Personal data at rest: sealed column by column under a key of the person's own, which the key ring wraps."""
