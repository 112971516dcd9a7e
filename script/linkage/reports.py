#!/usr/bin/env python3
"""Makes invented intelligence reports with the truth beside them.

  reports.py REPORTS SEED FOLDER

FOLDER/reports.csv and mentions.csv are what a tool may see; truth.csv says which matter every report
is of. A matter has its own people, vehicles, numbers and venues, of which each report shows a few,
badly: by a street name, half a plate, a number with its country code, a venue in another spelling.
Most reports are of no matter. Stations, shopping centres and taxi firms stand in reports of all kinds.
"""
import csv, random, string, sys
from datetime import date, timedelta
from pathlib import Path

from people import END, MIDDLE, START, World

NICK = [a + b for a in "Bee Chip Dew Fizz Grit Haze Jinx Kip Moss Nib Pogo Rook Skip Tuff Wiz Zed".split() for b in ("", "y", "o", "s", "er", "ster")]
LOOKS = ["tall", "short", "slim build", "heavy build", "beard", "glasses", "tattooed hand", "shaved head", "limp", "scar on chin"]
MAKES = ["Ford Focus", "Ford Transit", "Vauxhall Corsa", "Vauxhall Astra", "Audi A3", "BMW 3 Series", "VW Golf", "Seat Leon", "Kia Ceed", "Toyota Yaris", "Nissan Juke", "Fiat 500"]
COLOURS = ["black", "silver", "grey", "white", "blue", "red", "green", "orange"]
VENUES = [("Kebab House", "Kebabs"), ("Pizza", "Pizzeria"), ("Cafe", "Caff"), ("Barbers", "Barber Shop"), ("Car Wash", "Hand Car Wash"), ("Hotel", "Htl"), ("Snooker Club", "Snooker Hall"), ("Mini Market", "Minimart")]
LOOK_ALIKE = {"0": "O", "O": "0", "1": "I", "I": "1", "8": "B", "B": "8", "5": "S", "S": "5", "2": "Z", "Z": "2", "M": "N", "V": "Y", "C": "G"}
DAYS = 2000


