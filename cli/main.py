"""`hotline`: one command for everything that is done from a terminal."""

import asyncio
from datetime import timedelta
from typing import Annotated

import typer
from rich.console import Console

from classifier.model_file import BadModel
from cli import bench, classifier, complainants, complaint, journal, keys, policy, processes, receivers, report
from cli.demo import demo
from cli.drill import drill
from cli.index import index
from config import logs
from config.settings import Settings
from local.failure import LocalFailure
from rulebook.fault import BadPolicy
from rulebook.shelf import NoPolicy
from vault.keyring import BadKeyRing
from workers.engine import connect, ready_engine
from workers.ground import prepare as prepare_ground
from workers.home import NotSet, addresses, model_folder, open_vault
from workers.pages import FILE
from workers.release import NoSuchRelease, make_current
from workers.running import running, stay_up

app = typer.Typer(
    help="A complaint hotline that cannot lose a complaint.", no_args_is_help=True, pretty_exceptions_enable=False
)
app.add_typer(processes.app, name="process")
app.add_typer(policy.app, name="policy")
app.add_typer(report.app, name="report")
app.add_typer(keys.app, name="keys")
app.add_typer(receivers.app, name="receivers")
app.add_typer(journal.app, name="journal")
app.add_typer(classifier.app, name="classifier")
app.add_typer(bench.app, name="bench")
app.command()(demo)
app.command()(drill)
app.command("ticket")(complaint.ticket)
app.command("import")(complaint.import_file)
app.command()(complainants.erase)
app.command()(complainants.retain)
app.command()(index)
_console = Console(stderr=True)


@app.command()
def up() -> None:
    """Start everything on this machine and keep it running until Ctrl-C."""
    settings = Settings()
    logs.set_up(settings.logs)
    with running(settings, _say) as hotline:
        _say(f"API {hotline.api_url}/docs")
        _say(f"Temporal UI {hotline.ui_url}")
        _say(f"figures of every process: addresses in {hotline.stack.home.root / FILE}")
        stay_up()


@app.command()
def prepare() -> None:
    """Make a given database and a given Temporal ready: tables, policy, classifier, namespace. Can be repeated."""
    settings = Settings()
    database_url, temporal_address = addresses(settings)
    vault = open_vault(settings)
    asyncio.run(prepare_ground(database_url, settings.policy, model_folder(settings), _say, vault))
    asyncio.run(ready_engine(settings, temporal_address))
    _say("ready")


@app.command()
def release(name: Annotated[str, typer.Argument(help="HOTLINE_RELEASE of the new workers.")]) -> None:
    """Make a release current: complaints, new and running, go on under its workers."""

    async def switch() -> None:
        settings = Settings()
        await make_current(await connect(settings, addresses(settings)[1]), name, timedelta(seconds=60))

    asyncio.run(switch())
    _say(f"{name} is current")


def _say(line: str) -> None:
    _console.print(line, style="dim", highlight=False, soft_wrap=True)


def main() -> None:
    """Run the command; what a person can mend is told in one line, not in a traceback."""
    try:
        app()
    except (LocalFailure, BadModel, BadPolicy, BadKeyRing, NoPolicy, NotSet, NoSuchRelease) as failure:
        _console.print(f"{failure}", style="red", highlight=False, soft_wrap=True)
        raise SystemExit(1) from failure
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
