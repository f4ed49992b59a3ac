"""Training needs, tallies and coverage over a folder of data packages, by DuckDB or Apache Spark.

    python scale.py PACKAGES OUT             (DuckDB; PACKAGES/province=…/… are data packages)
    python scale.py PACKAGES OUT --engine spark
    python scale.py PACKAGES --to-parquet

The computations are the SQL files beside this one, which run unchanged on both engines. README.md
says what goes in and what comes out."""

import argparse
import datetime
import json
import pathlib
import shutil
import sys
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
FACETS = ["post", "unit", "cluster", "area", "gender", "age_band", "qualification"]
# What a question may tell, as the packages say under `tna::role`.
ROLES = ["post", "concurrent_posts", "unit", "area", "gender", "age_band", "qualification"]
OWN = ["_root", "_revision", "_submitted", "_form"]
TABLES = ["tally", "needs", "coverage"]


def name(text):
    """A column's name in SQL."""
    return '"' + text.replace('"', '""') + '"'


def words(text):
    """A text in SQL."""
    return "'" + text.replace("'", "''") + "'"


class DuckDb:
    """DuckDB in this process, its tables in a file so that they need no memory."""

    def __init__(self, folder, memory):
        import duckdb

        self.database = duckdb.connect(str(folder / "scale.duckdb"))
        self.run(f"SET temp_directory = {words(str(folder))}")
        self.run("SET preserve_insertion_order = false")
        if memory:
            self.run(f"SET memory_limit = {words(memory)}")

    def run(self, statement):
        return self.database.execute(statement)

    def rows(self, query):
        return self.run(query).fetchall()

    def texts(self, pattern):
        return self.rows(f"SELECT filename, content FROM read_text({words(pattern)})")

    def read(self, view, paths, parquet):
        listed = "[" + ", ".join(map(words, paths)) + "]"
        reader = (
            f"read_parquet({listed}, filename = true)"
            if parquet
            else f"read_csv({listed}, header = true, all_varchar = true, delim = ',', quote = '\"', "
            "escape = '\"', filename = true, hive_partitioning = false, auto_detect = false, "
            f"columns = {self.columns(paths[0])}, null_padding = false)"
        )
        self.run(
            f"CREATE OR REPLACE TEMP VIEW {view} AS SELECT *, "
            f"regexp_replace(filename, '/[^/]*$', '') AS _package FROM {reader}"
        )

    def columns(self, path):
        """Every column of a file as text."""
        sniffed = self.run(
            f"SELECT * FROM read_csv({words(path)}, header = true, all_varchar = true, delim = ',', "
            "quote = '\"', escape = '\"', hive_partitioning = false) LIMIT 0"
        )
        return "{" + ", ".join(f"{words(column[0])}: 'VARCHAR'" for column in sniffed.description) + "}"

    def write(self, view, path):
        self.run(f"COPY (SELECT * FROM {view}) TO {words(str(path))} (HEADER, DELIMITER ',')")

    def to_parquet(self, csv, parquet):
        self.read("converted", [csv], False)
        self.run(
            f"COPY (SELECT * EXCLUDE (filename, _package) FROM converted) "
            f"TO {words(parquet)} (FORMAT parquet)"
        )

    def close(self):
        self.database.close()


