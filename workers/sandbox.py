"""Where workflow code runs. The one place that decides it."""

from temporalio.worker import UnsandboxedWorkflowRunner, WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner


def runner(*, strict: bool) -> WorkflowRunner:
    """Strict re-imports every module for every run and refuses clocks, randomness and ids from outside: the tests run
    so, and what passes there runs in production without the sandbox, which costs half the worker's time."""
    return SandboxedWorkflowRunner() if strict else UnsandboxedWorkflowRunner()
