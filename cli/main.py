"""`hotline`: one command for everything that is done from a terminal."""

import asyncio

import typer
from rich.console import Console

from cli import complaint, journal, keys, policy, processes
from cli.demo import demo
from config.settings import Settings
from local.failure import LocalFailure
from local.namespace import ensure_namespace
from rulebook.fault import BadPolicy
from rulebook.shelf import NoPolicy
from vault.keyring import BadKeyRing
from workers.ground import prepare as prepare_ground
from workers.home import NotSet, addresses, key_ring, model_folder
from workers.running import running, stay_up
from workflows.attributes import REGISTERED

app = typer.Typer(
    help="A complaint hotline that cannot lose a complaint.", no_args_is_help=True, pretty_exceptions_enable=False
)
app.add_typer(processes.app, name="process")
app.add_typer(policy.app, name="policy")
app.add_typer(keys.app, name="keys")
app.add_typer(journal.app, name="journal")
app.command()(demo)
app.command("ticket")(complaint.ticket)
app.command("import")(complaint.import_file)
_console = Console(stderr=True)


@app.command()
def up() -> None:
    """Start everything on this machine and keep it running until Ctrl-C."""
    settings = Settings()
    with running(settings, _say) as hotline:
        _say(f"API {hotline.api_url}/docs")
        _say(f"Temporal UI {hotline.ui_url}")
        stay_up()


@app.command()
def prepare() -> None:
    """Make a given database and a given Temporal ready: tables, policy, classifier, namespace. Can be repeated."""
    settings = Settings()
    database_url, temporal_address = addresses(settings)
    key_ring(settings)
    asyncio.run(prepare_ground(database_url, settings.policy, model_folder(settings), _say))
    asyncio.run(ensure_namespace(temporal_address, settings.namespace, REGISTERED))
    _say("ready")


def _say(line: str) -> None:
    _console.print(line, style="dim", highlight=False, soft_wrap=True)


def main() -> None:
    """Run the command; what a person can mend is told in one line, not in a traceback."""
    try:
        app()
    except (LocalFailure, BadPolicy, BadKeyRing, NoPolicy, NotSet) as failure:
        _console.print(f"{failure}", style="red", highlight=False, soft_wrap=True)
        raise SystemExit(1) from failure
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
