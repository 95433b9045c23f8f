"""``ekspora officer``: the first officer of an agency, and a way back in for one who lost everything."""

from __future__ import annotations

import argparse

from ekspora.cli import site


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who, where to reach them, and for which agency."""
    parser.add_argument("name", metavar="NAME", help="the person's name")
    parser.add_argument("email", metavar="EMAIL", help="their email; an existing person with it is used")
    parser.add_argument("agency", metavar="AGENCY", help="the agency's name; it is made if there is none yet")
    parser.add_argument("--kind", default="ministry", help="kind of a new agency (default: ministry)")
    parser.add_argument(
        "--reset-second-step",
        action="store_true",
        help="they lost phone and recovery codes: let them set it up anew",
    )


def run(args: argparse.Namespace) -> int:
    """Print a one-time sign-in link; 1 when something is wrong with what was given."""
    site.ready()
    if problem := site.missing():
        return site.complain(problem)
    from ekspora.core.errors import DomainError
    from ekspora.core.models import Agency
    from ekspora.core.services import people

    if args.kind not in Agency.Kind.values:
        return site.complain(f"--kind must be one of: {', '.join(Agency.Kind.values)}")
    try:
        address = people.install_officer(
            name=args.name, email=args.email, agency_name=args.agency, kind=Agency.Kind(args.kind),
            reset_second_step=args.reset_second_step,
        )  # fmt: skip
    except DomainError as error:
        return site.complain(str(error))
    print(f"{args.name} signs in once, within three days, with:\n{address}")
    return 0