class Desk:
    def __init__(self, reports, seed):
        self.world = World(seed)
        self.r = self.world.r
        self.areas = [a + e for a in START for e in END[:12]][: max(12, reports // 2500)]
        self.hubs = {area: [("place", area + " Station"), ("place", area + " Shopping Centre"), ("place", "Burger Bar " + area), ("phone", self.world.phone())] for area in self.areas}

    def area(self):
        return self.areas[min(int(self.r.expovariate(1 / (len(self.areas) / 4))), len(self.areas) - 1)]

    def person(self, _):
        r, sex = self.r, self.r.randrange(2)
        return dict(kind="person", given=self.world.draw(self.world.given[sex]), surname=self.world.draw(self.world.surnames),
                    nick=r.choice(NICK) if r.random() < .5 else None, born=r.randrange(1965, 2011), looks=r.choice(LOOKS))

    def vehicle(self, _):
        r = self.r
        plate = "".join(r.choices("ABCDEFGHJKLMNOPRSTUVWXY", k=2)) + "%02d" % r.choice([*range(5, 25), *range(55, 75)]) + "".join(r.choices("ABCDEFGHJKLMNOPRSTUVWXY", k=3))
        return dict(kind="vehicle", plate=plate, make=r.choice(MAKES), colour=r.choices(COLOURS, range(8, 0, -1))[0])

    def number(self, _):
        return dict(kind="phone", number=self.world.phone())

    def venue(self, area):
        return dict(kind="place", name=self.r.choice(START) + self.r.choice(END[:8]), what=self.r.choice(VENUES), area=area)

    def anything(self, area):
        return self.r.choices([self.person, self.vehicle, self.number, self.venue], [5, 2, 2, 1])[0](area)

    def show(self, thing, year):
        """One mention: kind, value and two attributes as somebody wrote them down."""
        r = self.r
        maybe = lambda chance, text: text if r.random() < chance else ""
        if thing["kind"] == "person":
            way = r.random()
            if thing["nick"] and way < .4:
                value = thing["nick"]
            elif way < .6:
                value = thing["given"].title()
            elif way < .7:
                value = thing["given"][0].upper() + " " + thing["surname"]
            else:
                value = self.world.name(thing["given"], True) + " " + thing["surname"]
            if r.random() < .08:
                value = self.world.slip(value)
            return ["person", value, maybe(.4, str(max(8, year - thing["born"] + round(r.gauss(0, 2))))), maybe(.2, thing["looks"])]
        if thing["kind"] == "vehicle":
            plate = thing["plate"]
            if r.random() < .2:
                place = r.randrange(7)
                plate = plate[:place] + LOOK_ALIKE.get(plate[place], plate[place]) + plate[place + 1:]
            way = r.random()
            plate = plate if way < .5 else plate[:4] if way < .68 else plate[4:] if way < .8 else "".join("?" if r.random() < .25 else c for c in plate)
            make = thing["make"] if r.random() < .6 else thing["make"].split()[0]
            return ["vehicle", maybe(.95, plate), maybe(.6, make), maybe(.7, thing["colour"])]
        if thing["kind"] == "phone":
            number, way = thing["number"], r.random()
            if r.random() < .04:
                place = r.randrange(4, 11)
                number = number[:place] + r.choice(string.digits) + number[place + 1:]
            return ["phone", number if way < .5 else "+44" + number[1:] if way < .8 else number[:5] + " " + number[5:] if way < .93 else number[-6:], "", ""]
        name = thing["name"] + " " + r.choice(thing["what"])
        return ["place", self.world.slip(name) if r.random() < .1 else name, "", maybe(.6, thing["area"])]

    def hub(self, area):
        kind, value = self.r.choice(self.hubs[area])
        return [kind, value, "", area if kind == "place" else ""]

    def matters(self, wanted):
        """Reports of matters: (day, area, name of the matter, things shown)."""
        r, made, number = self.r, [], 0
        while len(made) < wanted:
            number += 1
            areas = [self.area() for _ in range(r.choice([1, 1, 2, 3]))]
            pool = [maker(areas[0]) for maker, most in ((self.person, 9), (self.vehicle, 4), (self.number, 6), (self.venue, 3)) for _ in range(r.randint(1, most))]
            start, span, shown = r.randrange(DAYS - 60), r.randint(45, 500), []
            for _ in range(r.randint(4, 36)):
                things = r.sample(pool, min(len(pool), r.choices(range(1, 6), [15, 28, 30, 18, 9])[0]))
                if shown and not any(thing in shown for thing in things):
                    things[0] = r.choice(shown)
                shown.extend(thing for thing in things if thing not in shown)
                made.append((min(DAYS, start + r.randrange(span)), r.choice(areas), "matter %d" % number, things))
        return made

    def pairs(self, wanted):
        """One person, vehicle or number seen two or three times, with nothing else in common."""
        r, made, number = self.r, [], 0
        while len(made) < wanted:
            number += 1
            area, thing = self.area(), r.choices([self.person, self.vehicle, self.number], [4, 3, 3])[0](None)
            for _ in range(r.choice([2, 2, 3])):
                others = [self.anything(area) for _ in range(r.randrange(3))]
                made.append((r.randrange(DAYS), area, "pair %d" % number, [thing, *others]))
        return made


def main(reports, seed, folder):
    desk = Desk(reports, seed)
    r = desk.r
    made = desk.matters(reports * 6 // 100) + desk.pairs(reports * 10 // 100)
    while len(made) < reports:
        area = desk.area()
        made.append((r.randrange(DAYS), area, "single %d" % len(made), [desk.anything(area) for _ in range(r.randint(1, 4))]))
    made = sorted(made[:reports], key=lambda report: (report[0], r.random()))
    folder.mkdir(parents=True, exist_ok=True)
    files = [open(folder / name, "w", newline="", encoding="utf-8") for name in ("reports.csv", "mentions.csv", "truth.csv")]
    seen, mentions, truth = (csv.writer(file, lineterminator="\n") for file in files)
    seen.writerow(["report_id", "date", "area"])
    mentions.writerow(["mention_id", "report_id", "type", "value", "attr1", "attr2"])
    truth.writerow(["report_id", "cluster_id", "kind"])
    count = 0
    for place, (day, area, matter, things) in enumerate(made):
        when = date(2019, 1, 1) + timedelta(days=day)
        seen.writerow(["i%d" % place, when.isoformat(), area if r.random() < .8 else ""])
        truth.writerow(["i%d" % place, matter, matter.split()[0]])
        cells = [desk.show(thing, when.year) for thing in things] + ([desk.hub(area)] if r.random() < .4 else [])
        r.shuffle(cells)
        for row in cells:
            mentions.writerow(["m%d" % count, "i%d" % place, *row])
            count += 1
    for file in files:
        file.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
