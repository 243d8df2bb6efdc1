"""PSPP knows the weight, the rows, and which values are missing."""

import csv

with open("answers.csv", encoding="utf-8-sig", newline="") as file:
    rows = list(csv.DictReader(file))
told = open("pspp.txt", encoding="utf-8").read()
assert "WEIGHT is trong_so" in told and f"N is {len(rows)}" in told, told
valid = lambda name: [int(row[name]) for row in rows if row[name].isdigit()]
for name in ("reception", "quality"):
    numbers = valid(name)
    assert str(len(numbers)) in told and str(len(rows) - len(numbers)) in told, (name, told)
    assert f"{sum(numbers) / len(numbers):.2f}" in told, (name, told)
print(f"PSPP: {len(rows)} rows, weight trong_so, valid, missing and mean of two criteria as in the CSV file")
