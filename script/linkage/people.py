#!/usr/bin/env python3
"""Makes records of invented people with the truth beside them.

  people.py RECORDS SEED FOLDER

FOLDER/people.csv is what a tool may see, FOLDER/truth.csv says who is who. The same arguments make
the same bytes. Households share a surname, an address and often a telephone; some hold twins, some a
parent and child of one name; people move, marry, are called by short forms, and are written down by
agencies with habits and gaps of their own. NHS numbers are of the range kept for testing, telephone numbers
begin with 070, where no mobile telephone is.
"""
import csv, itertools, random, sys
from datetime import date, timedelta
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "crates" / "linkage" / "data"
START = "Al Bra Cor Dun El Far Gra Hal Il Jor Ken Lan Mar Nor Or Pen Quar Ros Sel Tar Ul Ver Wen Yar".split()
MIDDLE = "a e i o u an en in on er ar el il".split()
END = "by ford ham ley low mere mond nell ridge sey stow ton vale wick worth kowski ova inho eddin ani".split()
ROADS = "Road Street Lane Close Avenue Drive Way Court".split()


def lines(name):
    text = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line for line in text if line.strip() and not line.startswith("#")]


def zipf(values, power):
    """The values with the running sums of weights that fall with their rank."""
    return values, list(itertools.accumulate(1 / (rank + 3) ** power for rank in range(len(values))))


