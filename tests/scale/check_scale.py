"""Runs docs/scale over generated packages and holds what comes out against what the product found:
check_scale.py SCALE FOLDER ENGINE FORMAT, with csv or parquet"""

import pathlib
import subprocess
import sys
import time

import duckdb

KEYS = {
    "needs": ["group_by", "group", "competency"],
    "tally": ["group_by", "group", "competency", "importance", "ability", "required"],
    "coverage": ["unit_code", "post"],
}
TOLERANCE = 1e-9


def differences(found, expected, keys):
    """How many rows each has, and the first rows that are not the same in both."""
    reader = "read_csv('{}', header = true, all_varchar = true, delim = ',', quote = '\"')"
    columns = duckdb.sql(f"SELECT * FROM {reader.format(expected)} LIMIT 0").columns
    if duckdb.sql(f"SELECT * FROM {reader.format(found)} LIMIT 0").columns != columns:
        sys.exit(f"{found} has other columns than {expected}")
    same_key = " AND ".join(f"COALESCE(f.\"{key}\", '') = COALESCE(e.\"{key}\", '')" for key in keys)
    numbers = "TRY_CAST(f.\"{0}\" AS DOUBLE) - TRY_CAST(e.\"{0}\" AS DOUBLE)"
    other = " OR ".join(
        f"(COALESCE(f.\"{column}\", '') <> COALESCE(e.\"{column}\", '') "
        f"AND COALESCE(ABS({numbers.format(column)}) > {TOLERANCE}, true))"
        for column in columns
    )
    first = duckdb.sql(
        f"SELECT * FROM {reader.format(found)} f FULL JOIN {reader.format(expected)} e "
        f"ON {same_key} WHERE f.\"{keys[0]}\" IS NULL OR e.\"{keys[0]}\" IS NULL OR {other} LIMIT 5"
    ).fetchall()
    count = [
        duckdb.sql(f"SELECT COUNT(*) FROM {reader.format(file)}").fetchall()[0][0]
        for file in (found, expected)
    ]
    return count, first


def main(scale, folder, engine, written):
    folder = pathlib.Path(folder)
    out = folder / f"out-{engine}"
    command = [sys.executable, scale, folder / "packages", out, "--engine", engine]
    if written == "parquet":
        first = next(folder.glob("packages/*/*/datapackage.json"))
        if not (first.parent / "responses.parquet").exists():
            subprocess.run([sys.executable, scale, folder / "packages", "--to-parquet"], check=True)
        command += ["--parquet"]
    command += ["--desk", "quốc gia", "--made", "2026-12-31T00:00:00Z"]
    rows = f"SELECT COUNT(*) FROM read_csv('{folder}/packages/*/*/responses.csv', all_varchar = true)"
    responses = duckdb.sql(rows).fetchall()[0][0]
    start = time.monotonic()
    subprocess.run(command, check=True)
    seconds = time.monotonic() - start
    for table, keys in KEYS.items():
        count, first = differences(out / f"{table}.csv", folder / "expected" / f"{table}.csv", keys)
        if first or count[0] != count[1]:
            lines = "\n".join(map(str, first))
            sys.exit(f"{engine}: {table}.csv has {count[0]} rows, not {count[1]}, or differs:\n{lines}")
        print(f"{engine}: {table}.csv is the product's own, {count[0]} rows")
    print(f"{engine}, {written}: {responses} responses in {seconds:.0f} s, {responses / seconds:.0f} a second")


main(*sys.argv[1:])
