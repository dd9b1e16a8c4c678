"""The worker: complaints' workflows and their activities in one process."""

from datetime import timedelta

from temporalio.client import Client
from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.worker import Worker, WorkerDeploymentConfig

from activities.duties import DutyKeeper
from activities.journal import JournalKeeper
from activities.planner import Planner
from activities.triage import Triager
from classifier.model import Model
from rulebook.shelf import Shelf
from store.connection import Pool
from vault.seal import Vault
from workers.sandbox import runner
from workflows.complaint import ComplaintWorkflow
from workflows.duty import DutyWorkflow

DEPLOYMENT = "hotline"
DEVELOPMENT = "dev"
_GRACE = timedelta(seconds=20)
AT_ONCE = 20
"""Complaints that a worker works on at a time: enough for its ten connections. Whatever it has taken is worked on as it
comes; only what still waits at the engine is handed out urgent first and by districts in turn."""


def worker(
    client: Client,
    task_queue: str,
    pool: Pool,
    vault: Vault,
    model: Model,
    *,
    release: str,
    strict: bool = False,
) -> Worker:
    """A worker ready to run. A `release` other than `dev` turns worker versioning on (docs/decisions/0004)."""
    shelf = Shelf(pool)
    planner, keeper = Planner(shelf), JournalKeeper(pool)
    return Worker(
        client,
        task_queue=task_queue,
        workflows=[ComplaintWorkflow, DutyWorkflow],
        activities=[
            Triager(pool, vault, planner, model).take_up,
            planner.plan,
            keeper.record,
            keeper.hear,
            DutyKeeper(pool, shelf).attend,
        ],
        workflow_runner=runner(strict=strict),
        graceful_shutdown_timeout=_GRACE,
        max_cached_workflows=2000,
        max_concurrent_workflow_tasks=AT_ONCE,
        deployment_config=None if release == DEVELOPMENT else _versioned(release),
        build_id=DEVELOPMENT if release == DEVELOPMENT else None,  # else it reads all code there is to make one up
    )


def _versioned(release: str) -> WorkerDeploymentConfig:
    """Complaints live for weeks, so a running one moves to the new release at its next task."""
    return WorkerDeploymentConfig(
        version=WorkerDeploymentVersion(deployment_name=DEPLOYMENT, build_id=release),
        use_worker_versioning=True,
        default_versioning_behavior=VersioningBehavior.AUTO_UPGRADE,
    )