class World:
    def __init__(self, seed):
        self.r = random.Random(seed)
        self.short = {}
        for line in lines("short-forms.txt"):
            full, _, forms = line.partition(":")
            self.short.setdefault(full.strip(), []).extend(forms.split())
        self.spelt = {}
        for line in lines("spellings.txt"):
            for word in line.split():
                self.spelt.setdefault(word, [other for other in line.split() if other != word])
        given = sorted(self.short)
        self.r.shuffle(given)
        half = len(given) // 2
        made = [a.lower() + b for a in START for b in MIDDLE]
        self.given = [zipf(given[:half] + made[::2], .8), zipf(given[half:] + made[1::2], .8)]
        surnames = [a + m + e for a in START for m in MIDDLE for e in END]
        self.r.shuffle(surnames)
        self.surnames = zipf(surnames, .9)
        self.streets = [a + m + e + " " + road for a in START for m in MIDDLE[:6] for e in END[:12] for road in ROADS[:3]]
        self.next_number = 0

    def draw(self, pool):
        return self.r.choices(pool[0], cum_weights=pool[1])[0]

    def phone(self):
        return "070%08d" % self.r.randrange(10 ** 8)

    def nhs(self):
        """A number of the range kept for testing that passes its own check (modulus 11)."""
        while True:
            self.next_number += 1
            nine = "99%07d" % (self.next_number * 7919 % 10 ** 7)
            check = 11 - sum(int(d) * (10 - place) for place, d in enumerate(nine)) % 11
            if check != 10:
                return nine + str(check % 11)

    def home(self):
        r = self.r
        town = "ZZ%d" % r.randrange(1, 60)
        street = r.choice(self.streets)
        sector = hash_of(street + town) % 10
        return ("%d %s" % (r.randrange(1, 120), street), "%s %d%s" % (town, sector, "".join(r.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))))

    def person(self, surname, home, phone, born=None, sex=None, given=None):
        r = self.r
        sex = sex or r.choice("FM")
        born = born or date(1935, 1, 1) + timedelta(days=r.randrange(88 * 365))
        return dict(given=given or self.draw(self.given[sex == "M"]), surname=surname, sex=sex, born=born, homes=[home],
                    phones=[phone if r.random() < .55 else self.phone()], nhs=self.nhs(), maiden=None, alias=None)

    def household(self):
        r = self.r
        home, phone, surname = self.home(), self.phone(), self.draw(self.surnames)
        adults = [self.person(surname, home, phone, date(1960, 1, 1) + timedelta(days=r.randrange(12000)), sex)
                  for sex in ("F", "M")[: r.choice([1, 2, 2])]]
        people = list(adults)
        eldest = max(person["born"] for person in adults)
        for _ in range(r.choices(range(5), [25, 25, 30, 14, 6])[0]):
            born = eldest + timedelta(days=19 * 365 + r.randrange(7000))
            child = self.person(surname, home, phone, born)
            if r.random() < .03:
                same = [person for person in adults if person["sex"] == child["sex"]]
                child["given"] = same[0]["given"] if same else child["given"]
            people.append(child)
            if r.random() < .02:
                people.append(self.person(surname, home, phone, born))
        for person in people:
            if person["sex"] == "F" and person in adults and r.random() < .3:
                person["maiden"] = self.draw(self.surnames)
            if r.random() < .04:
                person["alias"] = self.draw(self.given[person["sex"] == "M"])
            for _ in range(r.choices([0, 1, 2], [65, 27, 8])[0]):
                person["homes"].append(self.home())
            if r.random() < .35:
                person["phones"].append(self.phone())
        return people

    def slip(self, text):
        """One slip of the keys."""
        if len(text) < 3:
            return text
        r, i = self.r, self.r.randrange(1, len(text))
        return r.choice([text[:i] + text[i + 1:], text[:i] + r.choice("aeinorst") + text[i:],
                         text[: i - 1] + text[i] + text[i - 1] + text[i + 1:], text[:i] + r.choice("aeinorst") + text[i + 1:]])

    def name(self, text, short):
        r, word = self.r, text.lower()
        if short and r.random() < .22 and self.short.get(word):
            word = r.choice(self.short[word])
        elif r.random() < .05 and self.spelt.get(word):
            word = r.choice(self.spelt[word])
        if r.random() < .03:
            word = self.slip(word)
        return word.title()

    def record(self, person, agency):
        """How one agency writes a person down, with its own gaps: (address, telephone, NHS number, alias)."""
        r = self.r
        gaps = [(.1, .4, .95, .9), (.02, .2, .05, .95), (.05, .3, .9, .9), (.4, .2, .97, .3), (.1, .5, .6, .9)][agency]
        seen = date(2014, 1, 1) + timedelta(days=r.randrange(4000))
        when = (seen - date(2014, 1, 1)).days / 4000
        home = person["homes"][min(int(when * len(person["homes"])), len(person["homes"]) - 1)]
        phone = person["phones"][min(int(when * len(person["phones"])), len(person["phones"]) - 1)]
        given, surname = self.name(person["given"], True), person["surname"]
        if person["maiden"] and when < .5:
            surname = person["maiden"]
        surname = self.name(surname, False)
        if r.random() < .015:
            given, surname = surname, given
        born = person["born"].isoformat()
        fault = r.random()
        if fault < .015 and person["born"].day <= 12:
            born = "%s-%02d-%02d" % (born[:4], person["born"].day, person["born"].month)
        elif fault < .03:
            born = born[:-1] + str(r.randrange(10))
        elif fault < .04:
            born = born[:4] + "-01-01"
        elif fault < .09:
            born = ""
        address, postcode = home
        if r.random() < .1:
            address = address.upper().replace("ROAD", "RD").replace("STREET", "ST").replace("AVENUE", "AVE")
        if r.random() < .03:
            postcode = postcode[:-1] + r.choice("ABDEFG")
        if r.random() < gaps[0]:
            address, postcode = "", "" if r.random() < .5 else postcode
        phone = "" if r.random() < gaps[1] else r.choice([phone, "+44" + phone[1:], phone[:5] + " " + phone[5:]])
        nhs = "" if r.random() < gaps[2] else person["nhs"]
        alias = person["alias"].title() if person["alias"] and r.random() > gaps[3] else ""
        return [given, surname, alias, born, person["sex"] if r.random() < .95 else "", postcode, address, phone, nhs, seen.isoformat()]


def hash_of(text):
    value = 0
    for letter in text:
        value = (value * 31 + ord(letter)) % 1_000_003
    return value


def main(records, seed, folder):
    world = World(seed)
    r, rows = world.r, []
    number = 0
    while len(rows) < records:
        for person in world.household():
            number += 1
            for _ in range(r.choices(range(1, 8), [42, 24, 14, 9, 6, 3, 2])[0]):
                rows.append((number, world.record(person, r.choices(range(5), [30, 25, 20, 15, 10])[0])))
    del rows[records:]
    r.shuffle(rows)
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "people.csv", "w", newline="", encoding="utf-8") as seen, open(folder / "truth.csv", "w", newline="") as truth:
        seen, truth = csv.writer(seen, lineterminator="\n"), csv.writer(truth, lineterminator="\n")
        seen.writerow("record_id given_name surname aliases dob sex postcode address phone nhs_number recorded_on".split())
        truth.writerow(["record_id", "cluster_id"])
        for place, (number, cells) in enumerate(rows):
            seen.writerow(["r%d" % place, *cells])
            truth.writerow(["r%d" % place, number])


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
