#!/usr/bin/env python3
"""Makes src/kql/data/tables.txt out of the catalogue of built-in tables (a CSV: table, column, type, description).

    python3 tests/tools/kql_catalogue.py ../shared/corpus/catalog/la_table_schemas.csv > src/kql/data/tables.txt

One line a table, sorted by name in byte order: `Table name:type,name:type`. Types are one letter. The standard columns that
every table has and the catalogue leaves out are added, for those tables that lack them.
"""
import csv
import sys

LETTERS = {
    "string": "s", "datetime": "t", "real": "r", "double": "r", "int": "i", "integer": "i", "long": "l", "bigint": "l",
    "dynamic": "d", "bool": "b", "boolean": "b", "guid": "g", "timespan": "n", "decimal": "c", "object": "d",
}
STANDARD = [
    ("TenantId", "s"), ("TimeGenerated", "t"), ("Type", "s"), ("SourceSystem", "s"), ("_ResourceId", "s"),
    ("_SubscriptionId", "s"), ("_ItemId", "s"), ("_IsBillable", "s"), ("_BilledSize", "r"), ("_TimeReceived", "t"),
]


def main(path):
    tables = {}
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            letter = LETTERS.get(row["column_type"].strip().lower())
            name = row["column_name"].strip()
            if letter and name.replace("_", "a").isalnum():
                tables.setdefault(row["table_name"].strip(), {}).setdefault(name, letter)
    print("# Columns of the built-in tables of Log Analytics. Facts from la_table_schemas.csv of")
    print("# oshezaf/sentinelninja (Apache-2.0), November 2026, by tests/tools/kql_catalogue.py; standard columns added.")
    for table in sorted(tables, key=lambda name: name.encode()):
        columns = tables[table]
        for name, letter in STANDARD:
            columns.setdefault(name, letter)
        print(table + " " + ",".join(f"{name}:{letter}" for name, letter in columns.items()))


main(sys.argv[1])
