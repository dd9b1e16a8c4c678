"""The HTTP door. Routes parse, ask and present; only `gateway` speaks to Temporal."""
