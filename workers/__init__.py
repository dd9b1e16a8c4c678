"""Composition roots: the processes, each put together in one place."""
