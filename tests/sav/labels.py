"""What pyreadstat says of the system file: labels, measure levels, missing values, and every value of the CSV file."""

import csv
import datetime

import pyreadstat

rows, meta = pyreadstat.read_sav("answers.sav", user_missing=True, output_format="dict")
assert meta.file_encoding == "UTF-8" and meta.number_rows == len(rows["muc"]), meta.file_encoding
assert meta.column_names_to_labels["reception"] == "Nơi đón tiếp"
assert meta.variable_value_labels["reception"][1.0] == "Rất không hài lòng"
assert meta.variable_value_labels["kenh"][9.0] == "Phiếu giấy"
assert meta.variable_measure["reception"] == "ordinal" and meta.variable_measure["minutes"] == "scale"
assert meta.variable_measure["don_vi"] == "nominal"
assert meta.missing_ranges["reception"] == [{"lo": -9.0, "hi": -6.0}], meta.missing_ranges["reception"]

with open("answers.csv", encoding="utf-8-sig", newline="") as file:
    expected = list(csv.DictReader(file))
assert len(expected) == meta.number_rows
compared = 0
for at, row in enumerate(expected):
    for name, cell in row.items():
        value = rows[name][at]
        if name in ("tu_ngay", "den_ngay"):
            assert value == datetime.date.fromisoformat(cell), (name, value, cell)
        elif name in ("don_vi", "tang", "phien_ban"):
            assert value == cell, (name, value, cell)
        elif name in ("muc", "kenh", "linh_vuc", "co_quan"):
            assert (value == -6.0) == (cell == ""), (name, value, cell)
        else:
            known = {"": -9.0, "na": -8.0, "not_asked": -7.0, "not_split": -6.0}
            assert value == known.get(cell, float(cell) if cell not in known else None), (name, value, cell)
        compared += 1
print(f"pyreadstat {pyreadstat.__version__}: {meta.number_rows} rows, {compared} values as in the CSV file")
