"""``ekspora audit verify``: recompute the audit trail's chains and print their heads."""

from __future__ import annotations

import argparse

from ekspora.cli import site


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The one thing that can be done with the trail here."""
    parser.add_argument("what", choices=["verify"], help="recompute every chain; 1 when one is broken")


def run(args: argparse.Namespace) -> int:
    """0 when every chain holds, 1 otherwise, naming the first broken entry of each.

    Note the heads elsewhere: an end that was cut off shows only against them.
    """
    site.ready()
    if problem := site.missing():
        return site.complain(problem)
    from ekspora.core.models import Agency
    from ekspora.core.services import audit

    names = {agency.pk: agency.name for agency in Agency.objects.all()}
    reports = audit.verify()
    for report in reports:
        name = names.get(report.chain, "no agency")
        if report.broken_at is None:
            print(f"ok      {name}: {report.entries} entries, head {report.head}")
        else:
            print(f"BROKEN  {name}: entry {report.broken_at} {report.why}")
    if not reports:
        print("ok      the trail is empty")
    return 1 if any(report.broken_at is not None for report in reports) else 0
