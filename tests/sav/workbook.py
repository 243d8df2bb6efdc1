"""LibreOffice reads the first sheet of the workbook as it stands in the CSV file."""

import csv
import datetime

with open("answers.csv", encoding="utf-8-sig", newline="") as file:
    expected = list(csv.DictReader(file))
with open("office/answers.csv", encoding="utf-8", newline="") as file:
    found = list(csv.DictReader(file))
assert len(found) == len(expected), (len(found), len(expected))
compared = 0
for row, other in zip(expected, found):
    for name, cell in row.items():
        value = other[name]
        if name in ("tu_ngay", "den_ngay"):
            value = datetime.datetime.strptime(value, "%d/%m/%Y").date().isoformat()
        assert value == cell, (name, value, cell)
        compared += 1
print(f"LibreOffice: {len(found)} rows, {compared} cells as in the CSV file")
