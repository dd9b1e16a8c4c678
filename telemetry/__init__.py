"""What operators see of a running process: figures for Prometheus, traces for OpenTelemetry. Codes, never persons."""
