"""Settings, read from the environment by entry points alone."""
