"""The command `argmine push`: a model's folder to the Hugging Face Hub."""

from typing import Annotated

import typer

EXAMPLES = """\b
Examples:
  argmine push runs/mine/model org/name --private
  argmine push default org/name --revision trial"""

Pushed = Annotated[str, typer.Argument(metavar="MODEL", help="A packaged model's name, or a model's folder.")]
Repository = Annotated[str, typer.Argument(metavar="ORG/NAME", help="The repository, which is made where it is not.")]
Private = Annotated[bool, typer.Option("--private", help="Make the repository private, where it is made.")]
Branch = Annotated[str | None, typer.Option("--revision", help="A branch, which is made where it is not.")]


def push(model: Pushed, repository: Repository, private: Private = False, branch: Branch = None) -> None:
    """Upload a model with its card, which names the weights' licence; see to it that you may.

    Who you are is known by HF_TOKEN or by what `hf auth login` left.
    """
    from argmine.hub import push_folder
    from argmine.model_folder import CONFIG, find_model, read_config

    folder = find_model(model)
    config = read_config(folder / CONFIG)
    typer.echo(push_folder(folder, repository, config=config, private=private or None, revision=branch))