class Spark:
    """Apache Spark: on this machine, or on the cluster that spark-submit gives."""

    def __init__(self, folder, memory):
        from pyspark.sql import SparkSession

        settings = {
            "spark.sql.ansi.enabled": "true",
            # Names in double quotes, as the standard has them.
            "spark.sql.ansi.doubleQuotedIdentifiers": "true",
            "spark.sql.warehouse.dir": str(folder / "warehouse"),
            "spark.sql.shuffle.partitions": "8",
            "spark.local.dir": str(folder),
            "spark.ui.enabled": "false",
            "spark.driver.memory": memory or "4g",
            "spark.log.level": "ERROR",
        }
        builder = SparkSession.builder.appName("scale")
        for key, value in settings.items():
            builder = builder.config(key, value)
        self.session = builder.getOrCreate()
        self.folder = folder

    def run(self, statement):
        return self.session.sql(statement)

    def rows(self, query):
        return [tuple(row) for row in self.run(query).collect()]

    def texts(self, pattern):
        return self.session.sparkContext.wholeTextFiles(pattern).collect()

    def read(self, view, paths, parquet):
        from pyspark.sql import functions

        reader = self.session.read
        if parquet:
            table = reader.parquet(*paths)
        else:
            quotes = {"header": True, "quote": '"', "escape": '"', "multiLine": True}
            table = reader.options(**quotes, encoding="UTF-8").csv(paths)
        folder = functions.regexp_replace(functions.input_file_name(), "/[^/]*$", "")
        table.withColumn("_package", folder).createOrReplaceTempView(view)

    def write(self, view, path):
        parts = self.folder / f"{view}-parts"
        blank = {"header": True, "nullValue": "", "emptyValue": "", "quote": '"', "escape": '"'}
        self.session.table(view).coalesce(1).write.options(**blank).csv(str(parts))
        [part] = parts.glob("part-*.csv")
        shutil.move(part, path)

    def to_parquet(self, csv, parquet):
        sys.exit("--to-parquet needs --engine duckdb")

    def close(self):
        self.session.stop()


def unpacked(packages):
    """Unpacks the ZIPs among local packages, each into a folder beside it."""
    root = pathlib.Path(packages)
    for path in root.glob("*/*.zip") if root.is_dir() else []:
        folder = path.with_suffix("")
        if not (folder / "datapackage.json").exists():
            with zipfile.ZipFile(path) as archive:
                archive.extractall(folder)


def described(engine, packages):
    """The packages, each as its folder and what it says of itself."""
    found = engine.texts(f"{packages.rstrip('/')}/*/*/datapackage.json")
    if not found:
        sys.exit(f"no data package found: {packages}/province=…/<package>/datapackage.json")
    return [(path.rsplit("/", 1)[0], json.loads(text)) for path, text in sorted(found)]


def fields_of(package):
    [responses] = [table for table in package["resources"] if table["name"] == "responses"]
    return responses["schema"]["fields"]


def by_columns(packages):
    """The packages whose responses have the same columns, since those are read together."""
    groups = {}
    for folder, package in packages:
        columns = tuple(field["name"] for field in fields_of(package))
        groups.setdefault(columns, (fields_of(package), []))[1].append(folder)
    return list(groups.values())


def rated(packages):
    """For each competency the columns of importance and ability."""
    found = {}
    for _, package in packages:
        for field in fields_of(package):
            if "tna::competency" in field:
                pair = found.setdefault(field["tna::competency"], {})
                pair.setdefault(field["tna::scale"], field["name"])
    return {code: pair for code, pair in found.items() if len(pair) == 2}


def read_responses(engine, packages, competencies, parquet):
    """The views `responses` and `facets`."""
    ending = "parquet" if parquet else "csv"
    questions = [column for pair in competencies.values() for column in pair.values()]
    selects, told = [], set()
    for number, (fields, folders) in enumerate(by_columns(packages)):
        engine.read(f"raw_{number}", [f"{folder}/responses.{ending}" for folder in folders], parquet)
        columns = {field["name"] for field in fields}
        roles = {}
        for field in fields:
            roles.setdefault(field.get("tna::role"), field["name"])
        told |= roles.keys() & set(FACETS)
        cells = [(column, column if column in columns else None) for column in OWN + questions]
        cells += [(role, roles.get(role)) for role in ROLES]
        listed = ", ".join(
            f"COALESCE({name(source)}, '') AS {name(column)}" if source else f"'' AS {name(column)}"
            for column, source in cells
        )
        selects.append(f"SELECT _package, {listed} FROM raw_{number}")
    engine.run("CREATE OR REPLACE TEMP VIEW responses AS " + " UNION ALL ".join(selects))
    told |= {"cluster"} if "unit" in told else set()
    facets = [facet for facet in FACETS if facet in told]
    values = ", ".join(f"({words(facet)})" for facet in facets)
    engine.run(f"CREATE OR REPLACE TEMP VIEW facets AS SELECT * FROM (VALUES {values}) v(group_by)")


