"""Has frictionless judge every data package in a folder: check_packages.py FOLDER"""

import pathlib
import sys

from frictionless import Package, validate


def main(folder):
    packages = sorted(pathlib.Path(folder).glob("*.zip"))
    if len(packages) < 3:
        sys.exit(f"there are {len(packages)} packages in {folder}, not three or more")
    for path in packages:
        report = validate(str(path), type="package")
        if not report.valid:
            sys.exit(f"{path.name} is not valid:\n{report.to_summary()}")
        resources = Package(str(path)).resources
        rows = sum(task.stats.get("rows", 0) for task in report.tasks)
        print(f"{path.name}: valid, {len(resources)} tables, {rows} rows")


main(*sys.argv[1:])
