"""`hotline`: one command for everything that is done from a terminal."""

import typer
from rich.console import Console

from cli import processes
from cli.up import running, watch
from config.settings import Settings
from local.failure import LocalFailure
from rulebook.fault import BadPolicy

app = typer.Typer(
    help="A complaint hotline that cannot lose a complaint.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(processes.app, name="process")
_console = Console(stderr=True)


@app.command()
def up() -> None:
    """Start everything on this machine and keep it running until Ctrl-C."""
    settings = Settings()
    with running(settings, _say) as hotline:
        _say(f"API {hotline.api_url}/docs")
        _say(f"Temporal UI {hotline.ui_url}")
        watch(hotline, lambda: False)


def _say(line: str) -> None:
    _console.print(line, style="dim", highlight=False)


def main() -> None:
    """Run the command; what a person can mend is told in one line, not in a traceback."""
    try:
        app()
    except (LocalFailure, BadPolicy, processes.NotSet) as failure:
        _console.print(f"[red]{failure}[/red]")
        raise SystemExit(1) from failure
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