def read_tables(engine, packages):
    """The views `levels`, `clusters`, `places` and `roster`."""
    for table, view, select in [
        ("levels", "levels", "SELECT _package, post, competency, required FROM {raw}"),
        ("clusters", "clusters", 'SELECT unit, MIN("cluster") AS "cluster" FROM {raw} GROUP BY unit'),
        (
            "groups",
            "places",
            'SELECT group_by, "group", MIN(CAST(place AS INT)) AS place FROM {raw} '
            'GROUP BY group_by, "group"',
        ),
        (
            "coverage",
            "roster",
            "SELECT COALESCE(province, '') AS province, COALESCE(unit_code, '') AS unit_code, "
            "COALESCE(unit, '') AS unit, post, quota, actual FROM {raw}",
        ),
    ]:
        engine.read(f"raw_{table}", [f"{folder}/{table}.csv" for folder, _ in packages], False)
        engine.run(f"CREATE OR REPLACE TEMP VIEW {view} AS " + select.format(raw=f"raw_{table}"))


def run_file(engine, file):
    text = (HERE / file).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("--")]
    for statement in "\n".join(lines).split(";"):
        if statement.strip():
            engine.run(statement)


def compute(engine, packages, out, desk, made, parquet):
    packages = described(engine, packages)
    competencies = rated(packages)
    if not competencies:
        sys.exit("no package has rated competencies")
    read_responses(engine, packages, competencies, parquet)
    read_tables(engine, packages)
    run_file(engine, "people.sql")
    forms = [form for (form,) in engine.rows("SELECT DISTINCT _form FROM people ORDER BY _form")]
    if len(forms) != 1:
        sys.exit(f"the packages hold responses to {len(forms)} forms, not one: {', '.join(forms)}")
    codes = list(competencies)
    numbered = ", ".join(f"({place}, {words(code)})" for place, code in enumerate(codes))
    engine.run(
        "CREATE OR REPLACE TEMP VIEW competencies AS "
        f"SELECT * FROM (VALUES {numbered}) v(place, competency)"
    )
    pairs = ", ".join(
        f"({name(competencies[code]['importance'])}, {name(competencies[code]['ability'])}) "
        f"AS {name(str(place))}"
        for place, code in enumerate(codes)
    )
    engine.run(
        "CREATE OR REPLACE TEMP VIEW said AS SELECT * FROM people "
        f"UNPIVOT INCLUDE NULLS ((importance, ability) FOR competency IN ({pairs}))"
    )
    origin = ", ".join(map(words, [forms[0], desk, made]))
    engine.run(
        f"CREATE OR REPLACE TEMP VIEW origin AS SELECT * FROM (VALUES ({origin})) v(form, desk, made)"
    )
    run_file(engine, "counts.sql")
    for table in TABLES:
        run_file(engine, f"{table}.sql")
        engine.write(table, out / f"{table}.csv")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("packages", help="a folder, or a bucket that the engine reads")
    parser.add_argument("out", nargs="?", type=pathlib.Path)
    parser.add_argument("--engine", choices=["duckdb", "spark"], default="duckdb")
    parser.add_argument("--desk", default="scale", help="what tally.csv calls its desk")
    parser.add_argument("--made", help="the time that tally.csv bears (default: now)")
    parser.add_argument("--memory", help="the most memory that the engine takes, such as 8g")
    parser.add_argument("--parquet", action="store_true", help="read responses.parquet")
    parser.add_argument("--to-parquet", action="store_true", help="write responses.parquet")
    asked = parser.parse_args()
    made = asked.made or datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    unpacked(asked.packages)
    with tempfile.TemporaryDirectory() as folder:
        engine = {"duckdb": DuckDb, "spark": Spark}[asked.engine](pathlib.Path(folder), asked.memory)
        try:
            if asked.to_parquet:
                for package, _ in described(engine, asked.packages):
                    engine.to_parquet(f"{package}/responses.csv", f"{package}/responses.parquet")
                return
            if not asked.out:
                parser.error("OUT is missing")
            asked.out.mkdir(parents=True, exist_ok=True)
            compute(engine, asked.packages, asked.out, asked.desk, made, asked.parquet)
        finally:
            engine.close()


main()
