"""``ekspora demo``: build the demonstration and say what it holds, with a sign-in link for each role."""

import argparse
import sys

from ekspora.cli import site

STAGES = ("call", "matched", "scheduled", "held", "reported")
USUAL = "scheduled"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The stage to stop at, and what to do when there are data already."""
    parser.add_argument("--stage", choices=STAGES, default=USUAL, help="how far to go (default: %(default)s)")
    parser.add_argument("--if-empty", action="store_true", help="keep what is there instead of refusing")


def run(args: argparse.Namespace) -> int:
    """Exit code 0 done, 2 when there are data already (nothing is written)."""
    site.ready()
    site.prepare()
    from ekspora.core.errors import DomainError
    from ekspora.core.models import Person
    from ekspora.web.demo import build

    activity = build.present()
    if activity is None and Person.objects.exists():
        print("There are data here already; the demonstration needs an empty EKSPORA_HOME.", file=sys.stderr)
        return 2
    if activity is not None and not args.if_empty:
        print("The demonstration is here already. Remove EKSPORA_HOME to build it anew.", file=sys.stderr)
        return 2
    if activity is None:
        print(f"Building the demonstration (programme A, stage “{args.stage}”) ...", flush=True)
    try:
        seconds = build.build(args.stage)
    except DomainError as error:
        print(f"ekspora demo: {error}", file=sys.stderr)
        return 4
    if activity is None:
        print(f"Done in {seconds:.1f} s.")
    _say(build.present())
    return 0


def _say(activity: "object") -> None:
    from ekspora.programmes.models import Activity
    from ekspora.web.demo import build

    assert isinstance(activity, Activity)  # typed late: Django is not set up when this module is read
    found = build.summary(activity)
    print(f"\n{activity.name_en}\n{activity.city}, {activity.starts_on}")
    print(f"  businesses       {found.businesses}")
    print(f"  representatives  {found.representatives} from {found.missions} missions")
    print(f"  requests         {found.requests}")
    if found.version is not None:
        _say_version(found.version.result)
    if found.came:
        print(f"  came             {found.came}")
        print(f"  answers told     {found.outcomes}")
        print(f"  contacts given   {found.contacts}")
        print(f"  promises         {found.promises}")
    print("\nSign in (each link opens a page with a button; it works for 60 days):")
    for role, address in build.sign_in_links(activity):
        print(f"  {role:<30} {address}")
    print("", flush=True)


def _say_version(result: "dict[str, object]") -> None:
    proven = result["proven"]
    assert isinstance(proven, dict)  # see docs/formats
    meetings = result["meetings"]
    assert isinstance(meetings, list)
    print(f"  meetings         {len(meetings)}")
    weight = "proven: no timetable is worth more" if proven["weight"] else f"bound {result['weight_bound']}"
    print(f"  weight           {result['weight']} ({weight})")
    breaks = "proven least for these meetings" if proven["breaks"] else f"at least {result['breaks_bound']}"
    print(f"  idle gaps        {result['breaks']} ({breaks})")
    print(f"  computed in      {result['seconds']} s")
