"""Measures the hotline on this machine: what it carries, what that costs, and which process pays for it."""
