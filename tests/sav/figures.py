"""The figures of `thuocdo index` as lines: level, what, n, estimate, standard error, ends of the interval of the composite."""

import json

print("level,what,n,estimate,se,low,high")
for one in json.load(open("index.json"))["estimates"]:
    if one["level"] in ("B", "D") and one["statistic"] == "share" and one["measure"] not in ("access", "result"):
        low, high = one["intervals"].get("xlogit", ["NA", "NA"])
        print(one["level"], one["measure"], one["n"], repr(one["estimate"]), repr(one["se"]), low, high, sep=",")
