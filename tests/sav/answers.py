"""A province of two communes whose answers all count: every counter has ten of each level in each half-month."""

import random

random.seed(5)
with open("units.csv", "w") as out:
    out.write("code,name,kind,parent\nP,Tỉnh Thử,province,\nX1,Xã Một,commune,P\nX2,Xã Hai,commune,P\n")
with open("points.csv", "w") as out:
    out.write("code,unit,name,kind,questionnaire,field,officers\n")
    for code, unit in [("X1.Q1", "X1"), ("X1.Q2", "X1"), ("X2.Q1", "X2")]:
        out.write(f"{code},{unit},Quầy {code},counter,counter,,2\n")


def rating(good):
    drawn = random.random()
    if drawn < 0.08:
        return ""
    if drawn < 0.14:
        return "na"
    return str(random.choice([4, 5]) if random.random() < good else random.choice([1, 2, 3]))


with open("responses.csv", "w") as out:
    out.write("point,day,channel,level,serial,reception,waiting,attitude,time,quality,minutes\n")
    serial = 0
    for point, good, times in [("X1.Q1", 0.7, 2), ("X1.Q2", 0.85, 1), ("X2.Q1", 0.6, 3)]:
        for days in [["2026-06-16", "2026-06-20"], ["2026-07-03", "2026-07-09"], ["2026-08-21", "2026-08-30"]]:
            for level, n in [("B", 23 * times), ("D", 12 * times)]:
                for _ in range(n):
                    serial += 1
                    minutes = str(random.randint(0, 180)) if random.random() < 0.7 else ""
                    ratings = ",".join(rating(good) for _ in range(5))
                    out.write(f"{point},{random.choice(days)},paper,{level},{serial},{ratings},{minutes}\n")
